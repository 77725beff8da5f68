"""What everybody can read: the list, one recommendation, and the same as open data."""

import csv
import hashlib
import io
import sqlite3
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from conftest import run
from databases import on_postgres
from hypothesis import given
from hypothesis import strategies as st

from recommendations.steps import CLIMB, HOME, TITLE, asked, item, make_late, meeting
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import bulk, database, rows, write_tx
from scrutiny.kit.errors import Unreadable
from scrutiny.kit.ids import new_id
from scrutiny.ledger.queries import entries
from scrutiny.recommendations import queries
from scrutiny.recommendations.figures import figures
from scrutiny.recommendations.register.files import plain_cell
from scrutiny.recommendations.rules import ANSWERS, Stage, standing
from scrutiny.recommendations.tables import GROUP, Recommendation

COLUMNS = [
    *("id", "panel", "number", "title", "text", "reason", "drafted_by", "item", "meeting"),
    *("votes_for", "votes_against", "abstained", "stage", "issued", "due", "due_working"),
    *("answer_type", "answer", "answered", "reported", "method", "closing_note", "version"),
]


async def many(cast, count, stage="issued", kind="", first=1, days=20):
    """So many rows at one stage, as the deeds would have left them."""
    day = today() - timedelta(days=days)
    held = await meeting(cast, "amara", "bilal", days_ago=first)
    known = await item(held)
    async with write_tx():
        await bulk(
            Recommendation,
            COLUMNS,
            (
                (
                    *(new_id(), cast.lambeth.id, first + n, f"Thing {first + n}", "t", "r"),
                    *(cast.seats["bilal"].id, known.id, held.id, 2, 0, 0, str(stage), day),
                    *(day + timedelta(days=56), "w", kind, "a", now() if kind else None),
                    *("", "", "", 1),
                )
                for n in range(count)
            ),
        )


def numbers(page):
    found = page.text.split('rec__ref">')[1:]
    return [int(part.split("</span>")[0].rsplit("-", 1)[1]) for part in found]


def test_before_anything_was_asked_the_page_says_so(cast, browse):
    page = browse().get(HOME)
    assert page.status_code == 200
    assert "The panel has not asked the police for anything yet." in page.text
    assert browse().get(f"{HOME}?show=late").text.count("There is nothing of this kind.") == 1


def test_the_public_reads_what_was_sent_and_nothing_else(cast, browse):
    for stage in CLIMB:
        run(asked(cast, stage))
    assert numbers(browse().get(HOME)) == [6, 5, 4, 3]
    assert numbers(browse("claire").get(HOME)) == [6, 5, 4, 3]
    assert numbers(browse("dev").get(HOME)) == [6, 5, 4, 3]
    assert numbers(browse("bilal").get(HOME)) == [6, 5, 4, 3, 2, 1]


def test_the_figures_are_told_in_a_sentence(cast, browse):
    for stage in ("issued", "issued", "responded", "closed_implemented"):
        row = run(asked(cast, stage))
        if row.number == 1:
            run(make_late(row, 3))
    words = " ".join(browse().get(HOME).text.split())
    assert "We have asked the police for 4 things. They have answered 2." in words
    assert "<strong>1 answer is late.</strong> 1 is done and checked." in words
    assert run(figures(today(), cast.lambeth)) == (4, 2, 1, 1)
    assert run(figures(today(), cast.hackney)) == (0, 0, 0, 0)
    assert run(figures(today())) == (4, 2, 1, 1)


