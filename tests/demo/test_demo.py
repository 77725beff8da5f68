"""The demo tells a year of two panels: every stage is there, and it is the same each time."""

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta

import httpx
import pytest
from commands.operating import free_port, wait_for
from conftest import run
from forms import forms

from scrutiny.demo.cast import HACKNEY, LAMBETH
from scrutiny.demo.filling import fill
from scrutiny.demo.meetings import thursday, thursday_to_come
from scrutiny.demo.seats import NEWCOMER
from scrutiny.kit import pdf
from scrutiny.kit.clock import today
from scrutiny.kit.db import close_database, open_database
from scrutiny.kit.working_days import is_working_day
from scrutiny.ledger.queries import broken_at as ledger_broken_at
from scrutiny.meetings.queries import turnout_of
from scrutiny.meetings.rules import Kind
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes.tables import Minutes
from scrutiny.people.tables import Panel
from scrutiny.recommendations.rules import standing
from scrutiny.recommendations.tables import Recommendation
from scrutiny.record.queries import broken_at

CHANGING = re.compile(
    r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{64}|(?<=value=\")[\w-]{32}(?=\")"
    r"|[\d.,]+ ?(?:kB|KB|MB)|\b[0-9a-f]{12}\b"
)
"""Ids, fingerprints, form keys and the sizes of files: what is new each time."""


async def told() -> None:
    await open_database()
    try:
        await fill()
    finally:
        await pdf.close()
        await close_database()


def public_pages(site) -> dict[str, str]:
    """What anybody reads of the first panel, without what is new each time."""
    days = [f"{row['date']}" for row in Meeting.select(Meeting.date).run_sync()]
    paths = ["/", "/lambeth", "/lambeth/meetings", "/lambeth/recommendations", "/hackney"]
    paths += ["/lambeth/video-requests"]
    paths += [f"/lambeth/recommendations/{number}" for number in range(1, 9)]
    paths += [f"/lambeth/{kind}/{day}" for kind in ("minutes", "meetings") for day in days]
    site.cookies.clear()
    read = {path: site.get(path) for path in paths}
    return {
        path: CHANGING.sub("*", reply.text)
        for path, reply in read.items()
        if reply.status_code == 200
    }


@pytest.fixture(scope="module")
def twice(empty_tables, site) -> list[dict[str, str]]:
    """The public pages of the demo, filled in two empty databases one after the other."""
    found = []
    for _ in range(2):
        empty_tables()
        run(told())
        found.append(public_pages(site))
    return found


def test_it_is_the_same_each_time(twice):
    first, second = twice
    assert len(first) > 20
    assert first.keys() == second.keys()
    for path, page in first.items():
        assert page == second[path], path


def test_every_stage_of_a_recommendation_is_there(twice):
    lambeth = Panel.objects().where(Panel.slug == "lambeth").first().run_sync()
    rows = Recommendation.select().where(Recommendation.panel == lambeth.id).run_sync()
    assert Counter(row["stage"] for row in rows) == {
        "drafting": 1,
        "agreed": 1,
        "issued": 2,
        "responded": 2,
        "evidence_submitted": 1,
        "closed_implemented": 1,
        "closed_not_accepted": 1,
        "withdrawn_by_panel": 1,
    }
    sent = [row for row in rows if row["issued"]]
    shown = {
        row["number"]: standing(row["stage"], row["answer_type"], row["due"], today()).value
        for row in sent
    }
    assert set(shown.values()) >= {
        *("late", "waiting", "acting", "reported", "implemented", "rejected")
    }
    late = [row["due"] for row in sent if shown[row["number"]] == "late"]
    assert len(late) == 1
    assert late[0] < today() - timedelta(weeks=2)
    verified = [row for row in rows if row["stage"] == "closed_implemented"]
    assert [row["method"] for row in verified] == ["evidence_seen"]


def test_one_meeting_has_no_quorum_and_agreed_nothing(twice):
    async def rooms():
        held = await Meeting.objects().where(Meeting.stage.is_in(["held", "minuted"]))
        return [(meeting.id, await turnout_of(meeting)) for meeting in held]

    without = [key for key, came in run(rooms()) if not came.quorate]
    assert len(without) == 1
    assert Recommendation.count().where(Recommendation.meeting == without[0]).run_sync() == 0


def test_meetings_are_past_and_to_come_and_never_on_a_bank_holiday(twice):
    called = Meeting.kind != Kind.EXTRAORDINARY
    rows = Meeting.select(Meeting.date, Meeting.stage).where(called).run_sync()
    stages = Counter(row["stage"] for row in rows)
    assert stages.pop("proposed") >= 4
    assert stages == {"minuted": 6, "held": 1, "scheduled": 2, "postponed": 1}
    assert all(is_working_day(row["date"]) for row in rows)
    ahead = ("scheduled", "postponed", "proposed")
    assert all((row["date"] > today()) == (row["stage"] in ahead) for row in rows)


def test_one_meeting_can_be_opened_today(twice):
    tonight = Meeting.kind == Kind.EXTRAORDINARY
    rows = Meeting.select(Meeting.date, Meeting.stage, Meeting.public).where(tonight).run_sync()
    assert rows == [{"date": today(), "stage": "scheduled", "public": False}]


@pytest.mark.parametrize("year", range(2025, 2032))
def test_a_meeting_is_on_a_thursday_that_people_work(year):
    for day in range(365):
        now = date(year, 1, 1) + timedelta(days=day)
        found = thursday(now, 8)
        assert found.weekday() == 3
        assert is_working_day(found)
        assert timedelta(days=8) <= now - found <= timedelta(days=28)
        ahead = thursday_to_come(now, 6)
        assert is_working_day(ahead)
        assert timedelta(days=4) <= ahead - now <= timedelta(days=12)


def test_minutes_are_published_but_for_the_last(twice):
    stages = Counter(row["stage"] for row in Minutes.select(Minutes.stage).run_sync())
    assert stages == {"published": 6, "circulated": 1}


def test_the_record_and_the_ledger_hold(twice):
    lines, bad = run(broken_at())
    assert lines > 200
    assert bad is None
    assert run(ledger_broken_at()) is None


def test_without_the_demo_nobody_can_choose_who_to_be(site):
    site.cookies.clear()
    assert site.get("/demo").status_code == 404
    assert site.post("/demo", data={"seat": "x"}).status_code in (403, 404)


@pytest.fixture
def served(twice, tmp_path):
    """The address of a server in demo mode, on the database that was filled."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    env = os.environ | {"SCRUTINY_DEMO": "1", "SCRUTINY_BASE_URL": address}
    app = ("-m", "uvicorn", "scrutiny.app:asgi", "--factory", "--no-access-log")
    with (tmp_path / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, *app, "--port", str(port)], env=env, stdout=log, stderr=log
        )
        try:
            wait_for(address, server)
            yield address
        finally:
            server.terminate()
            server.wait(30)


def test_anybody_of_the_cast_can_be_chosen(served):
    with httpx.Client(base_url=served) as browser:
        buttons = [one for one in forms(browser.get("/demo").text) if "seat" in one.fields]
    assert len(buttons) == len(parts())
    names = set()
    for button in buttons:
        with httpx.Client(base_url=served) as browser:
            page = forms(browser.get("/demo").text)
            mine = next(one for one in page if one.fields.get("seat") == button.fields["seat"])
            reply = browser.post("/demo", data=mine.fields)
            assert (reply.status_code, reply.headers["location"]) == (303, "/desk")
            assert browser.get("/desk").status_code == 200
            account = browser.get("/account").text
            names |= {name for name in parts() if name in account}
    assert names == set(parts())


def parts() -> list[str]:
    """The name of everybody who can be chosen: one has resigned, one came later."""
    first = [part.name for part in (*LAMBETH.values(), *HACKNEY.values())]
    return sorted({*first, NEWCOMER} - {LAMBETH["nia"].name})
