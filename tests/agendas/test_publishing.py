"""An agenda is published, on time or late, and again after changes; nothing changes silently."""

from datetime import timedelta

import pytest
from conftest import run
from meetings.steps import events, facts, home, letters, plan, stored

from scrutiny.agendas import actions
from scrutiny.agendas.rules import digest
from scrutiny.agendas.tables import Agenda
from scrutiny.kit.clock import now
from scrutiny.kit.db import write_tx
from scrutiny.ledger.tables import Entry
from scrutiny.meetings import actions as meetings

from .steps import STANDING, case, document, items, meeting, publish, published

PUBLISH = "agenda/publication"


def words(reply) -> str:
    return " ".join(reply.text.split())


async def entries() -> list[Entry]:
    return await Entry.objects().order_by(Entry.seq)


def test_it_is_published_recorded_entered_and_told(browse, cast):
    row = run(meeting(cast))
    run(case(cast, 12))
    run(actions.add_case(row, 12, by=cast.seats["grace"]))

    reply = browse("grace").post(f"{home(row)}/{PUBLISH}")

    assert (reply.status_code, reply.headers["location"]) == (303, home(row))
    assert run(events())[-1] == ("agenda.published", True)
    assert run(facts("agenda.published")) == {"again": False, "items": 5}
    text = run(document(row))
    assert run(published(row)).document == text
    [entry] = run(entries())
    assert (entry.kind, entry.address, entry.sha256) == (
        "agenda",
        f"{home(row)}/agenda.json?edition=1",
        digest(text),
    )
    assert digest(browse().get(entry.address).text) == entry.sha256
    written = run(letters("agenda.published"))
    assert len(written) == 6
    subject, body = written["bilal@panel.test"]
    assert subject == f"Panel meeting on {row.date:%-d %B %Y}: agenda"
    assert f"https://panel.test{home(row)}" in body and "Search record" not in body


def test_the_public_reads_it_and_of_a_case_only_number_and_title(browse, cast):
    row = run(meeting(cast))
    run(case(cast, 12, finding="The officer was rude to him", month="2022-10"))
    run(actions.add_case(row, 12, by=cast.seats["grace"]))
    run(publish(row, cast))
    page = words(browse().get(home(row)))
    assert ">Welcome and apologies</span>" in page
    assert ">Case 12: Search record 12</span>" in page
    assert "rude" not in page and "/cases/12" not in page
    assert 'href="/lambeth/cases/12"' in browse("bilal").get(home(row)).text
    assert 'href="/lambeth/cases/12"' not in browse("claire").get(home(row)).text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (7, None),
        (3, "That was late: 3 days before the meeting, and 7 are owed."),
        (1, "That was late: 1 day before the meeting, and 7 are owed."),
    ],
)
def test_lateness_is_said_in_words(browse, cast, days, said):
    row = run(meeting(cast, days=days))
    awaited = "The agenda is late." if said else "The agenda will be here by"
    assert awaited in words(browse().get(home(row)))
    assert ("This agenda is late" in browse("grace").get(f"{home(row)}/agenda").text) is bool(said)
    run(publish(row, cast))
    page = words(browse().get(home(row)))
    assert "Published on" in page
    assert ("That was late" in page) is bool(said) and (said or "") in page


def test_one_published_after_the_day_says_so(browse, cast):
    row = run(meeting(cast))

    async def long_after():
        async with write_tx():
            late = {Agenda.published: now() + timedelta(30), Agenda.document: '[{"title":"A"}]'}
            await Agenda.update(late).where(Agenda.meeting == row.id)

    run(long_after())
    assert "That was late: after the day of the meeting." in words(browse().get(home(row)))


def test_changes_show_only_when_they_are_published_too(browse, cast):
    row = run(meeting(cast))
    run(publish(row, cast))
    browse("grace").post(f"{home(row)}/agenda", {"title": "Questions from residents"})
    assert "Questions from residents" not in browse().get(home(row)).text
    assert "changes that are not published" in browse("grace").get(home(row)).text
    assert "Publish the changes" in browse("grace").get(f"{home(row)}/agenda").text

    assert browse("grace").post(f"{home(row)}/{PUBLISH}").status_code == 303

    page = words(browse().get(home(row)))
    assert (
        ">Questions from residents</span>" in page and "Late item" in page and "Changed on" in page
    )
    assert len(run(entries())) == 2
    assert run(published(row)).published is not None
    assert "has changed" in run(letters("agenda.published"))["bilal@panel.test"][1]


