"""What the chair approved is published: a page, a PDF, data, the ledger, letters."""

import hashlib
import json

import pytest
from conftest import run
from meetings.steps import counted_queries, events, facts, letters
from meetings.steps import stored as stored_meeting

from minutes import steps
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import Missing, Stale
from scrutiny.kit.pdf import Unprintable
from scrutiny.ledger.tables import Entry
from scrutiny.meetings.rules import Stage as MeetingStage
from scrutiny.minutes import actions
from scrutiny.minutes.queries import pdf_of
from scrutiny.minutes.rules import Seen
from scrutiny.people.tables import Seat
from scrutiny.record.queries import broken_at, published_count


async def ledger() -> list[tuple[str, str, str, str]]:
    rows = await Entry.select().order_by(Entry.seq)
    return [(row["kind"], row["title"], row["address"], row["sha256"]) for row in rows]


def publish(browse, row, name="grace", **changes):
    """It goes out when the hold is over."""
    page = browse(name).get(f"{steps.home(row)}/publication")
    reply = browse(name).post(f"{steps.home(row)}/publication", steps.seen(page.text) | changes)
    run(steps.hold_over())
    return reply


def test_published_as_page_pdf_and_data_and_entered_in_the_ledger(browse, cast):
    row = run(steps.cleared(cast))
    before = run(published_count())

    reply = publish(browse, row)

    assert (reply.status_code, reply.headers["location"]) == (303, steps.home(row))
    final = run(steps.stored())
    pdf, data = bytes(final.pdf), final.document.encode()
    assert final.stage == "published"
    assert final.sha256 == hashlib.sha256(pdf).hexdigest()
    assert final.approved_hash == hashlib.sha256(data).hexdigest()
    assert run(stored_meeting(row)).stage == MeetingStage.MINUTED
    name = f"Minutes of the meeting of {today():%-d %B %Y}, edition 1"
    assert run(ledger()) == [
        ("minutes", name, f"{steps.home(row)}.pdf?edition=1", final.sha256),
        (
            "minutes data",
            f"{name}, as data",
            f"{steps.home(row)}.json?edition=1",
            final.approved_hash,
        ),
    ]
    assert run(events())[-1] == ("minutes.published", True)
    assert run(facts("minutes.published")) == {
        "edition": 1,
        "meeting": row.date.isoformat(),
        "sha256": final.sha256,
    }
    assert run(published_count()) == before + 1
    assert run(broken_at())[1] is None


def test_everybody_reads_them_and_gets_exactly_the_published_bytes(browse, cast):
    row = run(steps.published(cast))
    final = run(steps.stored())

    page = browse().get(steps.home(row))
    pdf = browse().get(f"{steps.home(row)}.pdf")
    data = browse().get(f"{steps.home(row)}.json?edition=1")

    assert page.status_code == 200
    assert page.headers["x-published"] == "1"
    assert "Approved by the chair on" in page.text
    assert final.sha256 in page.text
    assert pdf.content == bytes(final.pdf)
    assert pdf.headers["content-type"] == "application/pdf"
    assert (pdf.headers["etag"], pdf.headers["x-published"]) == (f'"{final.sha256}"', "1")
    assert data.content == final.document.encode()
    assert data.headers["content-type"] == "application/json"
    assert json.loads(data.content)["recommendations"][0]["title"] == steps.TITLE
    assert run(pdf_of(f"lambeth/{row.date}")) == bytes(final.pdf)


def test_the_panel_gets_neutral_letters(browse, cast):
    row = run(steps.published(cast))

    written = run(letters("minutes.published"))

    assert sorted(written) == [
        f"{name}@panel.test" for name in ("amara", "bilal", "chidi", "grace")
    ]
    subject, text = written["bilal@panel.test"]
    assert subject == "Panel meeting: minutes"
    assert f"https://panel.test{steps.home(row)}\n" in text
    assert steps.TITLE not in text


def test_the_page_says_what_it_does_before_it_is_done(browse, cast):
    row = run(steps.cleared(cast))
    page = browse("grace").get(f"{steps.home(row)}/publication").text
    assert "this cannot be undone" in page


@pytest.mark.parametrize(("name", "status"), [("bilal", 403), ("claire", 403), ("dev", 404)])
def test_others_may_not_publish(browse, cast, name, status):
    row = run(steps.cleared(cast))
    assert browse(name).get(f"{steps.home(row)}/publication").status_code == status
    assert browse(name).post(f"{steps.home(row)}/publication").status_code == status
    assert run(steps.stored()).stage == "cleared"


def test_nobody_signed_out_may_publish(browse, cast):
    row = run(steps.cleared(cast))
    assert browse().get(f"{steps.home(row)}/publication").status_code == 303
    assert browse().post(f"{steps.home(row)}/publication").status_code == 403


def test_not_before_the_chair_approved(browse, cast):
    row = run(steps.drafted(cast))
    assert browse("grace").get(f"{steps.home(row)}/publication").status_code == 409
    assert browse("grace").post(f"{steps.home(row)}/publication").status_code == 409
    assert run(steps.stored()).stage == "drafting"
    assert run(ledger()) == []


