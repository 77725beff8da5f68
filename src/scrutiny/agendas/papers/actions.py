"""Writes about papers: put on an item, replaced, withdrawn; late ones accepted or refused.

A file is on the shelf before its row is written and taken off after that row has another, so no
row is without its file; what a crash leaves without a row, rounds.sweep() finds.
"""

from typing import Any
from uuid import UUID

from scrutiny.agendas import queries as agendas
from scrutiny.agendas.access import OPEN, Reader, reader_of, sees
from scrutiny.agendas.packs.tables import Pack
from scrutiny.agendas.papers import queries, shelf
from scrutiny.agendas.papers.letters import tell_chairs
from scrutiny.agendas.papers.rules import (
    ADDED_WHILE,
    MOST_PAPERS,
    MOVES,
    Audience,
    Stage,
    is_late,
    next_supplement,
)
from scrutiny.agendas.papers.tables import Paper
from scrutiny.agendas.papers.washing import Washed
from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.ids import new_id
from scrutiny.kit.stages import advance, amend
from scrutiny.kit.words import many_lines, one_line
from scrutiny.meetings.calendar import address
from scrutiny.meetings.tables import Meeting
from scrutiny.people.actions import next_number, once
from scrutiny.people.constitution import constitution_of
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record


@writes
async def add(
    seen: Meeting, item: UUID, title: str, audience: str, made: Washed, *, by: Seat,
    form_key: str = "",
) -> Paper:  # fmt: skip
    """Put a paper on an item. After the days of notice it is late and waits for the chair.

    `made` is dropped by the caller where this raises. Raises AlreadyMade for the same form.
    """
    meeting = await _open(seen)
    await once(form_key, f"{address(by.panel, meeting)}/papers")
    on = await agendas.item(meeting, item)
    if not sees(await reader_of(by, by.panel), on):
        raise Missing("This item is not on the agenda.")
    if await Paper.count().where(Paper.meeting == meeting.id) >= MOST_PAPERS:
        raise NotNow(f"A meeting takes {MOST_PAPERS} papers at most.")
    late = is_late(today(), meeting.date, constitution_of(by.panel).notice_days)
    row = Paper(
        id=new_id(), meeting=meeting.id, item=on.id, title=one_line(title), audience=audience,
        late=late, stage=Stage.LATE if late else Stage.TABLED, added=now(), day=today(),
        by=by.id, supplement=0 if late else await _supplement(meeting), **_of(made),
    )  # fmt: skip
    row.number = await next_number(by.panel.id, f"paper{meeting.id.hex[:25]}")
    await Paper.insert(row)
    await _record("paper.added", meeting, row, on, by, late=late)
    if late:
        await tell_chairs(by.panel, meeting, row, on)
    return row


async def replace(seen: Paper, made: Washed, *, by: Seat, form_key: str = "") -> None:
    """Another edition of its file under the same number; the old one is erased.

    After the days of notice it is late again, and waits for the chair. Raises Stale.
    """
    old = await _replace(seen, made, by=by, form_key=form_key)
    shelf.discard([old])


@writes
async def _replace(seen: Paper, made: Washed, *, by: Seat, form_key: str) -> UUID:
    # Before the rest: the same form sent again would otherwise be told that it is stale.
    there = await Meeting.objects().get(Meeting.id == _id(seen.meeting))
    await once(form_key, f"{address(by.panel, there)}/papers")
    meeting, row, on = await _known(seen, by)
    if row.stage not in (Stage.TABLED, Stage.LATE):
        raise NotNow("This paper was withdrawn or refused. Add the new one as a paper of its own.")
    old, late = row.file, is_late(today(), meeting.date, constitution_of(by.panel).notice_days)
    stage = {"stage": Stage.LATE, "late": True, "late_reason": ""} if late else {}
    row.version = seen.version
    await amend(row, edition=row.edition + 1, added=now(), day=today(), **stage, **_of(made))
    await _record("paper.replaced", meeting, row, on, by, edition=row.edition, late=late)
    if late:
        await tell_chairs(by.panel, meeting, row, on)
    return old