def test_the_list_can_be_narrowed(cast, browse):
    run(many(cast, 1, "closed_implemented", "accepted_in_full", first=1))
    run(many(cast, 1, "closed_implemented", "accepted_in_part", first=2))
    run(many(cast, 1, "responded", "rejected", first=3))
    run(many(cast, 1, "responded", "accepted_in_full", first=4))
    run(many(cast, 1, "issued", first=5, days=70))
    run(many(cast, 1, "issued", first=6, days=60))
    run(many(cast, 1, "issued", first=7, days=1))
    run(many(cast, 1, "withdrawn_by_panel", first=8))
    shown = {
        show: numbers(browse().get(f"{HOME}?show={show}"))
        for show in ("", *queries.CHOICES, "draft", "nonsense")
    }
    assert shown == {
        "": [8, 7, 6, 5, 4, 3, 2, 1],
        "late": [5, 6],  # the longest silence first
        "waiting": [7],
        "acting": [4],
        "implemented": [1],
        "partly": [2],
        "rejected": [3],
        "withdrawn": [8],
        "draft": [8, 7, 6, 5, 4, 3, 2, 1],  # no such choice for the public
        "nonsense": [8, 7, 6, 5, 4, 3, 2, 1],
    }


@pytest.mark.parametrize(("show", "days"), [("", 20), ("late", 70), ("waiting", 20)])
def test_a_long_list_is_read_page_by_page_without_a_gap(cast, browse, show, days):
    run(many(cast, 120, days=days))
    seen, path = [], f"{HOME}?show={show}"
    while path:
        page = browse().get(path)
        seen += numbers(page)
        link = page.text.split('rel="next" href="')
        path = HOME + link[1].split('"')[0].replace("&amp;", "&") if len(link) > 1 else ""
    assert sorted(seen) == list(range(1, 121))


@pytest.mark.parametrize("after", ["x", "17x", "2026-02-31.4", "1.2.3", "9" * 30, "'; DROP"])
def test_a_broken_link_to_older_ones_is_told_plainly(cast, browse, after):
    reply = browse().get(HOME, params={"after": after, "show": "late"})
    assert reply.status_code == 422
    with pytest.raises(Unreadable):
        queries.place(after)


@pytest.mark.skipif(on_postgres(), reason="counted on SQLite; the statements are the same")
def test_one_row_and_thirty_ask_the_database_equally_often(cast, browse, monkeypatch):
    asked_of, real = [], type(database()).read

    async def counted(self, sql, args=()):
        asked_of.append(sql)
        return await real(self, sql, args)

    monkeypatch.setattr(type(database()), "read", counted)
    amara = browse("amara")
    counts = []
    for first, more in ((1, 1), (2, 29)):
        run(many(cast, more, first=first))
        asked_of.clear()
        assert amara.get(HOME).status_code == 200
        counts.append(len(asked_of))
    assert counts[0] == counts[1] <= 6


@given(st.sampled_from(Stage), st.sampled_from(["", *ANSWERS]), st.booleans())
def test_the_database_and_the_rules_sort_rows_alike(stage, kind, sent):
    issued = "2026-01-01" if sent else None
    with sqlite3.connect(":memory:") as memory:
        [(group,)] = memory.execute(
            f"SELECT {GROUP} FROM (SELECT ? AS stage, ? AS answer_type, ? AS issued)",
            (str(stage), kind, issued),
        )
    where = standing(stage, kind, today(), today())
    if stage in ("drafting", "agreed"):
        expected = "draft"
    elif not sent:
        expected = "dropped"
    else:
        expected = {
            "waiting": "awaited",
            "asked_back": "acting",
            "reported": "acting",
            "unmet": "rejected",
        }.get(where, where)
    assert group == expected


@pytest.mark.skipif(on_postgres(), reason="reads SQLite's plan")
@pytest.mark.parametrize("show", ["", "draft", *queries.CHOICES])
def test_no_list_sorts_or_reads_the_whole_table(cast, show, monkeypatch):
    plans = []

    async def explain(sql, *args, into=None):
        plans.extend(await rows(f"EXPLAIN QUERY PLAN {sql}", *args))
        return []

    monkeypatch.setattr(queries, "rows", explain)
    run(queries.lines(cast.lambeth, cast.seats["amara"], show, "2026-01-01.9", today=today()))
    told = " / ".join(plan["detail"] for plan in plans)
    assert "SEARCH recommendation USING INDEX" in told
    assert "TEMP B-TREE" not in told.split("SCAN r")[0]


