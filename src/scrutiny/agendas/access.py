"""Who sees which item of an agenda, and who may open what lies behind it.

Every page, list, count, feed, pack and letter about items asks here and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from scrutiny.agendas import outline
from scrutiny.agendas.tables import Item
from scrutiny.kit.db import rows
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.clearances.queries import cleared
from scrutiny.membership.interests.recusals import recused
from scrutiny.people.constitution import Deed
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, may

CLOSED, OPEN = outline.CLOSED, outline.OPEN
VIEWING = "bwv_viewing"


@dataclass(frozen=True)
class Reader:
    """Somebody who reads an agenda: their seat, from what they are recused, what they may open."""

    seat: Seat | None = None
    recused: frozenset[UUID] = frozenset()
    cleared: frozenset[Deed] = frozenset()


PUBLIC = Reader()


async def reader_of(seat: Seat | None, panel: Panel) -> Reader:
    """Two queries, three for who is recused from something. Nobody's seat is the public."""
    if seat is None:
        return PUBLIC
    return Reader(seat, await _with_what_follows(seat), await cleared(panel, seat.person.id))


async def _with_what_follows(seat: Seat) -> frozenset[UUID]:
    """From what they are recused, with what stands under it, was carried over or came out of it."""
    own = await recused(seat)
    if not own:
        return own
    ids = tuple(own)
    found = await rows(FOLLOWS, *[ids] * 5)
    return own | {row["id"] for row in found}


FOLLOWS = """
WITH RECURSIVE gone AS (
  SELECT coalesce(carried_from, id) AS id FROM agenda_item
  WHERE id IN ({}) OR about IN ({}) OR "case" IN ({}) OR parent IN ({}) OR carried_from IN ({})
  UNION
  SELECT item.id FROM agenda_item item
  JOIN gone ON item.parent = gone.id OR item.carried_from = gone.id OR item.about IN (
    SELECT action.id FROM action WHERE action.item = gone.id
    UNION ALL SELECT asked.id FROM recommendation asked WHERE asked.item = gone.id)
) SELECT id AS "id [UUID]" FROM gone
UNION ALL SELECT action.id FROM action JOIN gone ON action.item = gone.id
UNION ALL SELECT asked.id FROM recommendation asked JOIN gone ON asked.item = gone.id"""
"""The same item at other meetings goes by the id that it had at the first of them. The actions and
recommendations that came out of it go with it, and whatever on later agendas is about those."""


def case_of(item: Item) -> UUID | None:
    """The id of its case, whether or not the case was read with it."""
    return getattr(item.case, "id", item.case)


def sees(reader: Reader, item: Item) -> bool:
    """Whether it is there at all for this reader.

    Not one's own recusal; what is closed is there for the panel alone, as a counted reason for
    everybody else.
    """
    if reader.recused & {item.id, case_of(item), item.about}:
        return False
    if item.part != CLOSED:
        return True
    return reads_closed(reader)


def reads_closed(reader: Reader) -> bool:
    """Whether Part B is there for them at all, beyond its counted reasons."""
    seat = reader.seat
    return seat is not None and may(seat.role, Act.CLOSED_READ, seat.stage)


def needs(item: Item, meeting: Meeting) -> frozenset[Deed]:
    """What must be open to somebody who opens its papers."""
    found = set()
    if item.part == CLOSED:
        found.add(Deed.CLOSED_PART)
    if case_of(item) is not None:
        found.add(Deed.CASE_PAPERS)
    if found and meeting.kind == VIEWING:
        found.add(Deed.VIEWING)
    return frozenset(found)


def opens(reader: Reader, item: Item, meeting: Meeting) -> bool:
    """Whether this reader may open its papers, which are more than its title."""
    return sees(reader, item) and needs(item, meeting) <= reader.cleared


def seen_by(reader: Reader, items: Iterable[Item]) -> list[Item]:
    return [item for item in items if sees(reader, item)]