def test_each_entry_of_the_ledger_keeps_the_bytes_that_it_hashes(browse, cast):
    """Through a change, a new day, and another meeting that takes the old one."""
    row, grace = run(meeting(cast)), cast.seats["grace"]
    run(publish(row, cast))
    run(actions.add_item(row, "Questions from residents", by=grace))
    run(publish(row, cast))
    newest = run(published(row)).document
    run(meetings.change(run(stored(row)), plan(row.date + timedelta(7)), by=grace))
    run(publish(run(meeting(cast, days=21)), cast))

    first, second, third = run(entries())
    assert first.sha256 != second.sha256
    assert [one.address.split("/")[-1] for one in (first, second, third)] == [
        f"agenda.json?edition={number}" for number in (1, 2, 3)
    ]
    for who in (browse(), browse("bilal")):
        for entry in (first, second, third):
            assert digest(who.get(entry.address).text) == entry.sha256
    moved = run(stored(row))
    assert browse().get(f"{home(moved)}/agenda.json").text == newest


@pytest.mark.parametrize("edition", ["2", "9" * 30])
def test_an_edition_that_is_not_there_is_missing(browse, cast, edition):
    row = run(meeting(cast))
    run(publish(row, cast))
    assert browse().get(f"{home(row)}/agenda.json?edition={edition}").status_code == 404


def test_the_editions_of_a_meeting_closed_since_stay_inside(browse, cast):
    row = run(meeting(cast))
    run(publish(row, cast))
    grace = cast.seats["grace"]
    run(meetings.change(run(stored(row)), plan(row.date, public=False), by=grace))
    [entry] = run(entries())
    assert browse().get(entry.address).status_code == 404
    assert browse("dev").get(entry.address).status_code == 404
    assert digest(browse("bilal").get(entry.address).text) == entry.sha256


def test_publishing_twice_is_once(browse, cast):
    row = run(meeting(cast))
    for status in (303, 409):
        assert browse("grace").post(f"{home(row)}/{PUBLISH}").status_code == status
    assert len(run(entries())) == 1
    assert "Publish" not in browse("grace").get(f"{home(row)}/agenda").text.split("Published on")[1]


def test_nobody_publishes_what_they_have_not_seen(browse, cast):
    row = run(meeting(cast))
    page = browse("grace").get(f"{home(row)}/agenda").text
    seen = page.split('name="looked_at" value="')[1].split('"')[0]
    run(actions.add_item(row, "Slipped in", by=cast.seats["amara"]))

    reply = browse("grace").post(f"{home(row)}/{PUBLISH}", {"looked_at": seen})

    assert reply.status_code == 409 and "Look again before you publish it." in reply.text
    assert run(published(row)).published is None


@pytest.mark.parametrize("stage", ["proposed", "held"])
def test_when_it_is_not_published(browse, cast, stage):
    row = run(meeting(cast, stage))
    assert browse("grace").post(f"{home(row)}/{PUBLISH}").status_code == 409
    assert run(published(row)).published is None
    assert run(entries()) == []


def test_an_empty_agenda_is_not_published(browse, cast):
    row = run(meeting(cast))
    for item in run(items(row)):
        run(actions.remove(row, item.id, by=cast.seats["grace"]))
    assert browse("grace").post(f"{home(row)}/{PUBLISH}").status_code == 409
    assert "There is nothing on this agenda yet." in browse("grace").get(f"{home(row)}/agenda").text


def test_the_agenda_of_a_closed_meeting_stays_inside(browse, cast):
    row = run(meeting(cast, public=False))
    run(publish(row, cast))
    assert run(events())[-1] == ("agenda.published", False)
    assert run(entries()) == []
    assert browse().get(home(row)).status_code == 404
    assert STANDING[0] in browse("bilal").get(home(row)).text
