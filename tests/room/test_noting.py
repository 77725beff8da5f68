"""Notes are taken on each item; what two people type at once is put together, nothing is lost."""

import asyncio

import pytest
from conftest import run
from meetings.steps import counted_queries, events

from scrutiny.agendas import actions as agenda
from scrutiny.room.notes import actions
from scrutiny.room.tables import NoteVersion

from .steps import home, items, meeting

NOTES = "The panel **noted** the answer.\n\n- <script>alert(1)</script>"


def path_of(row, item) -> str:
    return f"{home(row)}/notes/{item.id}"


async def notes(row) -> list[str]:
    return [item.notes for item in await items(row)]


def save(browser, row, item, text, version=None, **more):
    sent = {"notes": text, "version": str(version or item.version), **more}
    return browser.post(path_of(row, item), sent)


def version_in(page: str) -> str:
    return page.split('name="version" value="')[1].split('"')[0]


def typed_in(page: str) -> str:
    return page.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0].strip()


@pytest.mark.parametrize("stage", ["in_session", "held"])
def test_notes_are_kept_and_shown(browse, cast, stage):
    row = run(meeting(cast, stage))
    item = run(items(row))[1]
    assert browse("amara").get(path_of(row, item)).status_code == 200

    reply = save(browse("amara"), row, item, NOTES)

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
    reply = save(browse("grace"), row, item, "x" * 20_001)
    assert reply.status_code == 422
    assert "20,000 characters at most" in reply.text and "x" * 20_001 in reply.text
    assert run(notes(row)) == [""] * 4


def test_two_who_add_at_the_same_place_both_are_kept(browse, cast):
    row = run(meeting(cast, "in_session"))
    item = run(items(row))[0]
    save(browse("grace"), row, item, "Grace was first.")
    reply = save(browse("amara"), row, item, "Amara was second.")
    assert reply.status_code == 303
    assert run(notes(row))[0] == "Grace was first.\nAmara was second."


def test_two_who_change_other_lines_are_put_together(browse, cast):
    row = run(meeting(cast, "in_session"))
    item = run(items(row))[0]
    save(browse("grace"), row, item, "One.\nTwo.\nThree.")
    began = run(items(row))[0].version
    save(browse("grace"), row, item, "One, said Amara.\nTwo.\nThree.", began)
    save(browse("amara"), row, item, "One.\nTwo.\nThree, said Bilal.\nFour.", began)
    assert run(notes(row))[0] == "One, said Amara.\nTwo.\nThree, said Bilal.\nFour."


def test_two_who_change_the_same_line_are_shown_both(browse, cast):
    row = run(meeting(cast, "in_session"))
    item = run(items(row))[0]
    save(browse("grace"), row, item, "Start.\nThe panel agreed.\nEnd.")
    began = run(items(row))[0].version
    save(browse("grace"), row, item, "Start.\nThe panel agreed at once.\nEnd.", began)
    mine = "Start.\nThe panel did not agree.\nEnd.\nMore."

    reply = save(browse("amara"), row, item, mine, began)

    assert reply.status_code == 409
    shown, _ = reply.text.split("<textarea")
    assert "Somebody else changed the same lines before you" in shown
    assert "The panel agreed at once." in shown and "The panel did not agree." in shown
    both = "Start.\nThe panel agreed at once.\nThe panel did not agree.\nEnd.\nMore."
    assert typed_in(reply.text) == both
    assert run(notes(row))[0] == "Start.\nThe panel agreed at once.\nEnd."

    # Should her machine fail now, her words are still there, for everybody who takes notes.
    page = browse("grace").get(path_of(row, item)).text
    assert "Amara Okafor wrote over lines" in page and "The panel did not agree." in page

    done = "Start.\nThe panel did not agree at once.\nEnd.\nMore."
    assert save(browse("amara"), row, item, done, version_in(reply.text)).status_code == 303
    assert run(notes(row))[0] == done
    assert "wrote over lines" not in browse("grace").get(path_of(row, item)).text


def test_the_same_clash_twice_waits_once(browse, cast):
    row = run(meeting(cast, "in_session"))
    item = run(items(row))[0]
    save(browse("grace"), row, item, "One.")
    began = run(items(row))[0].version
    save(browse("grace"), row, item, "Two.", began)
    for _ in range(2):
        assert save(browse("amara"), row, item, "Three.", began).status_code == 409

    async def waiting() -> int:
        return await NoteVersion.count().where(NoteVersion.waiting.eq(True))

    assert run(waiting()) == 1


def test_who_goes_on_typing_after_words_came_together_began_with_their_own(browse, cast):
    """As the script of the page does it: one version before the newest is what was sent."""
    row = run(meeting(cast, "in_session"))
    item = run(items(row))[0]
    save(browse("grace"), row, item, "Grace was first.")
    reply = save(browse("amara"), row, item, "Amara was sec", stay="yes")
    assert reply.headers["location"] == path_of(row, item)
    newest = int(version_in(browse("amara").get(path_of(row, item)).text))
    save(browse("amara"), row, item, "Amara was second. She goes on.", newest - 1, stay="yes")
    assert run(notes(row))[0] == "Grace was first.\nAmara was second. She goes on."


def test_two_at_the_same_moment_keep_both(cast):
    row = run(meeting(cast, "in_session"))
    item = run(items(row))[0]

    async def both():
        deeds = (
            actions.save(item, item.version, f"{name} was here.", by=cast.seats[name])
            for name in ("grace", "amara")
        )
        return await asyncio.gather(*deeds)

    assert [one.saved for one in run(both())] == [True, True]
    assert sorted(run(notes(row))[0].split("\n")) == ["amara was here.", "grace was here."]


def test_notes_that_came_by_another_way_are_merged_too(browse, cast):
    row = run(meeting(cast, "in_session"))
    item = run(items(row))[0]
    run(agenda.write_notes(item, "One.\nTwo.", by=cast.seats["grace"]))
    began = run(items(row))[0]
    assert save(browse("amara"), row, began, "One.\nTwo.\nThree.").status_code == 303
    assert save(browse("grace"), row, began, "Zero.\nOne.\nTwo.").status_code == 303
    assert run(notes(row))[0] == "Zero.\nOne.\nTwo.\nThree."


def test_an_item_that_moves_does_not_make_its_notes_stale(browse, cast):
    row = run(meeting(cast, "in_session"))
    item = run(items(row))[0]
    run(agenda.move(row, item.id, up=False, by=cast.seats["amara"]))
    assert save(browse("grace"), row, item, "Kept.").status_code == 303


@pytest.mark.parametrize("stage", ["proposed", "scheduled"])
def test_there_is_nothing_to_note_before_it_begins(browse, cast, stage):
    row = run(meeting(cast, stage))
    item = run(items(row))[0]
    reply = save(browse("grace"), row, item, "Too soon.")
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
        run(agenda.add_item(row, f"Item {at}", by=cast.seats["grace"]))
    with counted_queries(monkeypatch) as many:
        assert "Item 29" in browser.get(f"{home(row)}/notes").text
    assert len(few) == len(many)
