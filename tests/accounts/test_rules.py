"""When letters and codes count, how long one waits, and where one may go after signing in."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as some

from scrutiny.accounts.factors.rules import (
    accepted_counter,
    in_groups,
    is_fresh,
    recovery_key,
    wait_until,
)
from scrutiny.accounts.rules import HOME, digits, is_address, is_open, next_letter, own_path

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def ago(**how) -> datetime:
    return NOON - timedelta(**how)


@pytest.mark.parametrize(
    ("asked", "used", "tries", "counts"),
    [
        (ago(minutes=0), None, 0, True),
        (ago(minutes=9, seconds=59), None, 4, True),
        (ago(minutes=10), None, 0, False),
        (ago(minutes=1), None, 5, False),
        (ago(minutes=1), NOON, 0, False),
    ],
)
def test_a_letter_counts_for_ten_minutes_five_tries_and_one_use(asked, used, tries, counts):
    assert is_open(asked, used, tries, NOON) is counts


@pytest.mark.parametrize(
    ("before", "wait"),
    [(0, None), (2, None), (3, 30), (4, 60), (5, 120), (6, 240), (7, 300), (40, 300)],
)
def test_letters_to_one_address_wait_longer_each_time_but_never_more_than_five_minutes(
    before, wait
):
    asked = [ago(minutes=n) for n in range(before)]
    assert next_letter(asked) == (wait and NOON + timedelta(seconds=wait))


@pytest.mark.parametrize(
    "given",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/a\tb",
        "/a\r\nset-cookie: a=b",
        "/a b",
        "/ä",
        "",
        "a",
        "/" + "a" * 300,
    ],
)
def test_after_signing_in_one_is_led_to_no_other_place(given):
    """P21: `next` cannot lead to another site, nor put anything in a header."""
    assert own_path(given) == HOME


@pytest.mark.parametrize("given", ["/", "/lambeth/meetings/2026-03-02", "/account?a=b&c=%C3%A4"])
def test_pages_of_our_own_are_gone_to(given):
    assert own_path(given) == given


@given(some.text(alphabet="/\\.:@?#%a \t\nevil", max_size=20))
def test_whatever_is_asked_the_browser_stays_here(asked):
    found = urlsplit(urljoin("https://panel.test/sign-in", own_path(asked)))
    assert (found.scheme, found.netloc) == ("https", "panel.test")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("012345", "012345"),
        (" 012 345 ", "012345"),
        ("01234", None),
        ("0123456", None),
        ("０１２３４５", None),
        ("٠١٢٣٤٥", None),
        ("01234\n", None),
        ("", None),
    ],
)
def test_a_code_is_six_ascii_digits(typed, meant):
    assert digits(typed) == meant


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("amara@panel.test", True),
        (" a.b+c@d-e.org ", True),
        ("amara", False),
        ("a@b@c", False),
        ("a\n@b.org", False),
        ("ä@b.org", False),
        ("a" * 250 + "@b.org", False),
    ],
)
def test_an_address_is_told_from_what_is_none(typed, is_one):
    assert is_address(typed) is is_one


def test_a_code_counts_for_its_half_minute_and_one_on_each_side():
    current = int(NOON.timestamp()) // 30
    totp = pyotp.TOTP(SEED)
    taken = {
        step: accepted_counter(SEED, totp.generate_otp(current + step), NOON, 0)
        for step in (-2, -1, 0, 1, 2)
    }
    assert taken == {-2: None, -1: current - 1, 0: current, 1: current + 1, 2: None}


def test_a_code_that_was_used_or_is_older_than_one_used_counts_no_more():
    current = int(NOON.timestamp()) // 30
    totp = pyotp.TOTP(SEED)
    assert accepted_counter(SEED, totp.generate_otp(current), NOON, current) is None
    assert accepted_counter(SEED, totp.generate_otp(current - 1), NOON, current) is None
    assert accepted_counter(SEED, totp.generate_otp(current + 1), NOON, current) == current + 1


@pytest.mark.parametrize(
    ("tried", "wait"),
    [
        ([], None),
        ([ago(minutes=1)] * 4, None),
        ([ago(minutes=4), *[ago(minutes=1)] * 4], timedelta(minutes=1)),
        ([ago(minutes=6)] * 19, None),
        ([ago(minutes=50), *[ago(minutes=6)] * 19], timedelta(minutes=10)),
        ([ago(minutes=61)] * 30, None),
    ],
)
def test_five_wrong_ones_in_five_minutes_or_twenty_in_an_hour_and_one_waits(tried, wait):
    assert wait_until(tried, NOON) == (wait and NOON + wait)


def test_a_factor_given_five_minutes_ago_is_fresh_and_no_longer():
    assert is_fresh(ago(minutes=5), NOON)
    assert not is_fresh(ago(minutes=5, seconds=1), NOON)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ABCD-EFGH-JKMN-PQRS", "ABCDEFGHJKMNPQRS"),
        ("abcd efgh jkmn pqrs", "ABCDEFGHJKMNPQRS"),
        ("oil0-EFGH-JKMN-PQRS", "0110EFGHJKMNPQRS"),
        ("ABCD-EFGH-JKMN-PQR", None),
        ("ABCD-EFGH-JKMN-PQRU", None),
        ("", None),
    ],
)
def test_a_recovery_code_is_known_however_it_is_written(typed, meant):
    assert recovery_key(typed) == meant


def test_a_recovery_code_is_shown_in_groups_of_four():
    assert in_groups("ABCDEFGHJKMNPQRS") == "ABCD-EFGH-JKMN-PQRS"
