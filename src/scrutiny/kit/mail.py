"""E-mail: one letter as a message, and many messages handed to the post in one connection."""

import hashlib
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from urllib.parse import unquote, urlsplit

import aiosmtplib

from scrutiny.kit.settings import LOOPBACK
from scrutiny.kit.words import many_lines, one_line

LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = re.compile(rf"(?=.{{3,254}}\Z)(?=[^@]{{1,64}}@){LOCAL}@{LABEL}(?:\.{LABEL})*\Z")
LINK = re.compile(r"https?://[!-;=?-~]{1,1900}\Z")  # printable ASCII without < and >
AS_SENT = SMTP.clone(max_line_length=998)
"""The longest line of mail: to fold a long name, the library would take its quotes off."""
LONGEST_HEADER = 100  # characters; the mail library takes seconds to fold a thousand
PATIENCE = 30.0  # seconds for each word with the server
PORTS = {("smtp", False): 25, ("smtp", True): 587, ("smtps", False): 465, ("smtps", True): 465}
OURS_TO_MEND = {530, 534, 535, 538}  # the server refuses us, not the letter


@dataclass(frozen=True)
class Mailbox:
    """A name and an e-mail address. Raises ValueError when it is no address in plain letters."""

    name: str
    address: str

    def __post_init__(self) -> None:
        if not ADDRESS.match(self.address):
            raise ValueError(f"{one_line(self.address)[:80]!r} is not an e-mail address.")
        object.__setattr__(self, "name", _header_words(self.name))


@dataclass(frozen=True)
class CalendarPart:
    """What goes with a letter about a meeting: the iTIP method, and the iCalendar bytes."""

    method: str
    body: bytes


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a letter."""

    name: str
    mime: str
    content: bytes


class Outcome(StrEnum):
    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"


@dataclass(frozen=True)
class Delivery:
    """What became of one message, with the server's own words."""

    outcome: Outcome
    words: str


def message(
    *,
    key: str,
    sender: Mailbox,
    to: Mailbox,
    subject: str,
    text: str,
    at: datetime,
    html: str | None = None,
    calendar: CalendarPart | None = None,
    enclosed: Iterable[Enclosure] = (),
    unsubscribe: str | None = None,
) -> EmailMessage:
    """One letter to one person. The same arguments give the same bytes.

    key names the letter: the Message-ID comes from it, so that a letter sent twice after a
    crash can be known as one. at is the Date header and must be aware. html is a whole,
    already safe document. With a calendar part, sender must be the meeting's organiser or
    Outlook shows no buttons. unsubscribe is a page where POST alone unsubscribes (RFC 8058).
    Raises ValueError for an unaware time or an address that is none.
    """
    if at.tzinfo is None:
        raise ValueError("The time of a letter must say its time zone.")
    digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]
    domain = sender.address.partition("@")[2]
    letter = EmailMessage(policy=AS_SENT)
    letter["From"] = _address(sender)
    letter["To"] = _address(to)
    letter["Subject"] = _header_words(subject)
    letter["Date"] = at
    letter["Message-ID"] = f"<{digest}@{domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    if unsubscribe is not None:
        _add_list_headers(letter, domain, unsubscribe)
    _add_body(letter, many_lines(text), html, calendar, enclosed)
    for number, part in enumerate(p for p in letter.walk() if p.is_multipart()):
        # "=_" cannot stand in quoted-printable or base64, so no text can forge a boundary.
        part.set_boundary(f"=_{digest}_{number}")
    return letter


async def deliver(smtp_url: str, messages: Iterable[EmailMessage]) -> list[Delivery]:
    """What became of each message, in order; see deliveries()."""
    return [delivery async for delivery in deliveries(smtp_url, messages)]


async def deliveries(smtp_url: str, messages: Iterable[EmailMessage]) -> AsyncIterator[Delivery]:
    """Hand messages to the post in one connection, telling each outcome as it is known.

    sent: the server took it. refused: it never will (5xx). later: try again (4xx, or the
    connection or our own account failed; a message may then have been taken after all, which
    its Message-ID shows). Once the connection is lost the rest are later, untried.
    smtp://[user:password@]host[:port] uses STARTTLS when offered and insists on it with a
    password; smtps:// is TLS throughout. A server on this machine is spoken to in clear.
    Raises ValueError for any other address.
    """
    client = _client(smtp_url)
    lost: Delivery | None = None
    try:
        for letter in messages:
            if lost is None and not client.is_connected:
                lost = await _connect(client)
            delivery = lost or await _hand_over(client, letter)
            yield delivery
            if lost is None and not client.is_connected:
                lost = Delivery(Outcome.LATER, "The connection was lost before this one.")
    finally:
        await _hang_up(client)


