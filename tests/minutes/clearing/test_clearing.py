"""Two people before anything is public: R45 to R49 of clearing, holding back and withdrawing."""

from datetime import timedelta

import pytest
from conftest import run
from meetings.steps import events, letters

from minutes import steps
from scrutiny.kit.clock import as_of, now
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.leaks.actions import mark
from scrutiny.ledger.tables import Entry
from scrutiny.minutes.clearing import actions, withdrawing
from scrutiny.minutes.review import actions as review
from scrutiny.minutes.rules import Seen
from scrutiny.minutes.tables import Minutes, Version
from scrutiny.people.tables import Seat

WHO = "Nadia Kingfisher"
TOLD = (("Search records", f"A resident, {WHO}, spoke of it."),)


def place(row, more="clearing"):
    return f"{steps.home(row)}/{more}"


def clear(browse, row, name="hana", **more):
    page = browse(name).get(place(row))
    return browse(name).post(place(row), steps.seen(page.text) | more)


async def known(cast, kind: str, value: str) -> None:
    """As if a confidential record of the panel held it."""
    async with steps.write_tx():
        await mark(cast.lambeth, kind, value, cast.lambeth.id)


async def ledger() -> int:
    return await Entry.count()


# -- who, and what exactly ------------------------------------------------------------------------


def test_the_second_person_reads_them_as_the_public_will_and_clears_these_bytes(browse, cast):
    row = run(steps.approved(cast))
    page = browse("hana").get(place(row)).text
    assert "Search records" in page and "Nothing of what the panel keeps" in page
    assert browse("hana").get(place(row, "clearing.pdf")).content.startswith(b"%PDF")

    assert clear(browse, row).status_code == 303

    kept = run(steps.stored())
    assert (kept.stage, kept.cleared_by) == ("cleared", cast.seats["hana"].id)
    assert kept.sha256 == steps.fingerprint(bytes(kept.pdf))
    assert run(events())[-1] == ("minutes.cleared", False)
    assert run(ledger()) == 0


def test_others_do_not_clear(browse, cast):
    row = run(steps.approved(cast))
    for name, status in (("amara", 403), ("bilal", 403), ("claire", 403), ("dev", 404)):
        assert browse(name).get(place(row)).status_code == status
        assert browse(name).post(place(row)).status_code == status


def test_nor_whoever_wrote_them(browse, cast):
    row = run(steps.approved(cast))
    assert "Somebody else must clear these" in browse("grace").get(place(row)).text
    with pytest.raises(NotNow, match="somebody else must clear"):
        run(actions.clear(row, by=cast.seats["grace"]))


def test_nor_whoever_approved_them_by_another_seat(cast):
    row = run(steps.approved(cast))

    async def amara_is_custodian_too() -> Seat:
        who = {"panel": cast.lambeth, "person": cast.people["amara"]}
        seat = Seat(**who, role="data_protection_lead", since=cast.seats["amara"].since)
        async with steps.write_tx():
            await Seat.insert(seat)
        return seat

    with pytest.raises(NotNow, match="somebody else must clear"):
        run(actions.clear(row, by=run(amara_is_custodian_too())))


def test_not_before_they_are_approved(browse, cast):
    row = run(steps.circulated(cast))
    assert browse("hana").post(place(row)).status_code == 409
    assert run(steps.stored()).stage == "circulated"


def test_what_was_seen_must_be_what_is_cleared(cast):
    row = run(steps.approved(cast))
    with pytest.raises(Stale):
        run(actions.clear(row, by=cast.seats["hana"], seen=Seen(1, 1)))


@pytest.mark.parametrize("stage", ["approved", "cleared"])
def test_an_edit_voids_what_was_approved_and_cleared(cast, stage):
    row = run(getattr(steps, stage)(cast))
    run(steps.write_on(row, "Search records", "Other words."))
    run(steps.actions.compile(row, by=cast.seats["grace"]))
    kept = run(steps.stored())
    bound = (kept.approved, kept.approved_hash, kept.cleared, kept.sha256, bytes(kept.pdf))
    assert (kept.stage, *bound) == ("circulated", None, "", None, "", b"")
    for deed in (actions.clear, actions.publish):
        with pytest.raises(NotNow):
            run(deed(row, by=cast.seats["hana"]))


def test_two_who_clear_at_once_clear_once(browse, cast):
    row = run(steps.approved(cast))
    form = steps.seen(browse("hana").get(place(row)).text)
    replies = [browse("hana").post(place(row), form).status_code for _ in range(2)]
    assert replies == [303, 303]
    assert [one for one, _ in run(events())].count("minutes.cleared") == 1


