"""Notes are taken on each item; two who write at once both keep their words."""

import asyncio

import pytest
from conftest import run
from meetings.steps import counted_queries, events, home

from scrutiny.agendas import actions

from .steps import items, meeting

NOTES = "The panel **noted** the answer.\n\n- <script>alert(1)</script>"


def path_of(row, item) -> str:
    return f"{home(row)}/notes/{item.id}"


async def notes(row) -> list[str]:
    return [item.notes for item in await items(row)]


@pytest.mark.parametrize("stage", ["in_session", "held"])
def test_notes_are_kept_and_shown(browse, cast, stage):
    row = run(meeting(cast, stage))
    item = run(items(row))[1]
    assert browse("amara").get(path_of(row, item)).status_code == 200

    sent = {"notes": NOTES, "version": str(item.version)}
    reply = browse("amara").post(path_of(row, item), sent)

    assert (reply.status_code, reply.headers["location"]) == (303, f"{home(row)}/notes")
    assert run(notes(row)) == ["", NOTES, "", ""]
    assert run(events())[-1] == ("agenda.noted", False)
    page = browse("grace").get(f"{home(row)}/notes").text
    assert "<strong>noted</strong>" in page and "<script>alert" not in page
    assert "No notes yet." in page
    assert "noted" not in browse().get(home(row)).text


def test_notes_have_an_end_and_are_kept(browse, cast):
    row = run(meeting(cast, "in_session"))
    item = run(items(row))[0]
    reply = browse("grace").post(path_of(row, item), {"notes": "x" * 20_001})
    assert reply.status_code == 422
    assert "20,000 characters at most" in reply.text and "x" * 20_001 in reply.text
    assert run(notes(row)) == [""] * 4


def test_the_second_of_two_is_shown_what_the_first_wrote_and_keeps_their_own(browse, cast):
    row = run(meeting(cast, "in_session"))
    item = run(items(row))[0]
    seen = {"version": str(item.version)}
    browse("grace").post(path_of(row, item), {"notes": "Grace was first.", **seen})

    reply = browse("amara").post(path_of(row, item), {"notes": "Amara was second.", **seen})

    assert reply.status_code == 409
    assert "Somebody else saved these notes before you" in reply.text
    shown, kept = reply.text.split("<textarea")
    assert "Grace was first." in shown and "Amara was second." in kept
    assert run(notes(row))[0] == "Grace was first."
    version = reply.text.split('name="version" value="')[1].split('"')[0]
    both = {"notes": "Grace was first. Amara was second.", "version": version}
    assert browse("amara").post(path_of(row, item), both).status_code == 303
    assert run(notes(row))[0] == "Grace was first. Amara was second."


def test_two_at_the_same_moment_keep_the_first(cast):
    row = run(meeting(cast, "in_session"))
    item = run(items(row))[0]

    async def both():
        deeds = (actions.write_notes(item, n, by=cast.seats[n]) for n in ("grace", "amara"))
        return await asyncio.gather(*deeds, return_exceptions=True)

    assert sorted(type(one).__name__ for one in run(both())) == ["NoneType", "Stale"]
    assert [what for what, _ in run(events())].count("agenda.noted") == 1


def test_an_item_that_moves_does_not_make_its_notes_stale(browse, cast):
    row = run(meeting(cast, "in_session"))
    item = run(items(row))[0]
    run(actions.move(row, item.id, up=False, by=cast.seats["amara"]))
    sent = {"notes": "Kept.", "version": str(item.version)}
    assert browse("grace").post(path_of(row, item), sent).status_code == 303


@pytest.mark.parametrize("stage", ["proposed", "scheduled"])
def test_there_is_nothing_to_note_before_it_begins(browse, cast, stage):
    row = run(meeting(cast, stage))
    item = run(items(row))[0]
    reply = browse("grace").post(path_of(row, item), {"notes": "Too soon."})
    assert reply.status_code == 409
    assert "once a meeting has been opened" in reply.text and "Too soon." in reply.text
    assert run(notes(row)) == [""] * 4
    assert "Write notes" not in browse("grace").get(f"{home(row)}/notes").text


def test_who_may_not(browse, cast):
    row = run(meeting(cast, "in_session"))
    item = run(items(row))[0]
    for name, status in (("bilal", 403), ("claire", 403), ("owen", 403), ("dev", 404)):
        assert browse(name).get(f"{home(row)}/notes").status_code == status
        assert browse(name).get(path_of(row, item)).status_code == status
        assert browse(name).post(path_of(row, item), {"notes": "Mine."}).status_code == status
    assert run(notes(row)) == [""] * 4


@pytest.mark.parametrize("known", ["x", "00000000-0000-7000-8000-000000000000"])
def test_an_item_that_is_not_there_has_no_notes(browse, cast, known):
    row = run(meeting(cast, "in_session"))
    for method in ("get", "post"):
        reply = getattr(browse("grace"), method)(f"{home(row)}/notes/{known}")
        assert reply.status_code == 404


def test_another_meetings_item_is_not_there(browse, cast):
    row, other = run(meeting(cast, "in_session")), run(meeting(cast, days=40))
    item = run(items(other))[0]
    assert browse("grace").get(path_of(row, item)).status_code == 404


def test_many_items_take_no_more_queries_than_few(browse, cast, monkeypatch):
    row = run(meeting(cast, "in_session"))
    browser = browse("grace")
    browser.get(f"{home(row)}/notes")
    with counted_queries(monkeypatch) as few:
        browser.get(f"{home(row)}/notes")
    for at in range(30):
        run(actions.add_item(row, f"Item {at}", by=cast.seats["grace"]))
    with counted_queries(monkeypatch) as many:
        assert "Item 29" in browser.get(f"{home(row)}/notes").text
    assert len(few) == len(many)
