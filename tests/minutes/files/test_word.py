"""Minutes for Word: the words of the page, with headings, lists and tables that are Word's own."""

import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from itertools import pairwise

import pytest
from conftest import run
from docx import Document
from docx.oxml.ns import qn

from minutes import steps
from minutes.test_document import HELD, LONG, PANEL, minutes
from scrutiny.kit.errors import Unreadable
from scrutiny.kit.word import MEDIA_TYPE
from scrutiny.minutes import document
from scrutiny.minutes.parts import Discussed
from scrutiny.minutes.word import docx

PATHS = os.pathsep.join(path for path in sys.path if path)


def made(gathered=LONG, draft: bool = False) -> bytes:
    one = minutes(gathered)
    seal = document.seal_of(one, PANEL, HELD)
    return run(docx(document.document_of(one), draft, seal, created=one.approved))


def opened(content: bytes):
    return Document(io.BytesIO(content))


def said(content: bytes) -> str:
    """All words of the body in their order, in paragraphs and in cells."""
    body = opened(content).element.body
    return steps.words("".join(one.text or "" for one in body.iter(qn("w:t"))))


@pytest.fixture(scope="module")
def word() -> bytes:
    return made()


def test_it_says_what_the_page_says(word):
    strip = "Run by residents. Independent of the police and the council. Lambeth Scrutiny Panel"
    page = steps.page_words(f'<article class="minutes">{document.body(minutes(), PANEL, HELD)}'
                            "</article>")  # fmt: skip
    title = "Minutes of the meeting of 14 May 2026"
    assert said(word) == steps.words(strip + title) + page


def test_headings_are_headings(word):
    found = [
        (one.style.name, one.text) for one in opened(word).paragraphs if "Head" in one.style.name
    ]
    assert found[0] == ("Heading 1", "Minutes of the meeting of 14 May 2026")
    assert ("Heading 2", "Who was there") in found
    assert ("Heading 3", "2.1 Video") in found
    levels = [int(style[-1]) for style, _ in found]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_header_rows_of_tables_are_marked_and_tables_named(word):
    tables = opened(word).tables
    heads = [bool(one.rows[0]._tr.findall(f".//{qn('w:tblHeader')}")) for one in tables]
    names = [one._tbl.tblPr.find(qn("w:tblCaption")) for one in tables]
    assert heads == [False, True, True, True, True]
    told = [None if one is None else one.get(qn("w:val")) for one in names]
    assert told == ["About this meeting", "In the room", "Apologies", None, "Cases on the agenda"]
    assert [cell.text for cell in tables[1].rows[0].cells][:2] == ["Name", "Seat"]
    assert [cell.text for cell in tables[3].rows[1].cells] == ["7", "5"]


def test_lists_count_from_one_each_time():
    notes = "1. One\n2. Two\n   - Deep\n\nBetween.\n\n1. Again"
    paragraphs = opened(made(replace(LONG, items=[Discussed("Lists", notes)]))).paragraphs
    numbered = [one for one in paragraphs if one.style.name == "List Number"]
    assert [one.text for one in numbered] == ["One", "Two", "Again"]
    lists = [one._p.pPr.numPr.numId.val for one in numbered]
    assert lists[0] == lists[1] != lists[2]
    assert [one.text for one in paragraphs if one.style.name == "List Bullet 2"] == ["Deep"]


def test_language_title_and_who_made_it(word):
    about = opened(word)
    assert {one.get(qn("w:val")) for one in about.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    facts = about.core_properties
    assert (facts.title, facts.language) == ("Minutes of the meeting of 14 May 2026", "en-GB")
    assert (facts.author, facts.comments) == ("Lambeth Scrutiny Panel", "")
    assert f"{facts.created:%Y-%m-%d %H:%M}" == "2026-05-20 18:00"
    footer = about.sections[0].footer.paragraphs[0]
    fields = [one.get(qn("w:instr")) for one in footer._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "Lambeth Scrutiny Panel" in footer.text


def test_a_draft_says_so_on_every_page():
    header = opened(made(draft=True)).sections[0].header.paragraphs[0]
    assert header.text.startswith("DRAFT: Minutes of")
    assert 'string="DRAFT"' in header._p.xml
    assert "DRAFT" not in opened(made()).sections[0].header.paragraphs[0]._p.xml


def test_the_same_minutes_give_the_same_bytes_anywhere(word, tmp_path):
    one = minutes()
    order = document.paper(
        document.document_of(one), document.seal_of(one, PANEL, HELD),
        draft=False, created=one.approved, square=False,
    ).order()  # fmt: skip
    told = {"PYTHONPATH": PATHS, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    command = [sys.executable, "-m", "scrutiny.kit.typist"]
    done = subprocess.run(command, env=told, cwd=tmp_path, input=order, capture_output=True)
    assert done.stdout == b"+" + word, done.stderr
    with zipfile.ZipFile(io.BytesIO(word)) as pack:
        assert {one.date_time for one in pack.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert pack.namelist()[0] == "[Content_Types].xml"
        assert not [name for name in pack.namelist() if "thumbnail" in name]


def test_the_web_process_never_loads_what_makes_it():
    """Nor what prints and what signs: each is some ten megabytes and a third of a second."""
    heavy = "{'docx', 'lxml.html', 'pyhanko', 'weasyprint'}"
    script = f"import sys, scrutiny.app; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": PATHS},
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_what_people_typed_is_words():
    typed = "<script>alert(1)</script> & <b>bold</b> {{ 7 * 7 }} \x0b 🚓 &#x0;"
    content = made(replace(LONG, venue=typed, items=[Discussed(typed, typed)]))
    found = " ".join(said(content).split())
    assert "<script>alert(1)</script>&<b>bold</b>{{7*7}}" in found
    assert "🚓" in found
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        links = pack.read("word/_rels/document.xml.rels").decode()
    assert not re.search(r'Target="(?!https?:|mailto:)[^"]*" TargetMode="External"', links)


def test_what_is_too_much_is_told_in_a_sentence():
    deep = "> " * 5_000 + "x"
    try:
        assert made(replace(LONG, items=[Discussed("Deep", deep)]))
    except Unreadable as why:
        assert str(why).startswith("These minutes could not be written for Word. ")


# --- on the site ---


def test_everybody_gets_published_minutes_for_word(browse, cast):
    row = run(steps.published(cast))
    page = browse().get(steps.home(row)).text
    assert f'href="{steps.home(row)}.docx?edition=1"' in page
    reply = browse().get(f"{steps.home(row)}.docx?edition=1")
    assert (reply.status_code, reply.headers["content-type"]) == (200, MEDIA_TYPE)
    assert "lambeth-minutes-" in reply.headers["content-disposition"]
    assert reply.headers["content-disposition"].endswith('-edition-1.docx"')
    assert steps.page_words(page) in said(reply.content)
    assert browse().get(f"{steps.home(row)}.docx?edition=2").status_code == 404


def test_the_panel_gets_a_draft_for_word(browse, cast):
    row = run(steps.drafted(cast))
    page = browse("bilal").get(f"{steps.home(row)}/draft").text
    assert f'href="{steps.home(row)}/draft.docx"' in page
    reply = browse("bilal").get(f"{steps.home(row)}/draft.docx")
    assert (reply.status_code, reply.headers["content-type"]) == (200, MEDIA_TYPE)
    assert steps.words("DRAFT – not yet approved") in said(reply.content)
    for name, status in (("", 303), ("dev", 404)):
        assert browse(name).get(f"{steps.home(row)}/draft.docx").status_code == status
    assert browse().get(f"{steps.home(row)}.docx").status_code == 404