def test_twice_is_once(browse, cast):
    row = run(steps.cleared(cast))
    form = steps.seen(browse("grace").get(f"{steps.home(row)}/publication").text)

    replies = [browse("grace").post(f"{steps.home(row)}/publication", form) for _ in range(2)]
    run(steps.hold_over())

    assert [reply.status_code for reply in replies] == [303, 303]
    assert len(run(ledger())) == 2
    again = browse("grace").post(f"{steps.home(row)}/publication", {"seen": form["seen"]})
    assert again.status_code == 409
    assert len(run(ledger())) == 2


def test_two_who_publish_at_once_publish_once(browse, cast):
    row = run(steps.cleared(cast))
    form = steps.seen(browse("amara").get(f"{steps.home(row)}/publication").text)
    publish(browse, row, "grace")
    assert browse("amara").post(f"{steps.home(row)}/publication", form).status_code == 409
    assert len(run(ledger())) == 2


def test_notes_changed_after_the_approval_undo_it(browse, cast):
    row = run(steps.cleared(cast))
    run(steps.write_on(row, "Search records", "Something else was said."))

    reply = publish(browse, row)

    assert reply.status_code == 409
    assert "compiled and approved again: Item 2: Search records." in reply.text
    assert run(steps.stored()).stage == "cleared"
    assert run(ledger()) == []


def test_a_member_who_now_wants_initials_is_not_published_in_full(browse, cast):
    row = run(steps.cleared(cast))

    async def change() -> None:
        async with write_tx():
            await Seat.update({Seat.public_name: "initials"}).where(
                Seat.id == cast.seats["bilal"].id
            )

    run(change())
    assert publish(browse, row).status_code == 409


def test_compiled_again_meanwhile_is_stale(cast):
    row = run(steps.cleared(cast))
    looked_at = run(steps.stored())
    run(actions.compile(row, by=cast.seats["grace"]))
    run(steps.review.approve(row, by=cast.seats["amara"]))
    run(steps.clearing.clear(row, by=cast.seats["hana"]))
    seen = Seen(looked_at.edition, looked_at.version)
    with pytest.raises(Stale):
        run(steps.clearing.publish(row, by=cast.seats["grace"], seen=seen))
    assert run(ledger()) == []


def test_what_cannot_be_printed_is_said_and_nothing_is_published(browse, cast):
    row = run(steps.approved(cast, items=(("Welcome 🚓", "Hello."),)))
    letters_before = run(letters("minutes.published"))
    page = browse("hana").get(f"{steps.home(row)}/clearing")

    reply = browse("hana").post(f"{steps.home(row)}/clearing", steps.seen(page.text))

    assert reply.status_code == 422
    assert "These characters cannot be printed: “🚓”" in reply.text
    kept = run(steps.stored())
    assert (kept.stage, run(ledger())) == ("approved", [])
    assert "cannot be printed" in kept.failure and kept.failed is not None
    assert "cannot be printed" in browse("grace").get(steps.home(row)).text
    assert run(stored_meeting(row)).stage == MeetingStage.HELD
    assert run(letters("minutes.published")) == letters_before == {}
    assert events_of("minutes.published") == []
    with pytest.raises(Unprintable):
        run(steps.clearing.clear(row, by=cast.seats["hana"]))


def events_of(what: str) -> list:
    return [one for one in run(events()) if one[0] == what]


def test_minutes_of_a_closed_meeting_are_filed_for_the_panel_alone(browse, cast):
    row = run(steps.approved(cast, public=False))

    reply = publish(browse, row)

    assert reply.status_code == 303
    final = run(steps.stored())
    assert (final.stage, final.published) == ("filed", None)
    assert run(ledger()) == []
    assert run(events())[-1] == ("minutes.filed", False)
    assert run(stored_meeting(row)).stage == MeetingStage.MINUTED
    assert "Closed: only the panel reads this" in browse("bilal").get(steps.home(row)).text
    assert browse("bilal").get(f"{steps.home(row)}.pdf").content == bytes(final.pdf)
    assert "x-published" not in browse("bilal").get(f"{steps.home(row)}.pdf").headers
    for name in ("", "claire", "dev"):
        for path in ("", ".pdf", ".json"):
            assert browse(name).get(steps.home(row) + path).status_code == 404
    (_, text) = run(letters("minutes.filed"))["bilal@panel.test"]
    assert "/sign-in?next=" in text


@pytest.mark.parametrize("ref", ["lambeth", "lambeth/2026-13-01", "nowhere/2026-05-14", "", "//"])
def test_a_reference_that_is_none_is_told_in_a_sentence(cast, ref):
    with pytest.raises(Missing, match=r"\.$"):
        run(pdf_of(ref))


def test_a_pdf_that_is_not_published_cannot_be_fetched(cast):
    row = run(steps.cleared(cast))
    with pytest.raises(Missing, match="have been published"):
        run(pdf_of(f"lambeth/{row.date}"))


def test_the_page_asks_the_same_of_the_database_however_long_it_is(browse, cast, monkeypatch):
    row = run(steps.published(cast))
    with counted_queries(monkeypatch) as few:
        assert browse().get(steps.home(row)).status_code == 200
    for n in range(3):
        run(steps.corrected(cast, row, f"Correction {n}."))
    with counted_queries(monkeypatch) as many:
        assert browse().get(steps.home(row)).status_code == 200
    assert len(many) == len(few) <= 6
