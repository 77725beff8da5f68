"""How often members came: by the name they chose, for the public, the same work for 3 and 300."""

import re
from datetime import timedelta

import pytest
from conftest import run
from desk.steps import change, day, meeting, put

from meetings.steps import counted_queries
from scrutiny.kit.clock import as_of, now
from scrutiny.kit.db import write_tx
from scrutiny.meetings.figures import queries
from scrutiny.meetings.tables import Attendance
from scrutiny.membership.standing.tables import SeatNotice
from scrutiny.people.tables import Person, Seat
from scrutiny.record.actions import record

PAGE = "/lambeth/attendance"


def held(cast, days: int, **statuses) -> None:
    row = meeting(
        cast, -days, statuses.pop("stage", "minuted"), public=statuses.pop("public", True)
    )
    for name, status in statuses.items():
        put(Attendance(meeting=row.id, seat=cast.seats[name].id, status=status))


def figures(cast) -> dict[str, tuple[int, int, int]]:
    found = run(queries.attendance_of_members(cast.lambeth))
    return {one.name: (one.held, one.came, one.apologies) for one in found}


def test_each_way_of_coming_and_of_not_coming(cast):
    held(cast, 10, amara="present", bilal="joined_late", chidi="apologies", claire="present")
    held(cast, 40, amara="left_early", bilal="absent")
    held(cast, 70, stage="held", amara="present", bilal="apologies", chidi="absent")
    assert figures(cast) == {
        "Amara Okafor": (3, 3, 0),
        "Bilal Hussain": (3, 1, 1),
        "Chidi Eze": (3, 0, 1),
    }
    assert run(queries.meetings_counted(cast.lambeth)) == 3


def test_only_the_last_year_open_meetings_and_a_roll_that_was_taken(cast):
    held(cast, 366, amara="present")
    held(cast, 20, public=False, amara="present")
    held(cast, 30)
    held(cast, 5, stage="in_session", amara="present")
    assert figures(cast)["Amara Okafor"] == (0, 0, 0)
    assert run(queries.meetings_counted(cast.lambeth)) == 0


def test_nothing_counts_before_a_seat_nor_during_leave(cast):
    change(cast.seats["chidi"], since=day(-50))
    held(cast, 60, amara="present")
    held(cast, 40, amara="present")
    held(cast, 20, amara="present", chidi="present")
    words = {"kind": "leave", "why": "", "by": cast.seats["chidi"].id, "at": now()}
    put(SeatNotice(seat=cast.seats["chidi"].id, since=day(-45), until=day(-30), **words))
    assert figures(cast)["Chidi Eze"] == (1, 1, 0)
    assert figures(cast)["Bilal Hussain"] == (3, 0, 0)


def test_leave_that_ended_early_counts_no_longer(cast):
    held(cast, 20, amara="present")
    words = {"kind": "leave", "why": "", "by": cast.seats["chidi"].id, "at": now()}
    over = now() - timedelta(days=30)
    put(SeatNotice(seat=cast.seats["chidi"].id, since=day(-45), over=over, **words))
    assert figures(cast)["Chidi Eze"] == (1, 0, 0)


def test_whoever_took_the_chair_is_counted_once(cast):
    held(cast, 100, bilal="present")
    chair = put(
        Seat(
            panel=cast.lambeth.id,
            person=cast.people["bilal"].id,
            role="vice_chair",
            since=day(-60),
        )
    )
    row = meeting(cast, -10, "minuted")
    put(Attendance(meeting=row.id, seat=chair.id, status="present"))
    assert figures(cast)["Bilal Hussain"] == (2, 2, 0)


@pytest.mark.parametrize(
    ("choice", "name"),
    [("full", "Bilal Hussain, Member"), ("initials", "B. H., Member"), ("role", "Member")],
)
def test_everybody_goes_by_the_name_they_chose(browse, cast, choice, name):
    change(cast.seats["bilal"], public_name=choice)
    held(cast, 10, bilal="present")
    page = browse().get(PAGE).text
    assert re.search(rf'<th scope="row"[^>]*>{re.escape(name)}</th>', page)
    assert ("Bilal" in page) is (choice == "full")


def test_the_page_is_public_and_says_how_it_is_counted(browse, cast):
    empty = browse().get(PAGE)
    assert empty.status_code == 200 and "written down in this time" in empty.text
    held(cast, 10, amara="present", claire="present", grace="present")
    page = browse().get(PAGE).text
    assert "1 meeting since" in page and "9 of 12 places for residents are vacant." in page
    assert "Claire" not in page and "Grace" not in page
    assert f'href="{PAGE}"' in browse().get("/lambeth").text


def test_newcomers_who_are_not_active_are_not_listed(cast):
    change(cast.seats["chidi"], stage="onboarding")
    assert "Chidi Eze" not in figures(cast)


@pytest.mark.parametrize("what", ["seat.activated", "seat.imported"])
def test_meetings_before_a_seat_was_active_or_known_here_do_not_count(cast, what):
    held(cast, 60, amara="present")
    held(cast, 40, amara="present", chidi="apologies")  # a roll that names him counts
    held(cast, 20, amara="present")

    async def happened():
        with as_of(now() - timedelta(days=30)):
            async with write_tx():
                await record(what, cast.seats["chidi"], by=cast.seats["grace"])

    run(happened())
    assert figures(cast)["Chidi Eze"] == (2, 0, 1)
    assert figures(cast)["Bilal Hussain"] == (3, 0, 0)


def test_the_page_asks_the_same_for_three_members_and_for_a_hundred(browse, cast, monkeypatch):
    held(cast, 10, amara="present")
    reader, asked = browse(), []
    for more in (0, 100):
        for number in range(more):
            words = {"email": f"m{number}@panel.test", "email_key": f"m{number}@panel.test"}
            who = put(Person(name=f"Member {number}", added=now(), **words))
            put(Seat(panel=cast.lambeth.id, person=who.id, role="member", since=day(-99)))
        with counted_queries(monkeypatch) as found:
            assert reader.get(PAGE).status_code == 200
        asked.append(len(found))
    assert asked[0] == asked[1]
