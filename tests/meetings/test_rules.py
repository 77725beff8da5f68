"""When a meeting may be, whether it was quorate, and what a convenor's form says."""

from dataclasses import dataclass
from datetime import UTC, date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.ids import known_id
from scrutiny.kit.stages import open_moves, step
from scrutiny.meetings.plan import MeetingForm, clock, day, day_in_address, seen_version
from scrutiny.meetings.rules import (
    MOVES,
    Presence,
    Stage,
    agenda_due,
    is_discreet,
    is_inquorate,
    is_known_to_public,
    is_quorate,
    is_short_notice,
    may_open_on,
    one_seat_each,
    read_modes,
    read_roll,
    turnout,
)

TODAY = date(2026, 3, 2)
GOOD = {
    "date": "2026-05-14",
    "starts": "18:30",
    "ends": "20:30",
    "title": "Spring meeting",
    "venue": "Town Hall",
}


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({}, {}),
        ({"starts": "9.05", "ends": " 10:00 "}, {}),
        ({"date": ""}, {"date": "Give the day of the meeting, like 2026-05-14."}),
        ({"date": "2026-02-30"}, {"date": "Give the day of the meeting, like 2026-05-14."}),
        ({"date": "20260514"}, {"date": "Give the day of the meeting, like 2026-05-14."}),
        (
            {"date": "2026-03-01"},
            {"date": "That day has passed. A meeting is called for today or later."},
        ),
        ({"date": "2026-03-02"}, {}),
        (
            {"date": "9999-12-31"},
            {"date": "That is more than two years away. Choose an earlier day."},
        ),
        ({"starts": "25:00"}, {"starts": "Give the time it starts, like 18:30."}),
        ({"ends": "٢٠:٣٠"}, {"ends": "Give the time it ends, like 20:30."}),
        ({"ends": "18:30"}, {"starts": "A meeting must end after it starts."}),
        ({"title": "  "}, {"title": "Give the meeting a name."}),
        ({"title": "x" * 121}, {"title": "Make this shorter: 120 characters at most."}),
        ({"venue": ""}, {"venue": "Say where it is."}),
        ({"venue": "x" * 301}, {"venue": "Make this shorter: 300 characters at most."}),
        ({"access": "x" * 501}, {"access": "Make this shorter: 500 characters at most."}),
        ({"kind": "bwv_viewing"}, {}),
        ({"kind": "party"}, {"kind": "Choose what kind of meeting it is."}),
        (
            {"kind": "bwv_viewing", "public": "yes"},
            {"public": "A meeting at which recordings are watched is closed to the public."},
        ),
        (
            {"short_notice": "x" * 301},
            {"short_notice": "Make this shorter: 300 characters at most."},
        ),
    ],
)
def test_a_convenors_form_is_told_what_is_wrong(typed, problems):
    assert MeetingForm(**GOOD | typed).problems(TODAY) == problems


@pytest.mark.parametrize(
    ("when", "starts", "ends", "problem"),
    [
        ("2026-03-29", "01:30", "03:00", "The clocks change at 01:30 on 29 March 2026."),
        ("2026-03-29", "00:30", "03:00", ""),
        ("2026-10-25", "00:30", "01:30", "The clocks change at 01:30 on 25 October 2026."),
        ("2026-10-25", "02:30", "03:30", ""),
    ],
)
def test_times_that_clocks_skip_or_show_twice_are_refused(when, starts, ends, problem):
    found = MeetingForm(**GOOD | {"date": when, "starts": starts, "ends": ends}).problems(TODAY)
    assert found.get("starts", "").startswith(problem)
    assert bool(found) is bool(problem)


@pytest.mark.parametrize(("when", "utc"), [("2026-07-01", 17), ("2026-12-01", 18)])
def test_half_past_six_is_half_past_six_in_london_all_year(when, utc):
    plan = MeetingForm(**GOOD | {"date": when}).plan()
    assert plan.starts.astimezone(UTC).time() == time(utc, 30)
    assert f"{plan.starts:%H:%M}" == "18:30"


@given(st.text(max_size=12))
def test_any_text_is_a_day_a_time_an_id_and_a_version_or_is_not(text):
    assert day(text) is None or day(text).isoformat() == text.strip()
    assert clock(text) is None or clock(text).second == 0
    assert known_id(text) is None  # too short to be one
    assert seen_version(text, -1) >= -1


@pytest.mark.parametrize("text", ["", "x", "2026-5-14", "2026-05-32", " 2026-05-14", "20260514"])
def test_an_address_without_a_real_day_leads_nowhere(text):
    with pytest.raises(Missing):
        day_in_address(text)


@pytest.mark.parametrize(
    ("stage", "moves"),
    [
        ("proposed", ["scheduled", "cancelled"]),
        ("scheduled", ["cancelled", "postponed", "opened"]),
        ("postponed", ["rescheduled", "cancelled"]),
        ("in_session", ["closed"]),
        ("held", ["minuted"]),
        ("minuted", []),
        ("cancelled", []),
    ],
)
def test_what_may_happen_next(stage, moves):
    assert open_moves(MOVES, stage) == moves