# -- the leak guard -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("name", WHO, "nadia KINGFISHER"),
        ("phone", "07700 900123", "0 7 7 0 0 nine double zero one two three"),
        ("email", "nadia@example.org", "nadia [at] example [dot] org"),
    ],
)
def test_what_a_confidential_record_knows_blocks(browse, cast, kind, value, said):
    run(known(cast, kind, value))
    row = run(steps.approved(cast, items=(("Search records", f"Somebody ({said}) spoke."),)))

    reply = clear(browse, row)

    assert reply.status_code == 409
    assert "This cannot be published as it stands" in reply.text
    assert run(steps.stored()).stage == "approved"


def test_a_name_is_let_through_by_the_second_person_with_a_reason(browse, cast):
    run(known(cast, "name", WHO))
    row = run(steps.approved(cast, items=TOLD))
    page = browse("hana").get(place(row)).text
    assert WHO in page and "Blocks" in page
    found = steps.MARK.search(page)[1]
    for reason, status in (("", 409), ("She asked to be named, in writing.", 303)):
        sent = {"mark": found, "reason": reason, "form_key": steps.KEY.search(page)[1]}
        assert browse("hana").post(place(row, "clearing/lift"), sent).status_code == status
    assert clear(browse, row).status_code == 303


def test_never_by_whoever_wrote_them_and_never_a_telephone_number(cast):
    run(known(cast, "name", WHO))
    run(known(cast, "phone", "07700 900123"))
    row = run(steps.approved(cast, items=(("Welcome", f"{WHO}, 07700 900123."),)))

    async def marks() -> dict[str, str]:
        draft, held = await steps.prepared(cast, row)
        return {one.kind: one.mark for one in await steps.findings(draft, held, cast.lambeth)}

    found, reason = run(marks()), "She asked to be named, in writing."
    with pytest.raises(NotNow, match="somebody else must clear"):
        run(actions.let_through(row, found["name"], reason, by=cast.seats["grace"]))
    with pytest.raises(NotNow, match="never published"):
        run(actions.let_through(row, found["phone"], reason, by=cast.seats["hana"]))
    with pytest.raises(Missing):
        run(actions.let_through(row, "nothing", reason, by=cast.seats["hana"]))


def test_what_became_known_after_the_clearing_stops_it_at_the_door(cast):
    row = run(steps.cleared(cast, items=TOLD))
    run(known(cast, "name", WHO))
    with pytest.raises(NotNow, match="cannot be published"):
        run(actions.publish(row, by=cast.seats["grace"]))


def test_and_during_the_hold_it_is_called_back_by_itself(cast):
    row = run(steps.cleared(cast, items=TOLD))
    run(actions.publish(row, by=cast.seats["grace"]))
    run(known(cast, "name", WHO))
    run(steps.hold_over())
    kept = run(steps.stored())
    assert (kept.stage, run(ledger())) == ("cleared", 0)
    assert "cannot be published" in kept.failure


def test_a_draft_is_not_shown_to_the_public_with_it_either(cast):
    run(known(cast, "name", WHO))
    row = run(steps.circulated(cast, items=TOLD))
    with pytest.raises(NotNow, match="cannot be published"):
        run(review.show_draft(row, by=cast.seats["amara"]))


def test_small_counts_are_looked_at_before_they_go_out(browse, cast):
    words = (("Searches", "Of these, 2 Black girls aged 14 were strip searched."),)
    row = run(steps.approved(cast, items=words))
    assert "Small counts" in browse("hana").get(place(row)).text
    assert clear(browse, row).status_code == 409
    assert clear(browse, row, counts="yes").status_code == 303


# -- the hold -------------------------------------------------------------------------------------


def released(cast):
    row = run(steps.cleared(cast))
    run(actions.publish(row, by=cast.seats["grace"]))
    return row


def test_for_fifteen_minutes_nobody_outside_sees_anything(browse, cast):
    row = released(cast)
    assert run(steps.stored()).stage == "releasing"
    for path in ("", ".pdf", ".json", ".docx"):
        assert browse().get(steps.home(row) + path).status_code == 404
    listed = ("/lambeth/meetings", "/ledger", "/ledger.json", f"/lambeth/meetings/{row.date}")
    for path in listed:
        assert steps.home(row) not in browse().get(path).text
    assert run(ledger()) == 0 and run(letters("minutes.published")) == {}
    with as_of(now() + timedelta(minutes=14)):
        assert run(actions.release_due(now())) == 0
    assert run(steps.stored()).stage == "releasing"


