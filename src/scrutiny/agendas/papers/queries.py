"""Reads of papers: each begins from the meeting and from who is reading."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from scrutiny.agendas import queries as agendas
from scrutiny.agendas.access import Reader, sees
from scrutiny.agendas.papers import shelf
from scrutiny.agendas.papers.access import reads
from scrutiny.agendas.papers.rules import Stage
from scrutiny.agendas.papers.tables import Paper
from scrutiny.agendas.tables import Item
from scrutiny.concerns.evidence import sealed
from scrutiny.kit.errors import Missing
from scrutiny.kit.seal import unwrap
from scrutiny.kit.words import N_
from scrutiny.meetings.tables import Meeting

NOT_THERE = N_("There is no such paper.")
MOST = 1_000


async def _of(meeting: Meeting, *stages: Stage, items: Sequence[Item] | None = None) -> list[Paper]:
    """Papers in the order of the agenda, each with its item as it stands there. Two queries.

    Those on an item that is held back, as somebody may be in danger, are not among them.
    """
    if items is None:
        items = await agendas.items_of(meeting)
    found = Paper.objects().where(Paper.meeting == meeting.id).order_by(Paper.number).limit(MOST)
    papers = await (found.where(Paper.stage.is_in(list(stages))) if stages else found)
    known = {item.id: (at, item) for at, item in enumerate(items)}
    for paper in papers:
        paper.item = known[paper.item][1] if paper.item in known else None
    there = [paper for paper in papers if paper.item is not None]
    return sorted(there, key=lambda paper: (known[paper.item.id][0], paper.number))


async def papers_of(reader: Reader, meeting: Meeting, published: bool | None = None) -> list[Paper]:
    """Those that this reader may open now, in the order of the agenda, each with its item.

    `published` spares a query where the agenda was read already. No more queries for many.
    """
    if published is None:
        published = await is_published(meeting)
    found = await _of(meeting, Stage.TABLED, Stage.LATE)
    return [paper for paper in found if reads(reader, paper, meeting, published)]


async def tabled(meeting: Meeting, items: Sequence[Item]) -> list[Paper]:
    """Every paper that is on the table, each with its item, whoever may read it. One query."""
    return await _of(meeting, Stage.TABLED, items=items)


async def is_published(meeting: Meeting) -> bool:
    agenda = await agendas.agenda_of(meeting)
    return agenda is not None and agenda.published is not None


async def listed(reader: Reader, meeting: Meeting) -> list[Paper]:
    """Every paper of an item that this reader sees, withdrawn and refused ones too.

    For those who put papers there; what they may open is papers_of().
    """
    return [paper for paper in await _of(meeting) if sees(reader, paper.item)]


async def find(reader: Reader, meeting: Meeting, number: int) -> Paper:
    """One that this reader may open now. Raises Missing for what is not theirs to know of."""
    found = next((one for one in await papers_of(reader, meeting) if one.number == number), None)
    if found is None:
        raise Missing(NOT_THERE)
    return found


async def known(reader: Reader, meeting: Meeting, number: int) -> Paper:
    """One of an item that this reader sees, whatever became of it. Raises Missing."""
    found = next((one for one in await listed(reader, meeting) if one.number == number), None)
    if found is None:
        raise Missing(NOT_THERE)
    return found


async def has_papers(item: UUID) -> bool:
    """Whether papers were ever put on this item: then it stays, as their numbers do."""
    return await Paper.exists().where(Paper.item == item)


def bytes_of(paper: Paper) -> Iterator[bytes]:
    """The file in pieces, as a PDF. Raises Unreadable where it is not whole."""
    key = unwrap(bytes(paper.key), shelf.key_context(paper.file))
    return sealed.read(shelf.place(paper.file), key, shelf.context(paper.file))
