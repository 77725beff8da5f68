"""Items wait in the backlog: proposed, answered, parked, and taken onto an agenda."""

from datetime import timedelta

import pytest
from conftest import run
from meetings.steps import counted_queries, events, home, letters

from agendas.steps import STANDING, case, closed_item, meeting, named, publish, stage_of, titles
from agendas.steps import recuse as take_out
from scrutiny.agendas import actions
from scrutiny.agendas.backlog.tables import Parked
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx

BACKLOG = "/lambeth/backlog"
IDEA = {"title": "Searches at the market", "why": "Traders keep asking.", "minutes": "15"}


async def rows() -> list[Parked]:
    return await Parked.objects().order_by(Parked.id)


def only() -> Parked:
    [found] = run(rows())
    return found


@pytest.mark.parametrize("name", ["bilal", "claire", "owen", "amara", "grace"])
def test_everybody_at_the_table_proposes(browse, cast, name):
    sent = IDEA | {"form_key": "one-form"}
    for _ in range(2):
        reply = browse(name).post(BACKLOG, sent)
        assert (reply.status_code, reply.headers["location"]) == (303, BACKLOG)
    found = only()
    assert (found.title, found.minutes, found.stage) == (IDEA["title"], 15, "proposed")
    assert run(events())[-1] == ("backlog.proposed", False)
    assert IDEA["why"] in browse("grace").get(f"{BACKLOG}?stage=proposed").text
    page = browse(name).get(BACKLOG).text
    assert "What you proposed" in page and "Proposed, not answered yet" in page


def test_it_asks_for_what_is_missing_and_keeps_the_rest(browse, cast):
    reply = browse("bilal").post(BACKLOG, {"title": "Kestrel", "why": " ", "minutes": "soon"})
    assert reply.status_code == 422 and 'value="Kestrel"' in reply.text
    assert "Say why the panel should talk about it." in reply.text
    assert "Give the minutes as a number" in reply.text
    assert run(rows()) == []


def test_the_proposer_is_told_that_it_waits_and_then_where_it_went(browse, cast):
    browse("bilal").post(BACKLOG, IDEA)
    path, row = f"{BACKLOG}/{only().id}", run(meeting(cast))
    assert browse("grace").post(f"{path}/acceptance").status_code == 303
    assert only().stage == "waiting"
    subject, text = run(letters("backlog.answer"))["bilal@panel.test"]
    assert subject == "Panel agenda" and "https://panel.test/lambeth/backlog" in text
    assert "market" not in text
    sent = {"meeting": row.date.isoformat()}
    reply = browse("amara").post(f"{path}/place", sent)
    assert (reply.status_code, reply.headers["location"]) == (303, f"{home(row)}/agenda")
    assert run(titles(row)) == [*STANDING, IDEA["title"]]
    assert run(named(row, IDEA["title"])).minutes == 15
    assert "For the meeting of" in browse("bilal").get(BACKLOG).text
    assert browse("grace").post(f"{path}/place", sent).status_code == 409


def test_the_proposer_reads_why_it_was_not_taken(browse, cast):
    browse("claire").post(BACKLOG, IDEA)
    path = f"{BACKLOG}/{only().id}"
    missing = browse("grace").post(f"{path}/refusal", {"reason": " "})
    assert missing.status_code == 422 and "Whoever proposed it reads this." in missing.text
    reply = browse("grace").post(f"{path}/refusal", {"reason": "It was discussed in May."})
    assert reply.status_code == 303 and only().stage == "dropped"
    assert list(run(letters("backlog.answer"))) == ["claire@panel.test"]
    assert "It was discussed in May." in browse("claire").get(BACKLOG).text
    assert "It was discussed in May." not in browse("bilal").get(BACKLOG).text
    assert browse("grace").post(f"{path}/acceptance").status_code == 409


def test_an_item_is_parked_and_taken_again(browse, cast):
    row = run(meeting(cast))
    run(case(cast, 12))
    run(actions.add_case(row, 12, by=cast.seats["grace"], minutes=30))
    item = run(named(row, "Search record 12"))
    sent = {"how": "backlog", "form_key": "one-form"}
    for _ in range(2):
        reply = browse("grace").post(f"{home(row)}/agenda/items/{item.id}/onward", sent)
        assert reply.status_code == 303
    assert run(titles(row)) == STANDING and only().stage == "waiting"
    assert run(stage_of(run(found_case(item)))) == "proposed"
    page = browse("grace").get(f"{home(row)}/agenda").text
    assert f'value="{only().id}"' in page
    sent = {"parked": str(only().id)}
    assert browse("grace").post(f"{home(row)}/agenda/backlog", sent).status_code == 303
    again = run(named(row, "Search record 12"))
    assert (again.id, again.minutes, again.kind) == (item.id, 30, "case")
    assert run(stage_of(run(found_case(item)))) == "scheduled"


async def found_case(item):
    return item.case


