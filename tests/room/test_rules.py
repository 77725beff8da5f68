"""Who counts, who chairs, how long it took, and how two people's notes come together."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.people.constitution import Deed
from scrutiny.room.deciding.rules import DissentForm, outcome
from scrutiny.room.declaring.rules import InterestForm, in_the_room, minuted
from scrutiny.room.notes.rules import Clash, goes_on, merged
from scrutiny.room.rules import (
    Sitter,
    Timer,
    no_quorum,
    standing,
    status_of_arrival,
    timer,
    who_chairs,
)

NOON = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)
ALL = frozenset(Deed)


def sitter(name: str, role: str = "member", status: str = "present", **more) -> Sitter:
    return Sitter(uuid4(), uuid4(), name, role, status=status, **more)


AMARA, VERA = sitter("Amara", "chair"), sitter("Vera", "vice_chair")
BILAL, GRACE = sitter("Bilal"), sitter("Grace", "secretariat")


# -- the quorum -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "counts"),
    [
        (sitter("a"), True),
        (sitter("a", status="joined_late"), True),
        (sitter("a", status="left_early"), False),
        (sitter("a", left=NOON), False),
        (sitter("a", status="apologies"), False),
        (sitter("a", status=""), False),
        (sitter("a", active=False), False),
        (sitter("a", mode="phone"), True),
        (sitter("a", "police_liaison"), False),
        (sitter("a", "secretariat"), False),
    ],
)
def test_who_makes_the_quorum(one, counts):
    assert standing([one], 1).quorate is counts


def test_a_quorum_of_none_still_needs_one():
    assert not standing([], 0).quorate
    assert standing([BILAL], 0).needed == 1


def test_who_is_recused_or_not_cleared_is_named_and_not_counted():
    found = standing(
        [AMARA, BILAL, VERA, GRACE], 2,
        recused={BILAL.person}, asked={Deed.CASE_PAPERS}, cleared={AMARA.person: ALL},
    )  # fmt: skip
    assert (found.able, found.recused, found.uncleared) == ((AMARA,), ("Bilal",), ("Vera",))
    assert not found.quorate
    assert no_quorum(found).startswith("There is no quorum: 1 of the 2 members needed")


@st.composite
def rooms(draw):
    people = draw(
        st.lists(
            st.builds(
                Sitter,
                seat=st.uuids(), person=st.uuids(), name=st.just("x"),
                role=st.sampled_from(["chair", "member", "secretariat", "police_liaison"]),
                active=st.booleans(),
                status=st.sampled_from(["", "present", "joined_late", "left_early", "apologies"]),
                left=st.sampled_from([None, NOON]),
            ),
            max_size=12,
        )
    )  # fmt: skip
    out = {one.person for one in people if draw(st.booleans())}
    asked = draw(st.frozensets(st.sampled_from(Deed)))
    held = {one.person: draw(st.frozensets(st.sampled_from(Deed))) for one in people}
    return people, draw(st.integers(0, 8)), out, asked, held


@given(rooms())
def test_the_quorum_is_what_counting_by_hand_gives(room):
    people, needed, out, asked, held = room
    by_hand = 0
    for one in people:
        in_the_room = one.status in ("present", "joined_late") and one.left is None
        voter = one.role in ("chair", "member") and one.active
        opened = all(deed in held[one.person] for deed in asked)
        by_hand += in_the_room and voter and one.person not in out and opened
    found = standing(people, needed, recused=out, asked=asked, cleared=held)
    assert (found.present, found.quorate) == (by_hand, by_hand >= max(1, needed))


# -- who chairs, and the time ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("able", "chosen", "of_day", "chairs"),
    [
        ([BILAL, VERA, AMARA], None, None, AMARA),
        ([BILAL, VERA], None, None, VERA),
        ([BILAL], None, None, None),
        ([BILAL, AMARA], BILAL.seat, None, BILAL),
        ([VERA, AMARA], BILAL.seat, VERA.seat, VERA),
        ([AMARA], BILAL.seat, VERA.seat, AMARA),
        ([], None, AMARA.seat, None),
    ],
)
def test_who_chairs(able, chosen, of_day, chairs):
    assert who_chairs(able, chosen, of_day) == chairs


@pytest.mark.parametrize(
    ("given_minutes", "began", "ended", "found", "over"),
    [
        (10, None, None, Timer(10, 0), 0),
        (10, NOON, None, Timer(10, 12), 2),
        (15, NOON, None, Timer(15, 12), 0),
        (0, NOON, None, Timer(0, 12), 0),
        (5, NOON, NOON + timedelta(minutes=5, seconds=59), Timer(5, 5), 0),
        (5, NOON + timedelta(hours=1), None, Timer(5, 0), 0),
    ],
)
def test_the_time_of_an_item(given_minutes, began, ended, found, over):
    spent = timer(given_minutes, began, ended, NOON + timedelta(minutes=12, seconds=30))
    assert (spent, spent.over) == (found, over)


def test_late_is_whoever_comes_once_the_first_item_has_begun():
    later = NOON + timedelta(minutes=1)
    assert status_of_arrival(NOON, None) == "present"
    assert status_of_arrival(NOON, later) == "present"
    assert status_of_arrival(later, NOON) == "joined_late"
    assert status_of_arrival(None, NOON) == "present"


# -- forms and sentences --------------------------------------------------------------------------


def test_the_sentence_for_the_minutes():
    assert minuted("Bilal Hussain", "left_room", "My brother\nwas there") == (
        "Bilal Hussain declared an interest: My brother was there. "
        "Bilal Hussain left the room and took no part in this item."
    )


@pytest.mark.parametrize(
    ("form", "others", "missing"),
    [
        (InterestForm(), False, {"how", "text"}),
        (InterestForm(), True, {"person", "how", "text"}),
        (InterestForm("left_room", "x" * 251, "a"), True, {"text"}),
        (InterestForm("flew away", "Mine.", "a"), True, {"how"}),
        (InterestForm("no_vote", "Mine."), False, set()),
    ],
)
def test_what_a_declaration_needs(form, others, missing):
    assert set(form.problems(others=others)) == missing


def test_what_a_dissent_needs():
    assert set(DissentForm().problems()) == {"dissent", "named"}
    assert DissentForm("No.", "no").problems() == {}


@pytest.mark.parametrize(
    ("result", "move"), [("carried", "carried"), ("lost", "lost"), ("tied", "lost")]
)
def test_a_tie_carries_nothing(result, move):
    assert outcome(result) == move


# -- notes ----------------------------------------------------------------------------------------

BASE = "One.\nTwo.\nThree."


@pytest.mark.parametrize(
    ("theirs", "mine", "text"),
    [
        (BASE, "One.\nTwo!\nThree.", "One.\nTwo!\nThree."),
        ("One!\nTwo.\nThree.", "One.\nTwo.\nThree!", "One!\nTwo.\nThree!"),
        (f"{BASE}\nFour by them.", f"{BASE}\nFour by me.", f"{BASE}\nFour by them.\nFour by me."),
        (f"{BASE}\nFour.", f"{BASE}\nFour. And", f"{BASE}\nFour. And"),
        (f"{BASE}\nFour. And", f"{BASE}\nFour.", f"{BASE}\nFour. And"),
        ("One.\nThree.", f"{BASE}\nFour.", "One.\nThree.\nFour."),
        ("Zero.\nOne.\nTwo.\nThree.", "One!\nTwo.\nThree.", "Zero.\nOne!\nTwo.\nThree."),
        ("One.\nTwo.\nThree!", f"{BASE}\nFour.", "One.\nTwo.\nThree!\nFour."),
        ("One.\nTwo!\nThree.", "One.\nTwo!\nThree.", "One.\nTwo!\nThree."),
    ],
)
def test_what_does_not_clash_comes_together(theirs, mine, text):
    found = merged(BASE, theirs, mine)
    assert (found.text, found.clashes) == (text, [])


@pytest.mark.parametrize(
    ("theirs", "mine", "text"),
    [
        ("- Ask.", "Bilal was late.", "- Ask.\n\nBilal was late."),
        ("- Ask.\n  Twice.", "Bilal was late.", "- Ask.\n  Twice.\n\nBilal was late."),
        ("- Ask.", "- Thank them.", "- Ask.\n- Thank them."),
        ("Ask.", "- Thank them.", "Ask.\n- Thank them."),
    ],
)
def test_words_after_somebody_elses_list_are_no_part_of_its_last_bullet(theirs, mine, text):
    assert merged("", theirs, mine).text == text


def test_what_is_declared_is_told_as_it_goes_until_the_item_is_over():
    said = minuted("Amara", "left_room", "My cousin was there")
    assert in_the_room(said, "left_room") == (
        "Amara declared an interest: My cousin was there. "
        "Amara leaves the room and takes no part in this item."
    )
    assert in_the_room("Imported words.", "left_room") == "Imported words."


def test_a_line_that_both_changed_is_a_clash_and_keeps_both():
    found = merged(BASE, "One.\nTwo agreed.\nThree.", "One.\nTwo refused.\nThree.\nFour.")
    assert found.clashes == [Clash("Two agreed.", "Two refused.")]
    assert found.text == "One.\nTwo agreed.\nTwo refused.\nThree.\nFour."


def test_a_line_that_one_took_out_and_the_other_changed_is_a_clash():
    found = merged(BASE, "One.\nThree.", "One.\nTwo!\nThree.")
    assert found.clashes == [Clash("", "Two!")]


lines = st.lists(st.sampled_from(["", "a", "b", "c", "a b", "d e f", "- x"]), max_size=8)
texts = lines.map(lambda found: "\n".join(found).strip())


@given(texts, texts, texts)
def test_no_line_that_anybody_typed_is_lost(base, theirs, mine):
    """Each line that somebody added is in what comes out, or goes on there."""
    found = merged(base, theirs, mine)
    out = found.text.split("\n")
    for typed in (theirs, mine):
        for line in set(typed.split("\n")) - set(base.split("\n")):
            assert any(one.startswith(line) for one in out)


@given(texts, texts)
def test_who_saves_alone_gets_exactly_what_they_typed(base, mine):
    assert merged(base, base, mine) == merged(base, mine, base)
    assert merged(base, base, mine).text == mine
    assert merged(base, mine, mine).clashes == []


def test_what_goes_on_from_something():
    assert goes_on([], ["a"], ["a b"])
    assert not goes_on(["a b c"], ["a"], ["a d"])
