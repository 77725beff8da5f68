"""A draft goes to the chair, comes back or goes round, and is shown to the public as a draft."""

from datetime import timedelta

import pytest
from conftest import run
from meetings.steps import events, letters

from minutes import steps
from scrutiny.kit.clock import as_of, now
from scrutiny.minutes.review import actions


def send(browse, row, place, name, **more):
    page = browse(name).get(f"{steps.home(row)}/{place}")
    return browse(name).post(f"{steps.home(row)}/{place}", steps.seen(page.text) | more)


def with_the_chair(cast):
    row = run(steps.drafted(cast))
    run(actions.send(row, by=cast.seats["grace"]))
    return row


def test_the_secretariat_sends_them_and_the_chair_hears_of_it(browse, cast):
    row = run(steps.drafted(cast))
    assert send(browse, row, "review", "grace").status_code == 303
    assert run(steps.stored()).stage == "chair_review"
    assert run(events())[-1] == ("minutes.sent", False)
    assert sorted(run(letters("minutes.sent"))) == ["amara@panel.test"]
    assert "with the chair" in browse("bilal").get(steps.home(row)).text


def test_the_chair_lets_them_go_round(browse, cast):
    row = with_the_chair(cast)
    assert send(browse, row, "circulation", "amara").status_code == 303
    kept = run(steps.stored())
    assert (kept.stage, kept.circulated is not None) == ("circulated", True)
    assert run(events())[-1] == ("minutes.circulated", False)
    told = run(letters("minutes.circulated"))
    assert {"claire@panel.test", "owen@panel.test", "bilal@panel.test"} <= set(told)
    assert steps.TITLE not in str(told)


def test_or_gives_them_back_with_a_reason_that_the_secretariat_reads(browse, cast):
    row = with_the_chair(cast)
    page = browse("amara").get(f"{steps.home(row)}/circulation")
    sent = steps.seen(page.text) | {"why": "Item 2 is **missing** its answer."}
    assert browse("amara").post(f"{steps.home(row)}/return", sent).status_code == 303
    assert run(steps.stored()).stage == "drafting"
    assert "missing" in browse("grace").get(steps.home(row)).text
    assert sorted(run(letters("minutes.given_back"))) == ["grace@panel.test"]


@pytest.mark.parametrize("why", ["", "   ", "x" * 2_001])
def test_not_without_a_reason_and_what_was_typed_stays(browse, cast, why):
    row = with_the_chair(cast)
    page = browse("amara").get(f"{steps.home(row)}/circulation")
    reply = browse("amara").post(f"{steps.home(row)}/return", steps.seen(page.text) | {"why": why})
    assert reply.status_code == 422
    assert why.strip()[:100] in reply.text
    assert run(steps.stored()).stage == "chair_review"


@pytest.mark.parametrize(
    ("place", "allowed", "stage"),
    [("review", {"grace"}, "drafted"), ("circulation", {"amara"}, "sent")],
)
def test_nobody_else(browse, cast, place, allowed, stage):
    row = run(steps.drafted(cast)) if stage == "drafted" else with_the_chair(cast)
    for name, status in (("bilal", 403), ("claire", 403), ("amara", 403), ("dev", 404)):
        if name not in allowed:
            assert browse(name).get(f"{steps.home(row)}/{place}").status_code == status
            assert browse(name).post(f"{steps.home(row)}/{place}").status_code == status


def test_out_of_turn_nothing_moves(browse, cast):
    row = run(steps.drafted(cast))
    assert browse("amara").get(f"{steps.home(row)}/circulation").status_code == 409
    assert browse("amara").post(f"{steps.home(row)}/circulation").status_code == 409
    assert run(steps.stored()).stage == "drafting"


def test_what_was_edited_meanwhile_does_not_go_round_unseen(browse, cast):
    row = with_the_chair(cast)
    page = browse("amara").get(f"{steps.home(row)}/circulation")
    run(steps.write_on(row, "Search records", "Other words."))
    run(steps.actions.compile(row, by=cast.seats["grace"]))
    reply = browse("amara").post(f"{steps.home(row)}/circulation", steps.seen(page.text))
    assert reply.status_code == 409
    assert run(steps.stored()).stage == "chair_review"


# -- what the public is shown ---------------------------------------------------------------------


def test_the_public_reads_a_draft_only_where_the_chair_shows_one(browse, cast):
    row = run(steps.circulated(cast))
    assert browse().get(steps.home(row)).status_code == 404

    assert send(browse, row, "shown", "amara").status_code == 303

    page = browse().get(steps.home(row))
    assert page.status_code == 200
    assert "DRAFT - not yet approved" in page.text
    assert "Search records" in page.text
    assert browse().get(f"{steps.home(row)}.pdf").status_code == 404
    assert run(events())[-1] == ("minutes.draft_shown", True)


def test_it_is_a_copy_and_edits_do_not_show_by_themselves(browse, cast):
    row = run(steps.circulated(cast))
    run(actions.show_draft(row, by=cast.seats["amara"]))
    run(steps.write_on(row, "Search records", "A kingfisher."))
    run(steps.actions.compile(row, by=cast.seats["grace"]))
    assert "A kingfisher." not in browse().get(steps.home(row)).text
    run(actions.show_draft(row, by=cast.seats["amara"]))
    assert "A kingfisher." in browse().get(steps.home(row)).text


