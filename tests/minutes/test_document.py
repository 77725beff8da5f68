"""The PDF of minutes: valid, the same each time, the same words as the page, nothing fetched."""

import hashlib
import io
import subprocess
import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pikepdf
import pytest
from conftest import run
from kit.proofs import broken_rules, everything, tags, text

from minutes import steps
from minutes.test_rules import ASKED, CASE, MEETING
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import document
from scrutiny.minutes.parts import Asked, Decided, Discussed, Raised
from scrutiny.minutes.rules import canonical, fingerprint
from scrutiny.minutes.rules import document as document_from
from scrutiny.minutes.tables import Minutes
from scrutiny.people.tables import Panel

VOTE = Decided("Ask for a card.", "show_of_hands", "carried", {"for": 2, "against": 1}, 3, 2)
RECORDED = {
    "declared": ["B. H. declared an interest: My cousin was there. B. H. left the room."],
    "decided": [VOTE._replace(dissents=[("", "It is\ntoo soon."), ("B. H.", "No.")])],
    "raised": [Raised(3, "Send the figures", "Head of stop and search", date(2026, 6, 1))],
}
LONG = replace(
    MEETING,
    sittings=[one._replace(mode="online") for one in MEETING.sittings],
    raised=[Raised(4, "Book the hall", "Secretariat")],
    asked=[Asked(1, "A resident", "Why?\n\nAnd when?", "Soon."), Asked(2, "Nadia", "How?")],
    closed={"Personal information": 2},
    items=[
        Discussed("Welcome", "Hello from **Siân**.\n\n| Asked | Answered |\n|---|---|\n| 7 | 5 |"),
        *[Discussed(f"Searches {n}", steps.NOTES * 4) for n in range(5)],
        Discussed("Video", "# Heard\n\nA card.", None, "2.1", **RECORDED),
        *[Discussed(f"Case {n}", "Seen.", CASE._replace(number=n)) for n in range(8)],
    ],
    agreed=[ASKED, ASKED._replace(number=8, issued=None, due=None)],
    corrections=[(2, "A name was **left out**.")],
)
PANEL = Panel(slug="lambeth", name="Lambeth Scrutiny Panel", _ignore_missing=True)
HELD = Meeting(date=date(2026, 5, 14), public=True, _ignore_missing=True)


def minutes(gathered=LONG, edition: int = 2) -> Minutes:
    words = canonical(document_from(gathered, edition))
    return Minutes(
        _ignore_missing=True,
        edition=edition,
        stage="approved",
        document=words,
        approved=datetime(2026, 5, 20, 18, 0, tzinfo=UTC),
        approved_hash=fingerprint(words.encode()),
    )


def printed(of: Minutes, draft: bool = False) -> bytes:
    return run(document.printed(of, PANEL, HELD, draft=draft))


@pytest.fixture(scope="module")
def made() -> bytes:
    return printed(minutes())


@pytest.mark.parametrize("draft", [False, True])
def test_valid_as_an_archive_and_for_screen_readers(tmp_path, made, draft):
    assert broken_rules(printed(minutes(), draft=True) if draft else made, tmp_path) == []


def test_minutes_of_hardly_anything_are_valid_too(tmp_path):
    bare = replace(MEETING, sittings=[], items=[], agreed=[], next_date=None)
    one = minutes(bare, 1)
    one.approved, one.approved_hash = None, ""
    assert broken_rules(printed(one, draft=True), tmp_path) == []


def test_qpdf_finds_nothing_wrong(made, tmp_path):
    path = tmp_path / "made.pdf"
    path.write_bytes(made)
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    assert (done.returncode, "No syntax or stream encoding errors" in done.stdout) == (0, True)


def test_the_same_minutes_give_the_same_bytes(made):
    assert printed(minutes()) == made


def test_title_language_bookmarks_and_time(made):
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert str(opened.docinfo["/Title"]) == "Minutes of the meeting of 14 May 2026"
        assert str(opened.docinfo["/CreationDate"]) == "D:20260520180000Z"
        assert str(opened.Root.Lang) == "en-GB"
        with opened.open_outline() as outline:
            (top,) = outline.root
            below = [one.title for one in top.children]
        assert below[:4] == [
            "What has been corrected",
            "Who was there",
            "1. Welcome",
            "2. Searches 0",
        ]
        assert below[-5:] == [
            "Cases looked at",
            "What the meeting agreed to ask of the police",
            "Closed items",
            "Next meeting",
            "Approval",
        ]


