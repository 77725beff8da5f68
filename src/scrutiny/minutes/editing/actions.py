"""Edit the words of a draft together with others, and go back to those it had before."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from scrutiny.agendas.access import reader_of
from scrutiny.agendas.queries import items_for, items_of
from scrutiny.agendas.tables import Item
from scrutiny.kit.db import writes
from scrutiny.kit.errors import NotNow
from scrutiny.kit.words import many_lines
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes.actions import recompile
from scrutiny.minutes.document import address, document_of
from scrutiny.minutes.editing.queries import restoring_of, versions
from scrutiny.minutes.editing.rules import why_not
from scrutiny.minutes.editions import must_be_seen, opened
from scrutiny.minutes.gathering import composed
from scrutiny.minutes.rules import Seen, compare
from scrutiny.minutes.tables import Minutes
from scrutiny.people.actions import once
from scrutiny.people.tables import Seat
from scrutiny.room.notes.actions import Outcome, put_together
from scrutiny.room.notes.queries import version

BY_CORRECTION = "A further edition is changed through its correction."


@dataclass(frozen=True)
class Typed:
    """The words for one item, and the version of the item with which whoever typed began."""

    text: str
    began_with: int


@writes
async def edit(
    meeting: Meeting,
    typed: Mapping[UUID, Typed],
    *,
    by: Seat,
    voids: bool = False,
    form_key: str = "",
) -> dict[UUID, Outcome]:
    """Save the notes, put together with what others saved, and write the draft anew from them.

    Gives the items of which others changed the same lines: what was typed there is set aside,
    all else is saved, and the draft waits. Raises NotNow where the stage does not allow it, or
    where it undoes an approval and `voids` does not say so.
    """
    draft, held = await opened(meeting, by)
    _must_be_open(draft, voids)
    found = await _note(held, typed, by)
    clashes = {known: one for known, one in found.items() if not one.saved}
    if clashes:
        return clashes
    await once(form_key, f"{address(by.panel, held)}/draft")
    await _write_anew(draft, held, by)
    return {}


@writes
async def keep(meeting: Meeting, item: UUID, typed: Typed, *, by: Seat) -> Outcome | None:
    """Save the notes on one item while somebody types; None where there was nothing to save.

    Never what is approved: that is changed by the button alone.
    """
    draft, held = await opened(meeting, by)
    _must_be_open(draft, False)
    return (await _note(held, {item: typed}, by)).get(item)


def _must_be_open(draft: Minutes, voids: bool) -> None:
    if draft.edition > 1:
        raise NotNow(BY_CORRECTION)
    _must_allow(draft, voids)


def _must_allow(draft: Minutes, voids: bool) -> None:
    if why := why_not(draft.stage, voids=voids):
        raise NotNow(why)


async def _note(held: Meeting, typed: Mapping[UUID, Typed], by: Seat) -> dict[UUID, Outcome]:
    found = {}
    for item in await items_for(await reader_of(by, by.panel), held):
        one = typed.get(item.id)
        if one is not None and await _is_news(item, one):
            found[item.id] = await put_together(item, held, one.began_with, one.text, by)
    return found


async def _is_news(item: Item, one: Typed) -> bool:
    """Whether they changed something: what only others changed since is left to stand."""
    text = many_lines(one.text).strip()
    if text == item.notes:
        return False
    base = await version(item.id, one.began_with)
    return base is None or base.text != text


async def _write_anew(draft: Minutes, held: Meeting, by: Seat) -> None:
    """Unless it says all of it already: then what was approved stays so."""
    new = await composed(held, by.panel, draft.edition, draft.correction)
    if compare(document_of(draft), document_of(new)):
        await recompile(draft, held, by, draft.correction, how="edited")


@writes
async def restore(
    meeting: Meeting,
    number: int,
    *,
    by: Seat,
    seen: Seen | None = None,
    voids: bool = False,
    form_key: str = "",
) -> None:
    """Give the items that are still there the words they had in this version of the draft.

    Words that are in no version yet are kept as one of their own first, so that this can be
    undone. Raises NotNow where there is nothing to give back, and as edit() does.
    """
    draft, held = await opened(meeting, by, form_key=form_key)
    [kept] = await versions(draft, number)
    must_be_seen(draft, seen)
    _must_allow(draft, voids)
    plan = await restoring_of(by, draft, held, kept)
    if not plan.notes:
        raise NotNow("Every item that can be restored has these words already.")
    await _write_anew(draft, held, by)
    for item in await items_of(held):
        if item.id in plan.notes:
            await put_together(item, held, item.version, plan.notes[item.id], by)
    await recompile(draft, held, by, draft.correction, how="restored")
