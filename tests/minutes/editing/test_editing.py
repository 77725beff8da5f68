"""The words of a draft are edited by several people at once; nothing anybody typed is lost."""

import pytest
from conftest import run
from meetings.steps import events, facts

from minutes import steps
from minutes.test_taking_no_part import recuse
from scrutiny.agendas.tables import Item
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.minutes.clearing import actions as clearing
from scrutiny.minutes.editing import actions
from scrutiny.minutes.editing.actions import Typed
from scrutiny.minutes.editions import must_be_true
from scrutiny.minutes.review import actions as review
from scrutiny.people.tables import Seat
from scrutiny.room.tables import NoteVersion

from . import page

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://e.test/z.png)"


def change(form: dict[str, str], known, words: str) -> dict[str, str]:
    return form | {f"notes-{known}": words}


async def second_secretary(cast, name: str = "bilal") -> None:
    """Somebody else of the panel's office, who types as well."""
    role = cast.seats["grace"].role
    async with write_tx():
        await Seat.update({Seat.role: role}).where(Seat.id == cast.seats[name].id)


async def must_hold(row, by) -> None:
    """The document is what the meeting's rows say."""
    await must_be_true(await steps.stored(), row, by)


def test_the_words_are_saved_and_the_draft_is_written_anew(browse, cast):
    row = run(steps.drafted(cast))
    known = run(page.item()).id
    reply = page.send(browse, row, change(page.opened(browse, row), known, "New words.\r\nMore."))
    assert (reply.status_code, reply.headers["location"]) == (303, f"{steps.home(row)}/draft")
    assert run(page.words())[1] == "New words.\nMore." == run(page.item()).notes
    assert run(page.numbers()) == [(1, "compiled"), (2, "edited")]
    assert run(page.stage()) == "drafting"
    assert [what for what, _ in run(events())][-2:] == ["agenda.noted", "minutes.edited"]
    assert run(facts("minutes.edited"))["parts"] == 1
    assert "New words" not in str(run(facts("minutes.edited")))
    run(must_hold(row, cast.seats["grace"]))
    assert "New words." in browse("chidi").get(f"{steps.home(row)}/draft").text


def test_saving_what_it_says_already_writes_nothing(browse, cast):
    row = run(steps.approved(cast))
    reply = page.send(browse, row, page.opened(browse, row), voids="yes")
    assert reply.status_code == 303
    assert (run(page.stage()), run(page.numbers())) == ("approved", [(1, "compiled")])


@pytest.mark.parametrize(
    ("name", "status"), [("amara", 403), ("bilal", 403), ("owen", 403), ("dev", 404)]
)
def test_others_may_not_edit(browse, cast, name, status):
    row = run(steps.drafted(cast))
    item = run(page.item())
    assert browse(name).get(page.edit(row)).status_code == status
    for place in ("", "/preview", f"/{item.id}"):
        sent = {f"notes-{item.id}": "Mine.", "text": "Mine."}
        assert browse(name).post(page.edit(row) + place, sent).status_code == status
    assert run(page.item()).notes == steps.NOTES


def test_too_much_is_refused_and_kept(browse, cast):
    row = run(steps.drafted(cast))
    known = run(page.item()).id
    reply = page.send(browse, row, change(page.opened(browse, row), known, "x" * 20_001))
    assert reply.status_code == 422
    assert "20,000 characters at most" in reply.text and "x" * 20_001 in reply.text
    for place in ("/preview", f"/{known}"):
        long = {"text": "x" * 20_001}
        assert browse("grace").post(page.edit(row) + place, long).status_code == 422
    assert run(page.numbers()) == [(1, "compiled")]


def test_before_there_is_a_draft(browse, cast):
    row = run(steps.held(cast))
    assert browse("grace").get(page.edit(row)).status_code == 409
    item = run(page.item())
    reply = browse("grace").post(page.edit(row), {f"notes-{item.id}": "Mine, kept."})
    assert reply.status_code == 409 and "Mine, kept." in reply.text
    assert run(page.item()).notes == steps.NOTES


def test_not_while_they_are_about_to_be_published(browse, cast):
    row = run(steps.cleared(cast))
    form = page.opened(browse, row)
    run(clearing.publish(row, by=cast.seats["grace"]))
    assert browse("grace").get(page.edit(row)).status_code == 409
    assert "/edit" not in browse("grace").get(f"{steps.home(row)}/draft").text
    reply = page.send(browse, row, change(form, run(page.item()).id, "Mine."), voids="yes")
    assert reply.status_code == 409
    assert "Call them back first" in reply.text and "Mine." in reply.text
    assert run(page.stage()) == "releasing" and run(page.item()).notes == steps.NOTES


def test_a_further_edition_leads_to_its_correction(browse, cast):
    row = run(steps.published(cast))
    grace = cast.seats["grace"]
    run(steps.actions.correct(row, steps.actions.Correction("Why.", {}, {}), by=grace))
    reply = browse("grace").get(page.edit(row))
    assert (reply.status_code, reply.headers["location"]) == (303, f"{steps.home(row)}/correction")
    item = run(page.item())
    with pytest.raises(NotNow, match="through its correction"):
        run(actions.edit(row, {item.id: Typed("Mine.", item.version)}, by=grace))
    assert run(page.item()).notes == steps.NOTES


