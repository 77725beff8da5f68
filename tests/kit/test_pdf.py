"""What a PDF says: valid, the same every time, readable by a screen reader; bad ones are caught."""

import ast
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from datetime import datetime
from importlib.metadata import distribution, version
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from kit.proofs import (
    RECORD,
    TITLE,
    a_page,
    broken_rules,
    document,
    make,
    proof,
    tags,
    text,
)

from scrutiny.kit.glyphs import UNSEEN, covered, fonts, uncovered
from scrutiny.kit.pdf import Attached, Document, PdfFailed, Unprintable

SOURCE = Path(__file__).parents[2] / "src"
TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def made() -> bytes:
    return make(document())


# --- valid ---


@pytest.mark.parametrize("draft", [False, True])
def test_it_is_pdf_a_3a_and_pdf_ua_1(tmp_path, draft):
    assert broken_rules(make(document(draft=draft)), tmp_path) == []


def test_qpdf_finds_nothing_wrong(made, tmp_path):
    path = tmp_path / "made.pdf"
    path.write_bytes(made)
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    assert (done.returncode, "No syntax or stream encoding errors" in done.stdout) == (0, True)


def test_both_claims_can_be_read_without_unpacking(made):
    assert b'pdfuaid:part="1"' in made
    assert b'pdfaid:part="3"' in made
    assert b'pdfaid:conformance="A"' in made


# --- the same every time ---

ELSEWHERE = """
import hashlib, json, sys
from kit.proofs import document, make
made = [hashlib.sha256(make(document(draft=draft))).hexdigest() for draft in (False, True)]
heavy = sorted({"weasyprint", "pydyf", "fontTools", "tinycss2"} & set(sys.modules))
print(json.dumps([made, heavy]))
"""


def test_same_document_same_bytes_in_any_process(made, tmp_path):
    told = {
        **os.environ,
        "PYTHONPATH": f"{SOURCE}{os.pathsep}{TESTS}",
        "PYTHONHASHSEED": "42",
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "SOURCE_DATE_EPOCH": "1",
        "SCRUTINY_PDF_FONTS": str(fonts()),
    }
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], cwd=tmp_path, env=told, capture_output=True, check=True
    )
    here = [hashlib.sha256(made), hashlib.sha256(make(document(draft=True)))]
    bytes_there, heavy_there = json.loads(done.stdout)
    assert bytes_there == [digest.hexdigest() for digest in here]
    assert heavy_there == [], "the asking process must stay small"


def test_other_documents_in_between_change_nothing(made):
    make(a_page("<p>Another.</p>"))
    make(document(draft=True, language="cy"))
    assert make(document()) == made


def test_the_time_is_the_documents_own(made):
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert str(opened.docinfo["/CreationDate"]) == "D:20260108193000Z"
    with pytest.raises(ValueError, match="time zone"):
        document(created=datetime(2026, 1, 8))  # noqa: DTZ001


# --- what a reader is told ---


def test_title_language_and_bookmarks(made):
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert str(opened.docinfo["/Title"]) == TITLE
        assert str(opened.Root.Lang) == "en-GB"
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        with opened.open_outline() as outline:
            (top,) = outline.root
            assert top.title == TITLE
            assert [below.title for below in top.children] == [
                "Contents",
                "Who was there",
                "1. Body-worn video sample",
                "2. Body-worn video sample",
                "What the force answered since last time",
                "Is this the published version?",
            ]


def test_headings_are_tagged_with_their_level(made):
    kinds = [tag.kind for tag in tags(made)]
    assert [kinds.count(kind) for kind in ("/H1", "/H2", "/H3", "/H4")] == [1, 6, 2, 0]


def test_header_cells_say_what_they_head(made):
    scopes = [tag.scope for tag in tags(made) if tag.kind == "/TH"]
    rows = 3 + 3 + 2 * 10  # facts, attendance, cases
    assert scopes.count("/Row") == rows
    assert scopes.count("/Column") == len(scopes) - rows >= 3 + 2 * 3  # heads repeat on new pages


def test_a_passage_in_another_language_says_so(made):
    assert {tag.language for tag in tags(made)} == {"", "cy"}


def test_pages_are_numbered_and_running_lines_are_not_read_aloud(made):
    with pikepdf.open(io.BytesIO(made)) as opened:
        pages = len(opened.pages)
        drawn = [page.Contents.read_bytes() for page in opened.pages]
    assert pages >= 3
    each = text(made).split("\f")[:pages]
    assert all(f"Page {n} of {pages}" in words for n, words in enumerate(each, 1))
    assert all(TITLE in " ".join(words.split()) for words in each)
    paging = rb"/Artifact\s+<</Type /Pagination>>\s+BDC"
    assert [len(re.findall(paging, content)) for content in drawn] == [2] + [3] * (pages - 1)


