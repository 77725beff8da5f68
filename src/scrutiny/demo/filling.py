"""Two invented panels and a year of their work, told in the order in which it happened."""

from datetime import date, timedelta
from functools import partial

from scrutiny.cases import actions as cases
from scrutiny.demo import words
from scrutiny.demo.asks import Asked
from scrutiny.demo.cast import Company, seat_everybody
from scrutiny.demo.crowd import crowd
from scrutiny.demo.meetings import Held, Scene, moment, thursday
from scrutiny.demo.minuted import Minuted
from scrutiny.demo.searches import publish_months
from scrutiny.demo.stories import of_hackney, stories
from scrutiny.demo.vaults import make_vaults
from scrutiny.kit.clock import as_of, today
from scrutiny.kit.errors import NotNow
from scrutiny.people.tables import Person
from scrutiny.rounds.actions import go_round

ALL = ("amara", "bilal", "chidi", "denise", "efua", "farah", "grace", "claire")
MOST = ("amara", "bilal", "denise", "efua", "grace", "claire", "owen")
FEW = ("amara", "chidi", "grace", "claire")
HACKNEY = ("ruth", "dev", "ngozi", "tom", "una")


async def fill() -> None:
    """Fill an empty database. Raises NotNow when there is anybody in it."""
    if await Person.exists():
        raise NotNow("There are people in this database already: the demo only fills an empty one.")
    day = today()
    with as_of(moment(day - timedelta(days=800))):
        companies = await seat_everybody(day - timedelta(days=800))
        await make_vaults(companies.values())
    lambeth, hackney = companies["lambeth"], companies["hackney"]
    for scene in sorted(_story(lambeth, hackney, day), key=lambda scene: scene.at):
        with as_of(scene.at):
            await scene.deed()


def _story(lambeth: Company, hackney: Company, day: date) -> list[Scene]:
    """Every scene up to now; what would come later has not happened yet."""
    codes = [lambeth.panel.area_code, hackney.panel.area_code]
    found = [Scene(moment(day - timedelta(days=25)), partial(publish_months, day, codes))]
    meetings = _lambeth_meetings(lambeth, day)
    hackney_meeting = Held(hackney, thursday(day, 70), HACKNEY, "Hackney Town Hall, room 102")
    for held in (*meetings, hackney_meeting):
        found += held.before()
        if held.day < day:
            found += held.evening()
    for minuted in _minutes(meetings, hackney_meeting):
        found += minuted.scenes()
    for asked in (*_lambeth_asks(meetings), *_hackney_asks(hackney_meeting)):
        found += asked.scenes()
    for at, raised in enumerate((*crowd(lambeth), *stories(lambeth), *of_hackney(hackney))):
        found += raised.scenes(day, at % 60)
    found += [_round(day - timedelta(days=ago)) for ago in (2, 1)]
    month = f"{(day.replace(day=1) - timedelta(days=40)):%Y-%m}"
    draw = partial(cases.draw_cases, lambeth.panel, month=month, n=6, by=lambeth["grace"])
    found.append(Scene(moment(day - timedelta(days=24)), draw))
    now = moment(day, 9)
    return [scene for scene in found if scene.at < now]


def _round(day: date) -> Scene:
    """What falls due with the days: warned of video about to go, and of what is to be erased."""
    return Scene(moment(day, 7), partial(go_round, day))


def _lambeth_meetings(lambeth: Company, day: date) -> list[Held]:
    """Six that were held, one of them without a quorum, and one to come."""
    held = [
        Held(lambeth, thursday(day, 330), ALL),
        Held(lambeth, thursday(day, 270), MOST),
        Held(lambeth, thursday(day, 207), ALL, "Lambeth Town Hall, room 8"),
        Held(lambeth, thursday(day, 146), FEW),
        Held(lambeth, thursday(day, 92), MOST, "Streatham Library"),
        Held(lambeth, thursday(day, 8), ALL, cases=(3, 4, 5)),
    ]
    return [*held, Held(lambeth, thursday(day, -24), (), cases=(6, 7))]


def _minutes(meetings: list[Held], hackney: Held) -> list[Minuted]:
    """All published but those of the last meeting, which wait for the chair."""
    past = meetings[:-1]
    return [
        *[Minuted(held, published=True) for held in past[:-1]],
        Minuted(past[-1], published=False),
        Minuted(hackney, published=True),
    ]


def _lambeth_asks(at: list[Held]) -> list[Asked]:
    first, second, third, _, fifth, sixth, _ = at
    return [
        Asked(words.RECORD, first, later=(
            (40, "answer", {"answer_type": "accepted_in_full", "text": words.ACCEPTED}),
            (130, "report", {"text": words.DONE}),
            (215, "close", {"how": "verified", "method": "evidence_seen", "note": words.CHECKED}),
        )),
        Asked(words.VIDEO, first, against=1, later=(
            (54, "answer", {"answer_type": "accepted_in_part", "text": words.IN_PART}),
        )),
        Asked(words.SMELL, second, against=1, later=(
            (58, "answer", {"answer_type": "rejected", "text": words.REJECTED}),
            (66, "close", {"how": "not_accepted", "note": words.STILL_NO}),
        )),
        Asked(words.ADULT, second, later=(
            (50, "answer", {"answer_type": "accepted_in_principle", "text": words.IN_PRINCIPLE}),
            (190, "report", {"text": words.DONE}),
        )),
        Asked(words.VANS, third, issued=False, later=(
            (3, "close", {"how": "withdrawn", "note": words.WITHDRAWN}),
        )),
        Asked(words.SAMPLE, third, later=(
            (75, "answer", {"answer_type": "accepted_in_full", "text": words.ACCEPTED}),
        )),
        Asked(words.CHILDREN, fifth),
        Asked(words.CAMERA, sixth),
        Asked(words.SCHOOLS, sixth, issued=False),
        Asked(words.RECEIPTS, sixth, agreed=False),
    ]  # fmt: skip


def _hackney_asks(held: Held) -> list[Asked]:
    return [
        Asked(words.CAMERA, held),
        Asked(words.RECORD, held, later=(
            (30, "answer", {"answer_type": "already_done", "text": words.ACCEPTED}),
        )),
    ]  # fmt: skip
