"""Who came and went: a resignation, a leave, a newcomer, a removal that waits for a reply."""

from datetime import date, timedelta

from scrutiny.composition import actions as composition
from scrutiny.demo import texts
from scrutiny.demo.cast import TERM, Company
from scrutiny.demo.meetings import Scene, in_turn
from scrutiny.kit.clock import today
from scrutiny.kit.db import writes
from scrutiny.membership.clearances.actions import sign
from scrutiny.membership.clearances.rules import SIGNED
from scrutiny.membership.interests.actions import look_over
from scrutiny.membership.proposals.actions import propose
from scrutiny.membership.rules import Kind
from scrutiny.membership.standing import actions as standing
from scrutiny.membership.standing.rules import years_later
from scrutiny.people.actions import add_person
from scrutiny.people.tables import Seat

NEWCOMER = "Mateo Silva"
ABOUT_THEMSELVES = (
    *[{"ethnicity": "B2", "age": "35_54", "sex": "woman", "disability": "no"}] * 3,
    *[{"ethnicity": "B1", "age": "55_up", "sex": "man", "disability": "yes"}] * 2,
    *[{"ethnicity": "W1", "age": "35_54", "sex": "woman", "disability": "no"}] * 3,
    *[{"ethnicity": "W2", "age": "55_up", "sex": "man", "disability": "yes"}] * 3,
)
"""What eleven members answered, in no order of theirs."""


def comings_and_goings(lambeth: Company, day: date) -> list[Scene]:
    counted = (200, _ask), (195, _describe), (171, _count)
    steps = (45, _resign), (40, _leave), (15, _appoint), (14, _begin), (3, _remove)
    return in_turn(lambeth, day, 9, *counted, *steps)


# -- how the panel is made up ---------------------------------------------------------------------


async def _ask(lambeth: Company, day: date) -> None:
    await composition.open_round(by=lambeth["grace"])


async def _describe(lambeth: Company, day: date) -> None:
    people = {seat.person.id: seat for seat in lambeth.community}
    for seat, given in zip(people.values(), ABOUT_THEMSELVES, strict=True):
        await composition.answer(given, by=seat)


async def _count(lambeth: Company, day: date) -> None:
    await composition.close_over(today())


# -- who sits -------------------------------------------------------------------------------------


async def _version(seat: Seat) -> int:
    return (await Seat.objects().get(Seat.id == seat.id)).version


async def _resign(lambeth: Company, day: date) -> None:
    mine = lambeth["nia"]
    last = today() + timedelta(days=15)
    seen = await _version(mine)
    await standing.resign(mine.id, seen, last_day=last, why=texts.RESIGNS, by=mine)


async def _leave(lambeth: Company, day: date) -> None:
    mine = lambeth["joan"]
    days = {"since": today(), "until": day + timedelta(days=50)}
    await standing.take_leave(mine.id, await _version(mine), **days, by=mine)


@writes
async def _appoint(lambeth: Company, day: date) -> None:
    """Sent by the youth council; not active before the training is done."""
    person = await add_person(NEWCOMER, "mateo@lambeth-panel.example")
    seat = await standing.appoint(
        lambeth.panel,
        person,
        "member",
        since=today(),
        until=years_later(today(), TERM) - timedelta(days=1),
        route="nominated_org",
        represents="Lambeth Youth Council",
        by=lambeth["grace"],
        onboarding=True,
    )
    lambeth.seats["mateo"] = seat


async def _begin(lambeth: Company, day: date) -> None:
    mine = lambeth["mateo"]
    for kind in SIGNED:
        await sign(kind, 1, by=mine)
    await look_over(by=mine, none=True)


async def _remove(lambeth: Company, day: date) -> None:
    held, last = lambeth["kofi"].id, day + timedelta(days=30)
    by = lambeth["amara"]
    await propose(held, Kind.REMOVAL, texts.REMOVAL, by=by, form_key="", last_day=last)
