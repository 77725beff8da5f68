"""Put one line in the record, in the same transaction as the deed it tells of."""

import json
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from piccolo.table import Table

from scrutiny.kit.clock import midnight, now
from scrutiny.kit.db import database, keep, write_sql
from scrutiny.kit.ids import new_id
from scrutiny.kit.made import fresh
from scrutiny.kit.seal import keys
from scrutiny.people.tables import Panel, Person, Seat
from scrutiny.record.rules import START, end_seal, link
from scrutiny.record.tables import Event, Head


async def record(
    what: str,
    about: Table | None = None,
    *,
    by: Seat | Person | None = None,
    panel: Panel | UUID | None = None,
    public: bool = False,
    day: date | None = None,
    **facts: Any,
) -> None:
    """Add an Event. `public=True` when anything that the public can see has changed.

    `day` keeps only the day of it, where the hour could tell which resident it was.
    """
    if not database().transaction_exists():
        raise RuntimeError(f"{what} must be recorded inside write_tx()")
    head = await _stand_in_line(public)
    row = {
        "seq": head["seq"],
        "at": midnight(day) if day else now(),
        "panel": _panel_of(by, panel),
        "seat": by.id if isinstance(by, Seat) else None,
        "person": by.id if isinstance(by, Person) else None,
        "what": what,
        "about": about.id if about is not None else None,
        "public": public,
        "facts": json.dumps(facts, sort_keys=True, default=str),
    }
    mark = link(head["hash"], row)
    row["id"] = uuid4() if day else new_id()  # the usual id carries the time
    await keep(fresh(Event, **row, prev=head["hash"], hash=mark))
    seal = end_seal(keys().pepper, row["seq"], mark)
    await write_sql("UPDATE head SET hash = {}, seal = {} WHERE id = 1", mark, seal)


async def _stand_in_line(public: bool) -> dict[str, Any]:
    """Lock the end of the chain and take the next number; the hash is the last line's."""
    found = await write_sql(
        "UPDATE head SET seq = seq + 1, published = published + {} WHERE id = 1"
        " RETURNING seq, hash",
        int(public),
    )
    if found:
        return found[0]
    await Head.insert(Head(id=1, seq=1, hash=START, published=int(public)))
    return {"seq": 1, "hash": START}


def _panel_of(by: Seat | Person | None, panel: Panel | UUID | None) -> UUID | None:
    if panel is not None:
        return panel.id if isinstance(panel, Panel) else panel
    if not isinstance(by, Seat):
        return None
    return by.panel.id if isinstance(by.panel, Panel) else by.panel
