"""Secrets that people carry: links, codes and receipts. Only their keyed hashes are stored."""

import hmac
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U to mistake when it is written down."""
MISREAD = str.maketrans("OIL", "011")
BODY = 23


def link_token() -> str:
    """256 random bits for an address in a letter."""
    return secrets.token_urlsafe(32)


def sign_in_code() -> str:
    """Six digits to type in; safe only because it is single use, short-lived and counted."""
    return f"{secrets.randbelow(10**6):06d}"


def receipt_code(seed: bytes = b"") -> str:
    """115 bits and a check character, as four groups of six characters.

    Random, or from a secret `seed` of at least 16 bytes: the same seed gives the same code.
    """
    bits = int.from_bytes(seed or secrets.token_bytes(32), "big")
    body = "".join(ALPHABET[bits >> 5 * place & 31] for place in range(BODY))
    whole = body + _check(body)
    return "-".join(whole[at : at + 6] for at in range(0, 24, 6))


def clean_receipt(typed: str) -> str | None:
    """What was meant by what was typed: 24 characters, or None when it cannot be a receipt."""
    letters = "".join(c for c in typed.upper().translate(MISREAD) if c in ALPHABET)
    if len(letters) != BODY + 1 or _check(letters[:BODY]) != letters[BODY]:
        return None
    return letters


def _check(body: str) -> str:
    total = sum((place + 1) * ALPHABET.index(c) for place, c in enumerate(body))
    return ALPHABET[total % 31]


def keyed_hash(key: bytes, purpose: str, value: str) -> str:
    """HMAC-SHA256 as hexadecimal; `purpose` keeps one use from answering for another."""
    return hmac.digest(key, f"{purpose}|{value}".encode(), "sha256").hex()


def same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
