"""Handing a complaint on: offered here, agreed by the resident on their thread, sent from here.

Never automatic, and it never stops the panel's own work (domain.md 6.13 and 7.4).
"""

from collections.abc import Mapping
from uuid import uuid4

from scrutiny.concerns import parts
from scrutiny.concerns.actions import stop_letter
from scrutiny.concerns.rules import GONE
from scrutiny.concerns.tables import Concern, ConcernKey
from scrutiny.concerns.triage.actions import answer
from scrutiny.concerns.triage.complaint.letter import complaint, going
from scrutiny.concerns.triage.complaint.queries import PART, letter_key, told_of, usual_address
from scrutiny.concerns.triage.queries import hand_off_of
from scrutiny.concerns.triage.rules import (
    HAND_OFF_MOVES,
    NOT_GONE,
    OFFER,
    OUTCOMES,
    RECIPIENTS,
    HandOffStage,
)
from scrutiny.concerns.triage.tables import HandOff
from scrutiny.kit.clock import today
from scrutiny.kit.db import keep, write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.stages import advance
from scrutiny.letters.actions import write
from scrutiny.letters.rules import Words
from scrutiny.letters.tables import Letter
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record

NONE = "Nobody has offered to pass on a complaint."
SENT = "We have passed on your complaint, as you asked. They must answer you, not us."
GOES = "Your complaint goes to them now, as you asked. They must answer you, not us."


async def offer(concern: Concern, *, by: Seat, to: str) -> HandOff:
    """Offer to pass it on; a resident who declined may be offered it again, if they ask.

    Raises NotNow while one is under way, or when nothing is left to pass on.
    """
    if to not in RECIPIENTS:
        raise ValueError(f"Complaints do not go to {to}.")
    if concern.stage in GONE:
        raise NotNow("Nothing is left of this concern to pass on.")
    async with write_tx():
        there, day = await hand_off_of(concern), today()
        if there is None:
            there = HandOff(id=uuid4(), concern=concern.id, panel=by.panel.id, to=to, offered=day,
                            sealed_receipt=b"")  # fmt: skip
            await keep(there)
        else:
            await advance(there, HAND_OFF_MOVES, HandOffStage.OFFERED, to=to, offered=day)
        turn = await answer(concern, "question", OFFER)
        facts = {"number": concern.number, "to": to, "turn": turn}
        await record("concern.hand_off_offered", concern, by=by, **facts)
    return there


async def letter(
    concern: Concern, there: HandOff, contact: Mapping[str, str] | None, panel: Panel
) -> Words:
    """What goes: the words, and of `contact` (what an open look shows) only what they allow."""
    return complaint(panel, await told_of(concern, there), contact or {})


async def send(
    concern: Concern,
    there: HandOff,
    *,
    by: Seat,
    contact: Mapping[str, str] | None,
    address: str = "",
) -> None:
    """Send it to `address`, or record that it was copied into their own form (no address).

    Raises NotNow when the resident has not said yes, Stale when somebody else sent it first.
    """
    how, day = "email" if address else "print", today()
    async with write_tx():
        told = await told_of(concern, there)  # as they allow it at this moment
        went, words = going(told, contact or {}), complaint(by.panel, told, contact or {})
        named = "name" in went or "contact" in went
        sent = {"sent": day, "how": how, "named": named}
        await advance(there, HAND_OFF_MOVES, HandOffStage.SENT, **sent)
        other = bool(address) and address != usual_address(there.to, by.panel)
        where = {"address": address, "other": other} if address else {}
        turn = await answer(concern, "reply", GOES if address else SENT)
        facts = {"number": concern.number, "to": there.to, "how": how, "named": named, **where}
        await record("concern.hand_off_sent", concern, by=by, went=went, turn=turn, **facts)
        if address:
            to = Mailbox(RECIPIENTS[there.to], address)
            await write("hand_off.sent", to, words, key=letter_key(there), panel=by.panel)


async def forget_letter(concern: Concern) -> None:
    """Inside write_tx(): the outbox keeps no copy of what a resident has had erased."""
    there = await hand_off_of(concern)
    if there is not None:
        await Letter.delete().where(Letter.key == letter_key(there))


async def take_back(concern: Concern) -> None:
    """Inside write_tx(): the resident took the concern back, so nothing more of it is passed on.

    A letter that nobody has tried to send never went: then it was not passed on at all.
    """
    there = await hand_off_of(concern)
    if there is None:
        return
    never_went = await stop_letter(letter_key(there))
    unsent = there.stage == HandOffStage.SENT and never_went is True
    if there.stage == HandOffStage.SENT and never_went is not None:
        facts = {"number": concern.number, "sure": never_went}
        await record("concern.hand_off_stopped", concern, panel=there.panel, day=today(), **facts)
    if unsent or there.stage in (HandOffStage.OFFERED, HandOffStage.CONSENTED):
        moves = NOT_GONE if unsent else HAND_OFF_MOVES
        await advance(there, moves, HandOffStage.DECLINED, sent=None)


async def forget_number(concern: Concern) -> None:
    """Inside write_tx(): their number goes too, once nobody comes back to ask for it."""
    there = await hand_off_of(concern)
    if there is not None:
        await HandOff.update({HandOff.sealed_receipt: b""}).where(HandOff.id == there.id)
        await ConcernKey.delete().where(ConcernKey.id == there.id)


async def note_receipt(concern: Concern, there: HandOff, *, by: Seat, receipt: str) -> None:
    """The number that the other side gave it: the resident reads it on their thread."""
    key, kept = parts.fresh_key(there)
    sealed = parts.close(key, concern, PART, receipt)
    async with write_tx():
        await keep(kept)
        changes = {"sealed_receipt": sealed, "receipted": today()}
        await advance(there, HAND_OFF_MOVES, HandOffStage.RECEIPTED, **changes)
        told = f"They have your complaint. Their number for it: {receipt}"
        turn = await answer(concern, "reply", told)
        facts = {"number": concern.number, "turn": turn}
        await record("concern.hand_off_receipted", concern, by=by, **facts)


async def note_outcome(concern: Concern, there: HandOff, *, by: Seat, outcome: str) -> None:
    if outcome not in OUTCOMES:
        raise ValueError(f"{outcome} is no outcome of a complaint.")
    async with write_tx():
        await advance(there, HAND_OFF_MOVES, HandOffStage.OUTCOME, outcome=outcome)
        turn = await answer(concern, "reply", f"Your complaint has ended. {OUTCOMES[outcome]}.")
        facts = {"number": concern.number, "outcome": outcome, "turn": turn}
        await record("concern.hand_off_outcome", concern, by=by, **facts)
