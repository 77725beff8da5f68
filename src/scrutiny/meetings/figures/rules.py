"""WHEN the panel kept its own deadlines, and how often its members came (domain.md 10.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from scrutiny.kit.words import N_
from scrutiny.kit.working_days import add_working_days

DRAFT_WITHIN = 10
"""Working days from the meeting to a draft of its minutes."""
PUBLISH_WITHIN = 5
"""Working days from the approval of minutes to their publication."""
A_YEAR = timedelta(days=365)
AGENDA, DRAFT, PUBLISHED = "agenda", "draft", "published"
WORDS = {
    AGENDA: N_("Agenda"),
    DRAFT: N_("Draft minutes"),
    PUBLISHED: N_("Minutes published after approval"),
}


def draft_due(held: date) -> date:
    """The last of ten working days after the meeting, its own day not counted."""
    return add_working_days(held, DRAFT_WITHIN)


def publish_due(approved: date) -> date:
    """The last of five working days after the approval, its own day not counted."""
    return add_working_days(approved, PUBLISH_WITHIN)


@dataclass(frozen=True)
class Clock:
    """Something the panel owes by a day, and the day on which it was done, if it was."""

    what: str
    due: date
    done: date | None

    def days_late(self, today: date) -> int:
        """Whole days past its last one: those it took, or those it is late so far."""
        return max(0, ((self.done or today) - self.due).days)

    def standing(self, today: date) -> str:
        """Which badge it has: done, late or wait."""
        if self.days_late(today):
            return "late"
        return "done" if self.done else "wait"


@dataclass(frozen=True)
class Kept:
    """The days of one meeting on which its papers came out, as far as they have."""

    date: date
    title: str
    stage: str
    agenda: date | None
    drafted: date | None
    approved: date | None
    published: date | None
    public: bool = True


def clocks(meeting: Kept, notice_days: int) -> list[Clock]:
    """Those that run or ran. Nothing is drafted before a meeting is held; nothing waits to be
    published before it is approved; a closed meeting publishes nothing."""
    found = [Clock(AGENDA, meeting.date - timedelta(days=notice_days), meeting.agenda)]
    if meeting.stage in ("held", "minuted"):
        found.append(Clock(DRAFT, draft_due(meeting.date), meeting.drafted))
    if meeting.approved:
        found.append(Clock(PUBLISHED, publish_due(meeting.approved), meeting.published))
    return found if meeting.public else []


def in_time(found: Iterable[Clock], today: date) -> tuple[int, int]:
    """(how many were kept, how many were kept or missed): what still has time is not counted."""
    over = [one.standing(today) for one in found if one.standing(today) != "wait"]
    return over.count("done"), len(over)


@dataclass(frozen=True)
class Came:
    """How often one member came, under the name they chose, in the year before today."""

    name: str
    role: str
    held: int  # meetings while they sat and were not on leave, at which the roll was taken
    came: int
    apologies: int