def test_a_meeting_that_is_over_cannot_be_cancelled():
    with pytest.raises(NotNow, match="It stands at “held”, and from there it cannot be cancelled"):
        step(MOVES, Stage.HELD, "cancelled")


@pytest.mark.parametrize(
    ("present", "quorum", "quorate"),
    [(3, 3, True), (2, 3, False), (0, 0, False), (1, 0, True), (9, 3, True)],
)
def test_a_quorum_is_enough_people_and_at_least_somebody(present, quorum, quorate):
    assert is_quorate(present, quorum) is quorate


ROLES = ["chair", "member", "secretariat", "police_liaison", "police_approver"]
PEOPLE = st.lists(
    st.tuples(st.sampled_from(ROLES), st.sampled_from([one.value for one in Presence]))
)


@given(PEOPLE, st.integers(0, 12))
def test_everybody_is_counted_once_and_only_residents_make_the_quorum(people, needed):
    came = turnout(people, needed)
    assert came.present + came.left_early + came.apologies + came.absent == len(people)
    assert came.community == sum(
        role in ("chair", "member") and status in ("present", "joined_late")
        for role, status in people
    )
    police_more = turnout([*people, ("police_liaison", "present")], needed)
    assert police_more.quorate == came.quorate
    assert police_more.police == came.police + 1


@pytest.mark.parametrize(
    ("stage", "people", "inquorate"),
    [
        ("held", [("chair", "present"), ("member", "absent")], True),
        ("held", [("chair", "present"), ("member", "present")], False),
        ("in_session", [("chair", "present")], True),
        ("in_session", [], False),  # nobody has counted yet
        ("scheduled", [("chair", "present")], False),
    ],
)
def test_a_meeting_is_inquorate_once_too_few_were_counted(stage, people, inquorate):
    assert is_inquorate(stage, turnout(people, 2)) is inquorate


@pytest.mark.parametrize(
    ("stage", "public", "sequence", "known"),
    [
        ("proposed", True, 0, False),
        ("scheduled", True, 0, True),
        ("scheduled", False, 0, False),
        ("postponed", True, 1, True),
        ("postponed", False, 1, False),
        ("held", True, 1, True),
        ("cancelled", True, 0, False),  # called off before anybody was asked
        ("cancelled", True, 1, True),
        ("cancelled", False, 1, False),
    ],
)
def test_what_the_public_knows_of(stage, public, sequence, known):
    assert is_known_to_public(stage, public, sequence) is known


def test_notice_is_seven_days():
    meeting = date(2026, 5, 14)
    assert agenda_due(meeting) == date(2026, 5, 7)
    assert not is_short_notice(meeting, date(2026, 5, 7))
    assert is_short_notice(meeting, date(2026, 5, 8))
    assert not is_short_notice(meeting, date(2026, 4, 30), 14)
    assert is_short_notice(meeting, date(2026, 5, 1), 14)


@pytest.mark.parametrize(
    ("kind", "public", "discreet"),
    [
        ("ordinary", True, False),
        ("ordinary", False, True),
        ("bwv_viewing", False, True),
        ("bwv_viewing", True, True),  # brought in from elsewhere: still said to nobody
    ],
)
def test_what_calendars_of_others_are_not_told(kind, public, discreet):
    assert is_discreet(kind, public) is discreet


def test_the_roll_knows_how_each_came():
    typed = {"mode-a": "online", "mode-b": "pigeon"}
    assert read_modes(typed, ["a", "b", "c"]) == {
        "a": "online",
        "b": "in_person",
        "c": "in_person",
    }


def test_a_meeting_opens_on_its_day_or_after():
    assert [may_open_on(TODAY, TODAY + timedelta(days)) for days in (-1, 0, 1)] == [
        False,
        True,
        True,
    ]


@dataclass
class Chair:
    """A seat, as far as one_seat_each looks."""

    person: "Chair | None" = None
    id: str = ""
    role: str = ""


def test_who_holds_two_seats_comes_once_with_the_one_that_counts():
    bilal, grace = Chair(id="bilal"), Chair(id="grace")
    seats = [
        Chair(grace, "1", "secretariat"),
        Chair(bilal, "2", "secretariat"),
        Chair(bilal, "3", "member"),
        Chair(grace, "4", "secretariat"),
    ]
    assert [seat.id for seat in one_seat_each(seats)] == ["1", "3"]
    office = [Chair(bilal, "3", "member"), Chair(bilal, "5", "vice_chair")]
    for both in (office, office[::-1], [*office, Chair(bilal, "6", "secretariat")]):
        assert [seat.id for seat in one_seat_each(both)] == ["5"]


def test_nobody_is_left_out_of_the_roll():
    names = {"a": "Amara", "b": "Bilal", "c": "Chidi"}
    chosen, problems = read_roll({"seat-a": "present", "seat-b": "asleep"}, names)
    assert chosen == {"a": "present"}
    assert problems == {
        "seat-b": "Choose present, apologies or absent for Bilal.",
        "seat-c": "Choose present, apologies or absent for Chidi.",
    }