def test_once_published_the_draft_is_gone(browse, cast):
    row = run(steps.circulated(cast))
    run(actions.show_draft(row, by=cast.seats["amara"]))
    run(steps.approve(cast, row))
    run(steps.clearing.clear(row, by=cast.seats["hana"]))
    run(steps.release(cast, row))
    assert "DRAFT" not in browse().get(steps.home(row)).text
    assert run(steps.stored()).shown == ""


# -- in writing -----------------------------------------------------------------------------------


def approve(browse, row, name="amara", **more):
    return send(browse, row, "approval", name, **more)


def test_three_signatures_approve_after_ten_working_days(browse, cast):
    row = run(steps.circulated(cast))
    for name in steps.SIGNERS:
        assert send(browse, row, "signature", name).status_code == 303
    assert "Who has signed" in browse("amara").get(f"{steps.home(row)}/signature").text
    assert approve(browse, row, at="writing").status_code == 303
    assert run(steps.stored()).stage == "approved"


def test_two_signatures_do_not(browse, cast):
    row = run(steps.circulated(cast))
    run(steps.sign(cast, row, "amara", "bilal"))
    page = browse("amara").get(f"{steps.home(row)}/approval").text
    assert "They cannot be approved yet" in page
    sent = steps.seen_now(run(steps.stored()))
    reply = browse("amara").post(f"{steps.home(row)}/approval", sent)
    assert reply.status_code == 409
    assert "two members sign" in reply.text


def test_nor_three_without_whoever_chairs(cast):
    row = run(steps.circulated(cast))
    run(steps.sign(cast, row, "bilal", "chidi"))
    with pytest.raises(steps.NotNow, match="In writing"):
        run(actions.approve(row, by=cast.seats["amara"]))


def test_nor_before_ten_working_days(cast):
    row = run(steps.drafted(cast))
    with as_of(now() - timedelta(days=3)):
        run(actions.send(row, by=cast.seats["grace"]))
        run(actions.circulate(row, by=cast.seats["amara"]))
    run(steps.sign(cast, row))
    with pytest.raises(steps.NotNow, match="in writing from"):
        run(actions.approve(row, by=cast.seats["amara"]))


def test_any_edit_takes_the_signatures_with_it(cast):
    row = run(steps.signed(cast))
    run(steps.write_on(row, "Search records", "Other words."))
    run(steps.actions.compile(row, by=cast.seats["grace"]))
    with pytest.raises(steps.NotNow, match="In writing"):
        run(actions.approve(row, by=cast.seats["amara"]))


def test_nobody_signs_twice_or_for_another(browse, cast):
    row = run(steps.circulated(cast))
    run(steps.sign(cast, row, "bilal"))
    with pytest.raises(steps.NotNow, match="already"):
        run(steps.sign(cast, row, "bilal"))
    for name, status in (("grace", 403), ("claire", 403), ("dev", 404)):
        assert browse(name).get(f"{steps.home(row)}/signature").status_code == status
        assert browse(name).post(f"{steps.home(row)}/signature").status_code == status


# -- at a meeting ---------------------------------------------------------------------------------


def tomorrow():
    return as_of(now() + timedelta(days=1))


def later(cast, *present, **changes):
    from_them = steps.meetings.roll(cast, *present)
    row = run(steps.meetings.meeting(cast, "in_session", **changes))
    seen = run(steps.meetings.stored(row))
    run(steps.record_attendance(seen, from_them, by=cast.seats["grace"]))
    return row


def test_a_later_meeting_with_a_quorum_approves(browse, cast):
    row = run(steps.circulated(cast))
    with tomorrow():
        then = later(cast, "amara", "bilal")
        page = browse("amara").get(f"{steps.home(row)}/approval").text
        assert "which had a quorum" in page
        assert approve(browse, row, at=str(then.id)).status_code == 303
    kept = run(steps.stored())
    assert (kept.stage, kept.approved_at) == ("approved", then.id)


def test_one_without_a_quorum_does_not(cast):
    row = run(steps.circulated(cast))
    with tomorrow():
        then = later(cast, "amara")
        with pytest.raises(steps.NotNow, match="with a quorum"):
            run(actions.approve(row, by=cast.seats["amara"], at=then.id))


def test_nor_the_meeting_itself_nor_one_that_is_not(cast):
    row = run(steps.circulated(cast))
    for known in (row.id, cast.lambeth.id):
        with pytest.raises(steps.NotNow, match="later meeting"):
            run(actions.approve(row, by=cast.seats["amara"], at=known))


def test_nor_while_the_accuracy_window_is_open(cast):
    row = run(steps.drafted(cast))
    run(actions.send(row, by=cast.seats["grace"]))
    run(actions.circulate(row, by=cast.seats["amara"]))
    with tomorrow():
        then = later(cast, "amara", "bilal")
        with pytest.raises(steps.NotNow, match="Everybody at the table has until"):
            run(actions.approve(row, by=cast.seats["amara"], at=then.id))


def test_whoever_edited_them_does_not_approve_them(cast):
    """Even if somebody else compiled them last."""
    row = run(steps.signed(cast))

    async def amara_saved_once() -> None:
        async with steps.write_tx():
            kept = await steps.stored()
            what = {"number": 99, "how": "edited", "at": now(), "document": "{}"}
            by = cast.seats["amara"].id
            await steps.Version.insert(steps.Version(minutes=kept.id, by=by, **what))

    run(amara_saved_once())
    with pytest.raises(steps.NotNow, match="somebody else must approve"):
        run(actions.approve(row, by=cast.seats["amara"]))
