"""What a pack holds and to whom it is open, for all there could be."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as some

from scrutiny.agendas.packs.rules import (
    Bound,
    Contents,
    Entry,
    first_pages,
    is_open_to,
    outline,
    read,
    stamp,
    steps_of,
)

NAMES = [f"i{n}" for n in range(6)]


def paper(number: int, pages: int = 2, edition: int = 1) -> Bound:
    return Bound(
        f"p{number}", f"f{number}", edition, number, f"Paper {number}", pages, 10, "public"
    )


def contents(*entries: Entry, **changes) -> Contents:
    told = {"audience": "members", "supplement": 0, "title": "Meeting", "panel": "Lambeth",
            "day": "2026-03-20", "times": "18:30 to 20:30", "venue": "Hall", "access": "",
            "created": "2026-03-01T12:00:00+00:00"}  # fmt: skip
    return Contents(**told | changes, entries=entries)


def entry(at: int, *papers: Bound) -> Entry:
    return Entry(f"i{at}", str(at + 1), f"Item {at}", 1, papers=papers)


def test_what_is_stored_is_read_as_it_was():
    one = contents(entry(0, paper(1), paper(2)), entry(1), closed=(("staffing", 2),), after="x")
    assert read(one.stored()) == one
    assert read(one.stored()).source == one.source


def test_anything_that_differs_makes_another_pack():
    one = contents(entry(0, paper(1)))
    others = [
        contents(entry(0, paper(1, edition=2))),
        contents(entry(0)),
        contents(entry(0, paper(1)), entry(1)),
        replace(one, venue="Library"),
        replace(one, audience="public"),
        replace(one, supplement=1),
        replace(one, after=one.source),
    ]
    assert len({one.source, *(other.source for other in others)}) == len(others) + 1


@given(some.lists(some.integers(1, 40), max_size=8), some.integers(1, 9), some.integers(1, 500))
def test_pages_are_counted_without_gap_or_overlap(pages, front, first):
    whole = contents(*[entry(n, paper(n, count)) for n, count in enumerate(pages)])
    places = first_pages(whole, front, first)
    expected = first + front
    for one in whole.papers:
        assert places[one.id] == expected
        expected += one.pages
    assert expected == first + front + sum(pages)


@given(
    some.dictionaries(some.sampled_from(NAMES), some.integers(1, 3), max_size=5),
    some.sets(some.sampled_from(NAMES)),
    some.sets(some.tuples(some.sampled_from([f"p{n}" for n in range(6)]), some.integers(1, 3))),
)
def test_nobody_is_given_one_item_or_paper_too_many(held, items, papers):
    whole = contents(
        *[entry(int(name[1:]), paper(int(name[1:]), edition=n)) for name, n in held.items()]
    )
    mine = all(name in items and (f"p{name[1:]}", n) in papers for name, n in held.items())
    assert is_open_to(whole, items, papers) is mine


def test_bookmarks_lead_to_items_and_their_papers():
    whole = contents(entry(0, paper(1, 3)), entry(1), entry(2, paper(2)))
    found = list(outline(whole, first_pages(whole, 2, 1), 1))
    assert found == [
        (1, "1. Item 0", 3),
        (2, "P1 Paper 1", 3),
        (1, "2. Item 1", 1),
        (1, "3. Item 2", 6),
        (2, "P2 Paper 2", 6),
    ]


def test_a_stamp_says_both_counts():
    assert stamp(12) == "Pack page 12"
    assert stamp(12, 3, 1, 9) == "Pack page 12 \u00b7 P3, page 1 of 9"


def test_there_is_a_step_for_each_paper():
    assert steps_of(contents(entry(0, paper(1), paper(2)))) == 5