@pytest.mark.parametrize("parked", ["", "x"])
def test_something_must_be_chosen(browse, cast, parked):
    row = run(meeting(cast))
    reply = browse("grace").post(f"{home(row)}/agenda/backlog", {"parked": parked})
    assert reply.status_code == 422 and "Choose an item." in reply.text


def test_what_is_closed_or_a_case_waits_unseen_by_the_police(browse, cast):
    row = run(meeting(cast))
    run(case(cast, 12, title="Kestrel"))
    run(actions.add_case(row, 12, by=cast.seats["grace"]))
    run(closed_item(row, cast))
    for title in ("Kestrel", "Heron Street"):
        item = run(named(row, title))
        path = f"{home(row)}/agenda/items/{item.id}/onward"
        assert browse("grace").post(path, {"how": "backlog"}).status_code == 303
    for name in ("amara", "bilal", "grace"):
        page = browse(name).get(BACKLOG).text
        assert "Kestrel" in page and "Heron Street" in page and "Legal advice" in page
    for name in ("claire", "owen"):
        page = browse(name).get(BACKLOG).text
        assert "Kestrel" not in page and "Heron Street" not in page and "Legal" not in page
        assert "Nothing waits for a meeting." in page


@pytest.mark.parametrize("name", ["bilal", "amara"])
def test_a_case_is_gone_for_who_takes_no_part_in_it(browse, cast, name):
    row = run(meeting(cast))
    found = run(case(cast, 12, title="Kestrel"))
    run(actions.add_case(row, 12, by=cast.seats["grace"]))
    item = run(named(row, "Kestrel"))
    path = f"{home(row)}/agenda/items/{item.id}/onward"
    browse("grace").post(path, {"how": "backlog"})
    run(take_out(cast, name, found.id, "case"))
    assert "Kestrel" not in browse(name).get(BACKLOG).text
    if name == "amara":
        assert browse("amara").get(f"{BACKLOG}/{only().id}").status_code == 404
        sent = {"reason": "Mine."}
        assert browse("amara").post(f"{BACKLOG}/{only().id}/refusal", sent).status_code == 404
    assert "Kestrel" in browse("grace").get(BACKLOG).text


def test_who_may_not(browse, cast):
    browse("bilal").post(BACKLOG, IDEA)
    path = f"{BACKLOG}/{only().id}"
    for name, status in (("bilal", 403), ("claire", 403), ("dev", 404), ("", 403)):
        for deed in ("acceptance", "refusal", "place"):
            assert browse(name).post(f"{path}/{deed}", {"reason": "x"}).status_code == status
    for name, status in (("hana", 403), ("sol", 403), ("dev", 404), ("", 403)):
        assert browse(name).post(BACKLOG, IDEA).status_code == status
    assert browse("ruth").get(path.replace("lambeth", "hackney")).status_code == 404
    assert browse("grace").get(f"{BACKLOG}/x").status_code == 404
    assert browse("grace").get(f"{BACKLOG}?stage=dropped").status_code == 404
    assert only().stage == "proposed"


def test_what_is_proposed_is_never_markup(browse, cast):
    browse("bilal").post(BACKLOG, IDEA | {"title": "<script>alert(1)</script>", "why": "{{ 7*7 }}"})
    page = browse("grace").get(f"{BACKLOG}?stage=proposed").text
    assert "<script>alert" not in page and "{{ 7*7 }}" in page


def test_three_hundred_take_no_more_queries_than_three(browse, cast, monkeypatch):
    browser = browse("grace")

    async def fill(count: int):
        async with write_tx():
            await Parked.insert(
                *[
                    Parked(panel=cast.lambeth.id, title=f"Idea {at}", why="x", stage="waiting",
                           parked=today() - timedelta(days=at // 7))
                    for at in range(count)
                ]
            )  # fmt: skip

    run(fill(3))
    browser.get(BACKLOG)
    with counted_queries(monkeypatch) as short:
        browser.get(BACKLOG)
    run(fill(297))
    with counted_queries(monkeypatch) as long:
        page = browser.get(BACKLOG).text
    assert len(short) == len(long)
    seen, more = [], BACKLOG
    while more:
        page = browser.get(more).text
        seen += [part.split("<")[0] for part in page.split('">Idea ')[1:]]
        more = page.split('rel="next" href="')[1].split('"')[0] if 'rel="next"' in page else ""
        more = more.replace("&amp;", "&")
    assert len(seen) == 300


def test_an_agenda_that_is_out_says_that_what_was_taken_is_late(browse, cast):
    row = run(meeting(cast))
    run(publish(row, cast))
    browse("bilal").post(BACKLOG, IDEA)
    sent = {"meeting": row.date.isoformat()}
    assert browse("grace").post(f"{BACKLOG}/{only().id}/place", sent).status_code == 303
    assert run(named(row, IDEA["title"])).late
    missing = browse("grace").post(f"{BACKLOG}/{only().id}/place", {"meeting": ""})
    assert missing.status_code == 422
