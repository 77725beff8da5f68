"""The panel's own rhythm proposes the next meeting, and those of a whole year."""

from datetime import date, timedelta
from itertools import islice

import pytest
from conftest import run
from forms import form

from scrutiny.agendas.tables import Agenda
from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow
from scrutiny.meetings.proposing import next_plan, year_ahead
from scrutiny.meetings.rhythm import days_after
from scrutiny.meetings.tables import Meeting
from scrutiny.people.constitution import Rhythm, constitution_of, written
from scrutiny.people.tables import Panel
from scrutiny.web.dates import long_date

from .steps import counted_queries, events, facts, how_many_letters, meeting, stored, typed

NEW, YEAR = "/lambeth/meetings/new", "/lambeth/meetings/year"


def coming(cast, many: int = 60) -> list[date]:
    own = constitution_of(cast.lambeth)
    return list(islice(days_after(own.rhythm, today() + timedelta(own.notice_days - 1)), many))


async def meets(cast, **rules) -> None:
    """The panel's own rules are these."""
    own = constitution_of(cast.lambeth)
    changed = {name: getattr(own, name) for name in own.__struct_fields__} | rules
    text = written(type(own)(**changed))
    await Panel.update({Panel.constitution: text}).where(Panel.id == cast.lambeth.id)
    cast.lambeth.constitution = text


async def meetings() -> list[date]:
    return [row["date"] for row in await Meeting.select(Meeting.date).order_by(Meeting.date)]


async def agendas() -> int:
    return await Agenda.count()


async def kinds() -> list[str]:
    return [row["kind"] for row in await Meeting.select(Meeting.kind)]


def test_the_form_is_filled_in_with_the_next_day(browse, cast):
    run(meeting(cast, days=-30, venue="Brixton Library", title="Lambeth meets"))
    first = coming(cast)[0]
    grace = browse("grace")
    page = grace.get(NEW).text
    sent = form(page, "starts").fields
    assert (sent["date"], sent["starts"], sent["ends"]) == (first.isoformat(), "18:30", "20:30")
    assert (sent["venue"], sent["title"]) == ("Brixton Library", "Lambeth meets")
    assert f"it is on {long_date(first)}, 18:30" in page
    reply = grace.post(NEW, sent)
    assert reply.headers["location"] == f"/lambeth/meetings/{first}"
    assert run(meetings())[-1] == first
    assert run(how_many_letters()) == 6  # those of the first: nobody is asked to this one yet


def test_a_day_that_is_taken_or_too_soon_is_passed_over(cast):
    first, second = coming(cast)[:2]
    run(meeting(cast, "proposed", days=(first - today()).days))
    assert run(next_plan(cast.lambeth)).date == second
    run(meets(cast, notice_days=(second - today()).days + 1))
    assert run(next_plan(cast.lambeth)).date > second


def test_the_one_after_a_meeting_is_later_than_it(cast):
    first, second = coming(cast)[:2]
    assert run(next_plan(cast.lambeth, first)).date == second


def test_a_rhythm_without_months_leaves_it_to_the_convenor(browse, cast):
    run(meets(cast, rhythm=Rhythm(months=())))
    with pytest.raises(NotNow):
        run(next_plan(cast.lambeth))
    page = browse("grace").get(NEW).text
    assert form(page, "starts").fields["date"] == ""
    assert "Call each meeting by itself" in browse("grace").get(YEAR).text


def test_bank_holidays_are_pointed_out(browse, cast):
    run(meets(cast, rhythm=Rhythm(nth=-1, weekday=0, months=(5, 8)), notice_days=1))
    page = browse("grace").get(YEAR).text
    assert page.count("A bank holiday: Spring Bank Holiday.") == 1
    assert "A bank holiday: Late Summer Bank Holiday." in page


