"""Who takes no part in an item finds it gone: from page, list, count, draft, data and letters."""

import json

import pytest
from conftest import run
from meetings.steps import events, home

from scrutiny.agendas import actions
from scrutiny.agendas.access import reader_of
from scrutiny.agendas.carrying.actions import carry_over
from scrutiny.agendas.linking import items_about, things
from scrutiny.kit.db import write_tx

from .steps import case, closed_item, meeting, named, publish, published, recuse

WHO = ["bilal", "amara"]  # a member, and the chair


def words(reply) -> str:
    return " ".join(reply.text.split())


async def with_item(cast, name, **what):
    row = await meeting(cast)
    await actions.add_item(row, "Heron Street", by=cast.seats["grace"], **what)
    item = await named(row, "Heron Street")
    await actions.add_item(row, "Kestrel", by=cast.seats["grace"], under=item.id)
    await publish(row, cast)
    await recuse(cast, name, item.id)
    return row, item


@pytest.mark.parametrize("name", WHO)
def test_it_is_gone_from_the_page_and_the_data_with_what_stands_under_it(browse, cast, name):
    row, _ = run(with_item(cast, name))
    for path in ("", "/agenda.json", "/agenda.json?edition=1"):
        mine, others = browse(name).get(home(row) + path).text, browse().get(home(row) + path).text
        assert "Heron Street" not in mine and "Kestrel" not in mine
        assert "Heron Street" in others and "Kestrel" in others
    assert browse().get(f"{home(row)}/agenda.json").text == run(published(row)).document
    told = json.loads(browse(name).get(f"{home(row)}/agenda.json").text)
    assert len(told["items"]) == 4


def test_it_is_gone_from_the_draft_of_a_recused_chair_who_still_prepares_it(browse, cast):
    row, item = run(with_item(cast, "amara"))
    page = browse("amara").get(f"{home(row)}/agenda").text
    assert "Heron Street" not in page and "Kestrel" not in page and str(item.id) not in page
    assert "Heron Street" in browse("grace").get(f"{home(row)}/agenda").text
    path = f"{home(row)}/agenda/items/{item.id}"
    assert browse("amara").get(path).status_code == 404
    for sent, where in (
        ({"title": "Mine", "version": "1"}, path),
        ({"how": "backlog"}, f"{path}/onward"),
        ({"up": str(item.id)}, f"{home(row)}/agenda/order"),
        ({"off": str(item.id)}, f"{home(row)}/agenda/removal"),
    ):
        assert browse("amara").post(where, sent).status_code == 404
    assert run(named(row, "Heron Street")).position == item.position
    added = browse("amara").post(f"{home(row)}/agenda", {"title": "Mine", "under": str(item.id)})
    assert added.status_code == 404


def test_a_recused_chair_publishes_what_they_cannot_see(browse, cast):
    row, _ = run(with_item(cast, "amara"))
    browse("amara").post(f"{home(row)}/agenda", {"title": "News"})
    page = browse("amara").get(f"{home(row)}/agenda").text
    seen = page.split('name="looked_at" value="')[1].split('"')[0]
    reply = browse("amara").post(f"{home(row)}/agenda/publication", {"looked_at": seen})
    assert reply.status_code == 303
    page = browse().get(home(row)).text
    assert "News" in page and "Heron Street" in page


def test_a_recused_chair_drags_and_what_is_gone_stays_in_its_place(browse, cast):
    row, item = run(with_item(cast, "amara"))
    page = browse("amara").get(f"{home(row)}/agenda").text
    ids = [part.split('"')[0] for part in page.split('data-item="')[1:]]
    version = page.split('name="version" value="')[1].split('"')[0]
    sent = {"order": ",".join(reversed(ids)), "version": version}
    assert browse("amara").post(f"{home(row)}/agenda/whole-order", sent).status_code == 303
    after = browse("grace").get(f"{home(row)}/agenda").text
    ids_after = [part.split('"')[0] for part in after.split('data-item="')[1:]]
    assert ids_after[:4] == list(reversed(ids)) and ids_after[4] == str(item.id)


@pytest.mark.parametrize("name", WHO)
def test_a_closed_one_is_gone_from_part_b(browse, cast, name):
    row = run(meeting(cast))
    secret = run(closed_item(row, cast))
    run(closed_item(row, cast, "Kestrel"))
    run(publish(row, cast))
    run(recuse(cast, name, secret.id))
    page = words(browse(name).get(home(row)))
    assert "Heron Street" not in page and "Kestrel" in page