# -- R45: an edit voids what was approved ---------------------------------------------------------


@pytest.mark.parametrize("stage", ["approved", "cleared"])
def test_it_undoes_the_approval_and_says_so_first(browse, cast, stage):
    row = run(getattr(steps, stage)(cast))
    form = change(page.opened(browse, row), run(page.item()).id, "Other words.")
    assert "the approval no longer counts" in browse("grace").get(page.edit(row)).text

    reply = page.send(browse, row, form)
    assert reply.status_code == 422
    assert "Tick this first" in reply.text and "Other words." in reply.text
    assert (run(page.stage()), run(page.item()).notes) == (stage, steps.NOTES)

    assert page.send(browse, row, form, voids="yes").status_code == 303
    found = run(steps.stored())
    assert found.stage == "circulated"
    assert (found.approved_by, found.approved_at, found.cleared_by) == (None, None, None)
    assert (found.approved_hash, found.sha256, bytes(found.pdf)) == ("", "", b"")
    assert run(facts("minutes.edited"))["approval_undone"] is True
    with pytest.raises(NotNow):
        run(clearing.publish(row, by=cast.seats["grace"]))
    run(must_hold(row, cast.seats["grace"]))


def test_what_was_approved_while_somebody_typed_needs_the_tick_too(browse, cast):
    row = run(steps.circulated(cast))
    item = run(page.item())
    run(steps.approve(cast, row))
    with pytest.raises(NotNow, match="Tick this first"):
        run(actions.edit(row, {item.id: Typed("X.", item.version)}, by=cast.seats["grace"]))
    one = {"text": "Typed on.", "version": str(item.version)}
    assert browse("grace").post(f"{page.edit(row)}/{item.id}", one).status_code == 409
    assert (run(page.stage()), run(page.item()).notes) == ("approved", steps.NOTES)


def test_whoever_edits_is_an_author_and_does_not_approve(cast):
    row = run(steps.circulated(cast))
    run(second_secretary(cast))
    item, typed = run(page.item()), {}
    typed[item.id] = Typed("Other words.", item.version)
    run(actions.edit(row, typed, by=cast.seats["bilal"]))
    with pytest.raises(NotNow, match="somebody else must approve"):
        run(review.sign(row, by=cast.seats["bilal"]))


# -- two who type at once -------------------------------------------------------------------------


def test_two_who_type_in_the_same_item_lose_nothing(browse, cast):
    row = run(steps.drafted(cast))
    run(second_secretary(cast))
    known = run(page.item()).id
    mine, theirs = page.opened(browse, row), page.opened(browse, row, "bilal")
    page.send(browse, row, change(mine, known, f"Grace first.\n{steps.NOTES}"))
    reply = page.send(browse, row, change(theirs, known, f"{steps.NOTES}\nBilal last."), "bilal")
    assert reply.status_code == 303
    assert run(page.item()).notes == f"Grace first.\n{steps.NOTES}\nBilal last."
    assert run(page.words())[1] == run(page.item()).notes
    run(must_hold(row, cast.seats["grace"]))


def test_what_only_the_other_changed_stands(browse, cast):
    row = run(steps.drafted(cast))
    first, second = run(page.item("Welcome and apologies")).id, run(page.item()).id
    early, late = page.opened(browse, row), page.opened(browse, row)
    page.send(browse, row, change(early, first, "Changed by the first."))
    page.send(browse, row, change(late, second, "Changed by the second."))
    assert run(page.words())[:2] == ["Changed by the first.", "Changed by the second."]


def test_two_who_change_one_line_are_shown_both_and_all_else_is_saved(browse, cast):
    row = run(steps.drafted(cast))
    first, second = run(page.item("Welcome and apologies")).id, run(page.item()).id
    early, late = page.opened(browse, row), page.opened(browse, row)
    page.send(browse, row, change(early, first, "Amara opened it at six."))
    sent = change(change(late, first, "Amara opened it late."), second, "Saved all the same.")

    reply = page.send(browse, row, sent)

    assert reply.status_code == 409
    shown, _ = reply.text.split(f'name="notes-{first}"')
    assert "Amara opened it at six." in shown and "Amara opened it late." in shown
    again = page.filled(reply.text)
    assert again[f"notes-{first}"] == "Amara opened it at six.\nAmara opened it late."
    assert again[f"notes-{second}"] == "Saved all the same." == run(page.item()).notes
    assert run(page.item("Welcome and apologies")).notes == "Amara opened it at six."
    listed = browse("grace").get(page.edit(row)).text
    assert "wrote over lines" in listed and "Amara opened it late." in listed
    done = change(again, first, "Amara opened it at six, late.")
    assert page.send(browse, row, done).status_code == 303
    assert run(page.words())[:2] == ["Amara opened it at six, late.", "Saved all the same."]
    assert "wrote over lines" not in browse("grace").get(page.edit(row)).text


