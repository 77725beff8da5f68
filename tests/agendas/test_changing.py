"""An item is changed, linked to what is there, dragged into place, and sent on."""

from datetime import timedelta

import pytest
from conftest import run
from meetings.steps import counted_queries, events, facts, home

from scrutiny.actions.tables import Action
from scrutiny.agendas import actions
from scrutiny.agendas.tables import Item
from scrutiny.cases.queries import trail
from scrutiny.concerns.tables import Cluster
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.recommendations import actions as asking

from .steps import (
    STANDING,
    case,
    closed_item,
    draft,
    items,
    meeting,
    named,
    publish,
    stage_of,
    titles,
)

WELCOME = STANDING[0]


def words(reply) -> str:
    return " ".join(reply.text.split())


def path_of(row, item) -> str:
    return f"{home(row)}/agenda/items/{item.id}"


def order_of(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('data-item="')[1:]]


def version_of(page: str) -> str:
    return page.split('name="version" value="')[1].split('"')[0]


# -- changed --------------------------------------------------------------------------------------


def test_it_is_changed_recorded_and_timed(browse, cast):
    row = run(meeting(cast))
    item = run(named(row, WELCOME))
    sent = {"title": " Welcome ", "minutes": "10", "presenter": "Amara Okafor", "version": "1"}
    reply = browse("grace").post(path_of(row, item), sent)
    assert (reply.status_code, reply.headers["location"]) == (303, f"{home(row)}/agenda")
    found = run(named(row, "Welcome"))
    assert (found.minutes, found.presenter, found.part) == (10, "Amara Okafor", "A")
    assert run(events())[-1] == ("agenda.item_changed", False)
    changed = {"meeting": row.date.isoformat(), "fields": ["minutes", "presenter", "title"]}
    assert run(facts("agenda.item_changed")) == changed
    run(publish(row, cast))
    page = words(browse().get(home(row)))
    assert "18:30" in page and "10 minutes" in page and "Amara Okafor" in page
    assert "in all" not in page  # nothing is known of how long the others take


def test_an_agenda_longer_than_its_meeting_says_so(browse, cast):
    row = run(meeting(cast))
    run(actions.add_item(row, "Long", by=cast.seats["grace"], minutes=135))
    said = "At least 135 minutes. <strong>That is 15 minutes longer than the meeting.</strong>"
    assert said in words(browse("grace").get(f"{home(row)}/agenda"))
    run(publish(row, cast))
    assert said in words(browse().get(home(row)))


def test_it_asks_for_what_is_missing_and_keeps_the_rest(browse, cast):
    row = run(meeting(cast))
    item = run(named(row, WELCOME))
    reply = browse("grace").post(path_of(row, item), {"title": "", "presenter": "Kestrel"})
    assert reply.status_code == 422
    assert "Say what the item is about." in reply.text and 'value="Kestrel"' in reply.text
    assert run(titles(row)) == STANDING


def test_the_second_of_two_keeps_their_words_and_sees_what_the_first_saved(browse, cast):
    row = run(meeting(cast))
    item = run(named(row, WELCOME))
    first = {"title": "Grace was first", "version": str(item.version)}
    assert browse("grace").post(path_of(row, item), first).status_code == 303
    reply = browse("amara").post(path_of(row, item), first | {"title": "Amara was second"})
    assert reply.status_code == 409
    assert "Somebody else changed this item before you" in reply.text
    assert "Grace was first" in reply.text and 'value="Amara was second"' in reply.text
    again = {"title": "Amara was second", "version": version_of(reply.text)}
    assert browse("amara").post(path_of(row, item), again).status_code == 303
    assert "Amara was second" in run(titles(row))


def test_items_stand_under_one_another_three_deep_and_no_deeper(browse, cast):
    row = run(meeting(cast))
    for title, kind, under in (
        ("Reports", "section", ""),
        ("Data", "item", "Reports"),
        ("Searches", "item", "Data"),
    ):
        above = str(run(named(row, under)).id) if under else ""
        sent = {"title": title, "kind": kind, "under": above}
        assert browse("grace").post(f"{home(row)}/agenda", sent).status_code == 303
    deepest = str(run(named(row, "Searches")).id)
    reply = browse("grace").post(f"{home(row)}/agenda", {"title": "Deeper", "under": deepest})
    assert reply.status_code == 409 and "two levels under a section at most" in reply.text
    page = browse("grace").get(f"{home(row)}/agenda").text
    for number in ("5</span>", "5.1</span>", "5.1.1</span>"):
        assert f'agenda__number">{number}' in page
    above = run(named(row, "Reports"))
    sent = {"title": "Reports", "kind": "section", "under": deepest, "version": "1"}
    reply = browse("grace").post(path_of(row, above), sent)
    assert reply.status_code == 409 and "under itself" in reply.text
    taken = browse("grace").post(f"{home(row)}/agenda/removal", {"off": str(above.id)})
    assert taken.status_code == 409 and "Other items stand under this one" in taken.text


