"""What residents of the first panel raised, one of each kind and each at another point of its way.

The names are those of scrutiny.trying.codes, where somebody can play the resident.
"""

from functools import partial

from scrutiny.demo import deeds, residents
from scrutiny.demo import tales as words
from scrutiny.demo.cast import Company
from scrutiny.demo.raised import COUNTED, Raised

VIDEO = [*COUNTED, "video.force"]
ACCEPTED = (1, deeds.decide, {"to": "accepted", "reply": words.THANKS})
COUNT = (2, deeds.count_it, {"reply": ""})


def stories(lambeth: Company) -> list[Raised]:
    at = partial(Raised, lambeth)
    return [*_themes(at), *_answered(at), *_refused(at), *_kept_safe(at), *_complaints(at),
            *_new(at), *_ended(at)]  # fmt: skip


def _themes(at) -> list[Raised]:
    """Two about one school, and seven about the same car."""
    school = {"other": "school-gate", "title": "Searches near schools"}
    car = {"other": "car-1", "title": "The same car stopped again"}
    first = at(
        "car-1",
        250,
        {"category": "traffic_stop", "words": words.CAR[0]},
        later=(ACCEPTED, (3, deeds.take_up, {"title": "One car, stopped again and again"})),
    )
    others = [
        at(
            f"car-{number}",
            250 - 26 * (number - 1),
            {"category": "traffic_stop", "words": words.CAR[number - 1]},
            later=(ACCEPTED, (1, deeds.join, car), COUNT),
        )
        for number in range(2, 8)
    ]
    return [
        first,
        *others,
        at(
            "school-gate",
            240,
            {"category": "school", "words": words.SCHOOL, "whose": "saw"},
            later=(ACCEPTED, (3, deeds.take_up, {"title": "A search near a school"})),
        ),
        at(
            "school-bus",
            22,
            {"category": "school", "words": words.BUS, "whose": "saw"},
            later=(ACCEPTED, (1, deeds.join, school), COUNT),
        ),
    ]


def _answered(at) -> list[Raised]:
    asked = (1, deeds.decide, {"to": "needs_info", "reply": words.QUESTION})
    return [
        at("question", 9, {"category": "traffic_stop", "words": words.LIGHTS}, later=(asked,)),
        at(
            "answered",
            12,
            {"category": "use_of_force", "words": words.HANDCUFFS},
            later=(asked, (6, residents.write, {"kind": "answer", "text": words.ANSWER})),
        ),
        at(
            "photo",
            8,
            {"category": "stop_and_search", "words": words.CORNER,
             "consents": [*COUNTED, "evidence.panel"]},
            later=(
                (1, residents.send_photo, {}),
                (2, residents.write, {"kind": "added", "text": words.MORE}),
                (3, deeds.decide, {"to": "in_triage", "reply": words.READING}),
            ),
        ),
    ]  # fmt: skip


def _refused(at) -> list[Raised]:
    """One that was not taken forward, one that waits for the chair, one that came back."""
    return [
        at(
            "refused",
            60,
            {"category": "not_responding", "words": words.NO_CALL},
            later=(
                (1, deeds.refuse, {"reason": "not_policing", "summary": words.SUMMARY,
                                   "reply": words.ELSEWHERE}),
                (2, deeds.agree, {}),
            ),
        ),
        at(
            "to-agree",
            6,
            {"category": "other", "words": words.BINS},
            later=(
                (3, deeds.refuse, {"reason": "not_policing", "summary": words.BINS_SUMMARY,
                                   "reply": words.BINS_REPLY}),
            ),
        ),
        at(
            "sent-back",
            18,
            {"category": "attitude", "words": words.SHORT},
            later=(
                (1, deeds.refuse, {"reason": "no_detail", "summary": words.SHORT_SUMMARY,
                                   "reply": words.SHORT_REPLY}),
                (2, deeds.send_back, {"why": words.ASK_FIRST}),
            ),
        ),
    ]  # fmt: skip


