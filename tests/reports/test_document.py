"""The report on paper and as a page: the same words, valid, with headings and header cells."""

import html
import io
import re
from html.parser import HTMLParser

import pikepdf
import pytest
from cast import seat_everybody
from conftest import run
from kit.proofs import broken_rules, tags
from minutes.steps import paper_words, words

from reports import steps
from reports.steps import HOME, YEAR
from scrutiny.people.queries import panel
from scrutiny.reports import actions
from scrutiny.reports.document import printed


@pytest.fixture(scope="module")
def made(empty_tables):
    """A published report of a full year."""
    empty_tables()
    cast = run(seat_everybody())
    run(steps.happen(cast))
    run(steps.begun(cast))
    run(steps.written(cast))
    run(actions.approve(YEAR.name, by=cast.seats["amara"]))
    run(actions.publish(YEAR.name, by=cast.seats["grace"]))
    return run(steps.stored())


def test_valid_as_an_archive_and_for_screen_readers(made, tmp_path):
    assert broken_rules(bytes(made.pdf), tmp_path) == []


def test_a_draft_is_valid_too_and_carries_no_data(made, tmp_path):
    lambeth = run(panel("lambeth"))
    draft = run(printed(made, lambeth, draft=True))
    assert broken_rules(draft, tmp_path) == []
    with pikepdf.open(io.BytesIO(draft)) as opened:
        assert len(opened.attachments) == 0


def test_the_same_report_gives_the_same_bytes(made):
    lambeth = run(panel("lambeth"))
    first, second = (run(printed(made, lambeth, head="scrutiny-head 1")) for _ in range(2))
    assert first == second


def test_title_language_bookmarks_and_the_data_inside(made):
    with pikepdf.open(io.BytesIO(bytes(made.pdf))) as opened:
        title = f"Annual report of Lambeth Scrutiny Panel, {YEAR.name}"
        assert str(opened.docinfo["/Title"]) == title
        assert str(opened.Root.Lang) == "en-GB"
        inside = opened.attachments[f"lambeth-annual-report-{YEAR.name}.json"]
        assert inside.get_file().read_bytes() == made.document.encode()
        with opened.open_outline() as outline:
            below = [one.title for one in outline.root[0].children]
    assert below[:3] == ["Foreword by the chair", "Who we are", "Our meetings"]
    assert below[-4:] == ["What we learned", "What we will do", "Thanks", "Approval"]


def test_every_table_on_paper_has_header_cells(made):
    found = tags(bytes(made.pdf))
    kinds = [tag.kind for tag in found]
    assert kinds.count("/Table") >= kinds.count("/Caption") == 18  # one may go over a page
    assert {tag.scope for tag in found if tag.kind == "/TH"} == {"/Row", "/Column"}


def test_paper_says_what_the_page_says(made, browse_once):
    page = browse_once().get(HOME).text
    article = re.search(r'<article class="minutes".*?</article>', page, re.DOTALL)[0]
    paper = paper_words(bytes(made.pdf))
    told = [words(html.unescape(one)) for one in re.split(r"<[^>]*>", article)]
    assert len([one for one in told if one]) > 200
    assert [one for one in told if one not in paper] == []


class Outline(HTMLParser):
    """Heading levels, and what is wrong with the tables of a page."""

    def __init__(self):
        super().__init__()
        self.levels: list[int] = []
        self.tables: list[set[str]] = []

    def handle_starttag(self, tag, attrs):
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        elif tag == "table":
            self.tables.append(set())
        elif tag in ("caption", "th") and self.tables:
            scope = dict(attrs).get("scope")
            self.tables[-1].add(f"{tag} {scope}" if tag == "th" else tag)


@pytest.mark.parametrize("place", ["", "/figures/asked", "/figures/concerns", "/figures/left"])
def test_headings_follow_each_other_and_tables_have_captions_and_headers(made, browse_once, place):
    page = browse_once().get(f"{HOME}{place}")
    assert page.status_code == 200
    outline = Outline()
    outline.feed(html.unescape(page.text.split("<main", 1)[1].split("</main>")[0]))
    assert outline.levels[0] == 1 and outline.levels.count(1) == 1
    steps_up = zip(outline.levels, outline.levels[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps_up)
    for table in outline.tables:
        assert "caption" in table and "th row" in table
    assert outline.tables or place == "/figures/left"


def test_each_number_on_paper_leads_to_the_list_of_this_edition(made):
    with pikepdf.open(io.BytesIO(bytes(made.pdf))) as opened:
        found = {
            str(note.A.URI)
            for page in opened.pages
            for note in page.get("/Annots", [])
            if "/A" in note and "/URI" in note.A
        }
    assert f"https://panel.test{HOME}/figures/asked?edition=1" in found
    assert "https://panel.test/lambeth/recommendations/1" in found
