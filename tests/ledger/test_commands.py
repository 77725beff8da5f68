"""`scrutiny record verify`, `record heads` and `verify`, as an operator types them."""

import json

import pytest
from click.testing import CliRunner
from conftest import run

from ledger import steps
from ledger.test_withdrawing import take_back
from scrutiny.cli import main
from scrutiny.commands import checking
from scrutiny.ledger.queries import newest_head


@pytest.fixture
def types(cast, monkeypatch):
    """The database is open already: what each command asks of it is awaited on the stage."""
    monkeypatch.setattr(checking, "with_database", lambda deed, *args: run(deed(*args)))

    def type_(*words: str) -> str:
        done = CliRunner().invoke(main, [str(word) for word in words])
        assert "Traceback" not in done.output
        return f"{done.exit_code} {done.output.strip()}"

    return type_


@pytest.fixture
def file(tmp_path):
    found = tmp_path / "paper"
    found.write_text("first")
    return found


def test_all_is_well(types, cast, tmp_path):
    assert types("record", "heads", "--out", tmp_path / "x").startswith("1 Error: No head")
    run(steps.publish(cast, "first", "second"))
    told = types("record", "heads", "--out", tmp_path / "head.json")
    assert told == f"0 Wrote {run(newest_head()).line}"
    (tmp_path / "line.txt").write_text(f"Foot of page 2: {run(newest_head()).line}")
    run(steps.publish(cast, "third"))
    for name in ("head.json", "line.txt"):
        told = types("record", "verify", "--head", tmp_path / name)
        assert told.startswith(
            "0 All 3 lines of the record follow from one another; so do the 3 entries of the "
            "ledger, and 3 signed heads hold them.\nThey go on from the head of "
        )


def test_each_fault_is_a_sentence(types, cast):
    run(steps.publish(cast, *[f"{n}" for n in range(5)]))
    run(steps.change(
        "UPDATE event SET what = 'other' WHERE seq = 1",
        "DELETE FROM event WHERE seq = 3",
        "DELETE FROM entry WHERE seq > 3",
    ))  # fmt: skip
    assert types("record", "verify") == (
        "1 Error: Line 1 of the record was edited. Line 3 of the record was deleted. "
        "Entries 4 to 5 of the ledger were cut off the end."
    )


def test_the_record_put_back_whole_is_found_by_a_head_that_was_kept(types, cast, tmp_path):
    """Record, ledger and heads as they were a publication ago: nothing inside can show it."""
    run(steps.publish(cast, "first"))
    end = steps.one_row("SELECT seq, hash, seal FROM head")
    run(steps.publish(cast, "second"))
    types("record", "heads", "--out", tmp_path / "head.json")
    told = json.loads((tmp_path / "head.json").read_text())
    back = ", ".join(f"{name} = '{value}'" for name, value in end.items())
    run(steps.change(
        f"UPDATE head SET {back}", f"DELETE FROM event WHERE seq > {end['seq']}",
        "DELETE FROM entry WHERE seq = 2", "DELETE FROM ledger_head WHERE number = 2",
        "DELETE FROM ledger_node WHERE id > 0",
    ))  # fmt: skip
    assert types("record", "verify").startswith("0 All 1 lines")
    found = types("record", "verify", "--head", tmp_path / "head.json")
    assert found.startswith(
        "1 Error: The line with which the record ended when that head was signed is not there "
        "any more. Entries were cut off the ledger: it is shorter than the head of "
    )
    assert told["head"]["size"] == 2


def test_a_file_is_known_withdrawn_or_neither(types, cast, file):
    assert types("verify", file).startswith("1 Error: The ledger has no publication")
    run(steps.publish(cast, "first"))
    assert types("verify", file).startswith("0 Entry 1 of the ledger: first (Lambeth")
    run(take_back(cast, "first"))
    assert types("verify", file) == (
        "1 Error: Entry 1 of the ledger had exactly this file. It was withdrawn: entry 2 says why."
    )


def test_what_is_no_head_is_told(types, cast, file):
    run(steps.publish(cast, "first"))
    assert types("record", "verify", "--head", file).startswith("1 Error: This is no signed head")
