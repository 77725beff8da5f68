"""One concern of the demo: how it came, and everything that happened to it, each on its day."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from scrutiny.concerns import queries
from scrutiny.concerns.answers import Answers
from scrutiny.concerns.equality.actions import count
from scrutiny.concerns.intake import Sending, take_in
from scrutiny.concerns.tables import Concern
from scrutiny.demo.cast import Company
from scrutiny.demo.meetings import Scene, moment
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.people import queries as people
from scrutiny.people.tables import Seat
from scrutiny.trying.codes import code_of

Later = tuple[int, Callable[..., Awaitable[object]], dict[str, Any]]
"""So many days after it came, this deed, with these words."""
COUNTED = ["statistics.public", "summary.panel"]
USUAL = {
    "danger": "no",
    "wants": ["patterns"],
    "whose": "me",
    "live": ["no"],
    "reach": "code",
    "consents": COUNTED,
}
"""What most residents answer."""


@dataclass(frozen=True)
class Raised:
    """`happened` is so many days before the day on which it came, `ago` so many before today."""

    company: Company
    name: str
    ago: int
    says: dict[str, Any]
    happened: int | None = 2
    entered: str = "self"
    screened: bool = True
    equality: dict[str, str] = field(default_factory=dict)
    later: tuple[Later, ...] = ()

    @property
    def code(self) -> str:
        return code_of(self.company.panel.slug, self.name)

    def seat(self, role: str) -> Seat:
        return next(seat for seat in self.company.seats.values() if seat.role == role)

    def other(self, name: str) -> "Raised":
        """Another one of the same panel, to join it with."""
        return replace(self, name=name)

    async def find(self) -> Concern:
        return await queries.by_receipt(self.code)

    async def submit(self) -> None:
        """As the last page of the journey does it."""
        panel = await people.panel(self.company.panel.slug)
        said = USUAL | self.says
        if self.happened is not None:
            said["happened"] = (today() - timedelta(days=self.happened)).isoformat()
        by = self.seat("secretariat") if self.entered == "secretariat" else None
        sending = Sending(entered=self.entered, screened=self.screened, by=by)
        await take_in(panel, self.code, Answers(**said), sending)
        if self.equality:
            async with write_tx():
                await count(panel, self.equality, today())

    def scenes(self, day: date, minute: int = 0) -> list[Scene]:
        came = day - timedelta(days=self.ago)
        found = [Scene(moment(came, 20, minute), self.submit)]
        for at, (after, deed, said) in enumerate(self.later):
            when = moment(came + timedelta(days=after), 11 + at)
            found.append(Scene(when, partial(deed, self, **said)))
        return found
