"""Somebody checks what was read: saved as it goes, nothing typed is lost, then another is asked."""

from conftest import run

from archive import steps
from archive.steps import CHECKED, at
from scrutiny.archive import actions
from scrutiny.archive.rules import CheckForm
from scrutiny.letters.queries import opened
from scrutiny.letters.tables import Letter


def post(browse, row, who="grace", **changes):
    data = CHECKED | {"version": str(row.version), "then": "save"} | changes
    return browse(who).post(at(row), data)


async def letters() -> list[dict]:
    return await Letter.select().where(Letter.kind.like("archive.%")).order_by(Letter.key)


def test_it_is_saved_and_recorded(browse, cast):
    row = run(steps.imported(cast))
    assert post(browse, row).status_code == 303
    now = run(steps.stored(row))
    assert (now.title, now.stage, now.version) == (CHECKED["title"], "draft", 2)
    assert now.text == CHECKED["text"] and now.day.isoformat() == "2019-03-14"
    assert run(steps.events(row))[-1] == ("archive.saved", False)
    page = browse("grace").get(at(row)).text
    assert CHECKED["title"] in page and "1 heading," in page and "1 numbered item," in page


def test_what_is_unfinished_is_saved_too(browse, cast):
    row = run(steps.imported(cast))
    assert post(browse, row, day="", title="", text="Half").status_code == 303
    assert run(steps.stored(row)).text == "Half"


def test_it_asks_for_what_is_missing_and_keeps_the_words(browse, cast):
    row = run(steps.imported(cast))
    answer = post(browse, row, then="offer", day="1 May", title="", text="Half a page")
    assert answer.status_code == 422 and "Half a page" in answer.text
    assert "Say what it is" in answer.text and "Give the day of the meeting" in answer.text
    assert run(steps.stored(row)).stage == "draft"


def test_a_scan_is_published_with_a_note_or_typed(browse, cast):
    row = run(steps.imported(cast, steps.quick(found="scan", kind="pdf", pages=2)))
    page = browse("grace").get(at(row)).text
    assert "No text could be read: type the text, or publish the file with a note." in page
    answer = post(browse, row, then="offer", text="")
    assert answer.status_code == 422 and "There is no text." in answer.text
    said = {"text": "", "shows": "file", "note": "A scan of the signed paper."}
    assert post(browse, row, then="offer", **said).status_code == 303


def test_a_file_with_comments_is_offered_as_words_only(browse, cast):
    row = run(steps.imported(cast, steps.quick(found="comments")))
    page = browse("grace").get(at(row)).text
    assert "The file holds comments" in page and 'value="both"' not in page
    assert post(browse, row, then="offer").status_code == 422
    assert post(browse, row, then="offer", shows="text").status_code == 303


def test_who_may_agree_is_told_and_never_what(browse, cast):
    row = run(steps.imported(cast))
    assert post(browse, row, then="offer").status_code == 303
    assert run(steps.stored(row)).stage == "offered"
    told = run(letters())
    words = [opened(one) for one in told]
    assert {one.to.address for one in words} == {"amara@panel.test", "hana@panel.test"}
    assert all("14 March" not in one.words.text + one.words.subject for one in words)
    assert all(f"/archive/drafts/{row.id}/agreement" in one.words.text.replace("%2F", "/")
               for one in words)  # fmt: skip


def test_two_people_save_and_the_second_keeps_their_words(browse, cast):
    row = run(steps.imported(cast))
    assert post(browse, row, text="First words").status_code == 303
    answer = post(browse, row, text="Second words")
    assert answer.status_code == 409
    assert "Second words" in answer.text and "First words" in answer.text
    assert "Somebody else saved this before you." in answer.text
    assert run(steps.stored(row)).text == "First words"


def test_a_change_after_it_was_offered_has_to_be_offered_again(browse, cast):
    row = run(steps.offered(cast))
    assert post(browse, row, text="Other words").status_code == 303
    assert run(steps.stored(row)).stage == "draft"


def test_it_is_for_the_secretariat_of_this_panel_alone(browse, cast):
    row = run(steps.imported(cast))
    for name, status in (("amara", 403), ("hana", 403), ("claire", 403), ("ruth", 404)):
        assert browse(name).get(at(row)).status_code == status
        assert post(browse, row, name).status_code == status
    assert browse("grace").get("/lambeth/archive/drafts/eaten").status_code == 404
    assert run(steps.stored(row)).version == 1


def test_what_is_published_is_not_checked_again(browse, cast):
    row = run(steps.published(cast))
    assert post(browse, row).status_code == 404


def test_the_file_that_was_sent_is_for_custodians_and_each_opening_is_recorded(browse, cast):
    row = run(steps.imported(cast, steps.quick(b"as it was sent")))
    for name, status in (("amara", 403), ("bilal", 403), ("claire", 403), ("ruth", 404)):
        assert browse(name).get(at(row, "/original")).status_code == status
    for name in ("grace", "hana"):
        answer = browse(name).get(at(row, "/original"))
        assert answer.content == b"as it was sent"
        assert answer.headers["content-disposition"].startswith("attachment")
    assert [what for what, _ in run(steps.events(row))][1:] == ["archive.original_read"] * 2
    assert browse("amara").get(at(row, "/file")).content == b"as it was sent"


def test_hostile_words_are_shown_as_they_are(browse, cast):
    made = steps.quick(name="<b>x</b>.docx", text="<script>alert(1)</script>")
    row = run(steps.imported(cast, made))
    assert "<script>alert(1)" not in browse("grace").get(at(row)).text
    form = CheckForm(**CHECKED | {"text": "<script>alert(1)</script> [a](javascript:alert(1))"})
    row = run(actions.save(row, form, by=cast.seats["grace"], offer=True))
    page = browse("amara").get(at(row, "/agreement")).text
    assert "<script>alert(1)" not in page and 'href="javascript' not in page


def test_a_draft_is_deleted_with_its_files(browse, cast):
    row = run(steps.imported(cast))
    assert "This cannot be undone." in browse("grace").get(at(row, "/removal")).text
    assert browse("amara").post(at(row, "/removal"), {"sure": "yes"}).status_code == 403
    assert browse("grace").post(at(row, "/removal")).status_code == 422
    stale = {"sure": "yes", "version": "9"}
    assert browse("grace").post(at(row, "/removal"), stale).status_code == 409
    sure = {"sure": "yes", "version": "1"}
    assert browse("grace").post(at(row, "/removal"), sure).status_code == 303
    assert run(steps.stored(row)) is None and list(steps.shelf.lying()) == []
    assert run(steps.events(row))[-1] == ("archive.deleted", False)
    assert browse("grace").post(at(row, "/removal"), sure).status_code == 404
