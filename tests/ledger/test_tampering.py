"""Whatever is done to the ledger is found and named, from its own heads or from one kept apart."""

import pytest
from conftest import run

from ledger import steps
from ledger.steps import found
from scrutiny.kit.clock import today
from scrutiny.kit.db import database, rows
from scrutiny.ledger import merkle
from scrutiny.ledger.actions import sign_due
from scrutiny.ledger.queries import nodes_between
from scrutiny.ledger.rules import leaf, link, mark, sealed
from scrutiny.ledger.tables import Entry


@pytest.fixture
def six_entries(cast):
    run(steps.publish(cast, *[f"paper {n}" for n in range(1, 7)]))


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (["UPDATE entry SET title = 'other' WHERE seq = 2"], [("edited", 2, 2)]),
        (["UPDATE entry SET kind = 'other' WHERE seq = 2"], [("edited", 2, 2)]),
        (["UPDATE entry SET address = '/other' WHERE seq = 6"], [("edited", 6, 6)]),
        (["UPDATE entry SET salt = prev WHERE seq = 3"], [("edited", 3, 3)]),
        (["UPDATE entry SET sha256 = prev WHERE seq = 3"], [("edited", 3, 3)]),
        (["UPDATE entry SET at = '2020-01-01 00:00:00+00:00' WHERE seq = 4"], [("edited", 4, 4)]),
        (["UPDATE entry SET binds = 0 WHERE seq = 4"], [("edited", 4, 4)]),
        (["DELETE FROM entry WHERE seq = 3"], [("deleted", 3, 3)]),
        (["DELETE FROM entry WHERE seq = 1"], [("deleted", 1, 1)]),
        ([f"UPDATE entry SET seq = {to} WHERE seq = {at}" for at, to in ((2, 9), (5, 2), (9, 5))],
         [("swapped", 2, 5)]),
        (["DELETE FROM entry WHERE seq > 4"], [("cut", 5, 6)]),
        (["DELETE FROM entry WHERE seq > 4", "DELETE FROM ledger_node WHERE id > 6"],
         [("cut", 5, 6)]),
        (["UPDATE ledger_node SET hash = (SELECT hash FROM ledger_node WHERE id = 2) WHERE id = 4"],
         ["The tree of the ledger was edited where entry 3 stands."]),
        (["UPDATE ledger_head SET root = record WHERE number = 2"],
         ["Signed head 2 of the ledger was edited."]),
        (["UPDATE ledger_head SET signature = 'x' WHERE number = 2"],
         ["Signed head 2 of the ledger was edited."]),
        (["DELETE FROM ledger_head WHERE number = 2"],
         ["Signed head 2 of the ledger was deleted."]),
        (["DELETE FROM ledger_head"], ["The signed heads of the ledger were deleted."]),
        (["DELETE FROM ledger_head WHERE number = 6"], [("added", 6, 6)]),
    ],
)  # fmt: skip
def test_what_was_done_is_named(six_entries, statements, told):
    assert found() == []
    run(steps.change(*statements))
    assert found() == told


async def forge(seq: int) -> list[str]:
    """Another publication in the place of an entry, every hash of its own worked out anew."""
    row = await Entry.select().where(Entry.seq == seq).first()
    row["title"], row["sealed"] = "other", sealed(row["salt"], row["sha256"], "other")
    row["hash"] = link(row["prev"], seq, row["kind"], row["address"], leaf(row).hex())
    assert mark(row, seq, row["prev"]) == row["hash"]
    names = ", ".join(f"{name} = '{row[name]}'" for name in ("title", "sealed", "hash"))
    stored = await nodes_between(1, seq)
    grown = merkle.grown(seq - 1, leaf(row), lambda one: stored[merkle.number(one)])
    return [
        f"UPDATE entry SET {names} WHERE seq = {seq}",
        *(f"UPDATE ledger_node SET hash = {blob(one)} WHERE id = {n}" for n, one in grown),
    ]


def blob(content: bytes) -> str:
    on_postgres = database().engine_type == "postgres"
    return f"decode('{content.hex()}', 'hex')" if on_postgres else f"X'{content.hex()}'"


@pytest.mark.parametrize("seq", [1, 4, 6])
def test_one_replaced_by_another_with_valid_hashes(six_entries, seq):
    run(steps.change(*run(forge(seq))))
    assert found() == [("replaced", seq, seq)]


def test_the_last_replaced_and_its_heads_taken_away_is_found_by_a_kept_head_alone(six_entries):
    kept = steps.head_now()
    run(steps.change(*run(forge(6)), "DELETE FROM ledger_head WHERE number = 6"))
    assert found() == [("added", 6, 6)]
    run(sign_due(today()))  # as if they had the secret file too
    assert found() == []
    assert found(kept) == [f"Entries up to 6 are not those of {kept[0].name}: they were changed."]


def test_a_tail_cut_without_a_trace_is_found_by_any_kept_head(six_entries):
    """Entries, tree and heads: the ledger of an hour ago, as whole as it was then."""
    kept, printed = steps.head_now(), run(rows("SELECT * FROM ledger_head WHERE number = 6"))
    run(steps.change(
        "DELETE FROM entry WHERE seq > 4",
        "DELETE FROM ledger_node WHERE id > 6",
        "DELETE FROM ledger_head WHERE number > 4",
    ))  # fmt: skip
    assert found() == []
    assert printed
    assert found(kept) == [f"Entries were cut off the ledger: it is shorter than {kept[0].name}."]


def test_every_earlier_head_holds_and_a_false_one_is_told(six_entries, cast):
    kept = steps.head_now()
    run(steps.publish(cast, "one more", "and another"))
    assert found(kept) == []
    line = [*kept[0][:3], kept[0].signed.signature[:16], None]
    assert found([type(kept[0])(*line)]) == []
    false = kept[0]._replace(root="f" * 64)
    assert found([false]) == [
        f"Entries up to 6 are not those of {kept[0].name}: they were changed."
    ]
    unsigned = kept[0]._replace(signed=kept[0].signed.__class__(
        6, 6, kept[0].root, kept[0].signed.at, "0" * 64, kept[0].signature))  # fmt: skip
    assert found([unsigned]) == [
        f"This site did not sign {kept[0].name}: its signature does not hold."
    ]
