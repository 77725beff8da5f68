"""Whoever cannot come gives up the place with the code, and whoever waits longest has it."""

import pytest
from conftest import run
from icalendar import Calendar

from meetings.steps import events, later, letters, plan, stored
from scrutiny.kit.tokens import receipt_code
from scrutiny.letters.queries import newest
from scrutiny.meetings import actions as meetings
from scrutiny.meetings.registration.actions import set_places

from .steps import CODE, door, enter, open_meeting, standings


def test_the_next_moves_up_by_itself_and_is_told(browse, cast):
    row = run(open_meeting(cast, places=1))
    code = run(enter(cast, row, "Ann", email="ann@example.org"))
    run(enter(cast, row, "Ben", email="ben@example.org"))
    run(enter(cast, row, "Cem", email="cem@example.org"))

    reply = browse().post(f"{door(row)}/return", {"code": code.lower(), "give_up": "yes"})

    assert reply.status_code == 200 and "You gave up your place" in reply.text
    assert run(standings(row)) == [
        (1, "cancelled", ""),
        (2, "registered", "Ben"),
        (3, "waiting", "Cem"),
    ]
    told = run(letters("registration.place"))
    assert set(told) == {"ben@example.org"}  # and Ann's own letter left the outbox
    assert Calendar.from_ical(told["ben@example.org"][3]).walk("VEVENT")
    assert [what for what, _ in run(events())][-2:] == [
        "registration.given_up",
        "registration.moved_up",
    ]
    assert CODE.search(told["ben@example.org"][1]) is None


def test_the_code_shows_where_somebody_stands_and_is_in_no_address(browse, cast):
    row = run(open_meeting(cast, places=1))
    run(enter(cast, row, "Ann"))
    code = run(enter(cast, row, "Ben"))
    reply = browse().post(f"{door(row)}/return", {"code": code})
    assert "You are on the waiting list" in reply.text and "You are the first." in reply.text
    assert f'value="{code}"' in reply.text and code not in str(reply.url)
    assert "Ann" not in reply.text


@pytest.mark.parametrize("code", ["", "AAAAAA-BBBBBB", receipt_code(b"n" * 32)])
def test_a_wrong_code_shows_nothing(browse, cast, code):
    row = run(open_meeting(cast))
    run(enter(cast, row, "Ann"))
    for more in ({}, {"give_up": "yes"}):
        reply = browse().post(f"{door(row)}/return", {"code": code} | more)
        assert reply.status_code == 422 and "There is a problem" in reply.text
    assert run(standings(row)) == [(1, "registered", "Ann")]


def test_giving_up_twice_is_once(browse, cast):
    row = run(open_meeting(cast))
    code = run(enter(cast, row, "Ann"))
    for status in (200, 422):
        sent = {"code": code, "give_up": "yes"}
        assert browse().post(f"{door(row)}/return", sent).status_code == status
    assert run(events()).count(("registration.given_up", False)) == 1


def test_a_code_of_one_meeting_opens_nothing_at_another(browse, cast):
    row, other = run(open_meeting(cast)), run(open_meeting(cast, days=40))
    code = run(enter(cast, row, "Ann"))
    assert browse().post(f"{door(other)}/return", {"code": code}).status_code == 422


def test_what_has_begun_is_not_given_up(browse, cast):
    row = run(open_meeting(cast, days=0))
    code = run(enter(cast, row, "Ann"))
    run(meetings.open_session(run(stored(row)), by=cast.seats["grace"]))
    sent = {"code": code, "give_up": "yes"}
    assert browse().post(f"{door(row)}/return", sent).status_code == 409
    assert run(standings(row)) == [(1, "registered", "Ann")]


def test_more_places_go_to_those_who_wait_and_fewer_take_none_away(cast):
    row, grace = run(open_meeting(cast, places=1)), cast.seats["grace"]
    for name in ("Ann", "Ben", "Cem"):
        run(enter(cast, row, name))
    none = {"registration_opens": None, "registration_closes": None}
    run(set_places(row, none | {"capacity": 2}, by=grace))
    assert [stage for _, stage, _ in run(standings(row))] == ["registered"] * 2 + ["waiting"]
    run(set_places(run(stored(row)), none | {"capacity": 1}, by=grace))
    assert [stage for _, stage, _ in run(standings(row))] == ["registered"] * 2 + ["waiting"]


def test_they_hear_of_a_change_in_one_letter_and_of_the_end_at_once(cast):
    row, grace = run(open_meeting(cast, places=1)), cast.seats["grace"]
    run(enter(cast, row, "Ann", email="ann@example.org"))
    run(enter(cast, row, "Ben", email="ben@example.org"))
    for venue in ("Library", "School"):
        run(meetings.change(run(stored(row)), plan(row.date, venue=venue), by=grace))
    assert run(letters("registration.change")) == {}
    run(later())
    told = run(letters("registration.change"))
    assert "School" in told["ann@example.org"][1] and len(told["ann@example.org"]) == 4
    assert len(told["ben@example.org"]) == 2  # who waits has no entry
    run(meetings.postpone(run(stored(row)), "Flood.", by=grace))
    run(meetings.cancel(run(stored(row)), "No hall.", by=grace))
    anns = [one.words for one in run(newest()) if one.to.address == "ann@example.org"]
    said = {words.text: words.calendar.method for words in anns}
    postponed = next(text for text in said if "is postponed. Your place is kept" in text)
    cancelled = next(text for text in said if "is cancelled" in text)
    assert (len(said), said[postponed], said[cancelled]) == (4, "CANCEL", "CANCEL")


def test_who_registered_hears_that_it_is_closed_to_the_public(cast):
    row = run(open_meeting(cast))
    run(enter(cast, row, "Ann", email="ann@example.org"))
    run(meetings.change(row, plan(row.date, public=False), by=cast.seats["grace"]))
    run(later())
    told = run(letters("registration.change"))["ann@example.org"]
    assert "not open to the public any more" in told[1] and told[2] == "CANCEL"
