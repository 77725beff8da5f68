"""How long video lasts, when to warn, and what may be published: rules, tried on any day."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.concerns.video.rules import (
    ANSWER_DAYS,
    MOVES,
    NAMES,
    OUTCOMES,
    REFUSALS,
    WARN_AT,
    Clock,
    Stage,
    act_by,
    answer_due,
    days_left,
    last_day,
    published,
    reference,
    silent_since,
    standing,
    told,
    warning,
)
from scrutiny.kit.clock import as_of, today
from scrutiny.kit.working_days import is_working_day
from scrutiny.stops.disparity import SMALL

DAYS = st.dates(date(2020, 1, 1), date(2090, 12, 31))
RETENTIONS = st.integers(1, 400)


@pytest.mark.parametrize(
    ("happened", "kept", "last"),
    [
        (date(2026, 1, 9), 31, date(2026, 2, 9)),
        (date(2026, 2, 20), 28, date(2026, 3, 20)),
        (date(2028, 2, 1), 31, date(2028, 3, 3)),  # 29 February
        (date(2026, 3, 20), 31, date(2026, 4, 20)),  # summer time begins on 29 March
        (date(2026, 10, 10), 31, date(2026, 11, 10)),  # and ends on 25 October
        (date(2026, 12, 1), 30, date(2026, 12, 31)),  # bank holidays shift nothing
    ],
)
def test_the_last_day_of_the_video(happened, kept, last):
    assert last_day(happened, kept) == last
    assert act_by(happened, kept) == last - timedelta(days=3)
    assert days_left(happened, kept, last) == 0
    assert days_left(happened, kept, last + timedelta(days=1)) == -1


@given(DAYS, RETENTIONS, st.integers(0, 500))
def test_each_day_takes_exactly_one_day_away(happened, kept, after):
    day = happened + timedelta(days=after)
    assert days_left(happened, kept, day) == kept - after
    assert (last_day(happened, kept) - happened).days == kept
    assert days_left(happened, kept, day + timedelta(days=1)) == kept - after - 1


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        (datetime(2026, 3, 28, 23, 59, tzinfo=UTC), 1),  # still winter time, one night before
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), 0),
        (datetime(2026, 3, 29, 22, 59, tzinfo=UTC), 0),  # a day of 23 hours
        (datetime(2026, 3, 29, 23, 1, tzinfo=UTC), -1),  # past midnight in London, not in UTC
    ],
)
def test_in_spring_the_day_ends_at_midnight_in_london(moment, left):
    with as_of(moment):
        assert days_left(date(2026, 2, 26), 31, today()) == left


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        (datetime(2026, 10, 24, 22, 59, tzinfo=UTC), 1),
        (datetime(2026, 10, 24, 23, 1, tzinfo=UTC), 0),
        (datetime(2026, 10, 25, 23, 59, tzinfo=UTC), 0),  # a day of 25 hours
        (datetime(2026, 10, 26, 0, 1, tzinfo=UTC), -1),
    ],
)
def test_in_autumn_the_day_ends_at_midnight_in_london(moment, left):
    with as_of(moment):
        assert days_left(date(2026, 9, 24), 31, today()) == left


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (date(2026, 1, 9), date(2026, 1, 16)),
        (date(2026, 4, 1), date(2026, 4, 10)),  # Good Friday and Easter Monday do not count
        (date(2026, 12, 23), date(2027, 1, 4)),  # two days of Christmas, and New Year's Day
        (date(2026, 3, 27), date(2026, 4, 7)),  # the change of clocks is on a Sunday
    ],
)
def test_an_answer_is_due_on_the_fifth_working_day(sent, due):
    assert answer_due(sent) == due


@given(DAYS)
def test_five_working_days_lie_between_asking_and_the_day_for_an_answer(sent):
    due = answer_due(sent)
    between = [sent + timedelta(days=n) for n in range(1, (due - sent).days + 1)]
    assert is_working_day(due)
    assert sum(map(is_working_day, between)) == ANSWER_DAYS


@given(DAYS, st.integers(0, 60))
def test_an_answer_is_asked_for_no_later_than_the_day_of_marking(sent, left):
    last = sent + timedelta(days=left)
    due = answer_due(sent, last)
    assert sent <= due <= answer_due(sent)
    assert due == min(answer_due(sent), max(sent, act_by(last, 0)))
    assert answer_due(sent, sent - timedelta(days=1)) == answer_due(sent)


@given(DAYS)
def test_silence_counts_once_the_working_days_are_over(today):
    since = silent_since(today)
    assert answer_due(since) < today <= answer_due(since + timedelta(days=1))


@given(st.integers(-500, 500))
def test_a_warning_is_the_last_one_passed(left):
    due = warning(left)
    if left < 0 or left > 10:
        assert due is None
    else:
        assert due in WARN_AT
        assert left <= due
        assert not [days for days in WARN_AT if left <= days < due]


@given(DAYS, RETENTIONS, st.sets(st.integers(0, 40)))
def test_whenever_we_look_each_warning_is_due_once_at_most(happened, kept, looks):
    """Looked at on any days at all: they come in order, and none that is passed comes later."""
    last, due = last_day(happened, kept), []
    for left in sorted(looks, reverse=True):
        found = warning(days_left(happened, kept, last - timedelta(days=left)))
        if found is not None and found not in due:
            due.append(found)
    assert due == sorted(due, reverse=True)
    assert len(due) <= len(WARN_AT)


def test_silence_past_the_day_is_no_answer_and_lateness_is_never_stored():
    due = date(2026, 1, 16)
    assert standing("sent", due, due) == "sent"
    assert standing("sent", due, due + timedelta(days=1)) == "no_answer"
    assert standing("kept", due, due + timedelta(days=90)) == "kept"


def test_an_answer_is_never_rewritten_but_what_came_after_it_is_told():
    after = {at: sorted(move for (of, move) in MOVES if of == at) for at in Stage}
    assert after == {
        "sent": ["already_gone", "kept", "refused"],
        "kept": ["already_gone"],
        "refused": ["kept"],
        "already_gone": [],
    }


def test_the_reference_said_aloud():
    assert reference("LAM", 3, date(2026, 5, 1)) == "LAM-V-2026-03"


def clock(standing: str, left: int, **more) -> Clock:
    last = date(2026, 1, 10)
    return Clock(last, left, last - timedelta(days=3), standing, **more)


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (clock("unasked", 4), "about 4 days"),
        (clock("sent", 1), "after tomorrow"),
        (clock("no_answer", 0), "Today is the last day"),
        (clock("unasked", -1), "may have erased it"),
        (clock("refused", 9, reason="not_found"), "could not find"),
    ],
)
def test_what_the_resident_reads(shown, words):
    assert words in " ".join(told(shown))


@pytest.mark.parametrize("standing", ["kept", "already_gone"])
def test_what_is_settled_counts_no_days(standing):
    assert len(told(clock(standing, 3))) == 1
    assert not clock(standing, 3).runs


def test_sentences_are_short():
    shown = [clock(name, left, reason=why)
             for name, left, why in product(NAMES, (-1, 0, 1, 9), REFUSALS)]  # fmt: skip
    assert max(len(words.split()) for one in shown for words in told(one)) <= 25


def test_what_hurries():
    assert clock("unasked", 10).hurries
    assert not clock("unasked", 11).hurries
    assert not clock("unasked", -1).hurries
    assert not clock("kept", 2).hurries


# -- what is published ----------------------------------------------------------------------------

MOST = 10


@pytest.fixture(scope="module")
def seen():
    """Every way in which requests can end, by what is shown of it."""
    found = {}
    for counts in product(range(MOST + 1), repeat=len(OUTCOMES)):
        shown = published(dict(zip(OUTCOMES, counts, strict=True)))
        found.setdefault((shown.asked, tuple(shown.counts.values())), []).append(counts)
    return found


def test_no_small_number_is_shown(seen):
    for (asked, shown), truths in seen.items():
        assert not [count for count in shown if count and count < SMALL]
        assert asked is None or asked == 0 or asked >= SMALL
        assert truths


def test_no_small_number_can_be_worked_out_from_the_others_and_the_total(seen):
    """Whoever knows this very rule still finds two possible values or more for each one."""
    for (_, shown), truths in seen.items():
        for at, count in enumerate(shown):
            possible = {truth[at] for truth in truths}
            small = any(0 < value < SMALL for value in possible)
            assert count is not None or not small or len(possible) > 1, (shown, truths)


def test_the_rate_is_of_those_that_were_settled():
    counts = {"kept": 12, "already_gone": 5, "refused": 6, "no_answer": 7}
    assert (published(counts).asked, published(counts).kept_of_100) == (30, 40)


def test_no_rate_is_shown_where_it_would_tell_a_hidden_number():
    assert published({"kept": 2, "no_answer": 20, "refused": 9}).kept_of_100 is None
    assert published({}).kept_of_100 is None
    assert published({}).asked == 0


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4))
def test_what_is_shown_is_true(counts):
    real = dict(zip(OUTCOMES, counts, strict=True))
    shown = published(real)
    assert all(count is None or count == real[name] for name, count in shown.counts.items())
    assert shown.asked is None or shown.asked == sum(counts)
