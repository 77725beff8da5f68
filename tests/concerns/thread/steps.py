"""What the tests of the thread share: a resident's deeds, triage's, and every byte that is kept."""

from pathlib import Path

from conftest import run
from databases import bytes_of

from concerns.steps import concern_of
from scrutiny.concerns import consents
from scrutiny.concerns.thread.turns import turns
from scrutiny.concerns.triage.actions import triage
from scrutiny.kit.db import database
from scrutiny.piccolo_app import APP_CONFIG
from scrutiny.record.tables import Event

BACK = "/concerns/return"


def decided(cast, receipt, *decisions, reply="", **more):
    """Grace decides, one after the other."""
    for decision in decisions:
        kept = concern_of(receipt)
        run(triage(kept, by=cast.seats["grace"], decision=decision, reply=reply, **more))
    return concern_of(receipt)


def said(receipt):
    return [(turn.by, turn.kind, turn.text) for turn in run(turns(concern_of(receipt)))]


def given(receipt):
    return run(consents.given_for(concern_of(receipt)))


def events(what):
    return run(Event.select().where(Event.what == what).order_by(Event.seq).run())


def kept_bytes() -> bytes:
    """Every byte of an SQLite database: the file and its log."""
    files = [Path(database().path + end) for end in ("", "-wal")]
    return b"".join(bytes_of(file) for file in files if file.exists())


def sealed_values() -> set[bytes]:
    """Every sealed value in every table, as it is stored."""

    async def found():
        values = set()
        for table in APP_CONFIG.table_classes:
            for row in await table.select():
                values |= {bytes(one) for one in row.values() if isinstance(one, bytes) and one}
        return values

    return run(found())
