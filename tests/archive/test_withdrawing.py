"""Withdrawing what was published: a note stays at its address, and in the ledger."""

from conftest import run

from archive import steps
from scrutiny.archive import queries, rounds, shelf
from scrutiny.kit.clock import today
from scrutiny.ledger.tables import Entry

HERE = "/lambeth/archive/2019-03-14-1"
WHY = "It held the name of a child."


def withdraw(browse, who="amara", **changes):
    data = {"reason": WHY, "version": "3", "form_key": "w1"} | changes
    return browse(who).post(f"{HERE}/withdrawal", data)


def test_a_note_stays_and_nothing_else(browse, cast):
    row = run(steps.published(cast))
    assert "This cannot be undone." in browse("amara").get(f"{HERE}/withdrawal").text
    assert withdraw(browse).status_code == 303
    page = browse().get(HERE).text
    assert WHY in page and "These minutes were withdrawn" in page
    assert "figures" not in page and "Minutes of 14 March 2019" not in page
    for kind in ("docx", "json"):
        assert browse().get(f"{HERE}.{kind}").status_code == 404
    listed = browse().get("/lambeth/archive").text
    assert "Withdrawn" in listed and "Minutes of 14 March 2019" not in listed
    now = run(steps.stored(row))
    assert (now.stage, now.title, now.text, now.read, now.document) == ("withdrawn", "", "", "", "")
    assert run(steps.events(row))[-1] == ("archive.withdrawn", True)
    entries = run(Entry.objects().order_by(Entry.seq).run())
    assert len(entries) == 4 and [one.sha256 for one in entries[:2]] == ["", ""]


def test_custodians_keep_what_was_sent_unless_it_is_erased_too(browse, cast):
    row = run(steps.published(cast, steps.quick(b"as it was sent")))
    assert withdraw(browse).status_code == 303
    assert [path.suffix for _, path in shelf.lying()] == [".s"]
    assert run(rounds.sweep(today())) == 0
    original = f"/lambeth/archive/drafts/{row.id}/original"
    assert browse("hana").get(original).content == b"as it was sent"
    other = run(steps.published(cast))
    erased = {"version": "3", "form_key": "w2", "erase": "yes", "reason": WHY}
    place = queries.address_of(cast.lambeth, other)
    assert browse("hana").post(f"{place}/withdrawal", erased).status_code == 303
    assert len(list(shelf.lying())) == 1
    assert browse("hana").get(f"/lambeth/archive/drafts/{other.id}/original").status_code == 422


def test_it_asks_why(browse, cast):
    run(steps.published(cast))
    answer = withdraw(browse, reason=" ")
    assert answer.status_code == 422 and "Say why, in words that everybody may read." in answer.text


def test_it_is_for_chairs_and_the_data_lead_of_this_panel_alone(browse, cast):
    run(steps.published(cast))
    for name, status in (("grace", 403), ("bilal", 403), ("owen", 403), ("ruth", 404)):
        assert browse(name).get(f"{HERE}/withdrawal").status_code == status
        assert withdraw(browse, name).status_code == status
    assert browse().get(HERE).status_code == 200


def test_only_what_is_published_and_only_once(browse, cast):
    run(steps.published(cast))
    assert withdraw(browse, version="1").status_code == 409
    assert withdraw(browse).status_code == 303
    assert browse("amara").get(f"{HERE}/withdrawal").status_code == 409
    assert withdraw(browse, form_key="w9").status_code == 409
    assert run(Entry.count().run()) == 4
