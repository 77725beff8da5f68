"""What becomes of a file: cleaned or printed as a PDF, or refused with a sentence."""

import io
import subprocess

import pytest
from concerns.evidence.media import CANARY, docx, odt, photo, png
from conftest import run
from kit.proofs import broken_rules, text

from agendas.papers import files
from agendas.papers.steps import file
from scrutiny.agendas.papers import documents, shelf, washing
from scrutiny.agendas.papers.rules import MOST_PAGES, REFUSED
from scrutiny.concerns.evidence import sealed
from scrutiny.concerns.evidence.kinds import Refused
from scrutiny.kit.seal import unwrap


def read(made) -> bytes:
    key = unwrap(made.key, shelf.key_context(made.file))
    return b"".join(sealed.read(shelf.place(made.file), key, shelf.context(made.file)))


def wash(content: bytes, name: str = "paper.pdf", title: str = "The figures"):
    """The PDF that is handed out, and how it was taken."""
    made = run(file(content, title, name))
    return (read(made) if not made.why else b""), made


def check(content: bytes, folder) -> str:
    path = folder / "made.pdf"
    path.write_bytes(content)
    return subprocess.run(["qpdf", "--check", path], capture_output=True, text=True).stdout


def test_a_plain_pdf_comes_through_whole(tmp_path):
    made, kept = wash(files.pdf(3, "Stop figures"))
    assert (kept.pages, kept.size) == (3, len(made))
    assert "Stop figures 3" in text(made)
    assert "No syntax or stream encoding errors" in check(made, tmp_path)


def test_it_says_its_title_and_nothing_of_its_author():
    made, _ = wash(files.talkative())
    with files.opened(made) as pdf:
        assert {key: str(said) for key, said in pdf.docinfo.items()} == {"/Title": "The figures"}
        assert pdf.open_metadata()["dc:title"] == "The figures"
        assert str(pdf.Root.Lang) == "en-GB"
        unpacked = io.BytesIO()
        pdf.save(unpacked, compress_streams=False, object_stream_mode=0)
    assert CANARY.encode() not in made + unpacked.getvalue()
    assert b"tracker.test" not in unpacked.getvalue()


def test_links_within_it_and_bookmarks_stay():
    made, _ = wash(files.talkative())
    with files.opened(made) as pdf:
        (link,) = pdf.pages[0].obj.Annots
        assert link.Dest[0].objgen == pdf.pages[1].obj.objgen
        with pdf.open_outline() as outline:
            assert [one.title for one in outline.root] == ["The second page"]
        assert not pdf.attachments


def test_what_was_filled_in_is_still_read():
    made, _ = wash(files.filled_in())
    assert "Larkspur" in text(made)
    with files.opened(made) as pdf:
        assert "/AcroForm" not in pdf.Root


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (files.acting(), "a.pdf", "acts"),
        (files.launching(), "a.pdf", "acts"),
        (files.portfolio(), "a.pdf", "encloses"),
        (files.locked("secret"), "a.pdf", "locked"),
        (files.locked(), "a.pdf", "locked"),
        (files.pdf()[:300], "a.pdf", "damaged"),
        (files.pdf(MOST_PAGES + 1), "a.pdf", "pages"),
        (docx(), "a.docx", "office"),
        (odt(), "a.odt", "office"),
        (b"\x7fELF" + bytes(500), "a.pdf", "kind"),
        (b"GIF89a" + bytes(100), "a.gif", "kind"),
    ],
)
def test_what_is_refused(content, name, why):
    made, kept = wash(content, name)
    assert (kept.why, made) == (why, b"")
    assert why in REFUSED
    assert list(shelf.lying()) == []


@pytest.mark.parametrize("content", [photo((900, 700)), png()])
def test_a_picture_is_printed_without_what_it_says(content, tmp_path):
    made, kept = wash(content, "photo.jpg")
    assert kept.pages == 1
    assert CANARY.encode() not in made
    assert broken_rules(made, tmp_path) == []


def test_markdown_is_printed_as_it_is_meant(tmp_path):
    made, kept = wash(b"# Findings\n\nSome *words*.\n\n- one\n- two\n", "notes.md")
    assert broken_rules(made, tmp_path) == []
    assert "Findings" in text(made) and "# Findings" not in text(made)
    assert kept.pages == 1


def test_plain_text_keeps_its_lines(tmp_path):
    made, _ = wash(b"Dear all,\nfirst line\n\n* not a list", "notes.txt")
    assert broken_rules(made, tmp_path) == []
    said = text(made)
    assert "Dear all,\n" in said and "* not a list" in said


def test_letters_that_cannot_be_printed_are_a_sentence():
    assert wash("அ".encode(), "notes.txt")[1].why == "letters"


def test_it_lies_sealed_on_the_disk():
    made, kept = wash(files.pdf(1, "Kittiwake"))
    ((_, path),) = shelf.lying()
    lying = path.read_bytes()
    assert b"%PDF" in made and b"%PDF" not in lying and b"Kittiwake" not in lying
    assert kept.sha256 and len(lying) > kept.size


def test_the_washer_opens_nothing_of_ours(tmp_path):
    """A file that gets hold of the washer still finds no files and no network."""
    trial = "import sys\nfrom scrutiny.concerns.evidence.cleaner import narrow\nnarrow()\n" + (
        f"open({str(tmp_path / 'secret')!r})"
    )
    (tmp_path / "secret").write_text("x")
    done = subprocess.run(
        [*washing.WASHER[:2], "-c", trial],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(washing.SOURCE)},
    )
    assert "PermissionError" in done.stderr


def test_one_that_nests_too_deep_is_refused():
    new = files.opened(files.pdf())
    deep = inner = files.Dictionary()
    for _ in range(80):
        inner.K = files.Dictionary()
        inner = inner.K
    new.Root.StructTreeRoot = deep
    with pytest.raises(Refused):
        documents.clean(io.BytesIO(files.saved(new)), io.BytesIO(), "x")