async def withdraw(seen: Paper, reason: str, *, by: Seat) -> None:
    """Taken off, with the reason. Its number is not given again; its file is erased."""
    shelf.discard([await _withdraw(seen, reason, by=by)])


@writes
async def _withdraw(seen: Paper, reason: str, *, by: Seat) -> UUID:
    meeting, row, on = await _known(seen, by)
    row.version = seen.version
    await advance(row, MOVES, "withdrawn", why=many_lines(reason).strip(), key=b"")
    await _record("paper.withdrawn", meeting, row, on, by)
    return row.file


@writes
async def accept(seen: Paper, reason: str, *, by: Seat) -> None:
    """The chair takes a late paper; the reason is shown with it. It goes into a supplement where
    the pack was made already."""
    meeting, row, on = await _known(seen, by)
    row.version = seen.version
    more = {"late_reason": many_lines(reason).strip(), "supplement": await _supplement(meeting)}
    await advance(row, MOVES, "accepted", **more)
    await _record("paper.accepted", meeting, row, on, by)


async def refuse(seen: Paper, reason: str, *, by: Seat) -> None:
    """The chair does not take a late paper. Its file is erased."""
    shelf.discard([await _refuse(seen, reason, by=by)])


@writes
async def _refuse(seen: Paper, reason: str, *, by: Seat) -> UUID:
    meeting, row, on = await _known(seen, by)
    row.version = seen.version
    await advance(row, MOVES, "refused", why=many_lines(reason).strip(), key=b"")
    await _record("paper.refused", meeting, row, on, by)
    return row.file


async def _open(seen: Meeting) -> Meeting:
    meeting = await Meeting.objects().get(Meeting.id == seen.id)
    if meeting is None:
        raise Missing("This meeting is no longer here.")
    if meeting.stage not in ADDED_WHILE:
        raise NotNow("Papers are added and changed until the meeting is over, not afterwards.")
    return meeting


async def _known(seen: Paper, by: Seat) -> tuple[Meeting, Paper, Item]:
    """The paper as it is now, for somebody who may know of it. Raises Missing, Stale."""
    meeting = await Meeting.objects().get(Meeting.id == _id(seen.meeting))
    reader: Reader = await reader_of(by, by.panel)
    row = await queries.known(reader, meeting, seen.number)
    await _open(meeting)
    if row.version != seen.version:
        raise Stale("Somebody else changed this paper a moment ago. Please look again.")
    return meeting, row, row.item


def _id(row: Any) -> UUID:
    return getattr(row, "id", row)


def _of(made: Washed) -> dict[str, Any]:
    return {
        "file": made.file,
        "key": made.key,
        "size": made.size,
        "pages": made.pages,
        "sha256": made.sha256,
    }


async def _supplement(meeting: Meeting) -> int:
    """Where a paper goes now: 0 for the pack itself, else the number of its supplement."""
    whole = (Pack.meeting == meeting.id) & Pack.own.eq(False)
    packs = await Pack.select(Pack.supplement).where(whole)
    taken = {row["supplement"] for row in packs}
    papers = Paper.select(Paper.supplement).where(Paper.meeting == meeting.id)
    last = await papers.order_by(Paper.supplement, ascending=False).first()
    given = last["supplement"] if last else 0
    return next_supplement(bool(taken), given, given in taken)


async def _record(
    what: str, meeting: Meeting, paper: Paper, on: Item, by: Seat, **facts: Any
) -> None:
    """Of what is closed not even the number of the paper is said."""
    public = meeting.public and on.part == OPEN and paper.audience == Audience.PUBLIC
    told = {"number": paper.number, "sha256": paper.sha256, **facts}
    await record(what, paper, by=by, public=public, meeting=meeting.date, **told)