def test_then_it_goes_out_once(browse, cast):
    row = released(cast)
    assert [run(steps.hold_over()) for _ in range(2)] == [1, 0]
    assert browse().get(steps.home(row)).status_code == 200
    assert run(ledger()) == 2


def test_it_can_be_called_back(browse, cast):
    row = released(cast)
    page = browse("hana").get(place(row, "call-back"))
    reply = browse("hana").post(place(row, "call-back"), steps.seen(page.text))
    assert reply.status_code == 303
    assert run(steps.stored()).stage == "cleared"
    assert run(steps.hold_over()) == 0
    assert browse().get(steps.home(row)).status_code == 404
    for name, status in (("bilal", 403), ("claire", 403)):
        assert browse(name).get(place(row, "call-back")).status_code == status


def test_nothing_is_edited_under_way(cast):
    row = released(cast)
    run(steps.write_on(row, "Search records", "Other words."))
    with pytest.raises(NotNow):
        run(steps.actions.compile(row, by=cast.seats["grace"]))


# -- withdrawn by order of law --------------------------------------------------------------------


def withdraw(browse, row, name="hana", **changes):
    page = browse(name).get(place(row, "withdrawal"))
    key = steps.KEY.search(page.text)[1]
    sent = {"edition": "1", "why": "By order of the court.", "sure": "yes", "form_key": key}
    return browse(name).post(place(row, "withdrawal"), sent | changes)


def test_the_words_go_and_a_page_that_says_so_stays(browse, cast):
    row = run(steps.published(cast, items=(("Search records", "A kingfisher."),)))
    before = run(steps.stored())

    assert withdraw(browse, row).status_code == 303

    page = browse().get(steps.home(row))
    assert page.status_code == 410
    assert "By order of the court." in page.text
    for path in (".pdf", ".json", ".docx", "?edition=1"):
        reply = browse().get(steps.home(row) + path)
        assert reply.status_code == 410
        assert b"kingfisher" not in reply.content
    kept = run(steps.stored())
    assert (kept.stage, bytes(kept.pdf), kept.document) == ("withdrawn", b"", "{}")
    assert run(Version.count().run()) == 0
    told = browse().get("/ledger.json").text
    assert before.sha256 not in told and "withdraw" in told
    assert browse("bilal").get(steps.home(row)).status_code == 410


@pytest.mark.parametrize("changes", [{"why": " "}, {"sure": ""}, {"edition": "x"}])
def test_a_withdrawal_says_why_and_is_meant(browse, cast, changes):
    row = run(steps.published(cast))
    assert withdraw(browse, row, **changes).status_code == 422
    assert run(steps.stored()).stage == "published"


def test_only_the_data_lead_withdraws_and_only_what_was_published(browse, cast):
    row = run(steps.cleared(cast))
    with pytest.raises(NotNow, match="Only what was published"):
        run(withdrawing.withdraw(row, 1, "Order.", by=cast.seats["hana"]))
    for name in ("grace", "amara", "claire"):
        assert browse(name).get(place(row, "withdrawal")).status_code == 403
        assert browse(name).post(place(row, "withdrawal"), {}).status_code == 403


def test_of_a_corrected_one_the_other_editions_stay(browse, cast):
    row = run(steps.published(cast, items=(("Search records", "A kingfisher."),)))
    run(steps.write_on(row, "Search records", "A heron."))
    run(steps.corrected(cast, row))
    assert withdraw(browse, row).status_code == 303
    assert browse().get(steps.home(row)).status_code == 200
    assert "A heron." in browse().get(steps.home(row)).text
    assert browse().get(f"{steps.home(row)}?edition=1").status_code == 410


def test_nothing_of_it_is_in_any_table(browse, cast):
    row = run(steps.published(cast, items=(("Search records", "A kingfisher."),)))
    run(steps.write_on(row, "Search records", "Taken out."))
    run(steps.corrected(cast, row))
    withdraw(browse, row)

    async def everything() -> str:
        from_them = ("minutes", "minutes_version", "event", "entry", "letter")
        return str([await rows(f'SELECT * FROM "{name}"') for name in from_them])

    assert "kingfisher" not in run(everything())


def test_no_minutes_are_left_half_made(cast):
    """Whatever is refused, the row stays as it was."""
    row = run(steps.approved(cast))
    before = run(Minutes.select().run())
    for deed, name in ((actions.publish, "grace"), (actions.call_back, "hana")):
        with pytest.raises(NotNow):
            run(deed(row, by=cast.seats[name]))
    assert run(Minutes.select().run()) == before