def test_who_may_not(browse, cast):
    row = run(meeting(cast))
    item = run(named(row, WELCOME))
    for path in (path_of(row, item), f"{path_of(row, item)}/onward", f"{home(row)}/agenda/links",
                 f"{home(row)}/agenda/whole-order", f"{home(row)}/agenda/backlog"):  # fmt: skip
        for name, status in (("bilal", 403), ("claire", 403), ("dev", 404), ("", 403)):
            assert browse(name).post(path, {"title": "Mine"}).status_code == status
    assert browse("bilal").get(path_of(row, item)).status_code == 403
    assert browse("ruth").get(path_of(row, item).replace("lambeth", "hackney")).status_code == 404
    assert run(titles(row)) == STANDING


def test_an_item_of_a_meeting_that_was_held_stands(browse, cast):
    row = run(meeting(cast, "held"))
    item = run(named(row, WELCOME))
    sent = {"title": "Other", "version": str(item.version)}
    assert browse("grace").post(path_of(row, item), sent).status_code == 409
    for how in ("move", "copy", "backlog"):
        assert browse("grace").post(f"{path_of(row, item)}/onward", {"how": how}).status_code == 409
    assert "can no longer be changed" in browse("grace").get(path_of(row, item)).text


# -- late -----------------------------------------------------------------------------------------


def test_what_comes_after_the_agenda_is_out_is_said_to_be_late(browse, cast):
    row = run(meeting(cast))
    run(publish(row, cast))
    run(actions.add_item(row, "Afterthought", by=cast.seats["grace"]))
    run(publish(row, cast))
    assert words(browse().get(home(row))).count("Late item: added after the agenda came out") == 1
    assert '"title":"Afterthought"' in browse().get(f"{home(row)}/agenda.json").text
    assert '"late":true' in browse().get(f"{home(row)}/agenda.json").text


# -- links ----------------------------------------------------------------------------------------


async def things(cast, row) -> None:
    """A theme of six, an action, one raised behind closed doors, a draft recommendation."""
    secret = await closed_item(row, cast)
    kept = {"panel": cast.lambeth.id, "meeting": row.id, "side": "police"}
    async with write_tx():
        await Cluster.insert(
            Cluster(panel=cast.lambeth.id, number=3, title="Searches at the station", size=6),
            Cluster(panel=cast.lambeth.id, number=4, title="Something rare", size=2),
            Cluster(panel=cast.hackney.id, number=9, title="Elsewhere", size=9),
        )
        await Action.insert(
            Action(number=1, text="Send the figures", **kept),
            Action(number=2, text="Ring Mr Heron", item=secret.id, **kept),
        )
    told = {"title": "Heronsgate", "text": "x", "reason": "x"}
    await asking.draft(by=cast.seats["bilal"], **told)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("theme:3", "Raised by residents: Searches at the station"),
        ("action:1", "Action 1: Send the figures"),
        ("action:2", "Action 2: An action of an earlier meeting"),
        ("recommendation:1", "Recommendation 1: A draft recommendation"),
    ],
)
def test_it_leads_to_what_is_there_already(browse, cast, value, said):
    row = run(meeting(cast))
    run(things(cast, row))
    page = browse("grace").get(f"{home(row)}/agenda").text
    assert f'value="{value}"' in page and "Elsewhere" not in page
    sent = {"thing": value, "form_key": "one-form"}
    for _ in range(2):
        assert browse("grace").post(f"{home(row)}/agenda/links", sent).status_code == 303
    assert len(run(items(row))) == 6
    run(publish(row, cast))
    page = words(browse().get(home(row)))
    assert said in page
    for secret in ("Mr Heron", "Heronsgate", "Heron Street"):
        assert secret not in page


def test_of_a_theme_everybody_reads_its_title_and_how_many_unless_they_are_few(browse, cast):
    row = run(meeting(cast))
    run(things(cast, row))
    for value in ("theme:3", "theme:4"):
        browse("grace").post(f"{home(row)}/agenda/links", {"thing": value})
    run(publish(row, cast))
    page = words(browse().get(home(row)))
    assert "6 people said this" in page and "2 people said this" not in page
    assert "Something rare" in page


