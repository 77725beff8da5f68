"""What is sealed opens only for its key and its place; passphrases, sheets, and who may look."""

import pytest
from conftest import run
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from scrutiny.concerns import rules as concerns
from scrutiny.concerns.vault import rules
from scrutiny.concerns.vault.passphrases import Cost, cost_of, pair_of
from scrutiny.kit.errors import NotNow, Unreadable
from scrutiny.kit.stages import step

KEY, OTHER = PrivateKey(bytes(range(32))), PrivateKey(bytes(range(1, 33)))
QUICK = Cost(memory=8, passes=1, lanes=1)


def test_what_is_sealed_opens_for_its_key_and_place():
    sealed = rules.seal_to(bytes(KEY.public_key), b"Nadia", "contact|1")
    assert b"Nadia" not in sealed
    assert rules.open_sealed(KEY, sealed, "contact|1") == b"Nadia"


@pytest.mark.parametrize(
    ("key", "place", "cut"),
    [(OTHER, "contact|1", 0), (KEY, "contact|2", 0), (KEY, "", 0), (KEY, "contact|1", 1)],
)
def test_and_for_no_other(key, place, cut):
    sealed = rules.seal_to(bytes(KEY.public_key), b"Nadia", "contact|1")
    with pytest.raises(Unreadable):
        rules.open_sealed(key, sealed[cut:], place)
    for junk in (b"", b"short"):
        with pytest.raises(Unreadable):
            rules.open_sealed(key, junk, place)


def test_sealing_again_keeps_the_place():
    sealed = rules.seal_to(bytes(KEY.public_key), b"Nadia", "contact|1")
    again = rules.seal_again(KEY, bytes(OTHER.public_key), sealed)
    assert rules.open_sealed(OTHER, again, "contact|1") == b"Nadia"
    with pytest.raises(Unreadable):
        rules.seal_again(KEY, bytes(OTHER.public_key), again)


@given(st.binary(min_size=32, max_size=32))
def test_a_sheet_comes_back_however_it_is_typed(key):
    groups = rules.sheet(key)
    assert [len(group) for group in groups] == [4] * 14
    for typed in (" ".join(groups), "-".join(groups).lower(), "\n".join(groups)):
        assert rules.of_sheet(typed) == key
    assert rules.of_sheet("".join(groups).replace("0", "O").replace("1", "l")) == key


@given(st.binary(min_size=32, max_size=32), st.integers(0, 55), st.sampled_from("7QZ0"))
def test_one_wrong_letter_on_a_sheet_is_noticed(key, at, letter):
    text = "".join(rules.sheet(key))
    wrong = text[:at] + letter + text[at + 1 :]
    assert rules.of_sheet(wrong) == (key if wrong == text else None)


@pytest.mark.parametrize("typed", ["", "ABCD", "U" * 56, "é" * 56, "0" * 57])
def test_what_is_no_sheet(typed):
    assert rules.of_sheet(typed) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("quiet herons cross bridges", ""),
        ("correcthorsebat", ""),
        ("", "Use at least four words"),
        ("two words", "Use at least four words"),
        ("a b c d e f", "Use at least four words"),
        ("aaaaaaaaaaaaaaaaaaa", "too easy to guess"),
        ("word " * 60, "too long"),
    ],
)
def test_a_new_passphrase(typed, said):
    found = rules.passphrase_problem(typed)
    assert (said in found) if said else found == ""


def test_a_passphrase_is_the_same_however_it_is_spaced():
    assert rules.tidy("  one\u00a0two \n three ") == "one two three"
    assert rules.tidy("cafe\u0301") == rules.tidy("café")
    one = run(pair_of("one  two three", b"s" * 16, QUICK))
    assert bytes(one) == bytes(run(pair_of(" one two three", b"s" * 16, QUICK)))
    assert bytes(one) != bytes(run(pair_of("one two three", b"t" * 16, QUICK)))
    assert bytes(one) != bytes(run(pair_of("One two three", b"s" * 16, QUICK)))


def test_the_cost_is_read_back_and_bounded():
    assert str(Cost()) == "m=65536,t=3,p=4"
    assert cost_of(str(Cost())) == Cost()
    for written in (
        "",
        "m=1,t=1",
        "m=9999999,t=1,p=1",
        "m=8,t=99,p=1",
        "m=8,t=1,p=0",
        "m=٣,t=1,p=1",
    ):
        with pytest.raises(Unreadable):
            cost_of(written)


def test_a_look_ends_once():
    for move in ("agreed", "declined", "closed"):
        step(rules.LOOK_MOVES, "asked", move)
    assert step(rules.LOOK_MOVES, "open", "closed") == "closed"
    for stage, move in (("open", "agreed"), ("declined", "agreed"), ("closed", "agreed")):
        with pytest.raises(NotNow):
            step(rules.LOOK_MOVES, stage, move)


def test_the_resident_is_told_of_every_reason():
    for why in concerns.LOOKS:
        for what in ("asked", "agreed", "read"):
            assert concerns.happening(f"concern.contact_{what}", {"why": why})
    for why in rules.DECLINES:
        assert "no" in concerns.happening("concern.contact_declined", {"why": why})
