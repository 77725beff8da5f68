"""What no row knows goes from the disk, and nothing else."""

import os
import shutil
import stat

from conftest import run

from concerns.evidence.sending import kept, lying, send
from scrutiny.commands import evidence_files
from scrutiny.concerns.evidence import rounds, shelf
from scrutiny.concerns.evidence.tables import Evidence
from scrutiny.kit.clock import today


def sweep(monkeypatch, after: float) -> int:
    with monkeypatch.context() as now:
        now.setattr(shelf, "IN_THE_MAKING", after)
        return run(rounds.sweep(today()))


def test_files_without_a_row_go_and_others_stay(browse, cast, monkeypatch):
    send(browse(), b"One")
    send(browse(), b"Two")
    one, two = kept()
    run(Evidence.delete().where(Evidence.id == one.id).run())
    half = shelf.place(two.id, shelf.CLEAN).with_name(f"{two.id.hex}.c.part")
    half.write_bytes(b"half")
    os.utime(half, (0, 0))
    assert sweep(monkeypatch, shelf.IN_THE_MAKING) == 0  # somebody may still be writing its row
    assert sweep(monkeypatch, -1) == 3
    assert [path.name for path in lying()] == [f"{two.id.hex}.c", f"{two.id.hex}.o"]
    assert sweep(monkeypatch, -1) == 0


def test_an_empty_shelf_has_nothing_to_sweep(cast, monkeypatch):
    assert sweep(monkeypatch, -1) == 0


def test_what_is_no_file_of_ours_is_left_alone(browse, cast, monkeypatch):
    send(browse(), b"One")
    strange = shelf.folder() / "aa"
    strange.mkdir(exist_ok=True)
    (strange / "notes.txt").write_text("kept")
    assert sweep(monkeypatch, -1) == 0
    assert (strange / "notes.txt").read_text() == "kept"


def test_a_copy_of_the_site_takes_files_along_and_puts_them_back(browse, cast, tmp_path):
    for one in evidence_files.SHELVES:  # what earlier tests left there
        shutil.rmtree(one.folder(), ignore_errors=True)
    first, second = tmp_path / "scrutiny-1.sqlite", tmp_path / "scrutiny-2.sqlite"
    send(browse(), b"One")
    assert evidence_files.take_along(first) == 2
    assert evidence_files.take_along(first) == 0
    send(browse(), b"Two")
    assert evidence_files.take_along(second) == 4
    before = {path.name: path.read_bytes() for path in lying()}
    copied = {path.name: path for path in (tmp_path / "scrutiny-2.files").glob("??/*")}
    assert {name: path.read_bytes() for name, path in copied.items()} == before
    assert sorted(path.stat().st_nlink for path in copied.values()) == [1, 1, 2, 2]
    shutil.rmtree(shelf.folder())
    assert evidence_files.put_back(second) == 4
    assert {path.name: path.read_bytes() for path in lying()} == before
    assert evidence_files.put_back(second) == 0
    assert {stat.S_IMODE(path.stat().st_mode) for path in lying()} == {0o600}