def test_a_data_lead_who_takes_no_part_counts_one_less(browse, cast):
    row = run(meeting(cast))
    secret = run(closed_item(row, cast))
    run(closed_item(row, cast, "Kestrel"))
    run(publish(row, cast))
    assert "2 closed items:" in words(browse("hana").get(home(row)))
    run(recuse(cast, "hana", secret.id))
    assert "1 closed item:" in words(browse("hana").get(home(row)))


@pytest.mark.parametrize("name", WHO)
def test_a_case_takes_its_item_away_on_every_agenda(browse, cast, name):
    row = run(meeting(cast))
    found = run(case(cast, 12, title="Heron Street"))
    run(actions.add_case(row, 12, by=cast.seats["grace"]))
    run(publish(row, cast))
    run(recuse(cast, name, found.id, "case"))
    assert "Heron Street" not in browse(name).get(home(row)).text
    assert "Heron Street" in browse().get(home(row)).text
    other = run(meeting(cast, days=50))
    assert (
        "Heron Street"
        not in browse("amara" if name == "amara" else "grace").get(f"{home(other)}/agenda").text
    )


def test_a_case_to_add_is_not_offered(browse, cast):
    row, found = run(meeting(cast)), run(case(cast, 12, title="Heron Street"))
    assert "Heron Street" in browse("amara").get(f"{home(row)}/agenda").text
    run(recuse(cast, "amara", found.id, "case"))
    assert "Heron Street" not in browse("amara").get(f"{home(row)}/agenda").text
    assert browse("amara").post(f"{home(row)}/agenda/cases", {"case": "12"}).status_code == 404


@pytest.mark.parametrize("name", WHO)
def test_what_was_carried_over_from_it_is_gone_too(browse, cast, name):
    row, item = run(with_item(cast, name))
    later = run(meeting(cast, days=50))

    async def carried():
        async with write_tx():
            await carry_over(row, later, by=cast.seats["grace"])

    run(carried())
    run(publish(later, cast))
    assert "Heron Street" not in browse(name).get(home(later)).text
    assert "Heron Street" in browse().get(home(later)).text
    copy = run(named(later, "Heron Street"))
    assert copy.carried_from == item.id and copy.id != item.id


@pytest.mark.parametrize("name", WHO)
def test_parked_and_taken_again_it_is_still_gone(browse, cast, name):
    row, item = run(with_item(cast, name))
    run(actions.remove(row, run(named(row, "Kestrel")).id, by=cast.seats["grace"]))
    path = f"{home(row)}/agenda/items/{item.id}/onward"
    assert browse("grace").post(path, {"how": "backlog"}).status_code == 303
    assert "Heron Street" in browse("grace").get("/lambeth/backlog").text
    assert "Heron Street" not in browse(name).get("/lambeth/backlog").text
    page = browse("grace").get(f"{home(row)}/agenda").text
    parked = page.split('name="parked"')[1].split('<option value="')[2].split('"')[0]
    assert parked not in browse("amara").get(f"{home(row)}/agenda").text or name != "amara"
    assert (
        browse("grace").post(f"{home(row)}/agenda/backlog", {"parked": parked}).status_code == 303
    )
    run(publish(row, cast))
    assert run(named(row, "Heron Street")).id == item.id
    assert "Heron Street" not in browse(name).get(home(row)).text


def test_nobody_recused_is_told_on_which_agendas_it_stands(cast):
    row, _ = run(with_item(cast, "bilal"))
    grace, bilal = cast.seats["grace"], cast.seats["bilal"]
    for seat in (grace, bilal):
        seat.panel = cast.lambeth
    assert len(run(items_about(grace, cast.lambeth, "item"))) == 6
    assert len(run(items_about(bilal, cast.lambeth, "item"))) == 4
    assert run(things(run(reader_of(bilal, cast.lambeth)), cast.lambeth, row)) == []


def test_notes_are_not_written_by_who_takes_no_part(cast):
    row = run(meeting(cast, "in_session"))
    item = run(named(row, "Welcome and apologies"))
    run(recuse(cast, "amara", item.id))
    with pytest.raises(Exception, match="not on the agenda"):
        run(actions.write_notes(item, "Mine.", by=cast.seats["amara"]))
    assert ("agenda.noted", False) not in run(events())
