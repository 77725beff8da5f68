"""Triage opens the clean copy, and only that: saved as a file, never shown, always recorded."""

import io

import pytest
from conftest import run
from PIL import Image

from concerns.evidence import media
from concerns.evidence.sending import kept, new_code, send
from concerns.evidence.test_sending import sent_in
from scrutiny.concerns.evidence import shelf
from scrutiny.concerns.evidence.tables import Evidence
from scrutiny.record.tables import Event

FILE = "/lambeth/concerns/1/files/1"


@pytest.fixture
def concern(browse, cast):
    code = new_code()
    send(browse(), media.photo(), code)
    return sent_in(cast.lambeth, code)


@pytest.mark.parametrize("who", ["grace", "sol", "hana"])
def test_triage_saves_the_clean_copy(who, browse, cast, concern):
    answer = browse(who).get(FILE)
    assert answer.status_code == 200
    about = answer.headers
    year = concern.received.year
    assert about["content-disposition"] == f"attachment; filename=LAM-C-{year}-01-file-1.jpg"
    assert about["content-security-policy"] == "sandbox; default-src 'none'"
    assert about["x-content-type-options"] == "nosniff"
    assert about["cache-control"] == "no-store"
    assert about["content-type"] == "image/jpeg"
    with Image.open(io.BytesIO(answer.content)) as image:
        assert image.size == (48, 64)
    assert media.DEGREES not in answer.content
    [line] = run(Event.objects().where(Event.what == "concern.file_read").run())
    assert line.seat == cast.seats[who].id
    assert line.facts == '{"file": 1, "number": 1}'


def test_a_document_is_never_named_as_one(browse, cast):
    code = new_code()
    send(browse(), media.docx(), code)
    sent_in(cast.lambeth, code)
    answer = browse("grace").get(FILE)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].endswith("-file-1.txt")


@pytest.mark.parametrize("who", ["amara", "bilal", "claire", "owen"])
def test_nobody_else_on_the_panel_may(who, browse, concern):
    assert browse(who).get(FILE).status_code == 403


@pytest.mark.parametrize("who", ["dev", "ruth"])
def test_for_another_panel_there_is_no_such_file(who, browse, concern):
    assert browse(who).get(FILE).status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(browse, concern):
    assert browse().get(FILE).status_code == 303


@pytest.mark.parametrize("path", ["1/files/2", "2/files/1", "1/files/0", f"1/files/{2**40}"])
def test_what_is_not_there_is_missing(path, browse, concern):
    assert browse("grace").get(f"/lambeth/concerns/{path}").status_code == 404


def test_what_is_held_back_is_as_if_it_were_not_there(browse, concern):
    run(Evidence.update({Evidence.state: "quarantined"}, force=True).run())
    assert browse("grace").get(FILE).status_code == 404


@pytest.mark.parametrize("hurt", ["cut", "changed", "gone"])
def test_a_copy_that_was_hurt_is_told_and_not_sent(hurt, browse, concern):
    [row] = kept()
    path = shelf.place(row.id, shelf.CLEAN)
    content = path.read_bytes()
    if hurt == "gone":
        path.unlink()
    else:
        path.write_bytes(content[:-100] if hurt == "cut" else content[:50] + b"!" + content[51:])
    answer = browse("grace").get(FILE)
    assert answer.status_code == 422
    assert "image" not in answer.headers["content-type"]
    assert run(Event.exists().where(Event.what == "concern.file_read").run()) is False
