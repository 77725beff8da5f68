"""Reads of packs: which one somebody may have now, and how far those being made have come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from scrutiny.agendas.access import Reader, sees
from scrutiny.agendas.packs.contents import Sources, for_reader, sources_of
from scrutiny.agendas.packs.rules import MEMBERS, Contents, Stage, is_open_to, read
from scrutiny.agendas.packs.tables import Pack
from scrutiny.agendas.papers import shelf
from scrutiny.agendas.papers.access import reads
from scrutiny.concerns.evidence import sealed
from scrutiny.kit.errors import Missing
from scrutiny.kit.seal import unwrap
from scrutiny.kit.words import N_
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel

MOST = 200


@dataclass(frozen=True)
class Standing:
    """A pack or a supplement as it stands for one reader."""

    contents: Contents
    ready: Pack | None = None  # what may be opened now
    making: Pack | None = None  # what is asked for, or failed, of what stands now

    @property
    def supplement(self) -> int:
        return self.contents.supplement

    @property
    def is_current(self) -> bool:
        return self.ready is not None and self.ready.source == self.contents.source

    @property
    def waits(self) -> bool:
        return self.making is not None and self.making.stage != Stage.FAILED

    @property
    def failed(self) -> bool:
        return self.making is not None and self.making.stage == Stage.FAILED

    @property
    def share(self) -> int:
        """How much is done, in hundredths."""
        one = self.making
        return 100 * one.step // one.steps if one is not None and one.steps else 0


async def standing(reader: Reader, panel: Panel, meeting: Meeting) -> list[Standing]:
    """The pack and its supplements as this reader may have them now. Five queries."""
    found = await sources_of(panel, meeting)
    return await standing_of(found, reader)


async def standing_of(found: Sources, reader: Reader) -> list[Standing]:
    if not found.published:
        return []
    kept = await _made_for(found.meeting)
    return [_standing(found, reader, one, kept) for one in for_reader(found, reader)]


async def _made_for(meeting: Meeting) -> list[Pack]:
    """Newest first."""
    return await (
        Pack.objects()
        .where(Pack.meeting == meeting.id)
        .order_by(Pack.asked, Pack.id, ascending=False)
        .limit(MOST)
    )


def _standing(found: Sources, reader: Reader, contents: Contents, kept: Sequence[Pack]) -> Standing:
    exact = [pack for pack in kept if pack.source == contents.source]
    ready = next((pack for pack in exact if pack.stage == Stage.DONE), None)
    if ready is None:
        ready = next((pack for pack in kept if _serves(found, reader, contents, pack)), None)
    making = next((pack for pack in exact if pack.stage != Stage.DONE), None)
    is_made = ready is not None and ready.source == contents.source
    return Standing(contents, ready, None if is_made else making)


def _serves(found: Sources, reader: Reader, contents: Contents, pack: Pack) -> bool:
    """An earlier one, while the newest is made: nothing in it may be too much for this reader."""
    same = (pack.audience, pack.supplement) == (contents.audience, contents.supplement)
    if pack.own or pack.stage != Stage.DONE or not same:
        return False
    holds = read(pack.holds)
    if holds.when_and_where != contents.when_and_where:  # nobody is sent to the old day or place
        return False
    items = {str(item.id) for item in found.items if sees(reader, item)}
    papers = {
        (str(one.id), one.edition)
        for one in found.papers
        if reads(reader, one, found.meeting, found.published)
    }
    return is_open_to(holds, items, papers)


async def general(panel: Panel, meeting: Meeting) -> list[Pack]:
    """The newest making of each general pack, for who makes them: without what is in them."""
    found: dict[tuple[str, int], Pack] = {}
    for pack in await _made_for(meeting):
        if not pack.own:
            found.setdefault((pack.audience, pack.supplement), pack)
    return [found[at] for at in sorted(found, key=lambda at: (at[1], at[0]))]


async def find(reader: Reader, panel: Panel, meeting: Meeting, supplement: int) -> Pack:
    """The one that this reader may open now. Raises Missing."""
    for one in await standing(reader, panel, meeting):
        if one.supplement == supplement and one.ready is not None:
            return one.ready
    raise Missing(N_("There is no such pack yet."))


async def by_source(source: str, meeting: UUID) -> Pack | None:
    """The newest that was made of these contents, or is to be."""
    of = (Pack.source == source) & (Pack.meeting == meeting)
    return await Pack.objects().where(of).order_by(Pack.asked, ascending=False).first()


def bytes_of(pack: Pack) -> Iterator[bytes]:
    """The PDF in pieces. Raises Unreadable where it is not whole."""
    key = unwrap(bytes(pack.key), shelf.key_context(pack.id))
    place, context = shelf.place(pack.id, shelf.PACK), shelf.context(pack.id, shelf.PACK)
    return sealed.read(place, key, context)


def name_of(panel: Panel, meeting: Meeting, pack: Pack) -> str:
    kind = f"supplement-{pack.supplement}" if pack.supplement else "pack"
    whose = "-members" if pack.audience == MEMBERS else ""
    return f"{panel.slug}-{meeting.date.isoformat()}-{kind}{whose}.pdf"