def test_the_minutes_of_an_earlier_meeting_are_a_link(browse, cast):
    earlier = run(meeting(cast, "held", days=-30))
    row = run(meeting(cast))
    value = f"minutes:{earlier.date:%Y%m%d}"
    assert browse("grace").post(f"{home(row)}/agenda/links", {"thing": value}).status_code == 303
    run(publish(row, cast))
    assert f'href="/lambeth/minutes/{earlier.date}"' in browse().get(home(row)).text


@pytest.mark.parametrize(
    ("value", "status"), [("", 422), ("theme:9", 404), ("spell:1", 404), ("x" * 9000, 404)]
)
def test_what_is_not_there_cannot_be_linked(browse, cast, value, status):
    row = run(meeting(cast))
    run(things(cast, row))
    reply = browse("grace").post(f"{home(row)}/agenda/links", {"thing": value})
    assert reply.status_code == status
    assert len(run(items(row))) == 5


def test_a_linked_item_keeps_the_words_of_what_it_leads_to(browse, cast):
    row = run(meeting(cast))
    run(case(cast, 12))
    run(actions.add_case(row, 12, by=cast.seats["grace"]))
    item = run(named(row, "Search record 12"))
    assert 'name="title"' not in browse("grace").get(path_of(row, item)).text
    sent = {"title": "Mr Heron", "kind": "item", "minutes": "20", "version": "1"}
    assert browse("grace").post(path_of(row, item), sent).status_code == 303
    found = run(named(row, "Search record 12"))
    assert (found.kind, found.title, found.minutes) == ("case", "", 20)


# -- dragged --------------------------------------------------------------------------------------


def test_a_whole_order_is_taken_at_once(browse, cast):
    row = run(meeting(cast))
    page = browse("grace").get(f"{home(row)}/agenda").text
    ids = order_of(page)
    sent = {"order": ",".join(reversed(ids)), "version": version_of(page)}
    reply = browse("grace").post(f"{home(row)}/agenda/whole-order", sent)
    assert (reply.status_code, reply.headers["location"]) == (303, f"{home(row)}/agenda")
    assert run(titles(row)) == STANDING[::-1]
    assert run(events())[-1] == ("agenda.ordered", False)
    assert run(facts("agenda.ordered")) == {"moved": 4}


def test_an_order_dragged_over_a_change_is_kept_and_shown_beside_it(browse, cast):
    row = run(meeting(cast))
    page = browse("grace").get(f"{home(row)}/agenda").text
    ids = order_of(page)
    run(actions.add_item(row, "Slipped in", by=cast.seats["amara"]))
    sent = {"order": ",".join(reversed(ids)), "version": version_of(page)}

    reply = browse("grace").post(f"{home(row)}/agenda/whole-order", sent)

    assert reply.status_code == 409 and "You wanted this order:" in reply.text
    assert run(titles(row)) == [*STANDING, "Slipped in"]
    mine = reply.text.split('name="order" value="')[1].split('"')[0]
    again = {"order": mine, "version": version_of(reply.text)}
    assert browse("grace").post(f"{home(row)}/agenda/whole-order", again).status_code == 303
    assert run(titles(row)) == [*STANDING[::-1], "Slipped in"]


@pytest.mark.parametrize("order", ["", "x", "00000000-0000-7000-8000-000000000000"])
def test_an_order_of_nothing_changes_nothing(browse, cast, order):
    row = run(meeting(cast))
    page = browse("grace").get(f"{home(row)}/agenda").text
    sent = {"order": order, "version": version_of(page)}
    assert browse("grace").post(f"{home(row)}/agenda/whole-order", sent).status_code == 409
    assert run(titles(row)) == STANDING


# -- sent on --------------------------------------------------------------------------------------


def test_it_moves_to_the_next_meeting_with_what_stands_under_it(browse, cast):
    row, far = run(meeting(cast)), run(meeting(cast, days=90))
    later, grace = run(meeting(cast, days=50)), cast.seats["grace"]
    run(case(cast, 12))
    run(actions.add_item(row, "Reports", by=grace, kind="section"))
    above = run(named(row, "Reports"))
    run(actions.add_item(row, "Data", by=grace, under=above.id, minutes=10))
    page = browse("grace").get(path_of(row, above)).text
    assert later.date.isoformat() not in page and f"{later.date.day} {later.date:%B}" in page
    reply = browse("grace").post(f"{path_of(row, above)}/onward", {"how": "move"})
    assert reply.status_code == 303
    assert run(titles(row)) == STANDING
    assert run(titles(later)) == [*STANDING, "Reports", "Data"]
    assert run(titles(far)) == STANDING
    under = run(named(later, "Data"))
    assert (under.parent, under.minutes, run(named(later, "Reports")).id) == (
        above.id, 10, above.id,
    )  # fmt: skip
    assert run(events())[-1] == ("agenda.item_sent_on", False)


