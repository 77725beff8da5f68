"""The clocks of a concern run by days of London: right when the clocks change, and over holidays.

What they should say is worked out here a second time, by hand: the changes of the clocks from the
law, the bank holidays from the published list.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
import time_machine
from conftest import run
from hypothesis import given
from hypothesis import strategies as st

from concerns.journey.steps import Resident, drafts
from concerns.steps import concern_of, raised
from concerns.thread.steps import BACK
from concerns.video.steps import events, letters, requests, wished
from concerns.video.steps import said as in_words
from scrutiny.concerns.intake import Receipt
from scrutiny.concerns.retention.rules import POLICY, due, erased_on, warn_on
from scrutiny.concerns.rules import HURRY, Stage, is_late, read_by
from scrutiny.concerns.thread.actions import withdraw
from scrutiny.concerns.video.rules import act_by, answer_due, days_left, last_day, warning
from scrutiny.kit.clock import as_of, midnight, now, today
from scrutiny.rounds.actions import go_round

DAY = timedelta(days=1)
FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)
HOLIDAYS = {
    *(date(2025, *day) for day in ((1, 1), (4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25),
                                   (12, 26))),
    *(date(2026, *day) for day in ((1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25),
                                   (12, 28))),
    *(date(2027, *day) for day in ((1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27),
                                   (12, 28))),
    date(2028, 1, 3),
}  # fmt: skip
"""Of England and Wales, as gov.uk/bank-holidays printed them."""
SUMMERS = {2025: ((3, 30), (10, 26)), 2026: ((3, 29), (10, 25)), 2027: ((3, 28), (10, 31))}
"""From one o'clock in the night, UTC, to one o'clock (The Summer Time Order 2002)."""
SPRING, AUTUMN, EASTER, CHRISTMAS = (
    date(2026, 3, 29), date(2026, 10, 25), date(2026, 4, 5), date(2026, 12, 25),
)  # fmt: skip


def is_summer(moment: datetime) -> bool:
    begins, ends = (datetime(moment.year, *day, 1, tzinfo=UTC) for day in SUMMERS[moment.year])
    return begins <= moment < ends


def day_in_london(moment: datetime) -> date:
    return (moment + timedelta(hours=is_summer(moment))).date()


def at(day: date, hour: int, minute: int) -> datetime:
    """The moment at which a clock in London shows this."""
    shown = datetime.combine(day, time(hour, minute), UTC)
    summer = shown - timedelta(hours=1)
    return summer if is_summer(summer) else shown


def working_days_after(day: date, count: int) -> date:
    while count:
        day += DAY
        count -= day.weekday() < 5 and day not in HOLIDAYS
    return day


def every_day(first: date = FIRST, last: date = LAST) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


# -- the rules ------------------------------------------------------------------------------------

DAYS = st.dates(FIRST, LAST)
MOMENTS = st.integers(0, (LAST - FIRST).days * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(MOMENTS)
def test_today_is_the_day_in_london(moment):
    with as_of(moment):
        assert today() == day_in_london(moment)


@given(MOMENTS, st.integers(1, 120), st.integers(0, 200))
def test_days_left_are_days_of_london_at_any_moment(moment, kept, ago):
    day = day_in_london(moment)
    with as_of(moment):
        assert days_left(today() - ago * DAY, kept, today()) == kept - ago
        assert last_day(day - ago * DAY, kept) == day + (kept - ago) * DAY
        assert act_by(day - ago * DAY, kept) == day + (kept - ago - 3) * DAY


@pytest.mark.parametrize("change", [date(y, *day) for y, days in SUMMERS.items() for day in days])
def test_a_day_is_taken_away_at_midnight_and_at_no_other_hour(change):
    """Half hour by half hour over the week in which the clocks change: days of 23 and 25 hours."""
    first = at(change - 3 * DAY, 12, 0)
    moments = [first + timedelta(minutes=30 * n) for n in range(2 * 24 * 6)]
    left = []
    for moment in moments:
        with as_of(moment):
            left.append((moment, days_left(change - 30 * DAY, 31, today())))
    fell = [moment for (_, was), (moment, left_now) in pairwise(left) if left_now != was]
    assert [days for _, days in left] == sorted((days for _, days in left), reverse=True)
    assert left[0][1] - left[-1][1] == 6
    assert fell == [at(change + n * DAY, 0, 0) for n in range(-2, 4)]
    assert fell == [midnight(change + n * DAY) for n in range(-2, 4)]


def test_an_answer_is_due_on_the_fifth_working_day_on_every_day_of_three_years():
    for day in every_day():
        assert answer_due(day) == working_days_after(day, 5)


@given(DAYS, st.integers(-40, 60))
def test_triage_has_two_working_days_and_one_where_the_video_hurries(received, left):
    hurried = 0 <= left <= HURRY
    last = working_days_after(received, 1 if hurried else 2)
    until = received + left * DAY
    assert read_by(received, until) == last
    assert read_by(received) == working_days_after(received, 2)
    assert not is_late(Stage.SUBMITTED, received, last, until)
    assert is_late(Stage.SUBMITTED, received, last + DAY, until)


@pytest.mark.parametrize(
    ("received", "usual", "hurried", "answer"),
    [
        (date(2026, 3, 27), date(2026, 3, 31), date(2026, 3, 30), date(2026, 4, 7)),
        (date(2026, 4, 2), date(2026, 4, 8), date(2026, 4, 7), date(2026, 4, 13)),  # Easter
        (date(2026, 10, 23), date(2026, 10, 27), date(2026, 10, 26), date(2026, 10, 30)),
        (date(2026, 12, 24), date(2026, 12, 30), date(2026, 12, 29), date(2027, 1, 5)),
        (date(2026, 12, 26), date(2026, 12, 30), date(2026, 12, 29), date(2027, 1, 5)),
    ],
)
def test_as_it_was_counted_on_a_calendar(received, usual, hurried, answer):
    assert read_by(received) == usual
    assert read_by(received, received + 4 * DAY) == hurried
    assert answer_due(received) == answer


@given(DAYS, DAYS, st.sampled_from(POLICY))
def test_an_erasure_is_the_same_day_of_a_later_month_and_is_warned_of(ended, touched, kept):
    """Or the last one of a shorter month; never before a warning of fourteen days."""
    stage, reason = kept.stages[0], ""
    planned = due(stage, reason=reason, ended=ended, touched=touched, reachable=False)
    begun = max(ended, touched)
    months = (planned.year - begun.year) * 12 + planned.month - begun.month
    assert months == kept.months
    assert planned.day == begun.day or ((planned + DAY).day == 1 and planned.day < begun.day)
    assert (planned - warn_on(planned)).days == 14
    for late in (0, 3, 40):  # a round that came late puts it off, never the warning
        assert erased_on(planned, warn_on(planned) + late * DAY) == planned + late * DAY
    assert erased_on(planned, warn_on(planned) - 3 * DAY) == planned


# -- the deeds ------------------------------------------------------------------------------------

NIGHTS = {
    "the night before the clocks go forward": (SPRING - DAY, 23, 30),
    "as the day of 23 hours begins": (SPRING, 0, 30),
    "as the day of 23 hours ends": (SPRING, 23, 30),
    "the night before the clocks go back": (AUTUMN - DAY, 23, 30),
    "as the day of 25 hours begins": (AUTUMN, 0, 30),
    "as the day of 25 hours ends": (AUTUMN, 23, 30),
    "on Good Friday": (EASTER - 2 * DAY, 0, 30),
    "on Easter Monday": (EASTER + DAY, 23, 30),
    "on Christmas Day": (CHRISTMAS, 0, 30),
    "on the substitute for Boxing Day": (CHRISTMAS + 3 * DAY, 23, 30),
}


@pytest.fixture(params=NIGHTS)
def night(request):
    day, hour, minute = NIGHTS[request.param]
    with time_machine.travel(at(day, hour, minute), tick=True):
        assert today() == day
        yield day


def test_four_days_of_video_left(night, cast, browse):
    """The scenario of domain.md 13.6 B: it hurries, the secretariat is told, the force is asked."""
    told = wished(happened=(night - 27 * DAY).isoformat())
    receipt = raised(cast.lambeth, **told)

    concern, last = concern_of(receipt), night + 4 * DAY
    assert (concern.received, concern.touched) == (night, night)
    (asked,) = requests()
    assert (asked.sent, asked.last_day) == (night, last)
    assert asked.answer_due == min(working_days_after(night, 5), last - 3 * DAY)
    (letter,) = letters("video.asked")
    assert letter.written == midnight(night) == at(night, 0, 0)
    assert f"{in_words(last)} is the last day of this video" in letter.words.text
    assert f"Please mark it by {in_words(last - 3 * DAY)}." in letter.words.text
    assert f"Please answer by {in_words(asked.answer_due)}" in letter.words.text

    assert run(go_round(today())) == run(go_round(today())) == []
    (warned,) = letters("video.warned")
    assert warned.to.address == "grace@panel.test" and "Days left: 4." in warned.words.text
    grace = browse("grace")
    assert f"video goes {in_words(last).rsplit(' ', 1)[0]}" in grace.get("/desk").text
    listed = grace.get("/lambeth/concerns").text
    assert in_words(working_days_after(night, 1)) in listed
    assert "in about 4 days" in browse().post(BACK, {"code": receipt.code}).text
    assert {event["at"] for event in events("concern.received")} == {at(night, 0, 0)}


@pytest.mark.parametrize("change", [SPRING, AUTUMN, CHRISTMAS])
@pytest.mark.parametrize(("hour", "minute"), [(0, 30), (23, 30)])
def test_each_warning_comes_on_its_day(cast, change, hour, minute):
    """Round by round from twelve days left to none, over the change or the holidays."""
    first = change - 8 * DAY
    with time_machine.travel(at(first, hour, minute), tick=True):
        raised(cast.lambeth, happened=(first - 19 * DAY).isoformat())
    seen: dict[date, int | None] = {}
    for day in every_day(first, first + 13 * DAY):
        with time_machine.travel(at(day, hour, minute), tick=True):
            before = len(events("video.warned"))
            assert run(go_round(today())) == []
            if len(events("video.warned")) > before:
                seen[day] = warning((first + 12 * DAY - day).days)
    assert seen == {first + 2 * DAY: 10, first + 7 * DAY: 5, first + 9 * DAY: 3}


@pytest.mark.parametrize("begun", [SPRING - 14 * DAY, AUTUMN - 14 * DAY, AUTUMN - 5 * DAY])
@pytest.mark.parametrize(("hour", "minute"), [(0, 30), (23, 30)])
def test_a_draft_is_erased_fourteen_days_later(cast, browse, begun, hour, minute):
    with time_machine.travel(at(begun, hour, minute), tick=True):
        resident = Resident(browse())
        resident.begin()
        resident.walk(until="harm")
    for ago, left in ((13, 1), (14, 0)):
        for moment in ((0, 30), (23, 30)):
            with time_machine.travel(at(begun + ago * DAY, *moment), tick=True):
                assert run(go_round(today())) == []
                assert drafts() == left, (ago, moment, now())


def test_what_was_withdrawn_is_forgotten_a_month_later_over_the_change(cast):
    begun = SPRING - 20 * DAY
    with time_machine.travel(at(begun, 23, 30), tick=True):
        receipt: Receipt = raised(cast.lambeth)
        run(withdraw(receipt.code))
    stages = []
    for day in every_day(begun + DAY, begun + 33 * DAY):
        with time_machine.travel(at(day, 0, 30), tick=True):
            assert run(go_round(today())) == []
            stages.append((day, concern_of(receipt).stage))
    gone = [day for day, stage in stages if stage != Stage.WITHDRAWN]
    assert gone and gone[0] == date(2026, 4, 9)


def test_a_day_is_written_as_london_knows_it(night, cast, browse):
    """Half an hour before or after midnight, where another clock has another day."""
    receipt = raised(cast.lambeth)
    page = browse().post(BACK, {"code": receipt.code}).text
    told = page.split("What happened and what was said")[1].split("</ol>")[0]
    assert set(re.findall(r"\d\d? [A-Z][a-z]+ \d{4}", told)) == {in_words(night)}
