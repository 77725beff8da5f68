"""Write a letter into the outbox, in the same transaction as the deed it tells of."""

import json
from base64 import b64encode
from dataclasses import asdict
from datetime import date
from uuid import uuid4

from scrutiny.kit.clock import midnight, now
from scrutiny.kit.db import database, keep
from scrutiny.kit.ids import new_id
from scrutiny.kit.made import fresh
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.seal import seal
from scrutiny.letters.rules import Words
from scrutiny.letters.tables import Letter
from scrutiny.people.tables import Panel, Person


async def write(
    kind: str,
    to: Person | Mailbox,
    words: Words,
    *,
    key: str,
    panel: Panel | None = None,
    day: date | None = None,
) -> None:
    """Put a letter in the outbox. The same `key` again writes nothing.

    `day` keeps only the day on which it was written, where the hour could tell who caused it.
    Raises ValueError when the address is none.
    """
    if not database().transaction_exists():
        raise RuntimeError(f"{kind} must be written inside write_tx()")
    mailbox = to if isinstance(to, Mailbox) else Mailbox(to.name, to.email)
    known, at = (uuid4(), midnight(day)) if day else (new_id(), now())
    letter = fresh(
        Letter,
        id=known,
        kind=kind,
        key=key,
        panel=panel.id if panel else None,
        due=at,
        written=at,
        paper=words.paper is not None,
        sealed=seal(_pack(mailbox, words), f"letter|{known}"),
    )
    await keep(letter, unless_there=True)


def _pack(to: Mailbox, words: Words) -> str:
    calendar = words.calendar and {
        "method": words.calendar.method,
        "body": b64encode(words.calendar.body).decode(),
    }
    return json.dumps(
        {
            "name": to.name,
            "address": to.address,
            "subject": words.subject,
            "text": words.text,
            "calendar": calendar,
            "paper": words.paper and asdict(words.paper),
            "sender": words.sender,
            "unsubscribe": words.unsubscribe,
        }
    )
