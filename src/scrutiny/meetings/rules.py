"""WHEN a meeting may be called, held and called off, and whether it could agree anything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from scrutiny.kit.words import N_, many_lines
from scrutiny.policy import (
    ON_LEAVE,
    ONBOARDING,
    RESTRICTED,
    counts_for_quorum,
    rank_in_the_chair,
    speaks_for_police,
)

NOTICE = timedelta(days=7)
"""Agenda and papers at least this long before (domain.md 10.1)."""
LONGEST_REASON = 300
QUIET = timedelta(minutes=10)
"""After the last change of a meeting, before everybody asked is told of all of them at once."""


class Kind(StrEnum):
    """What sort of meeting (domain.md 5)."""

    ORDINARY = "ordinary"
    VIEWING = "bwv_viewing"
    EXTRAORDINARY = "extraordinary"
    PUBLIC = "public"
    ANNUAL = "annual"
    JOINT = "joint"
    TRAINING = "training"
    CRITICAL = "critical_incident"


KINDS = {
    Kind.ORDINARY: N_("Ordinary meeting"),
    Kind.VIEWING: N_("Viewing of body-worn video"),
    Kind.EXTRAORDINARY: N_("Extraordinary meeting"),
    Kind.PUBLIC: N_("Public meeting"),
    Kind.ANNUAL: N_("Annual meeting"),
    Kind.JOINT: N_("Joint meeting with another panel"),
    Kind.TRAINING: N_("Training"),
    Kind.CRITICAL: N_("Meeting about a critical incident"),
}


class Stage(StrEnum):
    PROPOSED = "proposed"  # a day is set, nobody has been asked yet
    SCHEDULED = "scheduled"  # invitations are out
    IN_SESSION = "in_session"
    HELD = "held"
    MINUTED = "minuted"  # its minutes are published
    POSTPONED = "postponed"  # off, until it has a new day
    CANCELLED = "cancelled"


def is_from_before(day: date, called: date) -> bool:
    """Whether it was written down after its own day: it was held before this site was used, and
    nobody makes its minutes here."""
    return called > day


MOVES = {
    (Stage.PROPOSED, "scheduled"): Stage.SCHEDULED,
    (Stage.PROPOSED, "cancelled"): Stage.CANCELLED,
    (Stage.SCHEDULED, "cancelled"): Stage.CANCELLED,
    (Stage.SCHEDULED, "postponed"): Stage.POSTPONED,
    (Stage.POSTPONED, "rescheduled"): Stage.SCHEDULED,
    (Stage.POSTPONED, "cancelled"): Stage.CANCELLED,
    (Stage.SCHEDULED, "opened"): Stage.IN_SESSION,
    (Stage.IN_SESSION, "closed"): Stage.HELD,
    (Stage.HELD, "minuted"): Stage.MINUTED,
}
AHEAD = frozenset({Stage.PROPOSED, Stage.SCHEDULED})
CHANGEABLE = AHEAD | {Stage.POSTPONED}
ANNOUNCED = frozenset({Stage.SCHEDULED, Stage.POSTPONED})  # those asked know of it
JOINED_WHILE = frozenset({Stage.SCHEDULED, Stage.IN_SESSION})
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
    JOINED_LATE = "joined_late"
    LEFT_EARLY = "left_early"
    APOLOGIES = "apologies"
    ABSENT = "absent"


class Mode(StrEnum):
    IN_PERSON = "in_person"
    ONLINE = "online"
    PHONE = "phone"


NOT_ASKED = {
    ON_LEAVE: N_("on leave"),
    RESTRICTED: N_("may not take part for now"),
    ONBOARDING: N_("joining: what they need to take part is not complete"),
}
"""Why somebody who holds a seat is asked to nothing, by how the seat stands (domain.md 6.3)."""
CAME = frozenset({Presence.PRESENT, Presence.JOINED_LATE, Presence.LEFT_EARLY})
STAYED = frozenset({Presence.PRESENT, Presence.JOINED_LATE})
"""In the room as far as is known; they alone make a quorum."""


def agenda_due(when: date) -> date:
    """The last day on which the agenda is out in time."""
    return when - NOTICE


def is_short_notice(when: date, today: date, notice_days: int = NOTICE.days) -> bool:
    """Whether it is too late, on `today`, to give the notice that the panel's rules ask for."""
    return (when - today).days < notice_days


def is_discreet(kind: str, public: bool) -> bool:
    """Whether its title and place stay out of calendars, which other people see."""
    return not public or kind == Kind.VIEWING


def shows_link(stage: str) -> bool:
    """The link to join online is there from the invitations until the meeting is over."""
    return stage in JOINED_WHILE


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
    """Who came and stayed, in numbers, and whether that made a quorum."""

    community: int
    police: int
    others: int
    apologies: int
    absent: int
    needed: int
    left_early: int = 0  # of any side: they came, and do not count any more

    @property
    def recorded(self) -> bool:
        return self.present + self.left_early + self.apologies + self.absent > 0

    @property
    def present(self) -> int:
        return self.community + self.police + self.others

    @property
    def quorate(self) -> bool:
        return is_quorate(self.community, self.needed)


def turnout(rows: Iterable[tuple[str, str]], needed: int) -> Turnout:
    """Count (role, status) of each person; only the community side makes a quorum."""
    rows = list(rows)
    here = [role for role, status in rows if status in STAYED]
    community = sum(map(counts_for_quorum, here))
    police = sum(map(speaks_for_police, here))
    return Turnout(
        community=community,
        police=police,
        others=len(here) - community - police,
        apologies=sum(status == Presence.APOLOGIES for _, status in rows),
        absent=sum(status == Presence.ABSENT for _, status in rows),
        needed=needed,
        left_early=sum(status == Presence.LEFT_EARLY for _, status in rows),
    )


def is_inquorate(stage: str, turnout: Turnout) -> bool:
    """Worked out from who came, never stored: such a meeting may talk but not agree anything."""
    return stage in UNDER_WAY_OR_OVER and turnout.recorded and not turnout.quorate


def one_seat_each(seats: Sequence) -> list:
    """One seat a person: who holds two comes with the one that counts for the quorum, and of two
    such with that of the chair or of whoever stands in for the chair."""
    kept: dict = {}
    for seat in seats:
        before = kept.get(seat.person.id)
        if before is None or _weight(seat.role) > _weight(before.role):
            kept[seat.person.id] = seat
    return list(kept.values())


def _weight(role: str) -> tuple[bool, bool, int]:
    rank = rank_in_the_chair(role)
    return counts_for_quorum(role), rank is not None, -(rank or 0)


@dataclass
class ReasonForm:
    """Why a meeting is called off or put off, or why at short notice."""

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


def read_modes(typed: Mapping[str, object], seats: Iterable[UUID]) -> dict[UUID, str]:
    """How each came: in person, unless another way was chosen."""
    modes = {seat: typed.get(f"mode-{seat}") for seat in seats}
    return {
        seat: str(mode if mode in list(Mode) else Mode.IN_PERSON) for seat, mode in modes.items()
    }