def test_open_data_says_the_same_as_the_page(cast, browse):
    run(asked(cast, "drafting"))
    run(asked(cast, "responded"))
    [entry] = browse().get(f"{HOME}.json").json()["recommendations"]
    table = browse().get(f"{HOME}.csv")
    [line] = csv.DictReader(io.StringIO(table.content.decode("utf-8-sig")))
    assert entry["reference"] == line["reference"] == f"LAM-R-{today().year}-02"
    assert entry["title"] == line["title"] == TITLE
    assert entry["address"] == f"https://panel.test{HOME}/2"
    assert entry["answered"] == line["answered"] == today().isoformat()
    assert entry["votes_for"] == 2
    assert table.headers["content-type"] == "text/csv; charset=utf-8"


def test_the_feed_tells_what_happened_newest_first(cast, browse):
    run(asked(cast, "drafting"))
    run(asked(cast, "closed_implemented"))
    reply = browse().get(f"{HOME}.atom")
    assert reply.headers["content-type"].startswith("application/atom+xml")
    titles = [found.text for found in ET.fromstring(reply.content).iter() if "title" in found.tag]
    ref = f"LAM-R-{today().year}-02 {TITLE}"
    assert titles[1:] == [
        f"The panel closed: {ref}",
        f"The police say it is done: {ref}",
        f"The police answered: {ref}",
        f"The panel asked: {ref}",
    ]


def test_a_file_is_never_longer_than_a_thousand_and_names_the_next(cast, browse):
    run(many(cast, 1001))
    first = browse().get(f"{HOME}.json").json()
    assert len(first["recommendations"]) == 1000
    rest = browse().get(first["next"].removeprefix("https://panel.test")).json()
    assert [one["number"] for one in rest["recommendations"]] == [1]
    assert rest["next"] is None
    assert 'rel="next"' in browse().get(f"{HOME}.csv").headers["link"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [("=1+1", "'=1+1"), ("@a", "'@a"), ("-5", "'-5"), ("plain", "plain"), (None, ""), (7, "7")],
)
def test_no_cell_is_run_by_a_spreadsheet(value, cell):
    assert plain_cell(value) == cell


def test_every_published_step_can_be_fetched_and_has_the_hash_of_the_ledger(cast, browse):
    run(asked(cast, "closed_implemented"))
    found = run(entries())
    assert [entry["kind"] for entry in found] == ["closing", "report", "answer", "recommendation"]
    for entry in found:
        paper = browse().get(entry["address"])
        assert hashlib.sha256(paper.content).hexdigest() == entry["sha256"]


def test_a_step_not_taken_has_no_paper(cast, browse):
    run(asked(cast, "issued"))
    for part in ("answer", "report", "closing", "nonsense"):
        assert browse().get(f"{HOME}/1/published/{part}").status_code == 404
    assert browse("amara").get(f"{HOME}/2/published/recommendation").status_code == 404


def test_the_page_says_where_it_came_from(cast, browse):
    row = run(asked(cast, "issued"))
    known = run(item(run(meeting(cast, "amara", "bilal", days_ago=9)), "Searches in October"))

    async def link():
        async with write_tx():
            await Recommendation.update({Recommendation.item: known.id}).where(
                Recommendation.id == row.id
            )

    run(link())
    page = browse().get(f"{HOME}/1").text
    assert "Searches in October" in page
    assert f'href="/lambeth/meetings/{today()}"' in page
    assert "2 votes for, 1 against, 0 abstained" in page


def test_public_pages_may_be_kept_and_drafts_never(cast, browse):
    run(asked(cast, "drafting"))
    run(asked(cast, "issued"))
    for path in (HOME, f"{HOME}/2", f"{HOME}.csv", f"{HOME}.atom"):
        assert browse().get(path).headers["x-published"] == "1"
    assert "x-published" not in browse("bilal").get(HOME).headers
    assert "x-published" not in browse("bilal").get(f"{HOME}/1").headers
