"""When a paper is late, where it goes, and what a form has to say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scrutiny.agendas.papers.rules import (
    MOVES,
    PaperForm,
    ReasonForm,
    Stage,
    is_late,
    last_day,
    next_supplement,
)

MEETING = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("today", "late"),
    [
        (date(2026, 3, 12), False),
        (date(2026, 3, 13), False),
        (date(2026, 3, 14), True),
        (MEETING, True),
    ],
)
def test_the_last_day_itself_is_in_time(today, late):
    assert last_day(MEETING, 7) == date(2026, 3, 13)
    assert is_late(today, MEETING, 7) is late


@pytest.mark.parametrize(
    ("packed", "given_so_far", "taken", "goes_to"),
    [
        (False, 0, False, 0),  # no pack yet: into the pack
        (True, 0, True, 1),  # the pack is made: the first supplement
        (True, 1, False, 1),  # the first is still open
        (True, 1, True, 2),  # it is made as well
        (True, 3, True, 4),
    ],
)
def test_where_a_paper_goes(packed, given_so_far, taken, goes_to):
    assert next_supplement(packed, given_so_far, taken) == goes_to


@given(some.integers(0, 20), some.booleans())
def test_what_was_made_gets_nothing_more(given_so_far, taken):
    found = next_supplement(True, given_so_far, taken)
    assert found >= 1
    assert found > given_so_far if taken else found >= given_so_far


def test_what_was_withdrawn_or_refused_stays_so():
    assert not [move for (stage, move) in MOVES if stage in (Stage.WITHDRAWN, Stage.REFUSED)]


def test_a_form_says_what_is_missing():
    assert set(PaperForm().problems()) == {"item", "title", "audience"}
    assert PaperForm("x", "Figures", "public").problems() == {}
    assert set(PaperForm("x", "F" * 201, "police").problems()) == {"title", "audience"}
    assert set(ReasonForm().problems()) == {"reason"}
    assert set(ReasonForm().problems(decides=True)) == {"reason", "decision"}
    assert ReasonForm("Because.", "accepted").problems(decides=True) == {}
    assert set(ReasonForm("x" * 301).problems()) == {"reason"}
