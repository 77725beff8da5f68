"""People come, go and come again; the room's page says who is here and whether they are enough."""

import pytest
from conftest import run
from meetings.steps import counted_queries, events, facts

from scrutiny.agendas import actions as agenda
from scrutiny.room import actions
from scrutiny.room.queries import quorum_for

from .steps import here, home, items, meeting, room, sitting, stored


def press(browser, row, cast, **pressed):
    sent = {button: str(cast.seats[name].id) for button, name in pressed.items()}
    return browser.post(f"{room(row)}/presence", sent)


def test_people_come_and_the_page_counts_them(browse, cast):
    row = run(meeting(cast, "in_session"))
    grace = browse("grace")
    page = grace.get(room(row)).text
    assert "There is no quorum: 0 of the 2 members needed can take part." in page
    assert "Not here (6)" in page

    reply = press(grace, row, cast, in_person="amara")
    assert (reply.status_code, reply.headers["location"]) == (303, room(row))
    press(grace, row, cast, online="bilal")
    press(grace, row, cast, phone="claire")

    assert run(here(row)) == {
        "amara": ("present", "in_person", True, False),
        "bilal": ("present", "online", True, False),
        "claire": ("present", "phone", True, False),
    }
    assert run(events())[-1] == ("room.presence", True)
    assert run(facts("room.presence")) == {
        "of": str(cast.seats["amara"].id), "status": "present", "mode": "in_person",
    }  # fmt: skip
    for name in ("grace", "bilal", "claire"):
        page = browse(name).get(room(row)).text
        assert "There is a quorum: 2 members who can take part." in page
        assert "Here (3)" in page and "Online" in page


def test_who_leaves_is_not_counted_until_they_come_back(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    grace = browse("grace")
    press(grace, row, cast, left="bilal")
    assert run(here(row))["bilal"] == ("left_early", "in_person", True, True)
    assert run(quorum_for(row, None)).present == 1
    assert "1</b> here, 2 needed" in grace.get(room(row)).text
    press(grace, row, cast, in_person="bilal")
    assert run(here(row))["bilal"] == ("present", "in_person", True, False)
    assert run(quorum_for(row, None)).quorate


def test_who_comes_once_it_has_begun_joined_late(browse, cast):
    row = run(sitting(cast, "amara"))
    run(actions.start(row, run(items(row))[0].id, by=cast.seats["grace"]))
    press(browse("grace"), row, cast, in_person="bilal")
    assert run(here(row))["bilal"][0] == "joined_late"
    assert run(quorum_for(row, None)).quorate


def test_apologies_are_for_whoever_was_not_here(browse, cast):
    row = run(sitting(cast, "amara"))
    press(browse("grace"), row, cast, apologies="chidi")
    assert run(here(row))["chidi"] == ("apologies", "in_person", False, False)
    reply = press(browse("grace"), row, cast, apologies="amara")
    assert reply.status_code == 409 and "Record when they left instead." in reply.text
    assert run(here(row))["amara"][0] == "present"


def test_twice_is_once(browse, cast):
    row = run(sitting(cast, "amara"))
    before = run(events())
    press(browse("grace"), row, cast, in_person="amara")
    press(browse("grace"), row, cast, left="bilal")
    assert run(events()) == before
    press(browse("grace"), row, cast, online="amara")
    assert run(here(row)) == {"amara": ("present", "online", True, False)}


def test_whoever_fills_in_the_roll_meanwhile_is_told(browse, cast):
    row = run(meeting(cast, "in_session"))
    run(actions.arrive(row, cast.seats["amara"].id, by=cast.seats["grace"]))
    assert run(stored(row)).version == row.version + 1


@pytest.mark.parametrize("stage", ["scheduled", "held"])
def test_only_while_it_is_open(browse, cast, stage):
    row = run(meeting(cast, stage))
    assert "The meeting is not open" in browse("bilal").get(room(row)).text
    reply = press(browse("grace"), row, cast, in_person="chidi")
    assert reply.status_code == 409 and "The meeting is not open." in reply.text


def test_who_may_not(browse, cast):
    row = run(sitting(cast, "amara"))
    before = run(here(row))
    for name, sees, does in (
        ("bilal", 200, 403), ("claire", 200, 403), ("owen", 200, 403), ("hana", 403, 403),
        ("dev", 404, 404),
    ):  # fmt: skip
        assert browse(name).get(room(row)).status_code == sees
        assert press(browse(name), row, cast, in_person="bilal").status_code == does
    assert run(here(row)) == before
    assert "Arrived" not in browse("bilal").get(room(row)).text


@pytest.mark.parametrize("known", ["", "x", "00000000-0000-7000-8000-000000000000"])
def test_nobody_comes_who_does_not_belong(browse, cast, known):
    row = run(sitting(cast, "amara"))
    reply = browse("grace").post(f"{room(row)}/presence", {"in_person": known})
    assert reply.status_code == 404
    assert press(browse("grace"), row, cast, in_person="dev").status_code == 404


def test_many_items_take_no_more_queries_than_few(browse, cast, monkeypatch):
    row = run(sitting(cast, "amara", "bilal"))
    grace = browse("grace")
    run(actions.start(row, run(items(row))[0].id, by=cast.seats["grace"]))
    grace.get(room(row))
    with counted_queries(monkeypatch) as few:
        grace.get(room(row))
    for at in range(40):
        run(agenda.add_item(row, f"Item {at}", by=cast.seats["grace"]))
    with counted_queries(monkeypatch) as many:
        assert "Item 39" in grace.get(room(row)).text
    assert len(few) == len(many)


def test_ways_lead_to_it(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    assert f'href="{room(row)}"' in browse("bilal").get(home(row)).text
    assert f'href="{room(row)}"' in browse("grace").get(f"{home(row)}/session").text
    assert f'href="{room(row)}"' not in browse().get(home(row)).text
