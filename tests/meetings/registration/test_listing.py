"""The secretariat sees who means to come and what they need, and ticks who came."""

from uuid import UUID

import pytest
from conftest import run

from meetings.steps import events, facts, home, stored
from scrutiny.meetings import actions as meetings
from scrutiny.meetings.registration import queries
from scrutiny.meetings.registration.actions import admit
from scrutiny.meetings.registration.tables import Registration

from .steps import enter, open_meeting, standings


async def ids(row) -> list[str]:
    found = await Registration.objects().order_by(Registration.number)
    return [str(one.id) for one in found if one.meeting == row.id]


def test_needs_are_for_the_secretariat_and_names_for_convenors(browse, cast):
    row = run(open_meeting(cast))
    run(enter(cast, row, "Ann", email="ann@example.org", needs="Large print."))
    path = f"{home(row)}/registrations"
    page = browse("grace").get(path).text
    assert "Ann" in page and "Large print." in page and "ann@example.org" in page
    page = browse("amara").get(path).text
    assert "Ann" in page and "Large print." not in page
    for name, status in (("", 303), ("bilal", 403), ("claire", 403), ("dev", 404)):
        assert browse(name).get(path).status_code == status
        if name:
            assert browse(name).post(path).status_code == status
    assert f'href="{path}"' in browse("grace").get(home(row)).text
    assert "Ann" not in browse().get(home(row)).text


def test_who_came_is_ticked_at_the_door_by_two_at_once(browse, cast):
    row = run(open_meeting(cast, places=1, days=0))
    for name in ("Ann", "Ben", "Cem"):
        run(enter(cast, row, name))
    run(meetings.open_session(run(stored(row)), by=cast.seats["grace"]))
    ann, ben, cem = run(ids(row))
    path, drawn = f"{home(row)}/registrations", {f"was-{one}": "" for one in (ann, ben, cem)}

    assert browse("grace").post(path, drawn | {f"came-{ann}": "yes"}).status_code == 303
    assert browse("amara").post(path, drawn | {f"came-{cem}": "yes"}).status_code == 303

    assert [stage for _, stage, _ in run(standings(row))] == ["came", "waiting", "came"]
    assert run(queries.counted(row)).came == 2
    assert run(events())[-1] == ("registration.ticked", False)
    assert run(facts("registration.ticked")) == {"came": 1}
    browse("grace").post(path, {f"was-{cem}": "yes"})
    assert [stage for _, stage, _ in run(standings(row))] == ["came", "waiting", "registered"]


def test_nobody_came_before_it_began(browse, cast):
    row = run(open_meeting(cast))
    run(enter(cast, row, "Ann"))
    ann = run(ids(row))[0]
    sent = {f"was-{ann}": "", f"came-{ann}": "yes"}
    reply = browse("grace").post(f"{home(row)}/registrations", sent)
    assert reply.status_code == 409 and "once the meeting has been opened" in reply.text
    assert run(standings(row)) == [(1, "registered", "Ann")]


def test_somebody_who_waits_is_given_a_place_by_hand(browse, cast):
    row = run(open_meeting(cast, places=1))
    run(enter(cast, row, "Ann", screened=False))
    path = f"{home(row)}/registrations"
    assert "Give Ann a place" in browse("grace").get(path).text
    assert browse("grace").post(path, {"place": run(ids(row))[0]}).status_code == 303
    assert run(standings(row)) == [(1, "registered", "Ann")]
    assert browse("grace").post(path, {"place": run(ids(row))[0]}).status_code == 409
    run(enter(cast, row, "Ben"))
    reply = browse("grace").post(path, {"place": run(ids(row))[1]})
    assert reply.status_code == 409 and "Every place is taken." in reply.text


def test_a_place_at_another_meeting_is_nobodys_here(cast):
    row, other = run(open_meeting(cast)), run(open_meeting(cast, days=40))
    run(enter(cast, other, "Ann", screened=False))
    with pytest.raises(Exception, match="Nobody registered"):
        run(admit(row, UUID(run(ids(other))[0]), by=cast.seats["grace"]))


def test_nobody_yet_is_said(browse, cast):
    row = run(open_meeting(cast))
    assert "Nobody has registered." in browse("grace").get(f"{home(row)}/registrations").text


def test_places_are_set_on_a_page_of_their_own(browse, cast):
    row = run(open_meeting(cast))
    path = f"{home(row)}/places"
    assert 'value="2"' in browse("grace").get(path).text
    sent = {"capacity": "30", "closes": row.date.isoformat(), "version": str(row.version)}
    assert browse("grace").post(path, sent).status_code == 303
    saved = run(stored(row))
    assert (saved.capacity, saved.registration_closes) == (30, row.date)
    assert run(events())[-1] == ("registration.places", True)
    reply = browse("amara").post(path, sent | {"capacity": "7"})
    assert reply.status_code == 409 and 'value="7"' in reply.text and "30" in reply.text
    reply = browse("grace").post(path, {"capacity": "none"})
    assert reply.status_code == 422 and 'value="none"' in reply.text
    for name, status in (("bilal", 403), ("dev", 404)):
        assert browse(name).get(path).status_code == status
        assert browse(name).post(path, sent).status_code == status
    run(meetings.cancel(run(stored(row)), "Flood.", by=cast.seats["grace"]))
    assert browse("grace").post(path, {"capacity": "9"}).status_code == 409