def test_the_year_is_called_at_once_after_a_look(browse, cast):
    run(meeting(cast, "proposed", days=(coming(cast)[1] - today()).days))
    found = run(year_ahead(cast.lambeth))
    grace = browse("grace")
    page = grace.get(YEAR).text
    sent = form(page, "venue").fields | {"venue": "Town Hall"}
    free = [one.plan.date for one in found if not one.taken]
    assert {name[4:] for name in sent if name.startswith("day-")} == {str(day) for day in free}
    assert 5 <= len(free) <= 6
    left_out = sent.pop(f"day-{free[-1]}") and free[-1]

    reply = grace.post(YEAR, sent)

    assert (reply.status_code, reply.headers["location"]) == (303, "/lambeth/meetings")
    assert run(meetings()) == sorted({one.plan.date for one in found} - {left_out})
    assert run(agendas()) == len(free) - 1
    assert [what for what, _ in run(events())] == ["meeting.called"] * len(free)
    assert run(how_many_letters()) == 0
    assert grace.post(YEAR, sent).status_code == 303  # twice is once
    assert len(run(meetings())) == len(free)


def test_the_year_asks_for_a_day_and_a_place(browse, cast):
    day = coming(cast)[0]
    assert "Tick at least one day." in browse("grace").post(YEAR, {"venue": "Hall"}).text
    reply = browse("grace").post(YEAR, {f"day-{day}": "yes", "venue": " "})
    assert reply.status_code == 422 and "Say where it is." in reply.text
    assert run(meetings()) == []
    other = day + timedelta(1)
    reply = browse("grace").post(YEAR, {f"day-{other}": "yes", "venue": "Hall"})
    assert reply.status_code == 422  # only days of the rhythm are taken
    assert run(meetings()) == []


@pytest.mark.parametrize("path", [NEW, YEAR])
def test_who_may_not(browse, cast, path):
    for name, status in (("bilal", 403), ("owen", 403), ("dev", 404)):
        assert browse(name).get(path).status_code == status
        assert browse(name).post(path).status_code == status
    assert run(meetings()) == []


def test_the_pages_ask_as_much_whatever_is_there(browse, cast, monkeypatch):
    browser = browse("grace")
    run(meeting(cast, days=15))
    for path in (NEW, YEAR):
        browser.get(path)
    with counted_queries(monkeypatch) as few:
        for path in (NEW, YEAR):
            browser.get(path)
    for days in range(16, 40):
        run(meeting(cast, "proposed", days=days))
    with counted_queries(monkeypatch) as many:
        for path in (NEW, YEAR):
            browser.get(path)
    assert len(few) == len(many)


def test_short_notice_is_said_and_needs_a_reason(browse, cast):
    run(meets(cast, notice_days=14))
    row = run(meeting(cast, "proposed", days=10))
    path = f"/lambeth/meetings/{row.date}"
    assert "ask for 14 days' notice" in browse("grace").get(f"{path}/invitations").text
    reply = browse("grace").post(f"{path}/invitations")
    assert reply.status_code == 422 and run(stored(row)).stage == "proposed"
    reply = browse("grace").post(f"{path}/invitations", {"reason": "A stop in Brixton Road."})
    assert reply.status_code == 303
    assert run(facts("meeting.invited")) == {"letters": 6, "short_notice": True}
    page = browse().get(path).text
    assert "Called at short notice." in page and "A stop in Brixton Road." in page


def test_a_move_at_short_notice_needs_a_reason_too(browse, cast):
    row = run(meeting(cast))
    soon = typed(today() + timedelta(3))
    path = f"/lambeth/meetings/{row.date}/change"
    reply = browse("grace").post(path, soon)
    assert reply.status_code == 422 and "This is short notice." in reply.text
    assert browse("grace").post(path, soon | {"short_notice": "Flood."}).status_code == 303
    assert run(stored(row)).short_notice == "Flood."


def test_a_viewing_is_closed_and_says_nothing_in_calendars(browse, cast):
    day = today() + timedelta(20)
    reply = browse("grace").post(NEW, typed(day, kind="bwv_viewing"))
    assert reply.status_code == 422 and "is closed to the public." in reply.text
    reply = browse("grace").post(NEW, typed(day, kind="bwv_viewing", public=""))
    assert reply.status_code == 303
    assert run(kinds()) == ["bwv_viewing"]
    assert browse().get(f"/lambeth/meetings/{day}").status_code == 404
    assert "Viewing of body-worn video" not in browse().get("/lambeth/meetings").text
