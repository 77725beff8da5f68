"""Items and cases are put on an agenda, moved by buttons, and taken off again."""

import asyncio

import pytest
from conftest import run
from meetings.steps import counted_queries, events, facts, home

from scrutiny.agendas import actions
from scrutiny.agendas.rules import Line
from scrutiny.meetings import actions as meetings

from .steps import STANDING, case, draft, items, meeting, stage_of, titles


def test_an_item_is_added_at_the_end_and_recorded(browse, cast):
    row = run(meeting(cast))
    path = f"{home(row)}/agenda"

    reply = browse("grace").post(path, {"title": " Questions  from residents "})

    assert (reply.status_code, reply.headers["location"]) == (303, path)
    assert run(titles(row)) == [*STANDING, "Questions from residents"]
    assert run(events())[-1] == ("agenda.item_added", False)
    assert run(facts("agenda.item_added")) == {"position": 5}
    assert "Questions from residents" in browse("grace").get(path).text
    assert "Questions from residents" not in browse().get(home(row)).text  # not published


def test_an_item_needs_words(browse, cast):
    row = run(meeting(cast))
    reply = browse("grace").post(f"{home(row)}/agenda", {"title": "x" * 201})
    assert reply.status_code == 422
    assert "200 characters at most" in reply.text and "x" * 201 in reply.text
    assert run(titles(row)) == STANDING


def test_the_same_form_twice_adds_one_item(browse, cast):
    row = run(meeting(cast))
    form = {"title": "Questions", "form_key": "the-form-that-was-sent-twice"}
    for _ in range(2):
        assert browse("grace").post(f"{home(row)}/agenda", form).status_code == 303
    assert run(titles(row)) == [*STANDING, "Questions"]


def test_an_agenda_is_not_endless(browse, cast, monkeypatch):
    monkeypatch.setattr("scrutiny.agendas.placing.MOST_ITEMS", 4)
    row = run(meeting(cast))
    reply = browse("grace").post(f"{home(row)}/agenda", {"title": "One too many"})
    assert reply.status_code == 409
    assert "An agenda takes 4 items at most." in reply.text and "One too many" in reply.text


def test_a_case_is_put_on_the_agenda_and_thereby_scheduled(browse, cast):
    row, twelve = run(meeting(cast)), run(case(cast, 12))
    assert "Case 12: Search record 12" in browse("grace").get(f"{home(row)}/agenda").text

    reply = browse("grace").post(f"{home(row)}/agenda/cases", {"case": "12"})

    assert reply.status_code == 303
    assert run(draft(row))[-1] == Line("Search record 12", 12)
    assert run(stage_of(twelve)) == "scheduled"
    assert run(events())[-2:] == [("case.scheduled", False), ("agenda.item_added", False)]
    page = browse("grace").get(f"{home(row)}/agenda").text
    assert "No case is waiting for a meeting." in page


def test_cases_follow_their_standing_item_and_one_another(browse, cast):
    row = run(meeting(cast))
    for item in run(items(row)):
        run(actions.remove(row, item.id, by=cast.seats["grace"]))
    for title in ("Welcome", "Case review", "Any other business"):
        browse("grace").post(f"{home(row)}/agenda", {"title": title})
    for number in (12, 5):
        run(case(cast, number))
        browse("grace").post(f"{home(row)}/agenda/cases", {"case": str(number)})
    found = run(items(row))
    assert run(titles(row)) == [
        *("Welcome", "Case review", "Search record 12", "Search record 5", "Any other business")
    ]
    assert [item.position for item in found] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("sent", [{}, {"case": ""}, {"case": "twelve"}, {"case": "-1"}])
def test_a_case_must_be_chosen(browse, cast, sent):
    row = run(meeting(cast))
    run(case(cast, 12))
    reply = browse("grace").post(f"{home(row)}/agenda/cases", sent)
    assert reply.status_code == 422 and "Choose a case." in reply.text


def test_a_case_of_another_panel_is_not_there(browse, cast):
    row, theirs = run(meeting(cast)), run(case(cast, 7, "hackney"))
    assert browse("grace").post(f"{home(row)}/agenda/cases", {"case": "7"}).status_code == 404
    assert run(stage_of(theirs)) == "proposed"


@pytest.mark.parametrize("stage", ["concluded", "removed"])
def test_a_case_that_is_done_with_stays_off(browse, cast, stage):
    row, old = run(meeting(cast)), run(case(cast, 3, stage=stage))
    assert browse("grace").post(f"{home(row)}/agenda/cases", {"case": "3"}).status_code == 409
    assert run(stage_of(old)) == stage
    assert run(titles(row)) == STANDING


def test_a_case_stands_on_one_agenda_at_a_time(browse, cast):
    row, later = run(meeting(cast)), run(meeting(cast, days=50))
    run(case(cast, 12))
    assert browse("grace").post(f"{home(row)}/agenda/cases", {"case": "12"}).status_code == 303
    reply = browse("grace").post(f"{home(later)}/agenda/cases", {"case": "12"})
    assert reply.status_code == 409 and "Case 12 is on an agenda already." in reply.text


def test_the_cases_of_a_cancelled_meeting_wait_for_another(browse, cast):
    row, later, _ = run(meeting(cast)), run(meeting(cast, days=50)), run(case(cast, 12))
    run(actions.add_case(row, 12, by=cast.seats["grace"]))
    run(meetings.cancel(row, "Flooded.", by=cast.seats["grace"]))
    assert "Case 12: Search record 12" in browse("grace").get(f"{home(later)}/agenda").text
    assert browse("grace").post(f"{home(later)}/agenda/cases", {"case": "12"}).status_code == 303
    assert run(draft(later))[-1] == Line("Search record 12", 12)


