"""What `scrutiny check` says of the keys that sign documents: whether and until when they do."""

from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import pkcs12

from scrutiny.kit.clock import now
from scrutiny.kit.signing import Key, keys_set

SOON = 30  # days before the end in which somebody must see to a new one


def days_of(key: Key) -> tuple[datetime, datetime]:
    """From and until when the certificate holds. Raises ValueError with a sentence."""
    name = key.file.name
    try:
        secret = key.passphrase.read_bytes().strip()
        _, found, _ = pkcs12.load_key_and_certificates(key.file.read_bytes(), secret)
    except OSError as fault:
        missing = Path(fault.filename).name
        raise ValueError(f"{missing} cannot be read: {fault.strerror}.") from fault
    except ValueError as fault:
        raise ValueError(f"{name} does not open with its passphrase.") from fault
    if found is None:
        raise ValueError(f"{name} holds no certificate.")
    return found.not_valid_before_utc, found.not_valid_after_utc


def fault(key: Key) -> str:
    """What is wrong with one key, in a sentence; nothing when it signs and will for a while."""
    try:
        first, last = days_of(key)
    except ValueError as why:
        return str(why)
    left, name = (last - now()).days, key.file.name
    if now() > last:
        return f"The certificate in {name} ran out on {last:%-d %B %Y}."
    if now() < first:
        return f"The certificate in {name} holds from {first:%-d %B %Y} only."
    if left < SOON:
        return f"The certificate in {name} runs out in {left} days: get a new one."
    if key.passphrase.stat().st_mode & 0o077 or key.file.stat().st_mode & 0o077:
        return f"{name} and its passphrase must be readable by their owner alone (chmod 400)."
    return ""


def faults() -> list[str]:
    return [why for key in keys_set() if (why := fault(key))]


def sentences() -> list[str]:
    """Until when each key that opens signs."""
    said = []
    for key in keys_set():
        try:
            said.append(f"{key.file.name} signs until {days_of(key)[1]:%-d %B %Y}.")
        except ValueError:  # `faults` says why
            continue
    return said
