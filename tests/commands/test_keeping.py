"""Copies: made while the site is in use, proved, put back only where nothing is."""

import json
import stat

import pytest
from databases import on_postgres

from commands.operating import Operator
from scrutiny.commands.postgres import without_password


@pytest.fixture(scope="module")
def copies(site, tmp_path_factory):
    """A folder with one copy of the site."""
    folder = tmp_path_factory.mktemp("copies") / "new"
    said = site.does("backup", str(folder))
    assert said.startswith(f"Wrote {folder}/scrutiny-")
    assert f"Keep the secret file ({site.home}/secret.json) somewhere else." in said
    return folder


def newest(folder):
    return next(path for path in folder.iterdir() if path.suffix in (".sqlite", ".pgdump"))


def copied(folder, to):
    """The same copy in another folder, to be spoilt."""
    to.mkdir()
    for path in folder.iterdir():
        (to / path.name).write_bytes(path.read_bytes())
    return to


def test_a_copy_is_whole_and_for_its_owner_alone(copies):
    assert sorted(path.suffix for path in copies.iterdir()) == [
        ".json", ".keys", ".pgdump" if on_postgres() else ".sqlite",
    ]  # fmt: skip
    assert stat.S_IMODE(copies.stat().st_mode) == 0o700
    for path in (newest(copies), newest(copies).with_suffix(".keys")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_copy_is_proved_without_being_touched(site, copies):
    before = {path.name: path.read_bytes() for path in copies.iterdir()}
    said = site.does("restore", str(copies), "--verify")
    assert said.startswith(newest(copies).name)
    assert on_postgres() or said.endswith(
        "All 2 lines of the record follow from one another; so do the 0 entries of the ledger, "
        "and 0 signed heads hold them.\n"
    )
    assert {path.name: path.read_bytes() for path in copies.iterdir()} == before


def test_a_copy_is_put_back_once_and_what_is_changed_then_is_told_of(site, copies):
    there = site.moved("commands_moved")
    assert there.does("restore", str(copies)) == f"Restored {newest(copies)}.\n"
    assert "Grace Mensah" in there.does("person", "list")
    refused = there.is_refused("restore", str(copies))
    assert "first" in refused and "may be needed" in refused

    there.sql("UPDATE event SET what = 'seat.ended' WHERE seq = 2")
    said = there.is_refused("record", "verify")
    assert said == "Line 2 of the record was edited."
    there.sql("DELETE FROM event WHERE seq = 2")
    assert "Line 2 of the record was cut off the end." in there.is_refused("record", "verify")


def test_a_log_left_behind_is_not_played_into_the_copy(copies, tmp_path):
    if on_postgres():
        pytest.skip("PostgreSQL keeps its log to itself")
    there = Operator(tmp_path / "log", "commands_log")
    (there.home / "scrutiny.sqlite-wal").write_bytes(b"what was not checkpointed")
    assert "scrutiny.sqlite-wal. Move it away" in there.is_refused("restore", str(copies))


def test_one_flipped_byte_is_found(site, copies, tmp_path):
    spoilt = copied(copies, tmp_path / "spoilt")
    data = bytearray(newest(spoilt).read_bytes())
    data[len(data) // 2] ^= 1
    newest(spoilt).write_bytes(data)
    there = site.moved("commands_spoilt")
    for words in (("--verify",), ()):
        said = there.is_refused("restore", str(spoilt), *words)
        assert said == (f"{newest(spoilt).name} is not what was written: its bytes have changed.")
    assert on_postgres() or not there.file.exists()


def test_a_copy_without_its_note_is_not_believed(site, copies, tmp_path):
    spoilt = copied(copies, tmp_path / "noteless")
    note = newest(spoilt).with_suffix(".json")
    note.write_text(json.dumps(["x"]))
    assert "cannot be proved" in site.is_refused("restore", str(spoilt), "--verify")
    note.unlink()
    assert "cannot be proved" in site.is_refused("restore", str(spoilt), "--verify")


def test_where_there_is_nothing_it_is_said(site, tmp_path):
    assert site.is_refused("restore", str(tmp_path)) == f"There is no copy in {tmp_path}."
    nowhere = Operator(tmp_path / "nowhere", "commands_nowhere")
    if not on_postgres():
        assert nowhere.is_refused("backup", str(tmp_path / "b")) == (
            f"There is no database at {nowhere.file}."
        )
        assert list((tmp_path / "b").iterdir()) == [], "nothing half made is left"


@pytest.mark.parametrize(
    ("url", "plain", "password"),
    [
        ("postgresql://u@/x?host=/run", "postgresql://u@/x?host=/run", None),
        ("postgresql://u:p%40%2Fw@db:5433/x?a=1", "postgresql://u@db:5433/x?a=1", "p@/w"),
        ("postgresql://a%40b:w@db/x", "postgresql://a%40b@db/x", "w"),
    ],
)
def test_no_password_is_among_the_arguments_of_a_program(url, plain, password):
    assert without_password(url) == (plain, {"PGPASSWORD": password} if password else {})