def test_an_item_moves_one_place_at_a_time(browse, cast):
    row = run(meeting(cast))
    first, second, third, fourth = STANDING
    known = {item.title: str(item.id) for item in run(items(row))}

    reply = browse("grace").post(f"{home(row)}/agenda/order", {"up": known[third]})
    assert reply.status_code == 303
    assert run(titles(row)) == [first, third, second, fourth]
    assert run(events())[-1] == ("agenda.item_moved", False)
    assert run(facts("agenda.item_moved")) == {"was": 3, "position": 2}

    browse("grace").post(f"{home(row)}/agenda/order", {"down": known[first]})
    assert run(titles(row)) == [third, first, second, fourth]
    for ends in ({"up": known[third]}, {"down": known[fourth]}):  # already there
        assert browse("grace").post(f"{home(row)}/agenda/order", ends).status_code == 303
    assert run(titles(row)) == [third, first, second, fourth]


@pytest.mark.parametrize("path", ["order", "removal"])
@pytest.mark.parametrize("known", ["", "x", "00000000-0000-7000-8000-000000000000"])
def test_an_item_that_is_not_there_cannot_be_moved_or_removed(browse, cast, path, known):
    row = run(meeting(cast))
    reply = browse("grace").post(f"{home(row)}/agenda/{path}", {"up": known, "off": known})
    assert reply.status_code == 404
    assert run(titles(row)) == STANDING


def test_an_item_of_another_meeting_cannot_be_moved_from_here(browse, cast):
    row, other = run(meeting(cast)), run(meeting(cast, days=50))
    theirs = str(run(items(other))[1].id)
    for path, name in (("order", "up"), ("removal", "off")):
        reply = browse("grace").post(f"{home(row)}/agenda/{path}", {name: theirs})
        assert reply.status_code == 404
    assert run(titles(other)) == STANDING


def test_two_who_move_at_the_same_moment_lose_nothing(cast):
    row = run(meeting(cast))
    third = run(items(row))[2].id

    async def both():
        deeds = (actions.move(row, third, up=True, by=cast.seats[n]) for n in ("grace", "amara"))
        await asyncio.gather(*deeds)

    run(both())
    first, second, third_title, fourth = STANDING
    assert run(titles(row)) == [third_title, first, second, fourth]


def test_an_item_is_taken_off_and_its_case_waits_again(browse, cast):
    row, twelve = run(meeting(cast)), run(case(cast, 12))
    run(actions.add_case(row, 12, by=cast.seats["grace"]))
    last = str(run(items(row))[-1].id)

    reply = browse("grace").post(f"{home(row)}/agenda/removal", {"off": last})

    assert reply.status_code == 303
    assert run(titles(row)) == STANDING
    assert run(stage_of(twelve)) == "proposed"
    assert ("agenda.item_removed", False) in run(events())
    assert browse("grace").post(f"{home(row)}/agenda/removal", {"off": last}).status_code == 404


def test_an_item_with_notes_stays(browse, cast):
    row = run(meeting(cast, "in_session"))
    item = run(items(row))[0]
    run(actions.write_notes(item, "Agreed.", by=cast.seats["grace"]))
    reply = browse("grace").post(f"{home(row)}/agenda/removal", {"off": str(item.id)})
    assert reply.status_code == 409 and "There are notes on this item" in reply.text
    assert run(titles(row)) == STANDING


PATHS = [
    ("", {"title": "A"}),
    ("/cases", {"case": "1"}),
    ("/order", {}),
    ("/removal", {}),
    ("/publication", {}),
]


@pytest.mark.parametrize(("path", "sent"), PATHS)
def test_who_may_not(browse, cast, path, sent):
    row = run(meeting(cast))
    for name, status in (("bilal", 403), ("claire", 403), ("owen", 403), ("dev", 404), ("", 403)):
        assert browse(name).post(f"{home(row)}/agenda{path}", sent).status_code == status
    assert browse("bilal").get(f"{home(row)}/agenda").status_code == 403
    assert (
        browse("ruth").post(f"/hackney/meetings/{row.date}/agenda{path}", sent).status_code == 404
    )
    assert run(titles(row)) == STANDING


def test_the_agenda_of_a_meeting_that_was_held_stands(browse, cast):
    row = run(meeting(cast, "held"))
    item = str(run(items(row))[1].id)
    for path, sent in (("", {"title": "A"}), ("/order", {"up": item}), ("/removal", {"off": item})):
        assert browse("grace").post(f"{home(row)}/agenda{path}", sent).status_code == 409
    assert run(titles(row)) == STANDING
    page = browse("grace").get(f"{home(row)}/agenda").text
    assert "This agenda can no longer be changed." in page


def test_thirty_items_and_cases_take_no_more_queries_than_one(browse, cast, monkeypatch):
    row = run(meeting(cast))
    run(case(cast, 100))
    browser = browse("grace")
    browser.get(f"{home(row)}/agenda")
    with counted_queries(monkeypatch) as short:
        browser.get(f"{home(row)}/agenda")
    for at in range(1, 31):
        run(case(cast, at))
        run(actions.add_case(row, at, by=cast.seats["grace"]))
        run(case(cast, at + 200))
    with counted_queries(monkeypatch) as long:
        page = browser.get(f"{home(row)}/agenda").text
    assert "Search record 30" in page and "Search record 230" in page
    assert len(short) == len(long)
