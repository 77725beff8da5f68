"""The meeting turns from item to item, each with its time and with somebody in the chair."""

from datetime import timedelta

import pytest
from conftest import run
from meetings.steps import events

from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import as_of, now
from scrutiny.kit.db import write_tx
from scrutiny.room import actions
from scrutiny.room.queries import declarations_of

from .steps import declare, items, room, sitting, vice_chair


def turn(browser, row, **pressed):
    return browser.post(f"{room(row)}/items", {key: str(item.id) for key, item in pressed.items()})


async def give(item: Item, minutes: int) -> None:
    async with write_tx():
        await Item.update({Item.minutes: minutes}).where(Item.id == item.id)


def test_from_one_item_to_the_next(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    first, second, *_ = run(items(row))
    grace = browse("grace")
    assert "Next: 1 Welcome and apologies" in grace.get(room(row)).text
    assert turn(grace, row, start=first).status_code == 303
    page = grace.get(room(row)).text
    assert "Now: item 1" in page and "Next: 2 Minutes of the last meeting" in page
    turn(grace, row, start=second)

    one, two, *_ = run(items(row))
    assert one.began and one.ended and two.began and not two.ended
    assert [what for what, _ in run(events())[-3:]] == [
        "room.item_began", "room.item_ended", "room.item_began",
    ]  # fmt: skip
    turn(grace, row, finish=two)
    assert run(items(row))[1].ended
    assert "No item is being discussed." in browse("bilal").get(room(row)).text


def test_the_time_it_took_and_by_how_much_it_is_over(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    item = run(items(row))[0]
    run(give(item, 5))
    with as_of(now() - timedelta(minutes=12, seconds=20)):
        run(actions.start(row, item.id, by=cast.seats["grace"]))
    page = browse("bilal").get(room(row)).text
    assert "12 minutes of 5, <strong>7 minutes over</strong>" in page


def test_an_item_taken_up_again_goes_on_with_its_time(cast):
    row = run(sitting(cast, "amara", "bilal"))
    item, grace, start = run(items(row))[0], cast.seats["grace"], now() - timedelta(hours=1)
    with as_of(start):
        run(actions.start(row, item.id, by=grace))
    with as_of(start + timedelta(minutes=10)):
        run(actions.finish(row, item.id, by=grace))
    with as_of(start + timedelta(minutes=30)):
        run(actions.start(row, item.id, by=grace))
    again = run(items(row))[0]
    assert again.ended is None
    assert again.began == start + timedelta(minutes=20)


def test_twice_is_once(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    item = run(items(row))[0]
    turn(browse("grace"), row, start=item)
    before = run(events()), run(items(row))[0].began
    turn(browse("amara"), row, start=item)
    assert (run(events()), run(items(row))[0].began) == before


def test_who_chairs_when_the_chair_takes_no_part(browse, cast):
    row = run(sitting(cast, "amara", "bilal", "chidi"))
    item = run(items(row))[2]
    run(actions.start(row, item.id, by=cast.seats["grace"]))
    assert "Amara Okafor chairs this item." in browse("bilal").get(room(row)).text
    run(declare(row, cast, item, "amara", by="amara"))
    assert "the members present choose who does" in browse("bilal").get(room(row)).text

    path = f"{room(row)}/items/{item.id}/chair"
    page = browse("grace").get(path).text
    assert "Bilal Hussain" in page and "Amara Okafor" not in page
    assert browse("grace").post(path, {"seat": ""}).status_code == 422
    told = browse("grace").post(path, {"seat": str(cast.seats["amara"].id)})
    assert told.status_code == 409 and "a member who is here and takes part" in told.text
    assert browse("amara").get(path).status_code == 404
    reply = browse("grace").post(path, {"seat": str(cast.seats["bilal"].id)})

    assert (reply.status_code, run(events())[-1][0]) == (303, "room.chair_chosen")
    assert "Bilal Hussain chairs this item." in browse("chidi").get(room(row)).text
    said = [one.sentence for one in run(declarations_of(row))]
    assert said[-1] == "Bilal Hussain took the chair for this item."


def test_the_vice_chair_takes_the_chair_at_once(browse, cast):
    run(vice_chair(cast))
    row = run(sitting(cast, "amara", "vera", "bilal"))
    item = run(items(row))[2]
    run(actions.start(row, item.id, by=cast.seats["grace"]))
    run(declare(row, cast, item, "amara", by="amara"))
    assert "Vera Osei chairs this item." in browse("vera").get(room(row)).text
    assert [one.sentence for one in run(declarations_of(row))] == [
        "Amara Okafor declared an interest: My cousin was there. Amara Okafor left the room and "
        "took no part in this item.",
        "Vera Osei took the chair for this item.",
    ]


def test_a_recused_chair_does_not_move_the_meeting_on_from_it(browse, cast):
    row = run(sitting(cast, "amara", "bilal", "chidi"))
    first, _, item, *_ = run(items(row))
    run(actions.start(row, item.id, by=cast.seats["grace"]))
    run(declare(row, cast, item, "amara", by="amara"))
    reply = turn(browse("amara"), row, start=first)
    assert reply.status_code == 409 and "in which you take no part" in reply.text
    assert turn(browse("amara"), row, start=item).status_code == 404
    page = browse("amara").get(room(row)).text
    assert "on something that is not yours to see" in page and "Turn to it" not in page


@pytest.mark.parametrize("known", ["", "x", "00000000-0000-7000-8000-000000000000"])
def test_what_is_not_there(browse, cast, known):
    row = run(sitting(cast, "amara"))
    assert browse("grace").post(f"{room(row)}/items", {"start": known}).status_code == 404


def test_who_may_not(browse, cast):
    row = run(sitting(cast, "amara"))
    item = run(items(row))[0]
    for name, status in (("bilal", 403), ("claire", 403), ("dev", 404)):
        assert turn(browse(name), row, start=item).status_code == status
        path = f"{room(row)}/items/{item.id}/chair"
        assert browse(name).get(path).status_code == status
        assert browse(name).post(path, {"seat": "x"}).status_code == status
    assert run(items(row))[0].began is None
