"""Record a clearance, answer for the force, sign an agreement, write new words for one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from scrutiny.kit.clock import now, today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.stages import amend
from scrutiny.membership.clearances import letters
from scrutiny.membership.clearances.queries import agreement, held_by, requested_one
from scrutiny.membership.clearances.rules import LEVELS, SIGNED, Outcome, own_problem
from scrutiny.membership.clearances.tables import Agreement, Clearance
from scrutiny.membership.queries import seat_on
from scrutiny.people.constitution import Clearing
from scrutiny.people.queries import current_on, seats_on
from scrutiny.people.tables import Panel, Person, Seat
from scrutiny.policy import POLICE, Act, who_may
from scrutiny.record.actions import record

SAVED_FIRST = "Somebody else saved this before you. What you chose is kept below."
NEWER = "These words were replaced a moment ago. Please read the new ones."


@dataclass(frozen=True)
class Given:
    """How a clearance came out: no reason, and no place for one."""

    outcome: Outcome
    level: str = ""
    granted: date | None = None
    expires: date | None = None

    def columns(self, kind: Clearing) -> dict:
        """Only what was cleared has days, and only known levels are kept."""
        if self.level and self.level not in LEVELS.get(kind, ()):
            raise NotNow("There is no such level of this clearance.")
        was = self.outcome is Outcome.CLEARED
        return {
            "outcome": self.outcome.value,
            "level": self.level,
            "granted": self.granted if was else None,
            "expires": self.expires if was else None,
        }


@writes
async def note(seat: UUID, kind: Clearing, given: Given, seen: int, *, by: Seat) -> None:
    """Record or ask for a clearance of whoever holds this seat.

    Raises Missing for an agreement, which is signed, NotNow for one's own check, and Stale when
    it was changed since version `seen` (0: there was none yet).
    """
    if kind in SIGNED:
        raise Missing("This is signed by the member, and not recorded.")
    person = (await seat_on(by.panel, seat)).person
    if person.id == by.person.id and (wrong := own_problem(kind, given.outcome)):
        raise NotNow(wrong)
    row = await _keep(by.panel, person, kind, given.columns(kind), seen)
    await record("clearance.recorded", row, by=by, **_facts(row))
    await letters.tell_of_change(row, person, by.panel)
    if kind is Clearing.VETTING and given.outcome is Outcome.REQUESTED:
        liaisons = await seats_on(by.panel.id, who_may(Act.VETTING_ANSWER))
        await letters.ask_force(row, by.panel, liaisons)


async def _keep(
    panel: Panel, person: Person, kind: Clearing, changes: dict, seen: int
) -> Clearance:
    """The one row of this kind, made or changed, unless somebody else did so first."""
    row = (await held_by(panel, person.id)).get(kind.value)
    if (row.version if row else 0) != seen:
        raise Stale(SAVED_FIRST)
    if row is not None:
        await amend(row, **changes, changed=now())
        return row
    row = Clearance(panel=panel.id, person=person.id, kind=kind.value, changed=now(), **changes)
    await Clearance.insert(row)
    return row


def _facts(row: Clearance) -> dict:
    expires = row.expires and row.expires.isoformat()
    return {"kind": row.kind, "outcome": row.outcome, "level": row.level, "expires": expires}


@writes
async def answer(clearance: UUID, given: Given, seen: int, *, by: Seat) -> None:
    """The force's liaison says how a vetting came out. Raises Missing once it is answered."""
    row = await requested_one(by.panel, clearance)
    if row.version != seen:
        raise Stale(SAVED_FIRST)
    changes = given.columns(Clearing.VETTING)
    del changes["level"]  # the panel asked for one; the force does not change it
    await amend(row, **changes, changed=now())
    await record("vetting.answered", row, by=by, **_facts(row))
    await letters.tell_of_change(row, row.person, by.panel)
    readers = await seats_on(by.panel.id, who_may(Act.CLEARANCE_RECORD))
    await letters.tell_of_answer(row, by.panel, readers)


@writes
async def sign(kind: Clearing, number: int, *, by: Seat) -> None:
    """Sign the words that were shown. The same again changes nothing.

    Raises Missing for what is not signed, and NotNow when newer words have replaced them.
    """
    words = await agreement(by.panel, kind)
    if words.number != number:
        raise NotNow(NEWER)
    row = (await held_by(by.panel, by.person.id)).get(kind.value)
    if row and row.document_version == number and row.outcome == Outcome.CLEARED:
        return
    changes = Given(Outcome.CLEARED, granted=today()).columns(kind)
    changes |= {"document_version": number}
    row = await _keep(by.panel, by.person, kind, changes, row.version if row else 0)
    await record("agreement.signed", row, by=by, kind=row.kind, number=number)


@writes
async def rewrite(kind: Clearing, text: str, seen: int, *, sign_by: date, by: Seat) -> None:
    """New words for everybody to sign; what was signed before counts until `sign_by`.

    Raises Missing for what is not signed, and Stale when version `seen` is no longer the newest.
    """
    old = await agreement(by.panel, kind)
    if old.number != seen:
        raise Stale(SAVED_FIRST)
    new = Agreement(
        panel=by.panel.id, kind=kind.value, number=old.number + 1, text=text.strip(),
        since=today(), by=by.id,
    )  # fmt: skip
    await Agreement.insert(new)
    signed = (Clearance.panel == by.panel.id) & (Clearance.kind == kind.value)
    later = Clearance.expires.is_null() | (Clearance.expires > sign_by)
    counted = signed & later & (Clearance.outcome == Outcome.CLEARED.value)
    ends = {Clearance.expires: sign_by, Clearance.version: Clearance.version + 1}
    await Clearance.update(ends).where(counted)
    await record("agreement.rewritten", new, by=by, kind=kind.value, number=new.number)
    people = await _asked_to_sign(by.panel)
    await letters.ask_to_sign(by.panel, kind.value, new.number, sign_by, people)


async def _asked_to_sign(panel: Panel) -> list[Person]:
    """Everybody who sits here and does not speak for the police, however their seat stands."""
    held = (Seat.panel == panel.id) & current_on(today()) & Seat.role.not_in(list(POLICE))
    seats = await Seat.objects(Seat.person).where(held).order_by(Seat.id)
    return list({seat.person.id: seat.person for seat in seats}.values())
