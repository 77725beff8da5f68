"""The daily round: everything that falls due with the days, one deed after the other."""

import logging
from collections.abc import Awaitable, Callable, Collection
from datetime import date
from typing import Any

from scrutiny.actions import letters as actions
from scrutiny.agendas.packs import actions as packs
from scrutiny.agendas.papers import rounds as papers
from scrutiny.agendas.reminders import actions as meetings
from scrutiny.archive import rounds as archive
from scrutiny.composition import actions as composition
from scrutiny.concerns.evidence import rounds as evidence
from scrutiny.concerns.retention import actions as retention
from scrutiny.concerns.retention import holds
from scrutiny.concerns.thread import notices
from scrutiny.concerns.vault import actions as vault
from scrutiny.concerns.video import actions as video
from scrutiny.kit.clock import now
from scrutiny.ledger import actions as ledger
from scrutiny.meetings import changes
from scrutiny.meetings.registration import forgetting
from scrutiny.membership.clearances import rounds as clearances
from scrutiny.membership.elections import seating
from scrutiny.membership.interests import actions as interests
from scrutiny.membership.recruitment import retention as recruitment
from scrutiny.membership.standing import rounds as standing
from scrutiny.membership.terms import entry
from scrutiny.minutes.clearing import actions as minutes
from scrutiny.redaction import rounds as redaction
from scrutiny.rounds.drafts import erase_drafts
from scrutiny.verifying.heads import actions as heads

log = logging.getLogger("scrutiny")
Deed = Callable[[date], Awaitable[Any]]


async def close_looks(_: date) -> int:
    """Looks at who wrote are over after thirty minutes, whatever the day."""
    return await vault.close_expired(now())


async def release(_: date) -> int:
    """Minutes whose hold is over, to the minute."""
    return await minutes.release_due(now())


DEEDS: dict[str, Deed] = {
    "minutes whose hold is over": release,
    "video about to be erased": video.warn,
    "looks at who wrote": close_looks,
    "drafts that nobody sent": erase_drafts,
    "addresses in letters that went": notices.forget_sent,
    "holds that are over": holds.end_holds,
    "what is kept too long": retention.propose_and_erase,
    "meetings that come near": meetings.remind,
    "actions that fall due": actions.remind,
    "interests to be looked over": interests.remind,
    "rounds in which members describe themselves": composition.close_over,
    "leave that begins or ends": standing.move_leave,
    "terms about to end": standing.warn,
    "who takes office today": seating.hand_over,
    "offices about to end": seating.remind,
    "votes on terms of reference that are over": entry.close_due,
    "terms of reference due for review": entry.review_due,
    "clearances that run out": clearances.warn,
    "files that belong to nothing": evidence.sweep,
    "files not scanned yet": evidence.scan_again,
    "packs of one reader": packs.forget_old,
    "papers that belong to nothing": papers.sweep,
    "old minutes that belong to nothing": archive.sweep,
    "redacted files that belong to nothing": redaction.sweep,
    "changes of meetings not told yet": changes.tell_due,
    "who registered for what is over": forgetting.forget,
    "applications kept too long": recruitment.erase_due,
    "heads of the ledger": ledger.sign_due,
    "heads to those who asked for them": heads.tell_all,
    "addresses of those who never said it was they": heads.forget,
}
"""In this order: a hold that is over keeps back no erasure, and what was erased leaves the disk."""
TO_THE_MINUTE = frozenset(
    {"minutes whose hold is over", "looks at who wrote", "changes of meetings not told yet"}
)
"""What people are told will happen after so many minutes: each looks for its hour in one query."""


async def go_round(today: date, names: Collection[str] = DEEDS) -> list[str]:
    """Do all of these that is due on this day; returns the names of the deeds that failed.

    Each makes its own transactions and may run again at once, so going round twice, or after a
    crash, does nothing twice. One that fails is logged by its type alone, as its words could
    hold what somebody wrote, and keeps no other from its turn.
    """
    failed = []
    for name in [name for name in DEEDS if name in names]:
        try:
            await DEEDS[name](today)
        except Exception as error:
            log.error("the round: %s: %s", name, type(error).__name__)
            failed.append(name)
    return failed
