"""The ledger: what was published, with the fingerprint of exactly those bytes."""

import hashlib

from conftest import run

from scrutiny.kit.db import database, write_tx
from scrutiny.ledger.actions import enter
from scrutiny.ledger.queries import broken_at, by_hash, entries


async def publish(cast, *texts):
    for text in texts:
        async with write_tx():
            await enter(cast.lambeth, "minutes", text, f"/lambeth/{text}", text.encode())


def test_bytes_are_found_by_their_hash(cast):
    run(publish(cast, "first", "second"))
    found = run(by_hash(hashlib.sha256(b"second").hexdigest()))
    assert (found["seq"], found["title"]) == (2, "second")
    assert found["panel_name"] == "Lambeth Scrutiny Panel"
    assert run(by_hash(hashlib.sha256(b"third").hexdigest())) is None


def test_the_newest_come_first_and_a_page_begins_below_a_number(cast):
    run(publish(cast, "first", "second", "third"))
    assert [row["seq"] for row in run(entries())] == [3, 2, 1]
    assert [row["seq"] for row in run(entries(before=3))] == [2, 1]


def test_a_changed_entry_is_found(cast):
    run(publish(cast, "first", "second", "third"))
    assert run(broken_at()) is None
    run(database()._run_in_new_connection(f"UPDATE entry SET sha256 = '{'0' * 64}' WHERE seq = 2"))
    assert run(broken_at()) == 2
