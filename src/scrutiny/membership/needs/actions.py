"""What somebody needs to take part: their own words, sealed, for whoever arranges the room."""

from scrutiny.kit.clock import today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Stale
from scrutiny.kit.seal import seal
from scrutiny.kit.stages import amend
from scrutiny.kit.words import many_lines
from scrutiny.leaks import actions as leaks
from scrutiny.membership.needs.queries import need_of, place
from scrutiny.membership.needs.tables import Need
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record


@writes
async def say(text: str, seen: int, *, by: Seat) -> None:
    """Say it anew; empty words erase it. Raises Stale when another window saved first.

    The record says that it changed, and never what.
    """
    words, need = many_lines(text).strip(), await need_of(by)
    if (need.version if need else 0) != seen:
        raise Stale("This was saved meanwhile in another window.")
    if not words:
        await Need.delete().where((Need.panel == by.panel.id) & (Need.person == by.person.id))
    elif need is None:
        need = Need(panel=by.panel.id, person=by.person.id, changed=today())
        need.sealed = seal(words, place(need))
        await Need.insert(need)
    else:
        await amend(need, sealed=seal(words, place(need)), changed=today())
    if need is not None:
        await leaks.forget(by.panel, need.id)
        await leaks.mark(by.panel, "text", words, need.id)
    await record("need.said", by=by, panel=by.panel.id)
