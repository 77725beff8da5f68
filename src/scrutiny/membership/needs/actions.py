"""What somebody needs to take part: their own words, sealed, for whoever arranges the room."""

from dataclasses import dataclass
from datetime import date

from scrutiny.kit.clock import today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Stale
from scrutiny.kit.seal import seal, unseal
from scrutiny.kit.stages import amend
from scrutiny.kit.words import N_, many_lines, sentence
from scrutiny.membership.needs.tables import Need
from scrutiny.people.queries import active_on
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import AT_THE_TABLE
from scrutiny.record.actions import record

LONGEST = 2_000


@dataclass
class NeedForm:
    text: str = ""
    version: str = ""

    def problems(self) -> dict[str, str]:
        if len(many_lines(self.text)) > LONGEST:
            words = N_("Make this shorter: {n} characters at most.")
            return {"text": sentence(words, n=LONGEST)}
        return {}


@dataclass(frozen=True)
class Said:
    name: str
    text: str
    day: date


async def need_of(seat: Seat) -> Need | None:
    own = (Need.panel == seat.panel.id) & (Need.person == seat.person.id)
    return await Need.objects().where(own).first()


def words_of(need: Need | None) -> str:
    return unseal(need.sealed, _place(need)) if need else ""


def _place(need: Need) -> str:
    return f"access need|{need.id}"


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
        need.sealed = seal(words, _place(need))
        await Need.insert(need)
    else:
        await amend(need, sealed=seal(words, _place(need)), changed=today())
    await record("need.said", by=by, panel=by.panel.id)


async def needs_on(panel: Panel) -> list[Said]:
    """What everybody who is asked to meetings needs, by name."""
    sitting = Seat.select(Seat.person).where(
        (Seat.panel == panel.id) & Seat.role.is_in(list(AT_THE_TABLE)) & active_on(today())
    )
    found = await (
        Need.objects(Need.person)
        .where((Need.panel == panel.id) & Need.person.is_in(sitting))
        .order_by(Need.person.name)
        .limit(200)
    )
    return [Said(one.person.name, words_of(one), one.changed) for one in found]
