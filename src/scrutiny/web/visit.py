"""Who is asking, for which panel and in which language: set once a request, read by pages."""

from contextvars import ContextVar
from dataclasses import dataclass, field

from scrutiny.people.tables import Panel, Person, Seat, Session
from scrutiny.policy import ACTIVE, Act, may


@dataclass
class Visit:
    path: str = "/"
    query: str = ""
    posted: bool = False
    locale: str = "en"
    asked: str = ""
    """The language that the address names: every address of the page then names it too."""
    wanted: str = ""
    """The reader's language, on a page that is only there in English."""
    key: str = ""  # the cookie's value: never stored, never logged
    session: Session | None = None
    person: Person | None = None
    panel: Panel | None = None
    seats: list[Seat] = field(default_factory=list)
    """The seats this person holds today on `panel`."""

    @property
    def signed_in(self) -> bool:
        return self.session is not None and self.session.full

    def may(self, act: Act | str) -> bool:
        return any(may(seat.role, act, seat.stage) for seat in self.seats)

    def seat_for(self, act: Act) -> Seat | None:
        return next((seat for seat in self.seats if may(seat.role, act, seat.stage)), None)

    @property
    def seat(self) -> Seat | None:
        """The seat to read with where everybody may read: the first taken, or none.

        Who is on leave or restricted reads what the public reads.
        """
        return next((seat for seat in self.seats if seat.stage == ACTIVE), None)


VISIT: ContextVar[Visit] = ContextVar("visit")


def visit() -> Visit:
    return VISIT.get(None) or Visit()