async def _connect(client: aiosmtplib.SMTP) -> Delivery | None:
    try:
        await client.connect()
    except (aiosmtplib.SMTPException, OSError) as why:
        return Delivery(Outcome.LATER, _said(why))
    return None


async def _hand_over(client: aiosmtplib.SMTP, letter: EmailMessage) -> Delivery:
    try:
        sender, to = _named(letter, "From"), _named(letter, "To")
        _, words = await client.sendmail(sender, [to], letter.as_bytes())
    except aiosmtplib.SMTPRecipientsRefused as why:
        return _refusal(client, why.recipients[0])
    except aiosmtplib.SMTPResponseException as why:
        return _refusal(client, why)
    except (aiosmtplib.SMTPException, OSError) as why:
        return Delivery(Outcome.LATER, _said(why))
    except ValueError as why:
        return Delivery(Outcome.REFUSED, _said(why))
    return Delivery(Outcome.SENT, one_line(words)[:300])


def _named(letter: EmailMessage, header: str) -> str:
    found = letter[header]
    if found is None or not found.addresses:
        raise ValueError(f"The letter has no {header}.")
    return found.addresses[0].addr_spec


async def _hang_up(client: aiosmtplib.SMTP) -> None:
    with suppress(aiosmtplib.SMTPException, OSError):
        if client.is_connected:
            await client.quit()
    client.close()


def _refusal(client: aiosmtplib.SMTP, why: aiosmtplib.SMTPResponseException) -> Delivery:
    if why.code == 421:  # the server is going away
        client.close()
    is_final = 500 <= why.code <= 599 and why.code not in OURS_TO_MEND
    words = one_line(f"{why.code} {why.message}")[:300]
    return Delivery(Outcome.REFUSED if is_final else Outcome.LATER, words)


def _said(why: Exception) -> str:
    return one_line(str(why) or type(why).__name__)[:300]


def _client(smtp_url: str) -> aiosmtplib.SMTP:
    try:
        url = urlsplit(smtp_url)
        host, port, known = url.hostname, url.port, url.scheme in ("smtp", "smtps")
    except ValueError:
        host, port, known = None, None, False
    if not host or not known or url.path.strip("/") or url.query:
        raise ValueError("The mail server must be written smtp://host:port or smtps://host:port.")
    signs_in = url.username is not None
    in_clear = url.scheme == "smtps" or host in LOOPBACK  # no STARTTLS: none needed
    return aiosmtplib.SMTP(
        hostname=host,
        port=port or PORTS[url.scheme, signs_in],
        username=unquote(url.username or "") or None,
        password=unquote(url.password or "") or None,
        use_tls=url.scheme == "smtps",
        start_tls=False if in_clear else (True if signs_in else None),
        timeout=PATIENCE,
    )


def _header_words(text: str) -> str:
    """One line; "=?" is broken up, or the mail library would decode what a person typed."""
    words = one_line(text).replace("=?", "= ?")
    return words if len(words) <= LONGEST_HEADER else words[: LONGEST_HEADER - 1].rstrip() + "…"


def _address(mailbox: Mailbox) -> Address:
    return Address(display_name=mailbox.name, addr_spec=mailbox.address)


def _add_list_headers(letter: EmailMessage, domain: str, unsubscribe: str) -> None:
    if not LINK.match(unsubscribe):
        raise ValueError("The page to unsubscribe is not a web address.")
    letter["List-Id"] = f"<notices.{domain}>"
    letter["List-Unsubscribe"] = f"<{unsubscribe}>"
    letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _add_body(
    letter: EmailMessage,
    text: str,
    html: str | None,
    calendar: CalendarPart | None,
    enclosed: Iterable[Enclosure],
) -> None:
    letter.set_content(text, cte="quoted-printable")
    if html is not None:
        letter.add_alternative(many_lines(html), subtype="html", cte="quoted-printable")
    if calendar is not None:
        # Last, because the last alternative is the one Outlook and Gmail prefer.
        params = {"method": calendar.method}
        body = calendar.body.decode()
        letter.add_alternative(body, subtype="calendar", params=params, cte="base64")
        letter.add_attachment(
            calendar.body, maintype="application", subtype="ics", filename="invite.ics"
        )
    for file in enclosed:
        kind, _, subtype = file.mime.partition("/")
        name = _header_words(file.name)
        letter.add_attachment(file.content, maintype=kind, subtype=subtype, filename=name)
