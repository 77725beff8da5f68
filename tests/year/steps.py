"""What every story of the year needs: its days, its people at their browsers, and the post."""

import email
from contextlib import AbstractContextManager
from datetime import date, datetime, time
from email.message import EmailMessage
from email.policy import default

from cast import Cast
from conftest import run

from scrutiny.kit.clock import LONDON, as_of, today
from scrutiny.kit.db import write_tx
from scrutiny.letters.worker import send_due
from scrutiny.people.tables import Person, Seat
from scrutiny.policy import Role
from scrutiny.rounds.actions import go_round
from year.hands import Hands

BEGIN = "2027-01-04"
MORE = {
    "vera": ("Vera Osei", Role.MEMBER, Role.VICE_CHAIR),
    "efua": ("Efua Boateng", Role.MEMBER),
}
"""Who was elected holds the office beside a seat as a member."""


def at(day: str | date, hour: str = "10:00") -> AbstractContextManager[None]:
    """What runs inside takes place on this day at this hour in London."""
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return as_of(datetime.combine(found, time.fromisoformat(hour), LONDON))


async def seat_more(cast: Cast) -> None:
    async with write_tx():
        for key, (name, *roles) in MORE.items():
            address = f"{key}@panel.test"
            cast.people[key] = Person(name=name, email=address, email_key=address)
            await Person.insert(cast.people[key])
            told = {"panel": cast.lambeth, "person": cast.people[key]}
            for role in roles:
                cast.seats[key] = Seat(**told, role=role, since=cast.seats["amara"].since)
                await Seat.insert(cast.seats[key])


class Year:
    def __init__(self, cast: Cast, browse, sink) -> None:
        self.cast, self.browse, self.sink = cast, browse, sink

    def hands(self, name: str = "") -> Hands:
        """Somebody who signed in just now; nobody in particular without a name."""
        return Hands(self.browse(name))

    def post_goes(self) -> list[EmailMessage]:
        """The worker sends all that is due; gives the letters that arrived by it."""
        known = len(self.sink.letters)
        while run(send_due()):
            pass
        return [email.message_from_bytes(raw, policy=default) for raw in self.sink.letters[known:]]

    def round_goes(self) -> list[EmailMessage]:
        """The daily round, and the post after it."""
        assert run(go_round(today())) == []
        return self.post_goes()


def to(letters: list[EmailMessage], name: str, subject: str = "") -> list[EmailMessage]:
    """Of these letters, those to somebody of the cast."""
    mine = [one for one in letters if f"{name}@panel.test" in one["To"]]
    return [one for one in mine if subject in one["Subject"]]


def said(letter: EmailMessage) -> str:
    return letter.get_body(("plain",)).get_content()
