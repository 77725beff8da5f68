"""Part B: the public and the police read how many closed items there are and why, and no more."""

import json

import pytest
from conftest import run
from meetings.steps import home, letters, over_and_done, stored
from meetings.steps import plan as planned

from scrutiny.agendas import actions
from scrutiny.agendas.linking import items_about
from scrutiny.ledger.tables import Entry
from scrutiny.meetings import actions as meetings
from scrutiny.minutes import actions as minutes
from scrutiny.minutes.queries import draft_of

from .steps import case, closed_item, document, items, meeting, named, publish, published

SECRET = ("Heron Street", "Kestrel", "Case 77")


def words(reply) -> str:
    return " ".join(reply.text.split())


async def with_closed(cast):
    """Two closed items for legal advice, one of them a case, and one for staffing."""
    row = await meeting(cast)
    await closed_item(row, cast, presenter="Kestrel", minutes=25)
    await case(cast, 77, title="Heron Street")
    grace = cast.seats["grace"]
    told = {"part": "B", "closed_reason": "legal_advice"}
    await actions.add_case(row, 77, by=grace, **told)
    await closed_item(row, cast, "Kestrel", closed_reason="staffing")
    await publish(row, cast)
    return row


@pytest.mark.parametrize("name", ["", "dev", "claire", "owen", "hana", "sol"])
def test_who_reads_only_the_count_and_the_reasons(browse, cast, name):
    row = run(with_closed(cast))
    page = words(browse(name).get(home(row)))
    assert "3 closed items:" in page and "<li>Legal advice (2)</li>" in page
    assert "<li>Staffing</li>" in page
    data = browse(name).get(f"{home(row)}/agenda.json").text
    for secret in SECRET:
        assert secret not in page and secret not in data
    assert json.loads(data)["closed"] == [
        {"reason": "legal_advice", "items": 2},
        {"reason": "staffing", "items": 1},
    ]
    assert [line["title"] for line in json.loads(data)["items"]] == [
        "Welcome and apologies", "Minutes of the last meeting", "Cases", "Any other business",
    ]  # fmt: skip
    assert "25 minutes" not in page


@pytest.mark.parametrize("name", ["amara", "bilal", "grace"])
def test_the_panel_reads_part_b_after_part_a(browse, cast, name):
    row = run(with_closed(cast))
    page = words(browse(name).get(home(row)))
    assert "closed items:" not in page
    part_a, part_b = page.split("Part B: not open to the public")
    assert "Heron Street" in part_b and "Kestrel" in part_b and "25 minutes" in part_b
    assert ">5</span>" in part_b and ">5</span>" not in part_a
    for secret in SECRET:
        assert secret not in part_a
    assert browse(name).get(f"{home(row)}/agenda.json").text == run(published(row)).document


def test_nothing_of_it_is_in_letters_ledger_or_minutes(browse, cast):
    row = run(with_closed(cast))

    async def told() -> str:
        entries = [f"{one.title} {one.address}" for one in await Entry.objects()]
        sent = await letters("agenda.published")
        return f"{entries} {sent} {(await published(row)).items}"

    found = run(told())
    for secret in (*SECRET, str(run(named(row, "Kestrel")).id)):
        assert secret not in found


def test_the_minutes_leave_it_out(cast):
    row = run(meeting(cast, "in_session"))
    secret = run(closed_item(row, cast))
    run(actions.write_notes(secret, "Kestrel was told.", by=cast.seats["grace"]))
    present = {cast.seats[name].id: "present" for name in ("amara", "bilal")}

    async def over() -> str:
        grace = cast.seats["grace"]
        await meetings.record_attendance(await stored(row), present, by=grace)
        await over_and_done(await stored(row), by=grace)
        await minutes.compile(await stored(row), by=grace)
        return str((await draft_of(grace, row)).document)

    text = run(over())
    assert "Welcome" in text and "Heron" not in text and "Kestrel" not in text


def test_opening_what_was_closed_shows_only_when_it_is_published(browse, cast):
    row = run(with_closed(cast))
    secret = run(named(row, "Kestrel"))
    sent = {"title": "Kestrel", "part": "A", "version": str(secret.version)}
    path = f"{home(row)}/agenda/items/{secret.id}"
    assert browse("grace").post(path, sent).status_code == 303
    assert "Kestrel" not in browse().get(home(row)).text
    known = [one.title for one in run(items_about(None, cast.lambeth, "item"))]
    assert "Welcome and apologies" in known and "Kestrel" not in known
    run(publish(row, cast))
    assert "Kestrel" in browse().get(home(row)).text


def test_closing_what_was_open_takes_what_stands_under_it_along(browse, cast):
    row = run(meeting(cast))
    grace = cast.seats["grace"]
    above = run(items(row))[0]
    run(actions.add_item(row, "Under it", by=grace, under=above.id))
    path = f"{home(row)}/agenda/items/{above.id}"
    sent = {"title": above.title, "part": "B", "version": str(above.version)}
    missing = browse("grace").post(path, sent)
    assert missing.status_code == 422
    assert "Say why this is not open to the public." in missing.text
    reply = browse("grace").post(path, sent | {"closed_reason": "safeguarding"})
    assert reply.status_code == 303
    under = run(named(row, "Under it"))
    assert (under.part, under.closed_reason) == ("B", "safeguarding")
    assert "Welcome" not in run(document(row)) and "Under it" not in run(document(row))
    assert '"closed":[{"reason":"safeguarding","items":2}]' in run(document(row))


def test_what_is_added_under_something_closed_is_closed(browse, cast):
    row = run(meeting(cast))
    secret = run(closed_item(row, cast))
    sent = {"title": "Kestrel", "under": str(secret.id)}
    assert browse("grace").post(f"{home(row)}/agenda", sent).status_code == 303
    under = run(named(row, "Kestrel"))
    assert (under.part, under.closed_reason, under.parent) == ("B", "legal_advice", secret.id)


def test_both_ends_know_of_a_case_and_only_the_panel_of_a_closed_one(cast):
    row = run(with_closed(cast))
    known = run(items(row))

    async def stands(name):
        seat = cast.seats.get(name)
        if seat is not None:
            seat.panel = cast.lambeth
        found = next(item.case.id for item in known if item.case and item.case.id)
        return [
            one.meeting.date for one in await items_about(seat, cast.lambeth, "case", case=found)
        ]

    assert run(stands("bilal")) == run(stands("grace")) == [row.date]
    assert run(stands("claire")) == run(stands("")) == []


def test_a_meeting_made_public_later_still_shows_only_the_count(browse, cast):
    row = run(meeting(cast, public=False))
    run(closed_item(row, cast))
    run(publish(row, cast))

    async def opened():
        await meetings.change(row, planned(row.date), by=cast.seats["grace"])

    run(opened())
    page = words(browse().get(home(row)))
    assert "1 closed item:" in page and "Heron Street" not in page
