"""What may be shown and said from the counts."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny.stops.charts import chart
from scrutiny.stops.disparity import groups, in_ten, parts, parts_of_groups, percent, shown
from scrutiny.stops.disparity import stands_out as clearest

PEOPLE = {"Asian": 10_000, "Black": 20_000, "White": 80_000}


@pytest.mark.parametrize(
    ("counts", "visible"),
    [
        ([20, 30, 0], [20, 30, 0]),
        ([20, 4, 30], [None, None, 30]),
        ([3, 4, 30], [None, None, None]),
        ([1, 1, 30, 40], [None, None, None, 40]),  # two of one each: their sum would tell
        ([3, 9, 9, 30], [None, None, None, 30]),
        ([4, 0], [None, 0]),
        ([], []),
    ],
)
def test_small_counts_go_with_the_smallest_of_the_others(counts, visible):
    assert shown(counts) == visible


@given(st.lists(st.integers(0, 40), max_size=8).filter(lambda counts: any(shown(counts))))
def test_each_count_left_out_could_be_small_or_large(counts):
    """Whoever knows the total, the other cells and this very rule still cannot tell."""
    visible = shown(counts)
    assert all(count is None or count == 0 or count >= 5 for count in visible)
    left_out = [at for at, count in enumerate(visible) if count is None]
    for one, other in product(left_out, left_out):
        swapped = list(counts)
        swapped[one], swapped[other] = counts[other], counts[one]
        assert shown(swapped) == visible
    if left_out:
        possible = {counts[at] for at in left_out}
        assert min(possible) < 5 <= max(possible)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 14), min_size=2, max_size=4).filter(lambda found: sum(found) >= 5))
def test_trying_every_table_does_not_give_a_count_back(counts):
    """Brute force: all tables of the same total that would be shown alike."""
    visible = shown(counts)
    alike = [
        table
        for table in product(range(sum(counts) + 1), repeat=len(counts))
        if sum(table) == sum(counts) and shown(table) == visible
    ]
    for at, count in enumerate(visible):
        if count is None:
            assert len({table[at] for table in alike}) > 1


@pytest.mark.parametrize(
    ("part", "whole", "visible"),
    [
        (7, 30, (7, 30)),
        (0, 30, (0, 30)),
        (4, 30, (None, 30)),
        (27, 30, (None, 30)),
        (2, 4, (None, None)),
        (30, 30, (30, 30)),
    ],
)
def test_a_part_is_given_away_by_what_is_left(part, whole, visible):
    assert parts(part, whole) == visible


def test_parts_of_groups_hide_a_second_one():
    assert parts_of_groups([9, 2, 12], [40, 40, 40]) == [None, None, 12]
    assert parts_of_groups([9, 12], [40, 40]) == [9, 12]
    assert parts_of_groups([1, 9], [3, 40]) == [None, None]


def test_percentages_need_twenty():
    assert percent(8, 30) == 27
    assert percent(8, 19) is None
    assert percent(3, 30) is None
    assert (in_ten(438, 582), in_ten(0, 0), in_ten(97, 100)) == (8, 0, 10)


def test_rates_and_ratios_follow_the_formula():
    found = {g.name: g for g in groups({"Black": 404, "White": 139, "Asian": 20}, PEOPLE)}
    black = found["Black"]
    assert black.rate == pytest.approx(20.2)
    assert black.ratio == pytest.approx((404 / 20_000) / (139 / 80_000))
    assert black.low == pytest.approx(9.59, abs=0.05)
    assert black.high == pytest.approx(14.1, abs=0.05)
    assert found["White"].ratio is None
    assert found["Mixed"].rate is None
    assert clearest(found.values()) is black


def test_too_few_are_no_rate_and_not_stated_is_no_group():
    found = {g.name: g for g in groups({"Black": 19, "White": 139, "": 8}, PEOPLE)}
    assert (found["Black"].searches, found["Black"].rate) == (19, None)
    assert (found[""].searches, found[""].rate, found[""].ratio) == (8, None, None)
    assert clearest(found.values()) is None


def test_chance_does_not_stand_out():
    found = groups({"Asian": 20, "White": 139}, PEOPLE)
    assert found[0].low < 1 < found[0].high
    assert clearest(found) is None


def test_bars_fit_the_drawing():
    rows = [
        ("October 2022", "582", 582, False),
        ("June 2022", "14*", 14, True),
        ("Zero", "0", 0, False),
    ]
    for width in (280, 680):
        drawn = chart(rows, width)
        assert max(bar.length for bar in drawn.bars) + drawn.left + 76 == width
        assert drawn.bars[-1].y + 22 <= drawn.height
        assert [bar.length > 0 for bar in drawn.bars] == [True, True, False]
    assert chart([], 280).bars == []
