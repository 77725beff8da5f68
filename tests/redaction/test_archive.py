"""Old minutes are redacted: their words, their file, their data, and what the ledger knows."""

import io

import docx
import pytest
from agendas.papers import files
from archive import steps as old
from conftest import HOME, run
from seeking import holds, in_database_file, in_tables, on_disk

from redaction import steps
from redaction.steps import CANARY
from scrutiny.archive import shelf as archive_shelf
from scrutiny.ledger.tables import Entry

HERE = "/lambeth/archive/2019-03-14-1"
TEXT = f"## 1. Search figures\n\n**King**fisher marma&shy;lade and {CANARY.upper()} spoke."
TITLE = f"Minutes of 14 March 2019 with {CANARY}"


def word_file() -> bytes:
    made, document = io.BytesIO(), docx.Document()
    document.add_heading("Minutes", 1)
    for line in range(6):
        document.add_paragraph(f"{CANARY} spoke to the panel for the time number {line}.")
    document.save(made)
    return made.getvalue()


def published(cast, content: bytes, name: str, **changes):
    read = run(old.reading(content, name))
    assert not read.why, read.why
    return run(old.published(cast, read, text=TEXT, title=TITLE, **changes))


FILES = [("pdf", steps.secret_pdf), ("docx", word_file)]


@pytest.mark.parametrize(("kind", "made"), FILES)
def test_they_are_nowhere_any_more(browse, cast, kind, made):
    row = published(cast, made(), f"{CANARY}.{kind}")
    assert holds(browse().get(f"{HERE}.{kind}").content, CANARY)
    assert CANARY in browse().get(HERE).text

    box = steps.SQUARE if kind == "pdf" else {}
    sent = steps.filled(**box, then="offer", original="erase")
    assert browse("grace").post(steps.at("archive", row), sent).status_code == 303
    assert CANARY in browse().get(HERE).text  # until somebody else agrees
    assert steps.agree(browse, "archive", row, "amara").status_code == 303

    page = browse().get(HERE).text
    assert "Redacted on" in page and "[taken out: personal data]" in page and "spoke." in page
    file = browse().get(f"{HERE}.{kind}")
    if kind == "pdf":
        assert "[taken out: personal data] spoke on page 2" in files.text(file.content)
        assert [steps.reddish(one) for one in steps.pictures(file.content)] == [0, 0]
    else:
        assert file.status_code == 404  # its words alone are published
    around = ("", ".json", ".pdf", ".docx")
    for path in (*(HERE + more for more in around), "/lambeth/archive", "/ledger", "/ledger.json",
                 "/lambeth", "/ledger.atom"):  # fmt: skip
        assert not holds(browse().get(path).content, CANARY), path
    assert run(in_tables(CANARY)) == []
    assert in_database_file(CANARY) == []
    assert on_disk(HOME, CANARY) == []
    suffixes = [path.suffix for _, path in archive_shelf.lying()]
    assert suffixes == ([".m"] if kind == "pdf" else [])
    data = browse().get(f"{HERE}.json").json()
    assert data["redacted"]["reason"] == "personal data"
    kinds = [one["kind"] for one in run(Entry.select().order_by(Entry.seq).run())]
    told = 2 if kind == "pdf" else 1
    assert kinds == ["archive"] * 2 + ["withdrawal"] * 2 + ["archive"] * told


def test_what_was_sent_is_kept_sealed_where_that_is_asked(browse, cast):
    row = published(cast, steps.secret_pdf(), "old.pdf")
    run(steps.ready(cast, "archive", row))
    assert steps.agree(browse, "archive", row).status_code == 303
    path = f"/lambeth/archive/drafts/{row.id}/original"
    assert holds(browse("hana").get(path).content, CANARY)
    assert browse("amara").get(path).status_code == 403
    assert browse().get(path).status_code != 200


def test_only_what_is_published(browse, cast):
    row = run(old.offered(cast))
    assert browse("grace").get(steps.at("archive", row)).status_code == 409
    assert browse("grace").get("/lambeth/redactions/archive-x").status_code == 404
    assert browse("grace").get("/lambeth/redactions/other-1").status_code == 404
