"""Erasing one concern for good: what was said, by whom, and everything that hangs on it.

What is left is a tombstone that keeps the count: panel, number, days, kind, category, stage.
"""

from collections.abc import Iterable
from uuid import UUID

from scrutiny.concerns.evidence import actions as evidence
from scrutiny.concerns.evidence import shelf
from scrutiny.concerns.rules import Stage
from scrutiny.concerns.tables import Concern, ConcernKey, Consent, Message
from scrutiny.concerns.thread import notices
from scrutiny.concerns.triage import handoff
from scrutiny.concerns.triage.tables import Referral, Refusal
from scrutiny.concerns.vault import actions as vault
from scrutiny.concerns.video import actions as video
from scrutiny.kit.db import scrub
from scrutiny.kit.stages import amend
from scrutiny.leaks import actions as leaks

EMPTY = {
    "sealed_words": b"",
    "happened": None,
    "about": False,
    "flags": "",
    "language": "en",
    "whose": "",
    "review_on": None,
}
"""What the row itself forgets."""


async def erase_everything(concern: Concern) -> list[UUID]:
    """Erase it, inside write_tx(); give what it returns to clear_away() once that has ended.

    The row stays at the stage to which it was moved. Raises Stale when it was changed meanwhile.
    """
    await amend(concern, **EMPTY)
    await stop_everything(concern)
    await vault.erase(concern)
    await video.forget(concern.id)
    files = await evidence.erase(concern)
    await Message.delete().where(Message.concern == concern.id)
    await Consent.delete().where(Consent.concern == concern.id)
    await _empty_what_stays(concern)
    await leaks.forget(concern.panel, concern.id)
    await ConcernKey.delete().where(ConcernKey.id == concern.id)
    return files


async def stop_everything(concern: Concern) -> None:
    """Inside write_tx(): nothing more of it goes to anybody, also where the law still keeps it."""
    await vault.close_looks(concern)
    await video.keep_back(concern)
    await handoff.take_back(concern)
    await notices.stop(concern)


async def clear_away(files: Iterable[UUID]) -> None:
    """After the transaction: the files leave the disk, and the old pages the database's log."""
    shelf.discard(files)
    await scrub()


async def _empty_what_stays(concern: Concern) -> None:
    """What others did stays known; what it says of the resident does not."""
    nothing = {Refusal.sealed_summary: b"", Refusal.sealed_reply: b"", Refusal.sealed_why: b""}
    await Refusal.update(nothing).where(Refusal.concern == concern.id)
    await handoff.forget_letter(concern)
    if concern.stage != Stage.WITHDRAWN:  # whoever took it back can still ask with their number
        await handoff.forget_number(concern)
    await Referral.update({Referral.sealed: b""}).where(Referral.concern == concern.id)
