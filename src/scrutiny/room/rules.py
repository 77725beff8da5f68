"""WHO is in the room, whether they make a quorum for an item, who chairs it, and its time."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from scrutiny.kit.words import N_, one_line, sentence
from scrutiny.meetings.rules import STAYED, Mode, Presence, is_quorate
from scrutiny.people.constitution import Deed
from scrutiny.policy import counts_for_quorum, rank_in_the_chair

LONGEST_REASON = 300


MODES: Mapping[str, str] = MappingProxyType(
    {Mode.IN_PERSON: N_("In the room"), Mode.ONLINE: N_("Online"), Mode.PHONE: N_("By phone")}
)


@dataclass(frozen=True)
class Sitter:
    """Somebody who belongs at the meeting, and whether they are there now."""

    seat: UUID
    person: UUID
    name: str
    role: str
    active: bool = True  # the seat stands: they are neither on leave nor restricted
    status: str = ""  # nothing: not recorded yet
    mode: str = Mode.IN_PERSON
    came: datetime | None = None
    left: datetime | None = None

    @property
    def here(self) -> bool:
        return self.status in STAYED and self.left is None

    @property
    def counts(self) -> bool:
        return self.active and counts_for_quorum(self.role)


def status_of_arrival(came: datetime | None, first_item: datetime | None) -> Presence:
    """Late is whoever came once the first item had begun; `came` None: at the roll-call."""
    late = came is not None and first_item is not None and came > first_item
    return Presence.JOINED_LATE if late else Presence.PRESENT


@dataclass(frozen=True)
class Standing:
    """The quorum for one item, or for the meeting as a whole, as it stands now."""

    able: tuple[Sitter, ...]  # who are here, count, and may take part
    needed: int
    recused: tuple[str, ...] = ()  # names, of those who are here and count
    uncleared: tuple[str, ...] = ()

    @property
    def present(self) -> int:
        return len(self.able)

    @property
    def quorate(self) -> bool:
        return is_quorate(self.present, self.needed)


def standing(
    sitters: Iterable[Sitter],
    needed: int,
    *,
    recused: Set[UUID] = frozenset(),
    asked: Set[Deed] = frozenset(),
    cleared: Mapping[UUID, Set[Deed]] = MappingProxyType({}),
) -> Standing:
    """Who of those present makes the quorum.

    Only the community side counts; of them nobody who is recused from the item, and nobody whose
    clearances do not open all that it asks for (`cleared`: person to what is open to them).
    """
    there = [one for one in sitters if one.here and one.counts]
    out = [one for one in there if one.person in recused]
    left = [one for one in there if one.person not in recused]
    able = [one for one in left if asked <= cleared.get(one.person, frozenset())]
    shut = [one.name for one in left if one not in able]
    return Standing(tuple(able), max(1, needed), tuple(one.name for one in out), tuple(shut))


def no_quorum(standing: Standing) -> str:
    """Why nothing can be decided now."""
    words = N_(
        "There is no quorum: {present} of the {needed} members needed can take part. Nothing can "
        "be put or decided now. The meeting may go on, as informal notes."
    )
    return sentence(words, present=standing.present, needed=standing.needed)


def who_chairs(
    able: Sequence[Sitter], chosen: UUID | None = None, of_day: UUID | None = None
) -> Sitter | None:
    """Whoever was chosen for the item or the day, else the chair, else the vice-chair.

    Of those alone who are here and take part in it; None: those present have to choose.
    """
    for seat in (chosen, of_day):
        if found := next((one for one in able if seat and one.seat == seat), None):
            return found
    ranked = [one for one in able if rank_in_the_chair(one.role) is not None]
    return min(ranked, key=lambda one: rank_in_the_chair(one.role), default=None)


Span = tuple[datetime, datetime]
Move = tuple[datetime, UUID, bool]
"""When, whose seat, and whether they are there from then on."""


def hours(planned: Span, opened: datetime | None, closed: datetime | None) -> Span | None:
    """When it was held in truth; None where it was opened on another day, to be written up.

    All in London's time. One that was closed on another day ended as planned, as far as is known.
    """
    day = planned[0].date()
    if opened is None or opened.date() != day:
        return None
    if closed is None or closed.date() != day:
        return (opened, planned[1]) if opened < planned[1] else None
    return opened, closed


def spans(moves: Iterable[Move], needed: int, ends: datetime) -> list[Span]:
    """While how many there were made a quorum; `moves` in their order."""
    here: set[UUID] = set()
    since, found = None, []
    for at, who, there in moves:
        here = here | {who} if there else here - {who}
        quorate = is_quorate(len(here), needed)
        if quorate and since is None:
            since = at
        elif not quorate and since is not None:
            found.append((since, at))
            since = None
    return [*found, (since, ends)] if since is not None else found


@dataclass(frozen=True)
class Timer:
    """Whole minutes: given to an item, and spent on it."""

    given: int
    spent: int

    @property
    def over(self) -> int:
        """By how many minutes it is over its time; 0 too where it was given none."""
        return max(0, self.spent - self.given) if self.given else 0


def timer(given: int, began: datetime | None, ended: datetime | None, now: datetime) -> Timer:
    spent = ((ended or now) - began).total_seconds() if began else 0
    return Timer(given, max(0, int(spent // 60)))


@dataclass
class PresenceForm:
    """One of these is a seat: the button that was pressed says which."""

    in_person: str = ""
    online: str = ""
    phone: str = ""
    left: str = ""
    apologies: str = ""

    def pressed(self) -> tuple[str, str]:
        """(which button, the seat); the first of them if a machine sends several."""
        sent = ((name, value) for name, value in vars(self).items() if value)
        return next(sent, ("", ""))


@dataclass
class ItemForm:
    start: str = ""
    finish: str = ""


@dataclass
class ChairForm:
    seat: str = ""


@dataclass
class LiftingForm:
    reason: str = ""

    def problems(self) -> dict[str, str]:
        if not self.reason.strip():
            return {"reason": N_("Say why they may take part again.")}
        if len(one_line(self.reason)) > LONGEST_REASON:
            words = N_("Make this shorter: {most} characters at most.")
            return {"reason": sentence(words, most=LONGEST_REASON)}
        return {}
