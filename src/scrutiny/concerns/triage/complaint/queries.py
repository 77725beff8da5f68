"""Reads of a complaint that is handed on: where it may go, what goes, and what went."""

import json
from dataclasses import dataclass
from datetime import date

from scrutiny.concerns import consents, parts
from scrutiny.concerns.evidence.tables import Evidence
from scrutiny.concerns.queries import opened, reference_of
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.thread.turns import RESIDENT, turns
from scrutiny.concerns.triage.complaint.letter import Told
from scrutiny.concerns.triage.tables import HandOff
from scrutiny.concerns.video import queries as video
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Unreadable
from scrutiny.kit.mail import Mailbox
from scrutiny.people.tables import Panel

PART = "hand-off receipt"
"""The name under which their number is sealed, with a key of its own: it outlives the words."""
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


async def passed_on(concern: Concern, there: HandOff | None) -> PassedOn | None:
    if there is None or there.sent is None:
        return None
    found = await rows(SENT, concern.id)
    facts = json.loads(found[0]["facts"]) if found else {}
    number = await receipt_of(concern, there)
    return PassedOn(there.sent, facts.get("address", ""), facts.get("went", []), number)


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