def test_twice_is_once(browse, cast):
    row = run(steps.drafted(cast))
    form = change(page.opened(browse, row), run(page.item()).id, "Once.")
    replies = [page.send(browse, row, form) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [303, 303]
    assert run(page.numbers()) == [(1, "compiled"), (2, "edited")]


# -- saved while somebody types -------------------------------------------------------------------


def test_it_is_kept_while_somebody_types_and_the_draft_waits(browse, cast):
    row = run(steps.drafted(cast))
    item = run(page.item())
    to = f"{page.edit(row)}/{item.id}"
    first = browse("grace").post(to, {"text": "So far.", "version": str(item.version)}).json()
    assert (first["text"], first["version"], first["mine"]) == ("So far.", 2, 2)
    assert run(page.item()).notes == "So far."
    assert run(page.words())[1] == steps.NOTES
    assert "not in the draft yet" in browse("grace").get(page.edit(row)).text
    assert browse("grace").post(to, {"text": "So far.", "version": "2"}).json()["version"] == 2
    page.send(browse, row, page.opened(browse, row))
    assert run(page.words())[1] == "So far."


def test_who_goes_on_typing_goes_on_from_their_own_words(browse, cast):
    row = run(steps.drafted(cast))
    item = run(page.item("Welcome and apologies"))
    to, began = f"{page.edit(row)}/{item.id}", str(item.version)
    browse("grace").post(to, {"text": f"Theirs.\n{item.notes}", "version": began})
    mine = f"{item.notes}\nMine."
    told = browse("grace").post(to, {"text": mine, "version": began}).json()
    assert told["text"] == f"Theirs.\n{item.notes}\nMine."
    went_on = {"text": f"{mine}\nAnd more.", "version": str(told["mine"])}
    told = browse("grace").post(to, went_on).json()
    assert told["text"] == f"Theirs.\n{item.notes}\nMine.\nAnd more."


def test_a_clash_while_somebody_types_waits_for_the_button(browse, cast):
    row = run(steps.drafted(cast))
    item = run(page.item("Welcome and apologies"))
    to, began = f"{page.edit(row)}/{item.id}", str(item.version)
    browse("grace").post(to, {"text": "One.", "version": began})
    reply = browse("grace").post(to, {"text": "Two.", "version": began})
    assert (reply.status_code, reply.json()) == (409, {"clash": True})
    assert run(page.item("Welcome and apologies")).notes == "One."

    async def aside():
        return [one.text for one in await NoteVersion.objects().where(NoteVersion.waiting.eq(True))]

    assert run(aside()) == ["Two."]


@pytest.mark.parametrize("known", ["nonsense", "00000000-0000-4000-8000-000000000000"])
def test_an_item_that_is_not_there(browse, cast, known):
    row = run(steps.drafted(cast))
    assert browse("grace").post(f"{page.edit(row)}/{known}", {"text": "X."}).status_code == 404


# -- how it will look -----------------------------------------------------------------------------


def test_a_preview_saves_nothing_and_is_inert(browse, cast):
    row = run(steps.drafted(cast))
    told = run(events())
    reply = browse("grace").post(f"{page.edit(row)}/preview", {"text": f"**Bold.** {HOSTILE}"})
    assert reply.status_code == 200 and "<strong>Bold.</strong>" in reply.text
    assert "&lt;script&gt;" in reply.text
    assert not [
        bad for bad in ("<script", 'javascript:alert(1)"', "<img", "<a ") if bad in reply.text
    ]
    known = run(page.item()).id
    form = change(page.opened(browse, row), known, f"## Seen\n\n{HOSTILE}")
    drawn = page.send(browse, row, form, preview="yes")
    assert drawn.status_code == 200
    assert "<h3>Seen</h3>" in drawn.text and "<script>alert" not in drawn.text
    assert page.filled(drawn.text)[f"notes-{known}"] == f"## Seen\n\n{HOSTILE}"
    assert (run(page.item()).notes, run(events())) == (steps.NOTES, told)
    assert run(page.numbers()) == [(1, "compiled")]


# -- what somebody takes no part in ---------------------------------------------------------------


def test_an_item_in_which_they_take_no_part_is_not_there_and_stays(browse, cast):
    row = run(steps.drafted(cast))
    item = run(page.item())
    run(recuse(cast, "grace", item.id))
    drawn = browse("grace").get(page.edit(row)).text
    assert "Search records" not in drawn and "Ask again in June" not in drawn
    form = page.filled(drawn) | {f"notes-{item.id}": "Mine.", f"version-{item.id}": "1"}
    form = change(form, run(page.item("Welcome and apologies")).id, "Hello.")
    assert page.send(browse, row, form).status_code == 303
    assert run(page.words())[:2] == ["Hello.", steps.NOTES]
    keep = browse("grace").post(f"{page.edit(row)}/{item.id}", {"text": "Mine."})
    assert keep.status_code == 404


def test_a_heading_without_words_has_no_box(browse, cast):
    row = run(steps.drafted(cast))

    async def head():
        async with write_tx():
            await Item.insert(Item(meeting=row.id, position=0, title="Part one", kind="section"))

    run(head())
    assert "Part one" not in browse("grace").get(page.edit(row)).text
