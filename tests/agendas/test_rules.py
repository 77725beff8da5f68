"""What an agenda may hold, in which order it comes, and when it is late."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.agendas.rules import (
    ItemForm,
    Line,
    NotesForm,
    days_of_notice,
    digest,
    document,
    is_late,
    lines_of,
    neighbour,
    place_for_case,
    standing_titles,
)

MEETING = date(2026, 5, 14)
LINES = st.lists(st.builds(Line, st.text(max_size=20), st.none() | st.integers(1, 9999)))


@pytest.mark.parametrize(
    ("titles", "place"),
    [
        ([], 0),
        (["Welcome", "Any other business"], 2),
        (["Welcome", "Case Review", "Any other business"], 2),
        (["Case review", "Search 4#4", "Data", "Search 9#9", "Any other business"], 4),
        (["Search 4#4", "Case review"], 1),
    ],
)
def test_a_case_goes_to_the_other_cases_or_under_their_item_or_last(titles, place):
    lines = [Line(title, int(case) if case else None) for title, _, case in parted(titles)]
    assert place_for_case(lines) == place


def parted(titles: list[str]) -> list[tuple[str, str, str]]:
    return [title.partition("#") for title in titles]


@given(LINES, LINES)
def test_what_is_published_can_be_read_back_and_tells_agendas_apart(one, other):
    assert lines_of(document(one)) == one
    assert (digest(document(one)) == digest(document(other))) is (one == other)


def test_the_document_is_canonical():
    assert document([Line("Café"), Line("Search", 12)]) == (
        '[{"title":"Café","case":null},{"title":"Search","case":12}]'
    )
    assert lines_of("") == []


@pytest.mark.parametrize(
    ("published", "today", "late"),
    [
        (date(2026, 5, 7), date(2026, 5, 20), False),
        (date(2026, 5, 8), date(2026, 5, 20), True),
        (None, date(2026, 5, 7), False),
        (None, date(2026, 5, 8), True),
    ],
)
def test_an_agenda_is_owed_seven_days_before(published, today, late):
    assert is_late(published, MEETING, today) is late


def test_notice_is_counted_in_days():
    assert days_of_notice(date(2026, 5, 11), MEETING) == 3


@given(st.lists(st.integers(), unique=True, min_size=1), st.data())
def test_moving_up_and_then_down_is_standing_still(things, data):
    at = data.draw(st.integers(0, len(things) - 1))
    above, below = neighbour(things, at, up=True), neighbour(things, at, up=False)
    assert (above is None) is (at == 0)
    assert (below is None) is (at == len(things) - 1)
    assert above is None or neighbour(things, things.index(above), up=False) == things[at]
    assert below is None or neighbour(things, things.index(below), up=True) == things[at]


@pytest.mark.parametrize(
    ("title", "problems"),
    [
        ("Questions to the police", {}),
        (" ", {"title": "Say what the item is about."}),
        ("x" * 201, {"title": "Make this shorter: 200 characters at most."}),
    ],
)
def test_an_item_has_a_short_title(title, problems):
    assert ItemForm(title).problems() == problems


def test_notes_have_an_end():
    assert NotesForm("x" * 20_000).problems() == {}
    assert NotesForm("x" * 20_001).problems() == {
        "notes": "Make this shorter: 20,000 characters at most."
    }


def test_standing_items_come_from_the_panel_however_stored():
    assert standing_titles('["Welcome", "Cases"]') == ["Welcome", "Cases"]
    assert standing_titles(["Welcome"] * 90) == ["Welcome"] * 60
