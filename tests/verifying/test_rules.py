"""What counts as a fingerprint, and when there are older entries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.verifying import rules

MARK = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    "typed",
    [
        MARK,
        MARK.upper(),
        f"  {MARK}\n",
        f"sha256:{MARK}",
        f"SHA-256: {MARK}",
        f"SHA256={MARK}",
        " ".join(MARK[at : at + 8] for at in range(0, 64, 8)),
        ":".join(MARK[at : at + 2] for at in range(0, 64, 2)),
    ],
)
def test_the_same_fingerprint_in_many_hands(typed):
    assert rules.fingerprint_in(typed) == MARK


@pytest.mark.parametrize("typed", ["", "abc", MARK[:-1], MARK + "0", "g" + MARK[1:], f"{MARK} x"])
def test_what_is_none(typed):
    assert rules.fingerprint_in(typed) is None


@given(st.text())
def test_any_text_may_be_typed(typed):
    found = rules.fingerprint_in(typed)
    assert found is None or len(found) == 64


@pytest.mark.parametrize(
    ("numbers", "older"), [([9, 8], 8), ([2, 1], None), ([3], None), ([], None)]
)
def test_older_ones_begin_before_the_last_number(numbers, older):
    assert rules.older_than([{"seq": n} for n in numbers], 2) == older
