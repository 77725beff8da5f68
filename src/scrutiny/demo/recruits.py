"""A call for a member of the demo's panel, and how far three people came who answered it."""

from datetime import date, timedelta

from scrutiny.demo import texts
from scrutiny.demo.cast import Company
from scrutiny.demo.meetings import Scene, in_turn, moment
from scrutiny.membership.recruitment import actions, queries
from scrutiny.membership.recruitment.applying.actions import apply, count_equality
from scrutiny.membership.recruitment.choosing import actions as choosing
from scrutiny.membership.recruitment.choosing.actions import Outcome
from scrutiny.membership.recruitment.forms import CRITERIA, QUESTIONS
from scrutiny.membership.recruitment.rules import Sent
from scrutiny.membership.recruitment.scoring.actions import score
from scrutiny.membership.recruitment.tables import Application, Call
from scrutiny.trying.codes import code_of

FIRST, SECOND, THIRD = texts.APPLICANTS
"""Offered the seat; heard, with one score to come; just arrived."""
PLACE = "Brixton Library, room 3"
EQUALITY = (
    {"ethnicity": "M2", "age": "25_34", "sex": "woman"},
    {"ethnicity": "B2", "age": "35_54", "sex": "man"},
    {"ethnicity": "W2", "age": "unsaid", "sex": "woman"},
)


def recruitment(lambeth: Company, day: date) -> list[Scene]:
    steps = (28, _draft), (27, _publish), (24, _apply), (20, _shortlist), (14, _invite)
    choice = (12, _score), (11, _propose), (10, _confirm), (4, _apply_late), (1, _score_second)
    return in_turn(lambeth, day, 16, *steps, *choice)


async def _call(lambeth: Company) -> Call:
    return await queries.find_call(lambeth.panel, 1)


async def _application(lambeth: Company, name: str) -> Application:
    return await queries.by_code(lambeth.panel, code_of(lambeth.panel.slug, name))


async def _draft(lambeth: Company, day: date) -> None:
    call = {
        "title": "A member for Lambeth Scrutiny Panel",
        "text": texts.CALL,
        "places": 1,
        "opens": day - timedelta(days=26),
        "closes": day + timedelta(days=9),
        "questions": list(QUESTIONS),
        "criteria": list(CRITERIA),
    }
    await actions.draft(call, by=lambeth["grace"], form_key="")


async def _publish(lambeth: Company, day: date) -> None:
    await actions.publish(1, (await _call(lambeth)).version, by=lambeth["amara"])


async def _send(lambeth: Company, name: str) -> None:
    person, mailbox, answers = texts.APPLICANTS[name]
    sent = Sent(
        name=person,
        email=f"{mailbox}@resident.example",
        age="yes",
        connection="yes",
        police="never",
        other_panels="no",
        answers=list(answers),
        availability="Evenings, not on Fridays",
    )
    await apply((await _call(lambeth)).id, lambeth.panel, sent, code_of("lambeth", name))


async def _apply(lambeth: Company, day: date) -> None:
    await _send(lambeth, FIRST)
    await _send(lambeth, SECOND)
    call = (await _call(lambeth)).id
    for given in EQUALITY:
        await count_equality(call, lambeth.panel, given, "")


async def _apply_late(lambeth: Company, day: date) -> None:
    await _send(lambeth, THIRD)


async def _shortlist(lambeth: Company, day: date) -> None:
    for name in (FIRST, SECOND):
        found = await _application(lambeth, name)
        await choosing.shortlist(found.id, found.version, by=lambeth["grace"])


async def _invite(lambeth: Company, day: date) -> None:
    """The first was heard thirteen days ago, the second the day before yesterday."""
    scorers = [lambeth[name].person.id for name in ("bilal", "efua")]
    for name, ago in ((FIRST, 13), (SECOND, 2)):
        found, at = await _application(lambeth, name), moment(day - timedelta(days=ago), 18)
        where = at, PLACE, scorers
        await choosing.set_interview(found.id, found.version, *where, by=lambeth["grace"])


async def _score(lambeth: Company, day: date) -> None:
    found = await _application(lambeth, FIRST)
    for name, points in (("bilal", (4, 3, 4, 3)), ("efua", (4, 4, 3, 4))):
        await score(found.id, points, texts.SCORED, by=lambeth[name])


async def _score_second(lambeth: Company, day: date) -> None:
    found = await _application(lambeth, SECOND)
    await score(found.id, (3, 3, 2, 4), "", by=lambeth["efua"])


async def _propose(lambeth: Company, day: date) -> None:
    found = await _application(lambeth, FIRST)
    outcome = Outcome("offered", "", texts.OFFERED)
    await choosing.propose(found.id, found.version, outcome, by=lambeth["amara"])


async def _confirm(lambeth: Company, day: date) -> None:
    found = await _application(lambeth, FIRST)
    await choosing.confirm(found.id, found.version, by=lambeth["grace"])
