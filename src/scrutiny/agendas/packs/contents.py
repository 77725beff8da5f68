"""What a pack would hold now, for the public, for everybody at the table, or for one reader."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from scrutiny.agendas import queries as agendas
from scrutiny.agendas.access import CLOSED, PUBLIC, Reader, sees
from scrutiny.agendas.outline import laid_out
from scrutiny.agendas.packs.rules import MEMBERS, Bound, Contents, Entry, in_words
from scrutiny.agendas.packs.rules import PUBLIC as FOR_ALL
from scrutiny.agendas.papers import queries as papers
from scrutiny.agendas.papers.access import reads
from scrutiny.agendas.papers.tables import Paper
from scrutiny.agendas.rules import document
from scrutiny.agendas.tables import Agenda, Item
from scrutiny.kit.clock import london
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel
from scrutiny.policy import Act, may


@dataclass
class Sources:
    """All that packs of one meeting are made from, read once, whoever asks."""

    panel: Panel
    meeting: Meeting
    agenda: Agenda | None
    items: list[Item]
    papers: list[Paper]

    @property
    def published(self) -> bool:
        return self.agenda is not None and self.agenda.published is not None

    @property
    def supplements(self) -> list[int]:
        return sorted({paper.supplement for paper in self.papers} - {0})


async def sources_of(panel: Panel, meeting: Meeting) -> Sources:
    """Three queries, however many items and papers there are."""
    items = await agendas.items_of(meeting)
    tabled = await papers.tabled(meeting, items)
    return Sources(panel, meeting, await agendas.agenda_of(meeting), items, tabled)


async def is_as_published(found: Sources) -> bool:
    """Whether what a pack would show is what was published: no draft of it leaves the house."""
    draft = await agendas.draft_of(found.items)
    return found.published and found.agenda.document == document(draft.lines, draft.closed)


def contents_of(found: Sources, reader: Reader | None, audience: str) -> list[Contents]:
    """The pack and its supplements, in order, as `reader` may have them; None is everything.

    A supplement without anything for this reader is left out: not even its number tells of it.
    """
    items = {item.id for item in found.items if reader is None or sees(reader, item)}
    open_papers = [paper for paper in found.papers if _opens(found, reader, paper)]
    whole, made, after = _of(found, items, audience, reader), [], ""
    for number in (0, *found.supplements):
        entries = [_entry(one, open_papers, number) for one in laid_out(found.items)]
        entries = [entry for entry in entries if entry.id in {str(item) for item in items}]
        if number:
            entries = [entry for entry in entries if entry.papers]
            if not entries:
                continue
        one = replace(whole, supplement=number, entries=tuple(entries), after=after)
        made.append(one)
        after = one.source
    return made


def _opens(found: Sources, reader: Reader | None, paper: Paper) -> bool:
    return reader is None or reads(reader, paper, found.meeting, found.published)


def _entry(laid, papers: Collection[Paper], supplement: int) -> Entry:
    item = laid.item
    mine = [one for one in papers if one.item.id == item.id and one.supplement == supplement]
    return Entry(
        id=str(item.id),
        number=laid.number,
        title=in_words(agendas.line(item)),
        depth=laid.depth,
        part=item.part,
        minutes=item.minutes,
        presenter=item.presenter,
        papers=tuple(_bound(one) for one in mine),
    )


def _bound(paper: Paper) -> Bound:
    return Bound(
        id=str(paper.id),
        file=str(paper.file),
        edition=paper.edition,
        number=paper.number,
        title=paper.title,
        pages=paper.pages,
        size=paper.size,
        audience=paper.audience,
        reason=paper.late_reason if paper.late else "",
    )


def _of(found: Sources, items: Collection, audience: str, reader: Reader | None) -> Contents:
    """Its cover, without what is on the agenda."""
    meeting, published = found.meeting, found.agenda and found.agenda.published
    out = found.agenda.changed or published if published else meeting.called
    starts, ends = london(meeting.starts), london(meeting.ends)
    return Contents(
        audience=audience,
        supplement=0,
        title=meeting.title,
        panel=found.panel.name,
        day=meeting.date.isoformat(),
        times=f"{starts:%H:%M} to {ends:%H:%M}",
        venue=meeting.venue,
        access=meeting.access,
        created=out.isoformat(),
        entries=(),
        closed=_closed(found, reader),
    )


def _closed(found: Sources, reader: Reader | None) -> tuple[tuple[str, int], ...]:
    """For who reads nothing closed: how many items are, and why. What somebody takes no part in is
    counted for nobody."""
    if reader is None or _reads_closed(reader):
        return ()
    counted = Counter(item.closed_reason for item in found.items if item.part == CLOSED)
    return tuple(sorted(counted.items()))


def _reads_closed(reader: Reader) -> bool:
    seat = reader.seat
    return seat is not None and may(seat.role, Act.CLOSED_READ, seat.stage)


def for_reader(found: Sources, reader: Reader) -> list[Contents]:
    """What this reader may have now: the members' version for who sits at the table."""
    seat = reader.seat
    sits = seat is not None and may(seat.role, Act.PAPERS_READ, seat.stage)
    return contents_of(found, reader, MEMBERS if sits else FOR_ALL)


def for_everybody(found: Sources) -> list[Contents]:
    """The general ones: for the public, where the meeting is public, and for those at the table."""
    public = contents_of(found, PUBLIC, FOR_ALL) if found.meeting.public else []
    return [*public, *contents_of(found, None, MEMBERS)]
