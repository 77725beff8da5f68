"""What was published is fetched, checked and taken away by command, from a filled demo."""

import hashlib
import json
import re

import pytest

from commands.operating import Operator


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Operator:
    found = Operator(tmp_path_factory.mktemp("ops") / "filled", "commands_filled")
    found.does("migrate")
    assert found.does("demo").startswith("The demo panels are ready.")
    return found


def test_what_a_panel_published_can_be_taken_away_and_checked(filled, tmp_path):
    out = tmp_path / "lambeth.json"
    assert filled.does("export", "lambeth", "--out", str(out)) == f"Wrote {out}.\n"
    told = json.loads(out.read_text())
    assert told["panel"]["slug"] == "lambeth"
    assert len(told["minutes"]) == 5
    assert "@lambeth-panel.example" not in json.dumps(told["members"])

    pdf, minutes = tmp_path / "minutes.pdf", told["minutes"][-1]
    ref = f"lambeth/{minutes['date']}"
    said = filled.does("minutes", "pdf", ref, "--out", str(pdf))
    assert pdf.read_bytes().startswith(b"%PDF-")
    digest = hashlib.sha256(pdf.read_bytes()).hexdigest()
    assert said == f"Wrote {pdf.stat().st_size:,} bytes, SHA-256 {digest}.\n"
    assert digest == minutes["sha256"]

    said = filled.does("verify", str(pdf))
    assert re.match(r"Entry \d+ of the ledger: .*Lambeth Scrutiny Panel", said)
    pdf.write_bytes(pdf.read_bytes() + b"\n")
    assert filled.is_refused("verify", str(pdf)).startswith("The ledger has no publication")


def test_what_was_not_published_is_not_there(filled, tmp_path):
    out = str(tmp_path / "x")
    for ref, said in (
        ("lambeth/2020-01-01", "There is no meeting"),
        ("lambeth", "Write the panel and the day of the meeting"),
    ):
        assert said in filled.is_refused("minutes", "pdf", ref, "--out", out)
    assert "There is no panel" in filled.is_refused("export", "nosuch", "--out", out)
    assert not (tmp_path / "x").exists()


def test_a_ledger_that_was_changed_is_told_of(filled, tmp_path):
    head = tmp_path / "head.json"
    assert filled.does("record", "heads", "--out", str(head)).startswith("Wrote scrutiny-head 1 ")
    whole = filled.does("record", "verify", "--head", str(head))
    assert re.match(r"All [\d,]+ lines of the record follow from one another", whole)
    assert "They go on from the head of " in whole
    filled.sql("UPDATE entry SET sha256 = 'f' WHERE seq = 2")
    assert filled.is_refused("record", "verify") == "Entry 2 of the ledger was edited."
    head.write_text("{}")
    assert "no signed head" in filled.is_refused("record", "verify", "--head", str(head))
