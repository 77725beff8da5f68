"""The everyday of an intake: what many residents raise in a year, and what became of their video.

Enough of them that the published figures show: small counts are left out (domain.md 9.7).
"""

from random import Random

from scrutiny.demo import deeds
from scrutiny.demo.cast import Company
from scrutiny.demo.raised import COUNTED, Raised
from scrutiny.demo.tales import OUTCOME, THANKS

OPENINGS = (
    ("stop_and_search", "I was searched on my way to college."),
    ("stop_and_search", "Two officers searched me outside the shop where I work."),
    ("traffic_stop", "We were pulled over on the way to a wedding."),
    ("use_of_force", "I was held against a wall while they looked through my bag."),
    ("attitude", "The officers spoke to my father as if he were a child."),
    ("custody", "I waited for a long time before anybody told me my rights."),
    ("operation", "There was an operation in our road all evening."),
    ("stop_and_search", "My friend and I were stopped in the park."),
    ("school", "Officers came to speak to pupils at the end of the day."),
    ("protest", "I was stopped on my way home from a march."),
    ("stop_and_search", "They searched me twice in one evening."),
)
ENDINGS = (
    "Nobody said why.",
    "They were polite, and it took ten minutes.",
    "I asked for a record and was told to look on the website.",
    "Nothing was found, and they left without a word.",
    "One of them explained everything, the other said nothing.",
    "I would like to know whether this happens to others too.",
    "I did not feel safe afterwards.",
)
MANY, FIRST, EVERY = 77, 338, 4
"""So many, the first so many days ago, one every so many days."""
KEPT, GONE, REFUSED, SILENT = range(9), range(9, 15), range(15, 20), range(20, 25)
LATE = 29  # days between what happened and the request, when the video is gone
AGES = {"under_18": 3, "18_24": 7, "25_34": 6, "35_54": 5, "55_up": 1}
GROUPS = {"B1": 6, "B2": 6, "W1": 5, "A3": 3, "M1": 2, "unsaid": 2}
ANSWERS = {
    "age": AGES,
    "ethnicity": GROUPS,
    "sex": {"woman": 8, "man": 12, "unsaid": 1},
    "disability": {"yes": 5, "no": 15},
    "faith": {"none": 7, "christian": 8, "muslim": 5, "unsaid": 2},
    "asked": {"yes": 8, "no": 10, "unsure": 4},
}


def crowd(lambeth: Company) -> list[Raised]:
    return [_one(lambeth, at) for at in range(MANY)]


def _one(lambeth: Company, at: int) -> Raised:
    category, opening = OPENINGS[at % len(OPENINGS)]
    says = {"category": category, "words": f"{opening} {ENDINGS[at % len(ENDINGS)]}"}
    video = at // 3 if at % 3 == 0 else None
    asks = video is not None and video <= SILENT[-1]
    if asks:
        says |= {"wants": ["patterns", "video"], "consents": [*COUNTED, "video.force"],
                 "place": "The high street", "band": "evening"}  # fmt: skip
    return Raised(
        lambeth,
        f"crowd-{at}",
        FIRST - EVERY * at,
        says,
        happened=LATE if asks and video in GONE else 3,
        equality=_equality(at),
        later=(*_answer(video), *_course(at)),
    )


def _answer(video: int | None) -> tuple:
    said = {"outcome": "kept"} if video in KEPT else {"outcome": "already_gone"}
    if video in REFUSED:
        said = {"outcome": "refused", "reason": "not_recorded" if video % 2 else "not_found"}
    answered = video in KEPT or video in GONE or video in REFUSED
    return ((4, deeds.answer_video, said),) if answered else ()


def _course(at: int) -> tuple:
    """Taken up and counted; of every second the outcome was told as well."""
    found = [
        (5, deeds.decide, {"to": "accepted", "reply": THANKS}),
        (6, deeds.count_it, {"reply": ""}),
    ]
    if at % 2:
        found.append((60, deeds.decide, {"to": "outcome_told", "reply": OUTCOME}))
    return tuple(found)


def _equality(at: int) -> dict[str, str]:
    chance = Random(f"scrutiny demo equality {at}")
    return {
        question: chance.choices(list(shares), list(shares.values()))[0]
        for question, shares in ANSWERS.items()
    }
