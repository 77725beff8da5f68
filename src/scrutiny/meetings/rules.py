"""WHEN a meeting may be called, held and called off, and whether it could agree anything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from scrutiny.kit.words import many_lines
from scrutiny.policy import counts_for_quorum, speaks_for_police

NOTICE = timedelta(days=7)
"""Agenda and papers at least this long before (domain.md 10.1)."""
LONGEST_REASON = 300


class Stage(StrEnum):
    PROPOSED = "proposed"  # a day is set, nobody has been asked yet
    SCHEDULED = "scheduled"  # invitations are out
    IN_SESSION = "in_session"
    HELD = "held"
    MINUTED = "minuted"  # its minutes are published
    CANCELLED = "cancelled"


MOVES = {
    (Stage.PROPOSED, "scheduled"): Stage.SCHEDULED,
    (Stage.PROPOSED, "cancelled"): Stage.CANCELLED,
    (Stage.SCHEDULED, "cancelled"): Stage.CANCELLED,
    (Stage.SCHEDULED, "opened"): Stage.IN_SESSION,
    (Stage.IN_SESSION, "closed"): Stage.HELD,
    (Stage.HELD, "minuted"): Stage.MINUTED,
}
AHEAD = frozenset({Stage.PROPOSED, Stage.SCHEDULED})
UNDER_WAY_OR_OVER = frozenset({Stage.IN_SESSION, Stage.HELD, Stage.MINUTED})
ATTENDANCE_TAKEN = frozenset({Stage.IN_SESSION, Stage.HELD})


class Answer(StrEnum):
    """What somebody invited means to do: an intention, not attendance."""

    AWAITED = "awaited"
    YES = "yes"
    NO = "no"
    PERHAPS = "perhaps"


class Presence(StrEnum):
    PRESENT = "present"
    APOLOGIES = "apologies"
    ABSENT = "absent"


def agenda_due(when: date) -> date:
    """The last day on which the agenda is out in time."""
    return when - NOTICE


def is_short_notice(when: date, today: date) -> bool:
    """Whether it is too late, on `today`, to give the notice that people are owed."""
    return today > agenda_due(when)


def may_open_on(when: date, today: date) -> bool:
    """A meeting opens on its day; late entry of a meeting that was held is allowed."""
    return today >= when


def is_known_to_public(stage: str, public: bool, sequence: int) -> bool:
    """Proposals stay inside the panel, and so do those called off before anybody was asked."""
    if stage == Stage.CANCELLED:
        return public and sequence > 0
    return public and stage != Stage.PROPOSED


def is_quorate(present_community: int, quorum: int) -> bool:
    return present_community >= max(1, quorum)


@dataclass(frozen=True)
class Turnout:
    """Who came, in numbers, and whether that made a quorum."""

    community: int
    police: int
    others: int
    apologies: int
    absent: int
    needed: int

    @property
    def recorded(self) -> bool:
        return self.present + self.apologies + self.absent > 0

    @property
    def present(self) -> int:
        return self.community + self.police + self.others

    @property
    def quorate(self) -> bool:
        return is_quorate(self.community, self.needed)


def turnout(rows: Iterable[tuple[str, str]], needed: int) -> Turnout:
    """Count (role, status) of each person; only the community side makes a quorum."""
    rows = list(rows)
    here = [role for role, status in rows if status == Presence.PRESENT]
    community = sum(map(counts_for_quorum, here))
    police = sum(map(speaks_for_police, here))
    return Turnout(
        community=community,
        police=police,
        others=len(here) - community - police,
        apologies=sum(status == Presence.APOLOGIES for _, status in rows),
        absent=sum(status == Presence.ABSENT for _, status in rows),
        needed=needed,
    )


def is_inquorate(stage: str, turnout: Turnout) -> bool:
    """Worked out from who came, never stored: such a meeting may talk but not agree anything."""
    return stage in UNDER_WAY_OR_OVER and turnout.recorded and not turnout.quorate


def one_seat_each(seats: Sequence) -> list:
    """One seat a person: who holds two comes once, with the one that counts for the quorum."""
    kept: dict = {}
    for seat in seats:
        before = kept.get(seat.person.id)
        if before is None or counts_for_quorum(seat.role) > counts_for_quorum(before.role):
            kept[seat.person.id] = seat
    return list(kept.values())


@dataclass
class CancellationForm:
    reason: str = ""

    def problems(self) -> dict[str, str]:
        if not self.reason.strip():
            return {"reason": "Say why, in words that everybody may read."}
        if len(many_lines(self.reason)) > LONGEST_REASON:
            return {"reason": f"Make this shorter: {LONGEST_REASON} characters at most."}
        return {}


def read_roll(
    typed: Mapping[str, object], names: Mapping[UUID, str]
) -> tuple[dict[UUID, str], dict[str, str]]:
    """What was ticked for each person, and what is missing: nobody is left out of the roll."""
    chosen, problems = {}, {}
    for seat, name in names.items():
        status = typed.get(f"seat-{seat}")
        if status in list(Presence):
            chosen[seat] = str(status)
        else:
            problems[f"seat-{seat}"] = f"Choose present, apologies or absent for {name}."
    return chosen, problems
