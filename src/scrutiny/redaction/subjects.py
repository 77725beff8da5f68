"""What may be redacted: a paper of an agenda, or old minutes; found for who may know of it."""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from scrutiny.agendas.access import OPEN as PART_OPEN
from scrutiny.agendas.access import reader_of
from scrutiny.agendas.papers import queries as papers
from scrutiny.agendas.papers.rules import Audience
from scrutiny.agendas.papers.rules import Stage as PaperStage
from scrutiny.agendas.papers.rules import name_of as paper_name
from scrutiny.agendas.papers.tables import Paper
from scrutiny.archive import queries as archive
from scrutiny.archive.rules import Stage as OldStage
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.ids import known_id
from scrutiny.kit.words import N_
from scrutiny.meetings.calendar import address as meeting_address
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat

PAPER, ARCHIVE = "paper", "archive"
NOT_THERE = N_("There is nothing to redact at this address.")


@dataclass(frozen=True)
class Subject:
    """One thing with one file; `row` is a Paper with its item, or OldMinutes."""

    kind: str
    id: UUID
    title: str
    called: str  # in the ledger: it names nobody
    address: str
    sha256: str
    has_pages: bool  # a PDF that is handed out; otherwise only words are
    public: bool
    row: Any
    meeting: Meeting | None = None

    @property
    def ref(self) -> str:
        """The last part of its address here."""
        return f"{self.kind}-{self.id}"

    @property
    def words(self) -> str:
        """What stands on a page of the site, besides the file."""
        return "" if self.kind == PAPER else self.row.text


async def find(seat: Seat, here: Panel, ref: str) -> Subject:
    """What an address names, such as paper-<id>. Raises Missing, NotNow."""
    kind, _dash, typed = ref.partition("-")
    known = known_id(typed)
    if kind not in (PAPER, ARCHIVE) or known is None:
        raise Missing(NOT_THERE)
    return await (_paper if kind == PAPER else _old)(seat, here, known)


async def _paper(seat: Seat, here: Panel, known: UUID) -> Subject:
    found = await Paper.objects(Paper.meeting).get(Paper.id == known)
    if found is None or found.meeting.panel != here.id:
        raise Missing(NOT_THERE)
    meeting = found.meeting
    row = await papers.known(await reader_of(seat, here), meeting, found.number)
    if row.stage not in (PaperStage.TABLED, PaperStage.LATE):
        raise NotNow(N_("This paper was withdrawn or refused: its file is erased."))
    open_to_all = meeting.public and row.item.part == PART_OPEN
    name, day = paper_name(row.number), f"{meeting.date:%-d %B %Y}"
    return Subject(
        PAPER,
        row.id,
        title=row.title,
        called=f"Paper {name} of the meeting of {day}, redacted",
        address=f"{meeting_address(here, meeting)}/papers/{row.number}",
        sha256=row.sha256,
        has_pages=True,
        public=open_to_all
        and row.audience == Audience.PUBLIC
        and await papers.is_published(meeting),
        row=row,
        meeting=meeting,
    )


async def _old(seat: Seat, here: Panel, known: UUID) -> Subject:
    row = await archive.kept(here, known)
    if row.stage != OldStage.PUBLISHED:
        raise NotNow(N_("Only old minutes that are published are redacted."))
    return Subject(
        ARCHIVE,
        row.id,
        title=row.title,
        called=f"Minutes from before this site, of {row.day:%-d %B %Y}",
        address=archive.address_of(here, row),
        sha256=row.sha256 or row.sent_sha256,
        has_pages=row.kind == "pdf" and row.shows != "text",
        public=True,
        row=row,
    )


async def content_of(subject: Subject) -> bytes:
    """The file as it is handed out now. Raises Unreadable."""
    pieces = papers.bytes_of if subject.kind == PAPER else archive.copy_of
    return await asyncio.to_thread(lambda: b"".join(pieces(subject.row)))
