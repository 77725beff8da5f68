"""What the tests of seats do again and again."""

import re
from datetime import timedelta

from accounts.steps import asked_of_database, events, got, latest, letters
from conftest import run

from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.people.actions import add_person
from scrutiny.people.tables import Seat

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