def test_a_case_that_moves_on_is_scheduled_there_and_its_page_says_so(browse, cast):
    row, later, found = run(meeting(cast)), run(meeting(cast, days=50)), run(case(cast, 12))
    run(actions.add_case(row, 12, by=cast.seats["grace"]))
    item = run(named(row, "Search record 12"))
    copy = browse("grace").post(f"{path_of(row, item)}/onward", {"how": "copy"})
    assert copy.status_code == 409 and "one agenda at a time" in copy.text
    moved = browse("grace").post(f"{path_of(row, item)}/onward", {"how": "move"})
    assert moved.status_code == 303
    assert run(stage_of(found)) == "scheduled"
    assert ("Search record 12", 12) in [(one.title, one.case) for one in run(draft(later))]
    assert [step.place for step in run(trail(found))][-1] == f"meetings/{later.date}"


def test_a_copy_leaves_the_item_and_its_notes_where_they_are(browse, cast):
    row, later = run(meeting(cast, "in_session")), run(meeting(cast, days=50))
    item = run(named(row, WELCOME))
    run(actions.write_notes(item, "Noted.", by=cast.seats["grace"]))
    moved = browse("grace").post(f"{path_of(row, item)}/onward", {"how": "move"})
    assert moved.status_code == 409 and "There are notes on this item" in moved.text
    sent = {"how": "copy", "form_key": "one-form"}
    for _ in range(2):
        assert browse("grace").post(f"{path_of(row, item)}/onward", sent).status_code == 303
    copies = [one for one in run(items(later)) if one.carried_from == item.id]
    assert [(one.title, one.notes) for one in copies] == [(WELCOME, "")]
    assert run(named(row, WELCOME)).notes == "Noted."


def test_without_a_later_meeting_it_goes_nowhere(browse, cast):
    row = run(meeting(cast))
    item = run(named(row, WELCOME))
    reply = browse("grace").post(f"{path_of(row, item)}/onward", {"how": "move"})
    assert reply.status_code == 409 and "There is no later meeting to take it." in reply.text
    assert browse("grace").post(f"{path_of(row, item)}/onward").status_code == 422
    assert run(titles(row)) == STANDING


def test_what_rests_on_an_item_keeps_it_where_it_is(browse, cast):
    row, _ = run(meeting(cast)), run(meeting(cast, days=50))
    item = run(named(row, WELCOME))
    told = {"title": "Heronsgate", "text": "x", "reason": "x", "item": item.id}
    made = run(asking.draft(by=cast.seats["bilal"], **told))
    for path, sent in (
        (f"{home(row)}/agenda/removal", {"off": str(item.id)}),
        (f"{path_of(row, item)}/onward", {"how": "move"}),
        (f"{path_of(row, item)}/onward", {"how": "backlog"}),
    ):
        reply = browse("grace").post(path, sent)
        assert reply.status_code == 409 and "There are recommendations on this item" in reply.text

    async def still() -> bool:
        return await Item.exists().where(Item.id == item.id)

    assert made is not None and run(still())


def test_forty_items_take_no_more_queries_than_a_few(browse, cast, monkeypatch):
    row = run(meeting(cast))
    run(things(cast, row))
    browser = browse("grace")
    browser.post(f"{home(row)}/agenda/links", {"thing": "theme:3"})
    browser.get(f"{home(row)}/agenda")
    with counted_queries(monkeypatch) as short:
        browser.get(f"{home(row)}/agenda")

    async def fill():
        grace = cast.seats["grace"]
        above = await named(row, WELCOME)
        for at in range(40):
            under = above.id if at % 3 == 0 else None
            await actions.add_item(row, f"Item {at}", by=grace, under=under, minutes=at)
            await case(cast, at + 100)

    run(fill())
    with counted_queries(monkeypatch) as long:
        page = browser.get(f"{home(row)}/agenda").text
    assert "Item 39" in page and "Search record 139" in page
    assert len(short) == len(long) <= 20
    assert row.date == today() + timedelta(21)
