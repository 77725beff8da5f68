"""What is asked, and that nothing left out of a table can be worked out from what is shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.concerns.equality.rules import (
    QUESTIONS,
    UNSAID,
    Quarter,
    countable,
    end_of,
    latest_year,
    periods,
    quarter_of,
)

QUARTERS = [date(2025, month, 1) for month in (1, 4, 7, 10)]
LATER = date(2026, 2, 1)
TABLES = st.lists(st.integers(0, 40), min_size=1, max_size=8)


def test_every_question_may_be_declined_and_says_why_it_is_asked():
    for asked in QUESTIONS.values():
        assert asked.label.endswith("?")
        assert asked.why.endswith(".")
        assert list(asked.options)[-1] == UNSAID
        assert all(len(code) <= 40 for code in asked.options)


def test_ethnicity_is_the_self_defined_list_with_roma():
    codes = " ".join(sorted(QUESTIONS["ethnicity"].answers))
    assert codes == "A1 A2 A3 A4 A9 B1 B2 B9 M1 M2 M3 M9 O2 O9 W1 W2 W3 W4 W9"


def test_only_what_was_offered_is_counted():
    given = {"age": "18_24", "faith": "pastafarian", "shoe": "42", "care": UNSAID, "sex": ""}
    assert countable(given) == {"age": "18_24", "care": UNSAID}


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_quarters(day, first, last):
    assert (quarter_of(day), end_of(first)) == (first, last)


def test_the_latest_year_is_that_of_the_last_finished_quarter():
    assert latest_year(date(2026, 3, 31)) == 2025
    assert latest_year(date(2026, 4, 1)) == 2026


def of(name, *tables):
    asked = QUESTIONS[name]
    return [
        Quarter(first, dict(zip(asked.options, table, strict=False)))
        for first, table in zip(QUARTERS, tables, strict=False)
    ]


def found(name, *tables, today=LATER):
    return list(periods(QUESTIONS[name], of(name, *tables), today))


def test_a_period_ends_with_the_quarter_in_which_enough_had_answered():
    one, other = found("care", [6, 5, 2], [7, 8, 1], [30, 20, 6], [4, 9, 9])
    assert (one.first, one.last, one.people) == (date(2025, 1, 1), date(2025, 6, 30), 26)
    assert (one.counts, one.unsaid) == ({"yes": 13, "no": 13}, None)
    assert (other.first, other.last, other.unsaid) == (date(2025, 7, 1), date(2025, 9, 30), 6)


def test_the_running_quarter_is_never_shown():
    assert found("care", [30, 30, 0], today=date(2025, 3, 31)) == []
    assert len(found("care", [30, 30, 0], today=date(2025, 4, 1))) == 1


def test_too_few_are_not_shown_at_all():
    assert found("care", [4, 4, 40], [2, 1, 9]) == []
    assert found("care", [30, 4, 0]) == []  # all that is left would be a nought


PASTS = st.lists(st.lists(st.integers(0, 12), min_size=5, max_size=5), min_size=4, max_size=4)


@given(PASTS, st.integers(0, 3), st.data())
def test_pages_of_different_days_give_nothing_back(past, asked_in, data):
    """Swap two answers that one period leaves out, through all its quarters: no page changes."""
    pages = [found("age", *past, today=day) for day in (*QUARTERS, LATER)]
    assert all(page == pages[-1][: len(page)] for page in pages)  # shown once, never changed
    if asked_in >= len(pages[-1]):
        return
    period = pages[-1][asked_in]
    codes = list(QUESTIONS["age"].answers)
    left_out = [at for at, code in enumerate(codes) if period.counts[code] is None]
    if not left_out:
        return
    one, other = (data.draw(st.sampled_from(left_out)) for _ in range(2))
    swapped = [list(table) for table in past]
    for first, table in zip(QUARTERS, swapped, strict=True):
        if period.first <= first <= period.last:
            table[one], table[other] = table[other], table[one]
    assert [found("age", *swapped, today=day) for day in (*QUARTERS, LATER)] == pages
