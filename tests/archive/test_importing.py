"""Files sent by the secretariat: each for itself, read, and kept as a draft."""

from agendas.papers import files as papers
from conftest import run

from archive import files, steps
from archive.steps import IMPORT, send
from scrutiny.archive import rounds, shelf
from scrutiny.archive.receiving import MOST_BYTES
from scrutiny.archive.tables import OldMinutes
from scrutiny.kit.clock import today


def kept() -> list[OldMinutes]:
    return run(OldMinutes.objects().order_by(OldMinutes.id).run())


def test_each_file_has_its_own_line(browse, cast):
    sent = (("a.docx", files.minutes_docx()), ("scan.pdf", files.scan()), ("b.txt", b"words"),
            ("c.pdf", files.locked()))  # fmt: skip
    answer = send(browse("grace"), *sent)
    assert answer.status_code == 200
    for words in ("a.docx", "Check it now.", "No text could be read", "This is no PDF",
                  "This file has a password"):  # fmt: skip
        assert words in answer.text
    word, scan = kept()
    assert (word.kind, word.name, word.stage, word.found) == ("docx", "a.docx", "draft", "")
    assert (scan.kind, scan.found, scan.text, scan.pages) == ("pdf", "scan", "", 1)
    assert word.day.isoformat() == "2019-03-14" and "Search figures" in word.text
    assert run(steps.events(word)) == [("archive.imported", False)]
    assert len(list(shelf.lying())) == 4


def test_the_same_file_is_imported_once(browse, cast):
    content = files.minutes_docx()
    assert send(browse("grace"), ("a.docx", content)).status_code == 200
    again = send(browse("grace"), ("other name.docx", content))
    assert "This file was imported before." in again.text
    assert len(kept()) == 1 and len(list(shelf.lying())) == 2


def test_it_asks_for_a_file_and_keeps_none_that_is_too_large(browse, cast):
    answer = send(browse("grace"))
    assert answer.status_code == 422 and "Choose one file or more." in answer.text
    answer = send(browse("grace"), ("big.pdf", papers.pdf() + bytes(MOST_BYTES)), ("e.pdf", b""))
    assert answer.status_code == 422
    assert "larger than 25 MB" in answer.text and "This file is empty." in answer.text
    assert kept() == [] and list(shelf.lying()) == []


def test_it_is_for_the_secretariat_of_this_panel_alone(browse, cast):
    for name, status in (("amara", 403), ("hana", 403), ("claire", 403), ("ruth", 404)):
        assert browse(name).get(IMPORT).status_code == status
        assert send(browse(name), ("a.pdf", papers.pdf())).status_code == status
    assert send(browse("grace"), ("a.pdf", papers.pdf()), token="wrong").status_code == 403
    assert kept() == []


def test_a_torn_form_is_refused(browse, cast):
    browser = browse("grace")
    answer = browser._ask("POST", IMPORT, content=b"--x\r\nnothing",
                          headers={"content-type": "multipart/form-data; boundary=x"})  # fmt: skip
    assert answer.status_code in (400, 403, 422)


def test_files_without_a_row_leave_the_disk(cast, monkeypatch):
    run(steps.imported(cast))
    steps.quick()
    assert run(rounds.sweep(today())) == 0, "its row may be about to be written"
    monkeypatch.setattr(shelf, "IN_THE_MAKING", -1.0)
    assert run(rounds.sweep(today())) == 2 and len(list(shelf.lying())) == 2
