"""Two invented panels and a year of their work, told in the order in which it happened."""

from datetime import date, timedelta
from functools import partial

from scrutiny.cases import actions as cases
from scrutiny.demo import words
from scrutiny.demo.ahead import Next, to_come
from scrutiny.demo.asks import Asked
from scrutiny.demo.cast import Company, seat_everybody
from scrutiny.demo.charter import agreed_terms, proposed_terms
from scrutiny.demo.crowd import crowd
from scrutiny.demo.evenings import in_the_room
from scrutiny.demo.joining import cleared, joined, told
from scrutiny.demo.meetings import Held, Scene, evenings, moment, thursday, thursday_to_come
from scrutiny.demo.minuted import Minuted
from scrutiny.demo.office import election
from scrutiny.demo.published import Published
from scrutiny.demo.recruits import recruitment
from scrutiny.demo.searches import publish_months
from scrutiny.demo.seats import comings_and_goings
from scrutiny.demo.stories import of_hackney, stories
from scrutiny.demo.tabled import Table
from scrutiny.demo.vaults import make_vaults
from scrutiny.kit.clock import as_of, today
from scrutiny.kit.errors import NotNow
from scrutiny.people.tables import Person
from scrutiny.rounds.actions import go_round

ALL = ("amara", "bilal", "chidi", "denise", "efua", "farah", "idris", "leila", "grace", "claire")
MOST = ("amara", "bilal", "denise", "efua", "idris", "joan", "nia", "grace", "claire", "owen")
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
    found += [*_the_panel_itself(lambeth, day), *joined(hackney, day)]
    meetings = _lambeth_meetings(lambeth, day)
    hackney_meeting = Held(hackney, thursday(day, 70), HACKNEY, "Hackney Town Hall, room 102")
    for held in (*meetings, hackney_meeting):
        found += held.before()
        if held.day < day:
            found += held.evening()
    found += in_the_room(meetings)
    for minuted in _minutes(meetings, hackney_meeting):
        found += minuted.scenes()
    for asked in (*_lambeth_asks(meetings), *_hackney_asks(hackney_meeting)):
        found += asked.scenes()
    for at, raised in enumerate((*crowd(lambeth), *stories(lambeth), *of_hackney(hackney))):
        found += raised.scenes(day, at % 60)
    found += Published(lambeth).scenes(day)
    found += [_round(day - timedelta(days=ago)) for ago in (2, 1)]
    month = f"{(day.replace(day=1) - timedelta(days=40)):%Y-%m}"
    draw = partial(cases.draw_cases, lambeth.panel, month=month, n=6, by=lambeth["grace"])
    found.append(Scene(moment(day - timedelta(days=24)), draw))
    now = moment(day, 9)
    return [scene for scene in found if scene.at < now]


def _the_panel_itself(lambeth: Company, day: date) -> list[Scene]:
    """Who sits on it and under which rules, and what it has before it."""
    ahead = Next(lambeth, thursday_to_come(day, 6))
    return [
        *joined(lambeth, day),
        *cleared(lambeth, day),
        *told(lambeth, day),
        *agreed_terms(lambeth, day),
        *election(lambeth, day),
        *comings_and_goings(lambeth, day),
        *recruitment(lambeth, day),
        *proposed_terms(lambeth, day),
        *ahead.scenes(day),
        *Table(ahead).scenes(day),
        *to_come(lambeth, day),
    ]


def _round(day: date) -> Scene:
    """What falls due with the days: warned of video about to go, and of what is to be erased."""
    return Scene(moment(day, 7), partial(go_round, day))


def _lambeth_meetings(lambeth: Company, day: date) -> list[Held]:
    """Six that were held, one of them without a quorum."""
    first, second, third, fourth, fifth, last = evenings(day, 6)
    silent = {"silent": ("kofi",)}
    return [
        Held(lambeth, first, (*ALL, "kofi", "nia"), late="farah"),
        Held(lambeth, second, MOST, online="idris"),
        Held(lambeth, third, (*ALL, "nia"), "Lambeth Town Hall, room 8", left="efua", **silent),
        Held(lambeth, fourth, FEW, **silent),
        Held(lambeth, fifth, MOST, "Streatham Library", late="joan", online="efua", **silent),
        Held(lambeth, last, ALL, cases=(3, 4, 5), left="idris", online="leila", **silent),
    ]


def _minutes(meetings: list[Held], hackney: Held) -> list[Minuted]:
    """All published but those of the last meeting, which go round the table. The meeting without
    a quorum could approve nothing, so those before it were approved in writing."""
    *earlier, last = meetings
    after = [*earlier[1:], None]
    return [
        *[
            Minuted(held, published=True, at=next if next and next.present != FEW else None)
            for held, next in zip(earlier, after, strict=True)
        ],
        Minuted(last, published=False),
        Minuted(hackney, published=True),
    ]


def _lambeth_asks(at: list[Held]) -> list[Asked]:
    first, second, third, _, _, sixth = at
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
        Asked(words.CHILDREN, third),
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
