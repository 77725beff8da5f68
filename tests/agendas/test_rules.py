"""What an agenda may hold, in which order it comes, how it is numbered, and when it is late."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.agendas.forms import ItemForm, NotesForm, OrderForm
from scrutiny.agendas.laid import timed
from scrutiny.agendas.outline import (
    DEEPEST,
    arranged,
    in_order,
    laid_out,
    may_hold,
    neighbour,
    overrun,
    parent_of,
    total_minutes,
)
from scrutiny.agendas.rules import (
    CLOSED_REASONS,
    Line,
    agenda_due,
    closed_of,
    counted,
    days_of_notice,
    digest,
    document,
    is_late,
    line_of,
    lines_of,
    place_for_case,
    standing,
)

MEETING = date(2026, 5, 14)
STARTS = datetime(2026, 5, 14, 17, 30, tzinfo=UTC)


@dataclass
class Item:
    title: str
    position: int = 0
    parent: UUID | None = None
    minutes: int = 0
    part: str = "A"
    kind: str = "item"
    case: Any = None
    ref: int | None = None
    about: UUID | None = None
    presenter: str = ""
    late: bool = False
    closed_reason: str = ""
    id: UUID = field(default_factory=uuid4)


def grown(*shapes) -> list[Item]:
    """Items from (title, under which title, changes); positions as they come."""
    made: dict[str, Item] = {}
    for at, (title, under, changes) in enumerate(shapes, start=1):
        parent = made[under].id if under else None
        made[title] = Item(title, at, parent, **changes)
    return list(made.values())


AGENDA = grown(
    ("Welcome", "", {"minutes": 5}),
    ("Reports", "", {"kind": "section"}),
    ("Chair", "Reports", {"minutes": 10}),
    ("Data", "Reports", {"minutes": 20}),
    ("Searches", "Data", {"minutes": 15}),
    ("Cases", "", {"kind": "section", "part": "B", "closed_reason": "case_material"}),
    ("One", "Cases", {"minutes": 30, "part": "B", "closed_reason": "case_material"}),
    ("Any other business", "", {"minutes": 5}),
)


@st.composite
def agendas(draw) -> list[Item]:
    """Any agenda that the site can make: at most three deep, what is under B is B."""
    items: list[Item] = []
    depth: dict[UUID, int] = {}
    for at in range(draw(st.integers(1, 14))):
        under = draw(st.sampled_from([None, *[one for one in items if depth[one.id] < DEEPEST]]))
        part = under.part if under else draw(st.sampled_from("AB"))
        reason = draw(st.sampled_from(sorted(CLOSED_REASONS))) if part == "B" else ""
        one = Item(f"{at}", at, under and under.id, draw(st.integers(0, 60)), part)
        one.closed_reason, depth[one.id] = reason, depth[under.id] + 1 if under else 1
        items.append(one)
    return items


# -- the outline ----------------------------------------------------------------------------------


def test_it_is_numbered_timed_and_part_b_comes_last():
    found = [
        (one.number, one.item.title, one.minutes, f"{one.starts:%H:%M}")
        for one in laid_out(AGENDA, STARTS)
    ]
    assert found == [
        ("1", "Welcome", 5, "17:30"),
        ("2", "Reports", 45, "17:35"),
        ("2.1", "Chair", 10, "17:35"),
        ("2.2", "Data", 35, "17:45"),
        ("2.2.1", "Searches", 15, "18:05"),
        ("3", "Any other business", 5, "18:20"),
        ("4", "Cases", 30, "18:25"),
        ("4.1", "One", 30, "18:25"),
    ]
    assert total_minutes(AGENDA) == 85
    assert overrun(85, STARTS, STARTS + timedelta(hours=1)) == 25
    assert overrun(85, STARTS, STARTS + timedelta(hours=2)) == 0


def test_an_agenda_without_minutes_has_no_times():
    assert {one.starts for one in laid_out(grown(("A", "", {}), ("B", "", {})), STARTS)} == {None}


@given(agendas())
def test_nothing_open_is_numbered_or_timed_by_what_is_closed(items):
    def seen(among):
        return [(one.number, one.item.title, one.starts) for one in laid_out(among, STARTS)]

    alone = [item for item in items if item.part == "A"]
    if any(item.minutes for item in alone):
        assert seen(items)[: len(alone)] == seen(alone)
    assert [n for n, *_ in seen(items)][: len(alone)] == [n for n, *_ in seen(alone)]


@given(agendas())
def test_the_published_lines_come_to_the_same_times_as_the_draft(items):
    entries = [one for one in laid_out(items, STARTS) if one.item.part == "A"]
    rows = timed([line_of(one) for one in entries], STARTS)
    if any(row.minutes for row in rows):
        assert [row.at for row in rows] == [one.starts for one in entries]
    else:
        assert all(row.at is None for row in rows)


@given(agendas(), st.data())
def test_any_order_sent_keeps_every_item_where_it_hangs(items, data):
    seen = data.draw(st.sets(st.sampled_from([item.id for item in items])))
    wanted = data.draw(st.permutations([item.id for item in items]))
    order = arranged(items, wanted, seen)
    assert sorted(order) == sorted(item.id for item in in_order(items))
    by_id = {item.id: item for item in items}
    for known in order:
        above = parent_of(by_id[known])
        assert above is None or order.index(above) < order.index(known)
    still = [known for known in order if known not in seen and parent_of(by_id[known]) is None]
    before = [item.id for item in in_order(items) if parent_of(item) is None]
    after = [known for known in order if parent_of(by_id[known]) is None]
    assert all(before.index(known) == after.index(known) for known in still)


@given(agendas(), st.data())
def test_moving_up_and_then_down_is_standing_still(items, data):
    one = data.draw(st.sampled_from(items))
    above, below = neighbour(items, one.id, up=True), neighbour(items, one.id, up=False)
    assert above is None or neighbour(items, above.id, up=False) is one
    assert below is None or neighbour(items, below.id, up=True) is one
    [entry] = [entry for entry in laid_out(items) if entry.item is one]
    assert (above is None, below is None) == (entry.first, entry.last)


@given(agendas(), st.data())
def test_what_an_item_may_stand_under_is_never_itself_nor_too_deep(items, data):
    one = data.draw(st.sampled_from(items))
    for entry in may_hold(items, one):
        moved = Item(**vars(one) | {"parent": entry.item.id})
        again = [moved if item is one else item for item in items]
        found = laid_out(again)
        assert len(found) == len(items) and max(entry.depth for entry in found) <= DEEPEST


# -- what is published ----------------------------------------------------------------------------

LINES = st.lists(
    st.builds(
        Line, st.text(max_size=20), st.none() | st.integers(1, 9999), st.just("1"),
        minutes=st.integers(0, 99), late=st.booleans(),
    )
)  # fmt: skip
CLOSED = st.dictionaries(st.sampled_from(sorted(CLOSED_REASONS)), st.integers(1, 9))


@given(LINES, CLOSED, LINES)
def test_what_is_published_can_be_read_back_and_tells_agendas_apart(one, closed, other):
    assert lines_of(document(one, closed)) == one
    assert closed_of(document(one, closed)) == closed
    assert (digest(document(one)) == digest(document(other))) is (one == other)


def test_the_document_is_canonical():
    assert document([Line("Café", number="1")], {"staffing": 2, "legal_advice": 1}) == (
        '{"items":[{"title":"Café","case":null,"number":"1","kind":"item","ref":null,"minutes":0,'
        '"presenter":"","late":false,"raised_by":0}],'
        '"closed":[{"reason":"legal_advice","items":1},{"reason":"staffing","items":2}]}'
    )
    assert lines_of("") == [] and closed_of("") == {}


def test_the_first_agendas_were_a_bare_list_and_are_still_read():
    old = '[{"title":"Search","case":12}]'
    assert lines_of(old) == [Line("Search", 12)] and closed_of(old) == {}


def test_closed_items_are_counted_by_their_reason_and_sections_are_none():
    assert counted(item for item in AGENDA if item.part == "B") == {"case_material": 1}


@pytest.mark.parametrize(
    ("titles", "after"),
    [
        ([], None),
        (["Welcome", "Any other business"], None),
        (["Welcome", "Case Review", "Any other business"], "Case Review"),
        (["Case review", "Search 4#4", "Data", "Search 9#9", "Any other business"], "Search 9#9"),
        (["Search 4#4", "Case review"], "Search 4#4"),
    ],
)
def test_a_case_goes_to_the_other_cases_or_after_their_item_or_last(titles, after):
    items = [Item(title, at, case=uuid4() if "#" in title else None)
             for at, title in enumerate(titles, start=1)]  # fmt: skip
    found = place_for_case(items)
    assert (found.after.title if found.after else None) == after and found.under is None


def test_a_case_goes_under_a_section_for_cases():
    section = Item("Case review", 1, kind="section", part="B")
    assert place_for_case([section, Item("Any other business", 2)]).under is section


# -- in time --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "today", "late"),
    [
        (date(2026, 5, 7), date(2026, 5, 20), False),
        (date(2026, 5, 8), date(2026, 5, 20), True),
        (None, date(2026, 5, 7), False),
        (None, date(2026, 5, 8), True),
    ],
)
def test_an_agenda_is_owed_so_many_days_before(published, today, late):
    assert is_late(published, agenda_due(MEETING, 7), today) is late


def test_notice_is_counted_in_days():
    assert days_of_notice(date(2026, 5, 11), MEETING) == 3
    assert agenda_due(MEETING, 10) == date(2026, 5, 4)


# -- what is typed --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({"title": "Questions to the police"}, {}),
        ({"title": " "}, {"title": "Say what the item is about."}),
        ({"title": "x" * 201}, {"title": "Make this shorter: 200 characters at most."}),
        ({"minutes": "ten"}, {"minutes": "Give the minutes as a number, 600 at most."}),
        ({"minutes": "601"}, {"minutes": "Give the minutes as a number, 600 at most."}),
        ({"minutes": " 15 "}, {}),
        ({"part": "B"}, {"closed_reason": "Say why this is not open to the public."}),
        ({"part": "B", "closed_reason": "legal_advice"}, {}),
        ({"part": "C"}, {"part": "Choose a part."}),
        ({"kind": "case"}, {"kind": "Choose what it is."}),
        ({"presenter": "x" * 121}, {"presenter": "Make this shorter: 120 characters at most."}),
    ],
)
def test_what_is_said_of_an_item(typed, problems):
    assert ItemForm(**{"title": "A", **typed}).problems() == problems


def test_an_open_item_has_no_reason_for_being_closed():
    assert ItemForm("A", closed_reason="staffing").values()["closed_reason"] == ""


def test_an_order_is_read_whatever_is_sent():
    one = uuid4()
    assert OrderForm(f"{one},x,,{one}").items() == [one, one]


def test_notes_have_an_end():
    assert NotesForm("x" * 20_000).problems() == {}
    assert NotesForm("x" * 20_001).problems() == {
        "notes": "Make this shorter: 20,000 characters at most."
    }


def test_standing_items_come_from_the_panel_however_stored():
    assert [one.title for one in standing('["Welcome", "Cases"]')] == ["Welcome", "Cases"]
    assert len(standing(["Welcome"] * 90)) == 60
    [log, closed, odd] = standing(
        [
            "Actions log",
            {"title": "Case review", "kind": "section", "part": "B",
             "closed_reason": "case_material", "minutes": 45},
            {"title": "Odd", "kind": "spell", "part": "B", "closed_reason": "because"},
        ]
    )  # fmt: skip
    assert (log.kind, log.part) == ("action", "A")
    assert (closed.kind, closed.part, closed.minutes) == ("section", "B", 45)
    assert (odd.kind, odd.part, odd.closed_reason) == ("item", "A", "")


GAPS = (
    ("Welcome", "", {"minutes": 5}),
    ("Data", "", {"kind": "section"}),
    ("Searches", "Data", {"minutes": 15}),
    ("Complaints", "Data", {}),
    ("Any other business", "", {"minutes": 5}),
)


def test_after_an_item_without_minutes_nobody_knows_when_the_next_begins():
    found = laid_out(grown(*GAPS), STARTS)
    times = {one.item.title: one.starts and f"{one.starts:%H:%M}" for one in found}
    assert times == {
        "Welcome": "17:30", "Data": "17:35", "Searches": "17:35", "Complaints": "17:50",
        "Any other business": None,
    }  # fmt: skip
    rows = timed([line_of(one) for one in found], STARTS)
    assert [row.at for row in rows] == [one.starts for one in found]
    assert total_minutes(grown(*GAPS)) == 0  # no part of a sum is given for the whole
