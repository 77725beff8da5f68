"""Reads for whoever holds the code of a concern."""

from dataclasses import dataclass
from datetime import date

from scrutiny.concerns import consents, queries
from scrutiny.concerns.evidence.tables import Evidence
from scrutiny.concerns.journey.asks import FOR_COMPLAINTS, FOR_SUPPORT
from scrutiny.concerns.queries import Step
from scrutiny.concerns.retention.queries import erasure_of, holds_of, why_then
from scrutiny.concerns.retention.rules import is_in_force
from scrutiny.concerns.rules import ENDS, GONE, KEPT_BACK, TOLD, Stage, is_urgent, read_by
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.thread import notices, rules, turns
from scrutiny.concerns.thread.rules import Change, Line, Look
from scrutiny.concerns.triage import queries as triage
from scrutiny.concerns.triage.complaint.queries import PassedOn, never_went, passed_on
from scrutiny.concerns.triage.rules import CANNOT_COMPLAIN
from scrutiny.concerns.triage.tables import HandOff
from scrutiny.concerns.vault import queries as vault
from scrutiny.concerns.video import queries as video
from scrutiny.concerns.video.rules import Clock
from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.kit.words import sentence

GRIDS = 'SELECT max(version) AS "last" FROM consent WHERE concern = {}'
HISTORY = "SELECT version, day, cell, given FROM consent WHERE concern = {} ORDER BY version, cell"
PUBLIC = "recommendation"


@dataclass(frozen=True)
class Dates:
    """The days that matter to the resident now; None where none does."""

    read_by: date | None
    review_on: date | None
    erased_on: date | None
    why_then: str
    held_until: date | None
    video: Clock | None


@dataclass(frozen=True)
class Grid:
    """What may be done with it, as it stands."""

    version: int
    given: set[str]
    asked: set[str]
    history: list[Change]


@dataclass(frozen=True)
class Thread:
    """Everything that the thread's page says, but not what was written at the beginning."""

    concern: Concern
    reference: str
    lines: list[Line]
    looks: list[Look]
    last: int  # number of the last turn
    dates: Dates
    grid: Grid
    others: str
    letters: str  # the address to which news goes
    hand_off: HandOff | None
    passed_on: PassedOn | None
    promised: bool  # they want to complain, and nobody has asked them yet
    may_ask_review: bool
    why_kept: str  # why it cannot be taken back now
    files: list[Evidence]
    stopped: bool  # the complaint was taken back before it went
    video_letter: str  # went, waits or stopped; nothing where none was written


async def thread_of(concern: Concern) -> Thread:
    """`concern` comes with its panel."""
    steps, said = await queries.trail(concern), await turns.turns(concern)
    dates, hand_off = await dates_of(concern), await hand_off_of(concern)
    return Thread(
        concern=concern,
        reference=queries.reference_of(concern),
        lines=rules.in_order(steps, said),
        looks=rules.looks(steps),
        last=said[-1].number if said else 0,
        dates=dates,
        grid=await grid_of(concern),
        others=await others_too(concern),
        letters=await notices.address_of(concern),
        hand_off=hand_off,
        passed_on=await passed_on(concern, hand_off),
        promised=hand_off is None and is_promised(concern),
        may_ask_review=await triage.may_ask_review(concern),
        why_kept=why_kept(steps),
        files=await files_of(concern),
        stopped=concern.stage in GONE and await never_went(concern) is True,
        video_letter=await video_letter(concern, dates.video, steps),
    )


async def video_letter(concern: Concern, clock: Clock | None, steps: list[Step]) -> str:
    if clock is None or clock.number is None:
        return ""
    if any(step.what == KEPT_BACK for step in steps):
        return "stopped"
    return "went" if await video.has_gone(concern) else "waits"


async def dates_of(concern: Concern) -> Dates:
    clock = await video.of(concern.id) if concern.stage not in GONE else None
    new, paused = concern.stage == Stage.SUBMITTED, concern.stage == Stage.PAUSED
    until, urgent = clock.last_day if clock else None, is_urgent(concern.flags)
    return Dates(
        read_by=read_by(concern.received, until, urgent=urgent) if new else None,
        review_on=concern.review_on if paused else None,
        erased_on=await erasure_of(concern) if concern.stage not in GONE else None,
        why_then=await why_then(concern) if concern.stage not in GONE else "",
        held_until=await held_until(concern),
        video=clock if clock and _still_runs(concern, clock) else None,
    )


def _still_runs(concern: Concern, clock: Clock) -> bool:
    """Where the panel has finished, a video that nobody asked for is no news any more."""
    return clock.number is not None or concern.stage not in (*ENDS, Stage.CLOSED)


async def held_until(concern: Concern) -> date | None:
    """The last day on which the law needs it, if it does."""
    day = today()
    holds = [
        one.until
        for one in await holds_of(concern)
        if is_in_force(one.stage, one.until, one.proposed, day)
    ]
    return max(holds, default=None)


def told_of(thread: Thread) -> list[str]:
    """How it stands, in sentences. What was taken back while the law needs it is not gone yet."""
    concern, held = thread.concern, thread.dates.held_until
    if concern.stage == Stage.WITHDRAWN and held is not None:
        return [rules.TAKEN_BACK, sentence(rules.HELD, day=held)]
    return [TOLD[concern.stage]]


def why_kept(steps: list[Step]) -> str:
    """Why it cannot be taken back, as the resident reads it; nothing where it can."""
    published = any(step.address.rsplit("/", 2)[-2:-1] == [f"{PUBLIC}s"] for step in steps)
    return rules.PUBLISHED if published else ""


async def why_not_withdrawn(concern: Concern) -> str:
    return why_kept(await queries.trail(concern))


async def grid_version(concern: Concern) -> int:
    return (await rows(GRIDS, concern.id))[0]["last"] or 0


async def grid_of(concern: Concern) -> Grid:
    reachable = await vault.has_contact(concern)
    history = await rows(HISTORY, concern.id)
    version = history[-1]["version"] if history else 0
    given = {row["cell"] for row in history if row["given"] and row["version"] == version}
    asked = set(consents.answered((), reachable))
    if concern.kind in CANNOT_COMPLAIN:
        asked -= {*FOR_COMPLAINTS, FOR_SUPPORT} - given
    return Grid(version, given, asked, rules.changes(history)[::-1])


async def others_too(concern: Concern) -> str:
    if concern.cluster is None or concern.stage in GONE:
        return ""
    return rules.others_too(await triage.said_about(concern.id) or 0)


async def hand_off_of(concern: Concern) -> HandOff | None:
    """The complaint, if there is one; of what is erased, only one that went."""
    there = await triage.hand_off_of(concern)
    gone = concern.stage in GONE and (there is None or there.sent is None)
    return None if gone else there


def is_promised(concern: Concern) -> bool:
    """Whether they said that they want to complain: until nothing of it is left."""
    return "complaint" in concern.flags.split() and concern.stage not in GONE


async def files_of(concern: Concern) -> list[Evidence]:
    if concern.stage in GONE:
        return []
    return await Evidence.objects().where(Evidence.concern == concern.id).order_by(Evidence.number)
