"""What the tests of seats do again and again."""

import re
from datetime import timedelta

from accounts.steps import asked_of_database, events, got, latest, letters
from conftest import run
from piccolo.table import Table

from scrutiny.kit.clock import now, today
from scrutiny.kit.db import write_tx
from scrutiny.membership.clearances.tables import Clearance
from scrutiny.membership.interests.tables import Declaration
from scrutiny.people.actions import add_person
from scrutiny.people.constitution import Constitution, written
from scrutiny.people.tables import Panel, Seat

__all__ = ["asked_of_database", "events", "got", "latest", "letters"]

SEATS, NEW = "/lambeth/seats", "/lambeth/seats/new"
TODAY, YESTERDAY = today().isoformat(), (today() - timedelta(days=1)).isoformat()
TESS = {
    "name": "Tess Moore",
    "email": "Tess@Example.org",
    "role": "member",
    "since": TODAY,
    "until": "",
}
TAKE = {"public_name": "initials", "promise": "yes"}


def link_in(text: str) -> str:
    return re.search(r"https://panel\.test(/seats/invites/\S+)", text)[1]


def seats_of(email: str) -> list[dict]:
    wanted = Seat.person.email_key == email
    return got(Seat.select(Seat.role, Seat.since, Seat.until, Seat.public_name).where(wanted))


def ask_for(panel: Panel, **rules) -> None:
    """The panel's own rules from now on: what it asks for, terms, places."""
    stored = written(Constitution(**rules))
    got(Panel.update({Panel.constitution: stored}).where(Panel.id == panel.id))
    panel.constitution = stored


def put(row: Table, **changes) -> None:
    """Change a row behind everybody's back."""
    table = type(row)
    got(table.update(changes).where(table.id == row.id))


def fresh(seat: Seat) -> Seat:
    return got(Seat.objects(Seat.panel, Seat.person).where(Seat.id == seat.id))[0]


def give(cast, name: str, kind: str, **columns) -> None:
    """A clearance that somebody has already, cleared unless something else is said."""
    given = {"outcome": "cleared", "granted": today() - timedelta(days=10), **columns}
    person = cast.people[name].id
    row = Clearance(panel=cast.lambeth.id, person=person, kind=kind, changed=now(), **given)

    async def insert():
        async with write_tx():
            await Clearance.insert(row)

    run(insert())


def declare(cast, name: str) -> None:
    """They looked over their interests and there are none."""

    async def insert():
        async with write_tx():
            await Declaration.insert(
                Declaration(
                    panel=cast.lambeth.id, person=cast.people[name].id, day=today(), none=True
                )
            )

    run(insert())


def until_of(seat: Seat):
    return got(Seat.select(Seat.until).where(Seat.id == seat.id))[0]["until"]


def fill(panel, count: int, until=None) -> None:
    """So many more members."""

    async def add():
        async with write_tx():
            for n in range(count):
                person = await add_person(f"Person {n}", f"p{n}@example.org")
                await Seat.insert(
                    Seat(
                        panel=panel.id,
                        person=person.id,
                        role="member",
                        since=today() - timedelta(days=400),
                        until=until,
                    )
                )

    run(add())
