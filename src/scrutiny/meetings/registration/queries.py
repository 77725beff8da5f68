"""Reads about who registered: how many, and for the panel who, until the meeting is over."""

import hmac
import json
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.kit.seal import keys, unseal
from scrutiny.kit.tokens import clean_receipt, keyed_hash, receipt_code
from scrutiny.meetings.registration.rules import Entry, Stage
from scrutiny.meetings.registration.tables import Registration
from scrutiny.meetings.tables import Meeting

PAGE = 50
LEAST_KEY = 20  # characters of a form's own key, below which it is nobody's secret
COUNTED = "SELECT stage, mode, count(*) AS n FROM registration WHERE meeting = {} GROUP BY 1, 2"
GONE = Entry("", "", "", "")


@dataclass(frozen=True)
class Counted:
    """How many: `taken` has a place in the room, `online` needs none."""

    taken: int = 0
    online: int = 0
    waiting: int = 0
    given_up: int = 0
    came: int = 0


async def counted(meeting: Meeting) -> Counted:
    found: Counter[tuple[str, bool]] = Counter()
    for row in await rows(COUNTED, meeting.id):
        found[row["stage"], row["mode"] == "online"] += row["n"]

    def of(*stages: Stage, online: tuple[bool, ...] = (False, True)) -> int:
        return sum(found[stage, one] for stage in stages for one in online)

    coming = (Stage.REGISTERED, Stage.CAME)
    return Counted(
        taken=of(*coming, online=(False,)),
        online=of(*coming, online=(True,)),
        waiting=of(Stage.WAITING),
        given_up=of(Stage.CANCELLED),
        came=of(Stage.CAME),
    )


async def listed(meeting: Meeting, after: int = 0) -> list[tuple[Registration, Entry]]:
    """Fifty of them by their number and one more if there is, with who they are. One query."""
    found = await (
        Registration.objects()
        .where(
            (Registration.meeting == meeting.id)
            & (Registration.number > after)
            & (Registration.stage != Stage.CANCELLED)
        )
        .order_by(Registration.number)
        .limit(PAGE + 1)
    )
    return [(row, entry_of(row)) for row in found]


def entry_of(row: Registration) -> Entry:
    """Who it is, or nobody any more."""
    if row.sealed is None:
        return GONE
    said = json.loads(unseal(bytes(row.sealed), place_of(row.id)))
    return Entry(said["name"], said["email"], said["needs"], row.mode)


def place_of(known: UUID) -> str:
    return f"registration|{known}"


def code_for(meeting: Meeting, form_key: str) -> str:
    """The code of one form: the same for the same form sent again, and nobody else's."""
    if len(form_key) < LEAST_KEY:
        return receipt_code()
    said = f"registration|{meeting.id}|{form_key}".encode()
    return receipt_code(hmac.digest(keys().pepper, said, "sha256"))


def code_hash(meeting: Meeting, code: str) -> str:
    """Raises Missing when it cannot be a code."""
    letters = clean_receipt(code)
    if letters is None:
        raise Missing("This code is not complete. It has 24 letters and figures.")
    return keyed_hash(keys().pepper, "registration code", f"{meeting.id}|{letters}")


async def by_code(meeting: Meeting, code: str) -> Registration:
    """Raises Missing, also for a place that was given up."""
    here = (Registration.meeting == meeting.id) & (
        Registration.code_hash == code_hash(meeting, code)
    )
    found = await Registration.objects().where(here).first()
    if found is None or found.stage == Stage.CANCELLED:
        raise Missing("No place at this meeting belongs to that code.")
    return found


async def ahead_of(row: Registration) -> int:
    """How many wait before this one."""
    return await Registration.count().where(
        (Registration.meeting == row.meeting)
        & (Registration.stage == Stage.WAITING)
        & (Registration.number < row.number)
    )
