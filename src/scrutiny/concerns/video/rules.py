"""HOW long body-worn video lasts, WHEN to act and to warn, and what the force may answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from scrutiny.concerns.rules import ENDS, GONE
from scrutiny.concerns.rules import Stage as ConcernStage
from scrutiny.kit.stages import Moves, open_moves
from scrutiny.kit.words import N_, sentence
from scrutiny.kit.working_days import add_working_days
from scrutiny.stops.disparity import SMALL

CELL = "video.force"
"""Of the consents: without it the force is told nothing of a day, a place or an officer."""
MARGIN = 3  # days before the last one by which somebody must have marked the video
WARN_AT = (10, 5, 3)
"""Days left at which the secretariat is told; each once."""
ANSWER_DAYS = 5
"""Working days in which we ask for an answer: our own choice, as no law sets any. It is what
panels give themselves to acknowledge a concern (domain.md 10.1)."""


class Stage(StrEnum):
    SENT = "sent"
    KEPT = "kept"
    ALREADY_GONE = "already_gone"
    REFUSED = "refused"


# An answer is never rewritten. What can truly change afterwards are two things: a force that
# refused keeps the video after all, and video that was said to be kept turns out to be lost.
MOVES: Moves = {
    **{(Stage.SENT, to.value): to for to in Stage if to is not Stage.SENT},
    (Stage.REFUSED, "kept"): Stage.KEPT,
    (Stage.KEPT, "already_gone"): Stage.ALREADY_GONE,
}
UNASKED, NO_ANSWER = "unasked", "no_answer"
"""Worked out, never stored: nobody asked yet; the day for an answer has passed in silence."""

NAMES = {
    UNASKED: N_("Not asked for"),
    Stage.SENT: N_("Asked for"),
    NO_ANSWER: N_("No answer"),
    Stage.KEPT: N_("Kept"),
    Stage.ALREADY_GONE: N_("Already gone"),
    Stage.REFUSED: N_("Refused"),
}
ANSWERS = {
    Stage.KEPT: N_("Kept: the video is marked, and it will not be erased"),
    Stage.ALREADY_GONE: N_("Already gone: the video was erased before it could be marked"),
    Stage.REFUSED: N_("Refused: the video will not be kept"),
}
LOST = "was_kept"
"""The reason kept beside `already_gone` where the force had said before that it kept the video."""
LOST_NAME = N_("Erased after it had been kept")
REFUSALS = {
    "not_found": N_("They could not find what happened from what we said."),
    "not_recorded": N_("No video was recorded."),
    "no_ground": N_("They see no ground in law to keep it."),
    "other_force": N_("Another force has the video."),
    "other": N_("They gave another reason, or none."),
}
OWN_REFUSALS = {
    "not_found": N_("We could not find what happened from what you said."),
    "not_recorded": N_("No video was recorded."),
    "no_ground": N_("We see no ground in law to keep it."),
    "other_force": N_("Another force has the video."),
    "other": N_("Another reason."),
}
"""The same, as the police choose from them."""
OPEN = tuple(one.value for one in ConcernStage if one not in (*GONE, *ENDS, ConcernStage.CLOSED))
"""Stages of a concern in which its video still matters to us."""


def reference(code: str, number: int, sent: date) -> str:
    """What people say aloud: LAM-V-2026-03."""
    return f"{code}-V-{sent.year}-{number:02d}"


def last_day(happened: date, retention_days: int) -> date:
    """The last day on which video that nobody marked is still there.

    The day it was recorded is day nought, and every day after it counts, working or not: 31 days
    from 9 January end on 9 February. The force erases it in the course of that day, at the hour
    of the recording or later, so the day is the last that can be counted on only in part; that
    is why we act MARGIN days before it. Days of the calendar, so no change of clocks shifts it.
    Source: the retention that forces publish, 28 to 31 days (domain.md 7.3).
    """
    return happened + timedelta(days=retention_days)


def days_left(happened: date, retention_days: int, today: date) -> int:
    """Days from today to the last one: 0 on that day itself, less than 0 once it is past."""
    return (last_day(happened, retention_days) - today).days


def act_by(happened: date, retention_days: int) -> date:
    """The day by which somebody should have marked it: three before the last (domain.md 10.1)."""
    return last_day(happened, retention_days) - timedelta(days=MARGIN)


def answer_due(sent: date, last: date | None = None) -> date:
    """The last day for an answer: the fifth working day after the day on which we asked.

    Where the video must be marked before that, the day by which it must be; never before `sent`.
    `last` is the last day of the video, where it is not past already.
    """
    due = add_working_days(sent, ANSWER_DAYS)
    if last is None or last < sent:
        return due
    return min(due, max(sent, act_by(last, 0)))


def silent_since(today: date) -> date:
    """The last day on which one was sent that has had its working days by now, in silence."""
    day = today
    while answer_due(day) >= today:
        day -= timedelta(days=1)
    return day


def answers_to(stage: str) -> dict[str, str]:
    """What may be answered now, in words."""
    found = {one: ANSWERS[one] for one in open_moves(MOVES, stage)}
    return {one: LOST_NAME for one in found} if stage == Stage.KEPT else found


def reason_of(stage: str, outcome: str, reason: str) -> str:
    """What is kept as the reason of an answer, from where it stood before."""
    lost = stage == Stage.KEPT and outcome == Stage.ALREADY_GONE
    return LOST if lost else reason


def named(stage: str, reason: str) -> str:
    """An answer in words, as a list of answers shows it."""
    return LOST_NAME if reason == LOST else NAMES[stage]


def warning(left: int) -> int | None:
    """Which of WARN_AT is due with so many days left; the last one passed where some were missed.

    Whoever asks keeps what was told already: each is told once. None before the first of them,
    and once nothing is left to save.
    """
    passed = [days for days in WARN_AT if left <= days]
    return min(passed) if passed and left >= 0 else None


def standing(stage: str, due: date | None, today: date) -> str:
    """The stage as people should read it: silence past the day for an answer is no answer."""
    silent = stage == Stage.SENT and due is not None and today > due
    return NO_ANSWER if silent else stage


@dataclass(frozen=True)
class Clock:
    """How the video of one concern stands today. `number` and below: of the request, if any."""

    last_day: date | None  # None once the concern has been erased
    days_left: int
    act_by: date | None
    standing: str  # of NAMES
    number: int | None = None
    reference: str = ""
    sent: date | None = None
    answer_due: date | None = None
    answered: date | None = None
    reason: str = ""

    @property
    def runs(self) -> bool:
        """Whether there may still be something to save."""
        return self.standing not in (Stage.KEPT, Stage.ALREADY_GONE) and self.days_left >= 0

    @property
    def lost(self) -> bool:
        """Whether it was kept, and is gone all the same."""
        return self.standing == Stage.ALREADY_GONE and self.reason == LOST

    @property
    def hurries(self) -> bool:
        """Whether the first warning is due, or a later one."""
        return self.runs and warning(self.days_left) is not None


def unasked(happened: date, retention_days: int, today: date) -> Clock:
    """The clock of what nobody has asked for yet."""
    last = last_day(happened, retention_days)
    return Clock(last, (last - today).days, act_by(happened, retention_days), UNASKED)


LOST_TOLD = [
    N_("The police said that they kept the video. Now they say that it is gone."),
    N_("You can complain to the police that it was lost."),
    N_("You can also write to us here: the panel can ask how that came about."),
]


def told(clock: Clock) -> list[str]:
    """What the resident reads of it, in short sentences."""
    said = {
        UNASKED: N_("Nobody has asked the police to keep the video yet."),
        Stage.SENT: N_("We asked the police to keep the video. They have not answered yet."),
        NO_ANSWER: N_("We asked the police to keep the video. They did not answer in time."),
        Stage.KEPT: N_("The police say that they keep the video."),
        Stage.ALREADY_GONE: N_("The police say that the video is already gone."),
        Stage.REFUSED: N_("The police refused to keep the video."),
    }
    if clock.lost:
        return LOST_TOLD
    words = [said[clock.standing]]
    if clock.standing == Stage.REFUSED and clock.reason in REFUSALS:
        words.append(REFUSALS[clock.reason])
    return words + _left(clock)


def _left(clock: Clock) -> list[str]:
    if clock.standing in (Stage.KEPT, Stage.ALREADY_GONE) or clock.last_day is None:
        return []
    if clock.days_left < 0:
        return [N_("The police may have erased it by now.")]
    if clock.days_left == 0:
        return [N_("Today is the last day before the police may erase it.")]
    if clock.days_left == 1:
        return [N_("The police may erase it after tomorrow.")]
    return [
        sentence(N_("The police may erase it in about {days} days."), days=clock.days_left),
    ]


# -- what is published ----------------------------------------------------------------------------

OUTCOMES = (Stage.KEPT.value, Stage.ALREADY_GONE.value, Stage.REFUSED.value, NO_ANSWER)


@dataclass(frozen=True)
class Figures:
    """The published counts; None where a number is too small to be shown."""

    asked: int | None
    counts: Mapping[str, int | None]

    @property
    def kept_of_100(self) -> int | None:
        """How many of a hundred requests ended with the video kept, rounded; None if hidden."""
        kept = self.counts[Stage.KEPT]
        return None if not self.asked or kept is None else round(100 * kept / self.asked)


def published(counts: Mapping[str, int]) -> Figures:
    """What may be shown of the four outcomes, so that no hidden number can be worked out.

    As soon as one is from 1 to 4, all below five are hidden, noughts among them. Where that is
    one alone, the smallest of the others is hidden too, with all that are as small. Where it is
    more, the total is hidden when it leaves too little doubt: when they are fours but for one
    missing, or when it is below five itself. tests/concerns/video tries every case.
    """
    found = {name: counts.get(name, 0) for name in OUTCOMES}
    asked, most = sum(found.values()), SMALL - 1
    if not any(0 < count <= most for count in found.values()):
        return Figures(asked, found)
    hidden = {name for name, count in found.items() if count <= most}
    if len(hidden) == 1:
        least = min(count for name, count in found.items() if name not in hidden)
        hidden |= {name for name, count in found.items() if count == least}
        doubtful = True
    else:
        doubtful = sum(found[name] for name in hidden) < most * len(hidden) - 1
    shown = {name: None if name in hidden else count for name, count in found.items()}
    return Figures(asked if doubtful and asked > most else None, shown)
