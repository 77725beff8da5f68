"""WHEN a second factor is right, and how often a wrong one may be given."""

import hmac
from datetime import datetime, timedelta
from urllib.parse import quote

import pyotp
import segno

from scrutiny.kit.tokens import ALPHABET, MISREAD

PERIOD = 30
"""Seconds for which an authenticator app shows one code."""
DRIFT = 1
"""Codes before and after this one that are still taken, for clocks that are off."""
LIMITS = ((timedelta(minutes=5), 5), (timedelta(hours=1), 20))
"""How many wrong ones in how long (security.md 3)."""
FRESH = timedelta(minutes=5)
CODES, LENGTH, GROUP = 10, 16, 4


def accepted_counter(seed: str, code: str, now: datetime, last: int) -> int | None:
    """The counter (periods of 30 s since 1970, RFC 6238) that `code` belongs to, if it is later
    than `last`, the counter of the last code taken; None when it is wrong or was used."""
    current = int(now.timestamp()) // PERIOD
    totp = pyotp.TOTP(seed)
    fitting = [
        counter
        for counter in range(current - DRIFT, current + DRIFT + 1)
        if counter > last and hmac.compare_digest(totp.generate_otp(counter), code)
    ]
    return max(fitting, default=None)


def wait_until(tried: list[datetime], now: datetime) -> datetime | None:
    """When another may be given, after those at `tried`; None when now."""
    waits = []
    for window, most in LIMITS:
        within = sorted(at for at in tried if at > now - window)
        if len(within) >= most:
            waits.append(within[-most] + window)
    return max(waits, default=None)


def is_fresh(begun: datetime, now: datetime) -> bool:
    """Whether the second factor was given within five minutes: a session begins with it."""
    return now - begun <= FRESH


def proof_address(path: str) -> str:
    """Where the second factor is given on the way to `path`."""
    return f"/sign-in/second-factor?next={quote(path)}"


def recovery_key(typed: str) -> str | None:
    """What was meant by what was typed: sixteen characters, or None when it cannot be a code."""
    tidy = "".join(typed.split()).replace("-", "").upper().translate(MISREAD)
    return tidy if len(tidy) == LENGTH and set(tidy) <= set(ALPHABET) else None


def in_groups(code: str) -> str:
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def qr_picture(address: str) -> str:
    """A QR code as the address of a picture, black on white as cameras like it."""
    return segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="#fff")
