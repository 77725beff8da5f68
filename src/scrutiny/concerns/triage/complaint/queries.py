"""Reads of a complaint that is handed on: where it may go, what goes, and what went."""

import json
from dataclasses import dataclass
from datetime import date

from scrutiny.concerns import consents, parts
from scrutiny.concerns.evidence.tables import Evidence
from scrutiny.concerns.queries import opened, reference_of, waits
from scrutiny.concerns.rules import GONE
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.thread.turns import RESIDENT, turns
from scrutiny.concerns.triage.complaint.letter import Told
from scrutiny.concerns.triage.rules import (
    HAND_OFF_NAMES,
    NOTHING_WENT,
    PERHAPS,
    STOPPED_IN_TIME,
    WAITS,
    WENT,
    HandOffStage,
)
from scrutiny.concerns.triage.tables import HandOff
from scrutiny.concerns.video import queries as video
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Unreadable
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.words import sentence
from scrutiny.people.tables import Panel

PART = "hand-off receipt"
"""The name under which their number is sealed, with a key of its own: it outlives the words."""
STOPPED = """
SELECT facts FROM event WHERE about = {} AND what = 'concern.hand_off_stopped' ORDER BY seq DESC
LIMIT 1
"""
SENT = """
SELECT facts FROM event WHERE about = {} AND what = 'concern.hand_off_sent' ORDER BY seq DESC
LIMIT 1
"""


@dataclass(frozen=True)
class PassedOn:
    """What a resident may always know of a complaint that went: never a word of it."""

    day: date
    address: str  # nothing where it was copied into a form of theirs
    went: list[str]  # of name, contact and officer
    number: str  # theirs
    waits: bool = False  # the letter has not gone yet
    doubt: bool = False  # it was stopped while it went: it may have reached them


def usual_address(to: str, panel: Panel) -> str:
    """Where this recipient takes complaints by e-mail, as we know it; or nothing."""
    address = panel.force.complaints_contact.strip() if to == "force" else ""
    try:
        return Mailbox("", address).address if address else ""
    except ValueError:
        return ""


async def receipt_of(concern: Concern, there: HandOff) -> str:
    """The number that they gave it, also once its resident has taken the concern back."""
    if not there.sealed_receipt:
        return ""
    try:
        key = await parts.key_of(there.id)
        return parts.opened(key, concern, PART, there.sealed_receipt).decode()
    except Unreadable:
        return ""


def letter_key(there: HandOff) -> str:
    """The name of its letter in the outbox."""
    return f"hand_off.sent:{there.id}"


async def never_went(concern: Concern) -> bool | None:
    """Whether it was stopped before it went; untrue where that was perhaps too late; None where
    nobody stopped it."""
    found = await rows(STOPPED, concern.id)
    return json.loads(found[0]["facts"])["sure"] if found else None


async def passed_on(concern: Concern, there: HandOff | None) -> PassedOn | None:
    if there is None or there.sent is None:
        return None
    found = await rows(SENT, concern.id)
    facts = json.loads(found[0]["facts"]) if found else {}
    return PassedOn(
        there.sent,
        facts.get("address", ""),
        facts.get("went", []),
        await receipt_of(concern, there),
        waits=there.stage == HandOffStage.SENT and await waits(letter_key(there)),
        doubt=await never_went(concern) is False,
    )


async def standing(concern: Concern, there: HandOff, sent: PassedOn | None) -> str:
    """How far it is, as the secretariat reads it; `sent` comes from passed_on()."""
    if concern.stage not in GONE:
        return WAITS if sent and sent.waits else HAND_OFF_NAMES[HandOffStage(there.stage)]
    if sent is not None:
        return sentence(PERHAPS if sent.doubt else WENT, day=sent.day)
    return STOPPED_IN_TIME if await never_went(concern) else NOTHING_WENT


async def told_of(concern: Concern, there: HandOff) -> Told:
    """What its resident said, up to now. Raises Unreadable once it has been erased."""
    return Told(
        reference=reference_of(concern),
        answers=await opened(concern),
        turns=[turn for turn in await turns(concern) if turn.by == RESIDENT],
        files=await Evidence.count().where(Evidence.concern == concern.id),
        given=await consents.given_for(concern),
        to=there.to,
        officer=await _officer_told(concern) if there.to == "force" else "",
    )


async def _officer_told(concern: Concern) -> str:
    """The officer's number where this force knows it already: from a request to keep video."""
    asked = await video.asked_for(concern)
    details = await video.details(asked) if asked else None
    return details.officer if details else ""
