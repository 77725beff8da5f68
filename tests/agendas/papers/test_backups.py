"""Papers and packs go into copies of the site and come back with them."""

import shutil

from conftest import run

from agendas.packs.steps import made, scene
from scrutiny.agendas.papers import shelf
from scrutiny.commands import evidence_files


def test_they_are_taken_along_and_put_back(cast, tmp_path):
    for one in evidence_files.SHELVES:  # what earlier tests left there
        shutil.rmtree(one.folder(), ignore_errors=True)
    row = run(scene(cast))
    run(made(row, cast))
    before = {path.name: path.read_bytes() for _, path in shelf.lying()}
    assert sorted(name[-2:] for name in before) == [".k", ".k", ".p", ".p", ".p"]
    copy = tmp_path / "scrutiny-1.sqlite"
    assert evidence_files.take_along(copy) == 5
    assert evidence_files.take_along(tmp_path / "scrutiny-2.sqlite") == 5
    shutil.rmtree(shelf.folder())
    assert evidence_files.put_back(copy) == 5
    assert {path.name: path.read_bytes() for _, path in shelf.lying()} == before
