"""Who came late, who left early, and how each came; only those in the room make a quorum."""

import pytest
from conftest import run

from scrutiny.kit.clock import now
from scrutiny.meetings import actions, queries
from scrutiny.meetings.tables import Attendance
from scrutiny.people.tables import Seat

from .steps import home, meeting, roll, stored, ticked


async def lines(row) -> dict:
    found = await Attendance.objects().where(Attendance.meeting == row.id)
    return {one.seat: one for one in found}


def saved(browse, cast, row, **said) -> int:
    """Everybody sent apologies but those said to have come in some way."""
    typed = ticked(cast)
    for name, (status, mode) in said.items():
        typed |= {f"seat-{cast.seats[name].id}": status, f"mode-{cast.seats[name].id}": mode}
    return browse("grace").post(f"{home(row)}/attendance", typed).status_code


def test_who_came_late_counts_and_who_left_does_not(browse, cast):
    row = run(meeting(cast, "in_session"))
    assert (
        saved(
            browse,
            cast,
            row,
            amara=("present", "in_person"),
            bilal=("joined_late", "online"),
            chidi=("left_early", "phone"),
        )
        == 303
    )
    came = run(queries.turnout_of(row))
    assert (came.community, came.left_early, came.apologies, came.quorate) == (2, 1, 3, True)
    kept = run(lines(row))
    assert {name: kept[cast.seats[name].id].mode for name in ("amara", "bilal", "chidi")} == {
        "amara": "in_person",
        "bilal": "online",
        "chidi": "phone",
    }
    chidi, bilal = kept[cast.seats["chidi"].id], kept[cast.seats["bilal"].id]
    assert chidi.left is not None and bilal.left is None and bilal.came is not None
    page = browse("grace").get(f"{home(row)}/session").text
    assert "1 has left" in page


def test_a_quorum_is_lost_when_somebody_leaves(browse, cast):
    row = run(meeting(cast, "in_session"))
    here = {"amara": ("present", "in_person"), "bilal": ("present", "in_person")}
    saved(browse, cast, row, **here)
    assert run(queries.turnout_of(row)).quorate

    async def walk_out() -> None:
        gone = {Attendance.left: now()}
        await Attendance.update(gone).where(Attendance.seat == cast.seats["bilal"].id)

    run(walk_out())
    assert not run(queries.turnout_of(row)).quorate
    page = browse("grace").get(f"{home(row)}/attendance").text
    assert 'value="left_early" checked' in page
    assert saved(browse, cast, row, **here) == 303  # and is back
    assert run(queries.turnout_of(row)).quorate
    assert run(lines(row))[cast.seats["bilal"].id].left is None


def test_saving_the_roll_again_keeps_when_and_how_they_came(cast):
    row, grace = run(meeting(cast, "in_session")), cast.seats["grace"]
    modes = {cast.seats["bilal"].id: "online"}
    run(actions.record_attendance(row, roll(cast, "amara", "bilal"), by=grace, modes=modes))
    before = run(lines(row))[cast.seats["bilal"].id]
    run(actions.record_attendance(run(stored(row)), roll(cast, "bilal"), by=grace))
    after = run(lines(row))[cast.seats["bilal"].id]
    assert (after.came, after.mode) == (before.came, "online")
    assert run(lines(row))[cast.seats["amara"].id].came is None


def test_a_roll_written_days_later_makes_up_no_hours(cast):
    row, grace = run(meeting(cast, "held")), cast.seats["grace"]
    statuses = roll(cast) | {cast.seats["chidi"].id: "left_early"}
    run(actions.record_attendance(row, statuses, by=grace))
    line = run(lines(row))[cast.seats["chidi"].id]
    assert (line.came, line.left, line.status) == (None, None, "left_early")
    assert run(queries.turnout_of(row)).left_early == 1


def test_who_has_gone_on_leave_since_stays_in_the_roll(browse, cast):
    row = run(meeting(cast, "held"))

    async def leave() -> None:
        for name in ("bilal", "chidi"):
            await Seat.update({Seat.stage: "on_leave"}).where(Seat.id == cast.seats[name].id)

    run(leave())
    assert "Bilal Hussain" in browse("grace").get(f"{home(row)}/attendance").text
    assert "Bilal Hussain" in {one.person.name for one in run(queries.expected_at(row))}


@pytest.mark.parametrize("status", ["joined_late", "left_early"])
def test_a_way_of_coming_that_nobody_knows_is_in_person(browse, cast, status):
    row = run(meeting(cast, "in_session"))
    assert saved(browse, cast, row, amara=(status, "pigeon")) == 303
    assert run(lines(row))[cast.seats["amara"].id].mode == "in_person"