def test_headings_header_cells_and_page_numbers(made):
    found = tags(made)
    kinds = [tag.kind for tag in found]
    assert (kinds.count("/H1"), kinds.count("/H4")) == (1, 1)
    assert kinds.count("/H2") == 2 + 14 + 2 + 5
    scopes = [tag.scope for tag in found if tag.kind == "/TH"]
    assert set(scopes) == {"/Row", "/Column"}
    assert scopes.count("/Row") == 8 + 5 + 8  # facts, people, cases
    pages = text(made).split("\f")[:-1]
    assert len(pages) >= 3
    assert all(f"Page {n} of {len(pages)}" in page for n, page in enumerate(pages, start=1))


def test_the_data_inside_is_what_was_approved(made):
    with pikepdf.open(io.BytesIO(made)) as opened:
        (inside,) = opened.attachments.values()
        data = inside.get_file().read_bytes()
    assert inside.filename == "lambeth-minutes-2026-05-14.json"
    assert data == minutes().document.encode()
    assert hashlib.sha256(data).hexdigest() in text(made)


def test_a_draft_has_no_data_to_mistake_for_a_record():
    with pikepdf.open(io.BytesIO(printed(minutes(), draft=True))) as opened:
        assert len(opened.attachments) == 0


def test_the_pdf_says_exactly_what_the_page_says(browse, cast):
    row = run(steps.published(cast))
    pdf = browse().get(f"{steps.home(row)}.pdf").content

    before = f"Run by residents. Independent of the police and the council. {cast.lambeth.name}"
    title = f"Minutes of the meeting of {row.date:%-d %B %Y}"
    page = steps.page_words(browse().get(steps.home(row)).text)

    assert steps.words(steps.TITLE) in page
    assert steps.words("Ask again in June") in page
    assert steps.paper_words(pdf) == steps.words(before + title) + page


class Counting(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"SECRET")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server():
    there = HTTPServer(("127.0.0.1", 0), Counting)
    threading.Thread(target=there.serve_forever, daemon=True).start()
    Counting.asked.clear()
    yield f"http://127.0.0.1:{there.server_port}"
    there.shutdown()
    there.server_close()


def test_addresses_in_notes_are_never_fetched(server, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("WHAT-NOBODY-MAY-READ")
    notes = "\n\n".join(
        shape.format(place)
        for place in (f"{server}/a.png", f"file://{secret}", f"{server}/b.css")
        for shape in (
            "![picture]({})",
            "<img src='{}'>",
            '<link rel="attachment" href="{}">',
            '<a rel="attachment" href="{}">x</a>',
            "<style>@import url('{}')</style>",
            "[words]({})",
            "<{}>",
            '<svg><image href="{}"/></svg>',
        )
    )
    hostile = replace(LONG, items=[Discussed(f"<img src='{server}/title'>", notes)], venue=notes)

    made = printed(minutes(hostile))

    assert Counting.asked == []
    assert b"WHAT-NOBODY-MAY-READ" not in everything(made)
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert len(opened.attachments) == 1
    assert broken_rules(made, tmp_path) == []


def test_what_people_typed_is_words_and_never_markup():
    typed = "<script>alert(1)</script> & <b>bold</b> {{ 7 * 7 }}"
    hostile = replace(
        LONG,
        venue=typed,
        title=typed,
        next_venue=typed,
        items=[
            Discussed(
                typed,
                typed,
                declared=[typed],
                decided=[
                    Decided(
                        typed, "secret", "carried", {"for": 2}, 2, 2, [(typed, typed), ("", typed)]
                    )
                ],
                raised=[Raised(3, typed, typed)],
            )
        ],
        raised=[Raised(4, typed, typed)],
        asked=[Asked(1, typed, typed, typed)],
        closed={typed: 1},
        agreed=[ASKED._replace(title=typed, text=typed)],
        corrections=[(2, typed)],
    )
    hostile_minutes = minutes(hostile)
    shown = document.body(hostile_minutes, PANEL, HELD)
    assert "<script" not in shown
    assert "<b>" not in shown
    assert shown.count("&lt;script&gt;") == 21
    assert "49" not in shown.replace(hostile_minutes.approved_hash, "")
