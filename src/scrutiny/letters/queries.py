"""Reads of the outbox: what is due, and what one letter says."""

import json
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scrutiny.kit.mail import CalendarPart, Mailbox
from scrutiny.kit.seal import unseal
from scrutiny.letters.rules import Paper, Words
from scrutiny.letters.tables import Letter


@dataclass(frozen=True)
class Opened:
    """A letter taken out of its seal."""

    id: Any
    key: str
    kind: str
    to: Mailbox
    words: Words
    written: datetime
    tries: int


def opened(row: dict[str, Any]) -> Opened:
    """Raises Unreadable when it was sealed with a key that is gone."""
    said = json.loads(unseal(bytes(row["sealed"]), f"letter|{row['id']}"))
    part = said["calendar"]
    calendar = CalendarPart(part["method"], b64decode(part["body"])) if part else None
    paper = Paper(**said["paper"]) if said.get("paper") else None
    more = {"sender": said.get("sender", ""), "unsubscribe": said.get("unsubscribe", "")}
    words = Words(said["subject"], said["text"], calendar, paper, **more)
    to = Mailbox(said["name"], said["address"])
    return Opened(row["id"], row["key"], row["kind"], to, words, row["written"], row["tries"])


async def newest(most: int = 50) -> list[Opened]:
    """The latest letters, for the demo's own outbox page."""
    rows = await Letter.select().order_by(Letter.written, ascending=False).limit(most)
    return [opened(row) for row in rows]
