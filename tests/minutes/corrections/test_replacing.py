"""Words that must not be read any more: a new edition takes the earlier ones away."""

import pytest
from conftest import HOME, run
from meetings.steps import facts
from seeking import holds, in_database_file, in_tables, on_disk

from minutes import steps
from scrutiny.ledger.tables import Entry
from scrutiny.minutes.tables import Version

CANARY = "Kingfisher Marmalade"
NOTE = "A name was left in that should not have been there."
PLACES = ("", "?edition=1", "?edition=2", ".pdf", ".pdf?edition=1", ".json", ".docx",
          ".json?edition=1")  # fmt: skip
AROUND = ("/lambeth", "/lambeth/meetings", "/ledger", "/ledger.json", "/ledger.atom", "/",
          "/sitemap.xml", "/about/open-data", "/lambeth/minutes.atom")  # fmt: skip


def correct(browse, row, **changes):
    page = browse("grace").get(f"{steps.home(row)}/correction").text
    item = page.split('name="notes-')[1].split('"')[0]
    sent = {"note": NOTE, f"notes-{item}": "A resident spoke.", "replaces": "yes"}
    return browse("grace").post(f"{steps.home(row)}/correction", steps.seen(page) | sent | changes)


def with_canary(cast):
    return run(steps.published(cast, items=(("Search records", f"{CANARY} spoke."),)))


def bring_out(cast, row):
    run(steps.to_the_table(cast, row))
    run(steps.approve(cast, row))
    run(steps.clearing.clear(row, by=cast.seats["hana"]))
    run(steps.release(cast, row))


def test_they_are_nowhere_any_more(browse, cast):
    row = with_canary(cast)
    assert browse().get(steps.home(row)).text.count(CANARY)
    assert correct(browse, row).status_code == 303
    assert CANARY in browse().get(steps.home(row)).text  # until the new one is published

    bring_out(cast, row)

    old = browse().get(f"{steps.home(row)}?edition=1")
    assert old.status_code == 410
    assert "Redacted: replaced by edition 2." in old.text
    assert f'href="{steps.home(row)}?edition=2"' in old.text
    newest = browse().get(steps.home(row))
    assert (newest.status_code, "A resident spoke." in newest.text) == (200, True)
    for path in (*(steps.home(row) + kind for kind in PLACES), *AROUND):
        assert not holds(browse().get(path).content, CANARY), path
    assert run(in_tables(CANARY)) == []
    assert in_database_file(CANARY) == []
    assert on_disk(HOME, CANARY) == []


def test_the_ledger_has_a_tombstone_for_each_fingerprint(browse, cast):
    row = with_canary(cast)
    first = run(steps.stored(1))
    correct(browse, row)
    bring_out(cast, row)

    entries = run(Entry.select().order_by(Entry.seq).run())
    kinds = [one["kind"] for one in entries]
    assert kinds == ["minutes", "minutes data"] * 2 + ["withdrawal"] * 2
    assert {first.sha256, first.approved_hash}.isdisjoint(one["sha256"] for one in entries)
    assert run(facts("minutes.withdrawn"))["edition"] == 1
    assert run(facts("minutes.corrected"))["replaces"] is True
    left = run(Version.select(Version.document).run())
    assert [one["document"] for one in left] == [run(steps.stored(2)).document]


def test_without_the_tick_the_earlier_edition_stays(browse, cast):
    row = with_canary(cast)
    correct(browse, row, replaces="")
    bring_out(cast, row)
    old = browse().get(f"{steps.home(row)}?edition=1")
    assert (old.status_code, CANARY in old.text) == (200, True)


def test_why_an_earlier_one_was_corrected_goes_with_it(browse, cast):
    row = with_canary(cast)
    run(steps.corrected(cast, row, f"{CANARY} was there."))
    assert CANARY in browse().get(steps.home(row)).text
    correct(browse, row)
    bring_out(cast, row)
    assert run(steps.document(3))["corrections"] == [{"edition": 3, "note": NOTE}]
    assert run(in_tables(CANARY)) == []


def test_the_tick_is_kept_and_can_be_taken_back(browse, cast):
    row = with_canary(cast)
    correct(browse, row)
    page = browse("grace").get(f"{steps.home(row)}/correction").text
    assert "checked" in page.split('name="replaces"')[1].split(">")[0]
    assert run(steps.stored(2)).replaces
    again = correct(browse, row, note="", replaces="yes")
    assert again.status_code == 422
    assert "checked" in again.text.split('name="replaces"')[1].split(">")[0]
    assert correct(browse, row, replaces="").status_code == 303
    assert not run(steps.stored(2)).replaces


@pytest.mark.parametrize("name", ["amara", "bilal", "owen"])
def test_others_may_not(browse, cast, name):
    row = with_canary(cast)
    sent = {"note": NOTE, "replaces": "yes"}
    assert browse(name).post(f"{steps.home(row)}/correction", sent).status_code == 403


def test_called_back_everything_stays(browse, cast):
    """Nothing goes before the new edition is out."""
    row = with_canary(cast)
    correct(browse, row)
    run(steps.to_the_table(cast, row))
    run(steps.approve(cast, row))
    run(steps.clearing.clear(row, by=cast.seats["hana"]))
    run(steps.clearing.publish(row, by=cast.seats["grace"]))
    run(steps.clearing.call_back(row, by=cast.seats["hana"]))
    assert run(steps.hold_over()) == 0
    assert CANARY in browse().get(steps.home(row)).text
