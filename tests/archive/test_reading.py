"""What is read of a file, what its clean copy leaves out, and which files are refused."""

import asyncio
import io
import time

import docx
import pikepdf
import pytest
from agendas.papers import files as papers
from concerns.evidence.media import CANARY, odt
from conftest import run
from kit.proofs import text as words_in

from archive import files
from archive.steps import reading
from scrutiny.archive import queries, shelf, structure
from scrutiny.kit.settings import settings


def copy(made) -> bytes:
    return b"".join(queries.copy_of(made))


def sent(made) -> bytes:
    return b"".join(queries.sent_of(made))


def test_a_pdf_gives_its_day_its_title_and_its_parts():
    made = run(reading(files.minutes_pdf()))
    assert (made.why, made.kind, made.found) == ("", "pdf", "")
    assert made.day.isoformat() == "2019-03-14"
    assert made.title.startswith("Minutes of the meeting held on Thursday 14th March 2019")
    for line in (
        "## Harrow Vale Scrutiny Panel",
        "### 1. Welcome",
        "- Amara Okafor (Chair)",
        "- Chidi Eze",
        "**Action 1:** Inspector Walsh to send the figures by borough.",
    ):
        assert line in made.text, made.text  # fmt: skip
    paragraph = next(one for one in made.text.split("\n\n") if one.startswith("The chair welc"))
    assert paragraph.endswith("held in the evening.")
    letters = "".join(filter(str.isalpha, words_in(copy(made))))
    assert "".join(filter(str.isalpha, made.words)) == letters, "the words are those of the file"
    assert structure.counted(made.text) | {"headings": 0} == {
        "headings": 0, "items": 2, "people": 3, "actions": 1,
    }  # fmt: skip


def test_word_gives_its_headings_lists_and_tables():
    made = run(reading(files.minutes_docx(), "old.docx"))
    assert (made.why, made.kind, made.found) == ("", "docx", "")
    assert made.day.isoformat() == "2019-03-14"
    assert "## Harrow Vale Scrutiny Panel" in made.text and "### Present" in made.text
    assert "- Amara Okafor (Chair)\n- Bilal Hussain" in made.text
    assert "| Month | Searches |\n| --- | --- |\n| March | 12 |" in made.text
    assert r"The force showed \*its\* figures." in made.text
    assert "**Action:** send the figures by borough." in made.text
    assert "Footer words" in made.words, "the guard reads what a reader of the file reads"
    again = run(reading(files.minutes_docx(), "old.docx"))
    assert copy(made) == copy(again)
    lying = [path.read_bytes() for _, path in shelf.lying()]
    assert len(lying) == 4 and not any(b"PK" in one[:64] for one in lying), "sealed"
    assert sent(made)[:2] == b"PK"
    made.drop()
    assert len(list(shelf.lying())) == 2


def test_the_copy_of_a_pdf_does_not_say_who_wrote_it():
    made = run(reading(papers.talkative()))
    assert made.why == "" and papers.CANARY.encode() not in copy(made)
    with pikepdf.open(io.BytesIO(copy(made))) as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title"} and not pdf.attachments
    assert papers.CANARY.encode() in sent(made), "the sealed one is as it was sent"


def test_the_copy_of_a_word_file_does_not_say_who_wrote_it():
    made = run(reading(files.minutes_docx(files.with_links), "old.docx"))
    parts = files.parts_of(copy(made))
    whole = b"".join(parts.values())
    assert files.CANARY.encode() not in whole and b"tracker.test" not in whole
    assert not any(name.startswith(("docProps", "customXml")) for name in parts)
    assert made.found == "links" and "See our site" in made.text
    assert "Footer words" in words_of_copy(made)


def words_of_copy(made) -> str:
    return "".join(part.decode() for name, part in files.parts_of(copy(made)).items())


def test_pictures_stay_without_what_they_say():
    made = run(reading(files.minutes_docx(files.with_pictures), "old.docx"))
    parts = files.parts_of(copy(made))
    pictures = [name for name in parts if name.startswith("word/media")]
    assert made.found == "pictures tracked" and len(pictures) == 2, "the struck one is gone"
    assert CANARY.encode() not in b"".join(parts.values())
    assert parts["word/document.xml"].count(b"<w:drawing") == 2
    assert len(docx.Document(io.BytesIO(copy(made))).inline_shapes) == 2


@pytest.mark.parametrize(
    ("change", "found", "stays", "goes"),
    [
        (files.with_changes, "tracked", "It was agreed", "Struckword"),
        (files.with_comment, "comments", "It was noted.", "Commentword"),
        (files.with_hidden, "hidden", "Seen.", "Hiddenword"),
    ],
)
def test_what_word_hides_is_said_and_left_out(change, found, stays, goes):
    made = run(reading(files.minutes_docx(change), "old.docx"))
    assert found in made.found.split()
    assert stays in made.text and goes not in made.text + made.words
    whole = words_of_copy(made)
    assert goes not in whole and files.CANARY not in whole


def test_a_scan_is_said_plainly_and_its_day_may_be_in_its_name():
    made = run(reading(files.scan(), "Minutes 14-03-2019 signed.pdf"))
    assert (made.why, made.found, made.text) == ("", "scan", "")
    assert made.day.isoformat() == "2019-03-14"
    assert files.CANARY.encode() not in copy(made)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (files.locked(), "locked"),
        (files.with_macros(), "acts"),
        (files.bomb(), "large_inside"),
        (papers.acting(), "acts"),
        (papers.pdf()[:300], "damaged"),
        (files.minutes_docx()[:2000], "damaged"),
        (b"Minutes of the meeting", "kind"),
        (odt(), "kind"),
    ],
)
def test_what_is_refused_leaves_nothing(content, why):
    made = run(reading(content, "minutes.pdf"))
    assert made.why in (why, "kind" if why == "damaged" else why)
    assert list(shelf.lying()) == []


def test_it_is_not_kept_while_the_scanner_is_away(monkeypatch):
    there = settings().__class__(**{**settings().__dict__, "clamd": "/nowhere/clamd.ctl"})
    monkeypatch.setattr("scrutiny.archive.reading.settings", lambda: there)
    assert run(reading(files.minutes_docx())).why == "unscanned"
    assert list(shelf.lying()) == []


def test_reading_goes_on_beside_the_loop():
    """While a file is read the loop turns: what waits for it is not kept waiting."""

    async def both() -> float:
        longest, task = 0.0, asyncio.create_task(reading(files.minutes_docx()))
        while not task.done():
            begun = time.monotonic()
            await asyncio.sleep(0.005)
            longest = max(longest, time.monotonic() - begun)
        return longest

    assert run(both()) < 0.3
