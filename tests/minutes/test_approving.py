"""The chair approves, and binds the fingerprint of exactly these words."""

import hashlib

import pytest
from conftest import run
from meetings.steps import events, facts

from minutes import steps
from scrutiny.kit.db import write_tx
from scrutiny.minutes.tables import Minutes
from scrutiny.people.tables import Seat


def approve(browse, row, name="amara", **changes):
    page = browse(name).get(f"{steps.home(row)}/approval")
    return browse(name).post(f"{steps.home(row)}/approval", steps.seen(page.text) | changes)


def test_the_chair_approves(browse, cast):
    row = run(steps.signed(cast))
    page = browse("amara").get(f"{steps.home(row)}/approval").text
    assert "The panel <strong>noted</strong> the answer" in page  # the chair reads it all

    reply = approve(browse, row)

    assert (reply.status_code, reply.headers["location"]) == (303, steps.home(row))
    bound = run(steps.stored())
    mark = hashlib.sha256(bound.document.encode()).hexdigest()
    assert (bound.stage, bound.approved_hash) == ("approved", mark)
    assert bound.approved_by == cast.seats["amara"].id
    assert run(events())[-1] == ("minutes.approved", False)
    assert run(facts("minutes.approved"))["sha256"] == mark
    assert mark in browse("bilal").get(f"{steps.home(row)}/draft").text


@pytest.mark.parametrize(
    ("name", "status"), [("grace", 403), ("bilal", 403), ("owen", 403), ("dev", 404)]
)
def test_others_may_not_approve(browse, cast, name, status):
    row = run(steps.signed(cast))
    assert browse(name).get(f"{steps.home(row)}/approval").status_code == status
    assert browse(name).post(f"{steps.home(row)}/approval").status_code == status
    assert run(steps.stored()).stage == "circulated"


def test_whoever_compiled_them_may_not_approve_them(browse, cast):
    row = run(steps.signed(cast))

    async def amara_compiled() -> None:
        amara = cast.people["amara"]
        async with write_tx():
            also = Seat(panel=cast.lambeth, person=amara, role="secretariat", since=row.date)
            await Seat.insert(also)
            await Minutes.update({Minutes.compiled_by: also.id}).where(Minutes.edition == 1)

    run(amara_compiled())
    page = browse("amara").get(f"{steps.home(row)}/approval").text
    assert "You compiled these minutes yourself." in page
    reply = browse("amara").post(f"{steps.home(row)}/approval", steps.seen_now(run(steps.stored())))
    assert reply.status_code == 409
    assert "somebody else must approve them" in reply.text
    assert run(steps.stored()).stage == "circulated"


def test_not_when_the_notes_were_changed_since(browse, cast):
    row = run(steps.signed(cast))
    run(steps.write_on(row, "Search records", "Other words."))
    reply = approve(browse, row)
    assert reply.status_code == 409
    assert "Item 2: Search records" in reply.text
    assert run(steps.stored()).stage == "circulated"


def test_what_was_compiled_again_meanwhile_was_not_read(browse, cast):
    row = run(steps.signed(cast))
    form = steps.seen(browse("amara").get(f"{steps.home(row)}/approval").text)
    run(steps.write_on(row, "Search records", "Other words."))
    run(steps.actions.compile(row, by=cast.seats["grace"]))

    reply = browse("amara").post(f"{steps.home(row)}/approval", form)

    assert reply.status_code == 409
    assert "Please look again." in reply.text
    assert run(steps.stored()).stage == "circulated"


@pytest.mark.parametrize("seen", ["", "x", "1", "1.0", "2.1"])
def test_a_form_that_saw_nothing_approves_nothing(browse, cast, seen):
    row = run(steps.signed(cast))
    reply = browse("amara").post(f"{steps.home(row)}/approval", {"seen": seen})
    assert reply.status_code == 409
    assert run(steps.stored()).stage == "circulated"


def test_not_twice_and_not_before_they_are_compiled(browse, cast):
    row = run(steps.held(cast))
    assert browse("amara").get(f"{steps.home(row)}/approval").status_code == 409
    assert browse("amara").post(f"{steps.home(row)}/approval", {}).status_code == 409
    run(steps.actions.compile(row, by=cast.seats["grace"]))
    run(steps.to_the_table(cast, row))
    run(steps.sign(cast, row))
    form = steps.seen(browse("amara").get(f"{steps.home(row)}/approval").text)
    replies = [browse("amara").post(f"{steps.home(row)}/approval", form) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [303, 303]
    assert [one for one, _ in run(events())].count("minutes.approved") == 1
    assert browse("amara").get(f"{steps.home(row)}/approval").status_code == 409