def test_the_record_inside_is_the_record(made):
    with pikepdf.open(io.BytesIO(made)) as opened:
        (inside,) = opened.attachments.values()
        assert (inside.filename, inside.description) == ("minutes.json", "These minutes as data")
        assert inside.get_file().read_bytes() == RECORD
        assert inside.get_file().mime_type == "application/json"
        assert opened.Root.AF[0].AFRelationship == "/Data"


def test_the_media_type_is_the_one_given_not_guessed_from_the_name(tmp_path):
    wanted = document(attachments=(Attached("data", "text/csv", "Figures", b"a,b\n"),))
    made = make(wanted)
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert opened.attachments["data"].get_file().mime_type == "text/csv"
    assert broken_rules(made, tmp_path) == []


def test_a_draft_is_marked_on_every_page_in_its_language(made):
    english, welsh = (make(document(draft=True, language=code)) for code in ("en-GB", "cy"))
    assert len({made, english, welsh}) == 3
    assert text(english) == text(made), "the mark is a picture, not words to be read aloud"


# --- bad documents are caught ---


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (' alt="Square code that opens the page to check this copy"', "", "no required alt"),
        ('alt="Square code that opens the page to check this copy"', 'alt=""', "no required alt"),
        ("image/svg+xml,%3Csvg", "image/svg+xml,%3Cnope", "Failed to load image"),
        ("nine\nof the ten", "nine 🚓 அ", "“அ” .tamil letter a., “🚓” .police car."),
        ("nine\nof the ten", "nine &#x1F693;", "police car"),
        ("nine\nof the ten", "nine \x0b", r"U\+000B"),
        ("<body>", "<body><style>h2::before{content:'\\1F693'}</style>", "notdef glyph"),
    ],
)
def test_the_press_refuses(old, new, why):
    html = proof()
    assert old in html
    with pytest.raises(PdfFailed, match=why):
        make(document(html.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("<h3>Cases looked at</h3>", "<h4>Cases looked at</h4>", "HEADING"),
        ("</h1>", "</h1><h5>x</h5>", "HEADING"),
        ("</table>", "<tr><td>x</td></tr></table>", "TABLE"),
        (
            "</section>",
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9"'
            ' height="9"/></svg></section>',
            "ALT",
        ),
    ],
)
def test_the_validators_see(old, new, rule, tmp_path):
    html = proof(parts=1)
    assert old in html
    found = broken_rules(make(document(html.replace(old, new))), tmp_path)
    assert any(rule in name for name in found), found


def test_the_validators_see_a_missing_title_and_the_press_a_missing_language(tmp_path):
    assert any("TITLE" in name for name in broken_rules(make(document(title="")), tmp_path))
    with pytest.raises(PdfFailed, match="lang"):
        make(document(language=""))


# --- letters ---


def test_the_letters_known_are_those_in_the_fonts():
    theirs = [set(TTFont(path).getBestCmap()) for path in fonts().glob("*.ttf")]
    assert covered(fonts()) == set().union(*theirs)


def test_uncovered():
    assert uncovered("Siân Llŷr O’Neill £5 – ☐☑✓→≥ Łukasz\u00a0\u200bé\n") == set()
    assert uncovered("a🚓b\u0600\u2028") == {"🚓", "\u0600", "\u2028"}


def test_what_leaves_no_mark_needs_no_glyph(tmp_path):
    marks = "".join(f"<p>a{chr(code)}b</p>" for code in sorted(UNSEEN))
    assert broken_rules(make(a_page(marks)), tmp_path) == []


def test_missing_fonts_are_named(monkeypatch, tmp_path):
    monkeypatch.setenv("SCRUTINY_PDF_FONTS", str(tmp_path))
    with pytest.raises(PdfFailed, match=f"no fonts for PDFs in {tmp_path}. Build the assets"):
        make(document())


def test_unprintable_is_a_failure_with_a_sentence():
    with pytest.raises(Unprintable, match=r"cannot be printed: “🚓” .* Please write them"):
        make(a_page("🚓"))
    assert isinstance(a_page(""), Document)


# --- the private function that kit/pdf_tags.py wraps ---


def test_weasyprints_private_function_is_the_one_we_read():
    """When this fails: read the new function, try without the wrapper, then mend this line."""
    tree = distribution("weasyprint").locate_file("weasyprint/pdf/tags.py")
    source = Path(tree).read_text()
    (function,) = (
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name == "_build_box_tree"
    )
    read = hashlib.sha256(ast.get_source_segment(source, function).encode()).hexdigest()
    assert (version("weasyprint").split(".")[0], read[:16]) == ("70", "e8338d00c41d15e4")
