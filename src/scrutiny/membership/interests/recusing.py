"""Take somebody out of something, and let them back in: each inside the caller's write_tx()."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from scrutiny.kit.clock import now
from scrutiny.membership.interests.tables import Recusal
from scrutiny.people.tables import Panel, Person


async def recuse(
    person: Person, panel: Panel, things: Mapping[UUID, str], *, meeting: UUID, how: str, says: str
) -> None:
    """From now on these things (id to kind: item, case, recommendation) are gone for this person.

    `says` is the sentence for the minutes. What they take no part in already stays as it is.
    """
    for about, kind in things.items():
        told = {"kind": kind, "meeting": meeting, "how": how, "sentence": says, "at": now()}
        there = await _between(person.id, about)
        if there is None:
            row = Recusal(panel=panel.id, person=person.id, about=about, **told)
            await Recusal.insert(row)
        elif there.lifted is not None:
            again = {**told, "lifted": None}
            await Recusal.update(again).where(Recusal.id == there.id)


async def lift(person: UUID, things: Iterable[UUID]) -> None:
    """They take part again, and see these things again."""
    for about in things:
        mine = (Recusal.person == person) & (Recusal.about == about) & Recusal.lifted.is_null()
        await Recusal.update({Recusal.lifted: now()}).where(mine)


async def _between(person: UUID, about: UUID) -> Recusal | None:
    return await (
        Recusal.objects().where((Recusal.person == person) & (Recusal.about == about)).first()
    )
