"""The proof of submission: a known answer, and whatever was changed is found."""

import json
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.concerns.proof import rules
from scrutiny.kit.errors import Unreadable
from scrutiny.kit.site_key import public_hex, signing_key

KEY = signing_key(bytes(range(32)))
PUBLIC = public_hex(KEY)
TEXT = "Zebedee was searched twice.\r\nBy the ice rink. \n"
SALT = bytes(range(32, 64))
MADE = rules.made("lambeth", "LAM-C-2026-07", date(2026, 3, 14), TEXT, SALT)
SIGNED = rules.signed(MADE, KEY)


def test_a_known_answer():
    """Worked out once with hashlib, HKDF and Ed25519 alone; a change breaks old statements."""
    assert PUBLIC == "326dfa103e3d0a6ce481e61f44c59d0c299139f235f3a7c9a793b1d1d412607b"
    assert MADE["text_sha256"] == "54f18793c78ae6742802f9504a757deddb12ccc3edc04336bffb8cec87b68304"
    assert json.loads(SIGNED)["signature"] == (
        "c6a677fb2787f2c70183af15701e9b0293d8fa2987a41357eec8c0030ffe853c"
        "6ce0fc5945d4a96e66a58e77ee0e8c3acc5d0c9c0343f346f4a1980780036d05"
    )
    assert rules.canonical(MADE).startswith(b'{"day":"2026-03-14","panel":"lambeth",')


def test_the_same_is_always_the_same():
    again = rules.made("lambeth", "LAM-C-2026-07", date(2026, 3, 14), TEXT, SALT)
    assert rules.signed(again, KEY) == SIGNED


@pytest.mark.parametrize("text", [TEXT, TEXT.strip(), TEXT.replace("\r\n", "\n"), f"\n\n{TEXT} "])
def test_the_text_as_people_paste_it(text):
    found = rules.check(SIGNED, text, PUBLIC)
    assert (found.signed, found.same_text, found.day) == (True, True, date(2026, 3, 14))


def test_another_text_and_no_text():
    assert rules.check(SIGNED, TEXT + "!", PUBLIC).same_text is False
    assert rules.check(SIGNED, " \n", PUBLIC).same_text is None


def test_another_key():
    other = public_hex(signing_key(bytes(32)))
    assert not rules.check(SIGNED, TEXT, other).signed


def test_a_forger_who_names_their_own_key_is_not_believed():
    forged = rules.signed(MADE, Ed25519PrivateKey.generate())
    assert not rules.check(forged, TEXT, PUBLIC).signed


CHANGES = {
    "panel": "hackney",
    "reference": "LAM-C-2026-08",
    "day": "2026-03-15",
    "text_sha256": "0" * 64,
    "salt": "00" * 32,
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_field_is_bound(name):
    whole = json.loads(SIGNED)
    whole["statement"][name] = CHANGES[name]
    assert not rules.check(json.dumps(whole), TEXT, PUBLIC).signed


@given(st.integers(0, 127), st.sampled_from("0123456789abcdef"))
def test_any_other_signature_fails(place, digit):
    whole = json.loads(SIGNED)
    signature = whole["signature"]
    if signature[place] == digit:
        return
    whole["signature"] = signature[:place] + digit + signature[place + 1 :]
    assert not rules.check(json.dumps(whole), TEXT, PUBLIC).signed


def without(name):
    whole = json.loads(SIGNED)
    del whole["statement"][name]
    return json.dumps(whole)


def with_more(**more):
    whole = json.loads(SIGNED)
    whole["statement"] |= more
    return json.dumps(whole)


@pytest.mark.parametrize(
    "pasted",
    ["", "hello", "[]", "{}", "null", "1", SIGNED[:-5], SIGNED * 9, without("salt"),
     with_more(more="x"), with_more(v=2), with_more(v=True), with_more(day="soon"),
     with_more(salt="zz"), with_more(panel=None), "[" * 3000, '{"statement": {}, "signature": 1}'],
)  # fmt: skip
def test_what_is_no_statement(pasted):
    with pytest.raises(Unreadable, match="not a statement of ours"):
        rules.check(pasted, TEXT, PUBLIC)


@pytest.mark.parametrize("key", ["", "zz", "00", "0" * 63, "é" * 64])
def test_what_is_no_key(key):
    with pytest.raises(ValueError, match="A public key has 64 characters"):
        rules.check(SIGNED, TEXT, key)


@given(st.text(max_size=300))
def test_nothing_pasted_breaks_it(pasted):
    with pytest.raises(Unreadable):
        rules.check(pasted, pasted, PUBLIC)
