"""When a version moves on, what a draft may say, what changed between two."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.kit.stages import step
from scrutiny.membership.terms import changes, rules
from scrutiny.membership.terms.forms import MOST_ITEMS, NUMBERS, TermsForm, filled
from scrutiny.membership.terms.provisions import (
    Provisions,
    document,
    in_words,
    packed,
    unpacked,
)
from scrutiny.membership.terms.rules import MOVES, Stage
from scrutiny.people.constitution import Clearing, Constitution, Deed, Majority, Method, Rhythm

DAY = date(2026, 3, 1)
SOME = Provisions(quorum=4, response_days=56, standing_items=("Welcome", "Cases"))


def test_nothing_comes_into_force_but_from_a_vote():
    assert [at for (at, _), to in MOVES.items() if to == Stage.IN_FORCE] == [Stage.VOTED]
    assert step(MOVES, "voted", "put_into_force") == "in_force"


@pytest.mark.parametrize(
    ("days", "wrong"), [(13, True), (14, False), (366, False), (367, True), (-1, True)]
)
def test_a_consultation_takes_two_weeks_at_least(days, wrong):
    assert bool(rules.consultation_problem(DAY + timedelta(days=days), DAY)) is wrong
    assert rules.consultation_problem(None, DAY)


def test_when_comments_are_taken_and_the_text_may_change():
    assert rules.takes_comments("consulted", DAY, DAY)
    assert not rules.takes_comments("consulted", DAY, DAY + timedelta(days=1))
    assert not rules.takes_comments("drafting", None, DAY)
    assert rules.may_be_rewritten("drafting", None, DAY)
    assert not rules.may_be_rewritten("consulted", DAY, DAY)
    assert rules.may_be_rewritten("consulted", DAY, DAY + timedelta(days=1))
    assert not rules.may_be_rewritten("voted", DAY, DAY + timedelta(days=9))


def test_what_keeps_it_from_the_vote():
    after = DAY + timedelta(days=1)
    assert "consulted on first" in rules.vote_problem("drafting", None, 0, DAY)
    assert "not over" in rules.vote_problem("consulted", DAY, 0, DAY)
    assert "answered" in rules.vote_problem("consulted", DAY, 1, after)
    assert rules.vote_problem("consulted", DAY, 0, after) == ""


@pytest.mark.parametrize(
    ("since", "months", "wanted"),
    [
        (DAY, 12, date(2027, 3, 1)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_when_a_review_is_due(since, months, wanted):
    assert rules.review_by(since, months) == wanted


def test_a_review_is_overdue_from_the_day_after():
    assert not rules.is_review_overdue("in_force", DAY, DAY)
    assert rules.is_review_overdue("under_review", DAY, DAY + timedelta(days=1))
    assert not rules.is_review_overdue("superseded", DAY, DAY + timedelta(days=1))


clearings = st.lists(st.sampled_from(list(Clearing)), unique=True).map(
    lambda found: tuple(kind for kind in Clearing if kind in found)
)
constitutions = st.builds(
    Constitution,
    places=st.integers(2, 60),
    notice_days=st.integers(1, 90),
    rhythm=st.builds(
        Rhythm,
        nth=st.sampled_from([1, 2, 3, 4, -1]),
        weekday=st.integers(0, 6),
        months=st.sets(st.integers(1, 12)).map(lambda found: tuple(sorted(found))),
        starts=st.just("18:30"),
        minutes=st.integers(15, 600),
    ),
    method=st.sampled_from(list(Method)),
    majority=st.sampled_from(list(Majority)),
    clearances=st.fixed_dictionaries({deed: clearings for deed in Deed}),
    before_active=clearings,
)
ITEMS = st.sampled_from(["Welcome", "Cases", "Any other business"])
some_provisions = st.builds(
    Provisions,
    quorum=st.just(2),
    response_days=st.integers(7, 365),
    standing_items=st.lists(ITEMS, max_size=MOST_ITEMS).map(tuple),
    review_months=st.integers(1, 60),
    constitution=constitutions,
)


@given(some_provisions)
def test_what_is_typed_becomes_the_rules_again(provisions):
    form = filled(provisions, text="Text", summary="All of it.")
    assert form.problems() == {}
    assert form.provisions() == provisions
    assert unpacked(packed(provisions)) == provisions
    assert len(in_words(provisions)) == len({what for what, _ in in_words(provisions)})


@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_has_its_bounds(name):
    least, most = NUMBERS[name]
    for typed in ("", "x", "-1", "1.5", str(least - 1), str(most + 1), "99999999999"):
        form = filled(SOME, text="Text", summary="S.")
        setattr(form, name, typed)
        assert name in form.problems(), typed


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *(("text", " "), ("text", "x" * 60_001), ("summary", ""), ("nth", "5"), ("weekday", "")),
        *(("starts", "25:00"), ("method", "dice"), ("majority", ""), ("connection", "")),
        *(("months", ["13"]), ("viewing", ["magic"]), ("before_active", ["magic"])),
        ("standing_items", "x" * 121),
    ],
)
def test_what_else_is_asked_for(name, typed):
    form = filled(SOME, text="Text", summary="S.")
    setattr(form, name, typed)
    assert name in form.problems()


def test_a_quorum_larger_than_the_panel_is_refused():
    form = filled(SOME, text="Text", summary="S.")
    form.quorum, form.places = "9", "8"
    assert "quorum" in form.problems()


def test_an_empty_form_is_asked_for_everything():
    assert {"text", "summary", "quorum", "method", "nth"} <= set(TermsForm().problems())


def test_the_published_file_is_the_same_for_ever():
    wanted = (
        b"# Terms of reference, version 3\n\nIn force from 2026-03-01\n\n## Rules\n\n- Quorum: 4"
    )
    found = document(3, "2026-03-01", "We check.\n", SOME)
    assert found.startswith(wanted) and found.endswith(b"## Text\n\nWe check.\n")
    assert found == document(3, "2026-03-01", "We check.", SOME)


words = st.lists(st.sampled_from(["We", "meet", "in", "public.", "private.", "Every"]), max_size=8)
texts = st.lists(words.map(" ".join), max_size=6).map("\n\n".join)


@given(texts, texts)
def test_both_texts_can_be_read_from_what_changed(before, after):
    found = changes.compared(before, after)

    def read(leave_out: str) -> list[str]:
        kept = [[part for part in one.parts if part.kind != leave_out] for one in found]
        return ["".join(part.text for part in parts) for parts in kept if parts]

    assert read(changes.ADDED) == changes.paragraphs(before)
    assert read(changes.REMOVED) == changes.paragraphs(after)


def test_a_changed_word_is_shown_in_its_paragraph():
    (same, changed) = changes.compared("One.\n\nWe meet in private.", "One.\n\nWe meet in public.")
    assert same.kind == "same" and changed.kind == "changed"
    assert [part for part in changed.parts if part.kind != "same"] == [
        ("removed", "private"),
        ("added", "public"),
    ]


def test_a_very_long_paragraph_is_not_compared_word_by_word():
    (removed, added) = changes.compared("a " * 4000, "b " * 4000)
    assert (removed.kind, added.kind) == ("removed", "added")


def test_only_what_is_over_leads_nowhere():
    ends = {Stage.SUPERSEDED, Stage.LOST, Stage.WITHDRAWN}
    assert {at for at, _ in MOVES} == set(Stage) - ends


def test_a_text_is_compared_as_it_is_read():
    text = "# What it is for\r\n\r\nThe panel\r\nlooks.\r\n\r\n- one\r\n- two".replace("\r", "")
    assert changes.readable(text) == "What it is for\n\nThe panel looks.\n\n- one\n- two"
