"""A message as the post brings it: the calendar in it, and the addresses to which it came."""

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

LARGEST = 400_000  # bytes; an answer has under 20 000
MOST_PARTS = 40
MOST_CALENDARS = 4
TO = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-forwarded-to")
CALENDARS = {"text/calendar", "application/ics"}


def calendars(message: EmailMessage) -> list[bytes]:
    """The calendars in it, whatever they are called; none where nobody can read them.

    The body as bytes of UTF-8: programs that send Latin-1 say so in the part.
    """
    found = []
    for part in _parts(message):
        named = (part.get_filename() or "").casefold().endswith(".ics")
        if part.get_content_type() in CALENDARS or named:
            found.append(_content(part))
    return [one for one in found if one][:MOST_CALENDARS]


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    for at, part in enumerate(message.walk()):
        if at >= MOST_PARTS:
            return
        if not part.is_multipart():
            yield part


def _content(part: EmailMessage) -> bytes:
    raw = part.get_payload(decode=True) or b""
    charset = part.get_content_charset() or "utf-8"
    try:
        return raw.decode(charset).encode()
    except (LookupError, UnicodeDecodeError):
        return raw


def addresses(message: EmailMessage) -> list[str]:
    """Everywhere a message says to whom it was sent."""
    return [str(value) for name in TO for value in message.get_all(name, [])]


def read(raw: bytes) -> EmailMessage | None:
    """None for what is too large, or for no message at all."""
    if len(raw) > LARGEST:
        return None
    try:
        return BytesParser(policy=policy.default).parsebytes(raw)
    except Exception:  # a stranger's bytes: the parser promises not to raise, and sometimes does
        return None