def _kept_safe(at) -> list[Raised]:
    """Held for a child's sake, paused for a court, kept for the law, and a name in the vault."""
    nephew = {"category": "strip_search", "words": words.NEPHEW, "whose": "child",
              "behalf": "parent", "harm": ["child"]}  # fmt: skip
    refer = {"to": "children", "what": words.REFERRED, "reply": words.SAFE}
    pause = {"to": "paused_live_proceedings", "reply": words.WAITS, "reason": "court"}
    contact = {"reach": "email", "name": "Nadia", "email": "nadia@resident.example",
               "safe_times": "after six"}  # fmt: skip
    on_behalf = {"whose": "agreed", "behalf": "spoken"}
    return [
        at("held", 5, nephew, later=((1, deeds.refer, refer),)),
        at(
            "in-court",
            40,
            {"category": "custody", "words": words.COURT, "live": ["court"]},
            later=((1, deeds.decide, pause | {"review_in": 75}),),
        ),
        at(
            "kept-for-the-law",
            150,
            {"category": "custody", "words": words.CELL},
            later=(
                ACCEPTED,
                (120, deeds.propose_hold, {"why": "inquest", "days": 180}),
                (121, deeds.agree_hold, {}),
            ),
        ),
        at(
            "reached",
            11,
            {"category": "mental_health", "words": words.WARD} | on_behalf | contact,
            later=(ACCEPTED, (10, deeds.ask_to_look, {"why": "meeting"})),
        ),
    ]


def _complaints(at) -> list[Raised]:
    wants = {"wants": ["patterns", "complaint"]}
    force = (1, deeds.offer, {"to": "force"})
    return [
        at(
            "passed-on",
            33,
            {"category": "use_of_force", "words": words.WRIST} | wants,
            later=(
                ACCEPTED,
                force,
                (3, residents.answer_offer, {"agree": True}),
                (4, deeds.pass_on, {}),
                (12, deeds.note_number, {"number": "CM/00417"}),
            ),
        ),
        at(
            "offer",
            7,
            {"category": "attitude", "words": words.SHOUTED} | wants,
            later=(ACCEPTED, force),
        ),
    ]


def _new(at) -> list[Raised]:
    """Not read yet, or read these days: also those that others typed."""
    video = {"category": "stop_and_search", "words": words.STATION, "place": "Outside the station",
             "band": "evening", "consents": VIDEO}  # fmt: skip
    abuse = (1, deeds.veil, {})
    return [
        at("community", 14, {"category": "operation", "words": words.COMMUNITY,
                             "whose": "community"}, happened=None, later=(ACCEPTED,)),
        at("by-advocate", 13, {"category": "stop_and_search", "words": words.ADVOCATE,
                               "whose": "agreed", "behalf": "written",
                               "advocate": "An advice project for young people"},
           later=((1, deeds.decide, {"to": "in_triage"}),)),
        at("by-telephone", 10, {"category": "protest", "words": words.PROTEST},
           entered="secretariat", later=(ACCEPTED,)),
        at("veiled", 4, {"category": "other", "words": words.ABUSE}, happened=None,
           later=(abuse,)),
        at("four-days", 2, video, happened=25),
        at("asked-for", 2, video | {"words": words.PARK, "wants": ["patterns", "video"]}),
        at("behind-a-flood", 2, {"category": "other", "words": words.FLOOD}, screened=False),
        at("fresh", 1, {"category": "attitude", "words": words.FRESH}, happened=1),
        at("fresh-praise", 1, {"category": "school", "words": words.PRAISE_AGAIN,
                               "wants": ["praise"]}),
    ]  # fmt: skip


def _ended(at) -> list[Raised]:
    told = {"to": "outcome_told", "reply": words.OUTCOME}
    return [
        at(
            "told",
            110,
            {"category": "stop_and_search", "words": words.REASON},
            later=(ACCEPTED, COUNT, (62, deeds.decide, told)),
        ),
        at(
            "praise",
            180,
            {"category": "attitude", "words": words.PRAISE, "wants": ["praise"]},
            later=(ACCEPTED, COUNT, (30, deeds.decide, told | {"reply": words.PASSED_ON}),
                   (60, deeds.decide, {"to": "closed"})),
        ),
        at(
            "elsewhere",
            30,
            {"category": "not_responding", "words": words.SHOP, "wants": ["support"]},
            later=((1, deeds.signpost, {"route": "victim_support", "reply": words.SUPPORT}),),
        ),
        at(
            "erased-soon",
            175,
            {"category": "other", "words": words.LOST},
            later=((2, deeds.signpost, {"route": "citizens_advice", "reply": ""}),),
        ),
        at(
            "taken-back",
            20,
            {"category": "attitude", "words": words.SECOND_THOUGHTS},
            later=(ACCEPTED, (5, residents.withdraw, {})),
        ),
    ]  # fmt: skip


def of_hackney(hackney: Company) -> list[Raised]:
    at = partial(Raised, hackney)
    return [
        at("first", 90, {"category": "stop_and_search", "words": words.REASON}, later=(ACCEPTED,)),
        at("second", 3, {"category": "school", "words": words.SCHOOL, "whose": "saw"}),
    ]
