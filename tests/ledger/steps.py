"""A ledger and a record as a test needs them, and a hand in their tables."""

import hashlib
import json
from typing import Any

from conftest import run

from scrutiny.kit.db import database, rows, write_tx
from scrutiny.ledger.actions import enter
from scrutiny.ledger.checking import Report, check
from scrutiny.ledger.heads import as_plain, kept_heads
from scrutiny.ledger.queries import newest_head
from scrutiny.record.actions import record


async def publish(cast, *texts: str, kind: str = "minutes") -> None:
    for text in texts:
        async with write_tx():
            await record("panel.tried", cast.lambeth, public=True)
            await enter(cast.lambeth, kind, text, f"/lambeth/{text}", text.encode())


async def change(*statements: str) -> None:
    """What somebody with the database's own password could do."""
    for sql in statements:
        await database()._run_in_new_connection(sql)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def found(*kept) -> list[str]:
    """What a check finds, as (kind, first, last) or a sentence."""
    return told(run(check(*kept)))


def told(report: Report) -> list[Any]:
    return [*((str(kind), first, last) for kind, first, last in report.faults), *report.wrong]


def head_now() -> list:
    """The newest head as somebody keeps it in a file."""
    return kept_heads(json.dumps({"head": as_plain(run(newest_head()))}))


def one_row(sql: str, *args: Any) -> dict[str, Any]:
    return run(rows(sql, *args))[0]
