"""WHAT a letter with a signed head says, and the feed of heads that programs follow."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from scrutiny.ledger.heads import as_plain
from scrutiny.ledger.rules import SignedHead
from scrutiny.letters.rules import Words

HOME = "/ledger/heads"
SUBSCRIPTIONS = "/ledger/subscriptions"
UNCONFIRMED = timedelta(days=7)
"""How long an address is kept whose owner does not say that they asked."""
ATOM = "http://www.w3.org/2005/Atom"
HOW = (
    "signature is Ed25519, in hexadecimal, by the key at /verify/key.json, over five lines, each "
    "ended by a line feed: scrutiny-head 1, size, root, at, record. root is the Merkle tree hash "
    "(RFC 6962) of so many entries; record holds the end of the internal record under a key."
)


def confirmation(base: str, token: str) -> Words:
    """The letter that asks whether it was they who asked."""
    text = (
        f"Somebody, probably you, asked that the signed heads of the ledger at {base} be sent to "
        "this address: at most one letter a day.\n\n"
        f"If it was you, say so here:\n{base}{SUBSCRIPTIONS}/{token}\n\n"
        "If it was not, do nothing. The address is erased after seven days.\n"
    )
    return Words("Please confirm: signed heads of the ledger", text)


def telling(base: str, token: str, head: SignedHead) -> Words:
    """The letter with a head: whoever keeps it can show later that nothing was changed."""
    end = f"{base}{SUBSCRIPTIONS}/{token}/end"
    text = (
        f"The ledger at {base} was signed:\n\n{head.line}\n\n"
        "Keep this letter. Years from now it shows whether anything that was published until "
        f"today has been changed. How: {base}{HOME}\n\n"
        f"The same for a program:\n{json.dumps(as_plain(head))}\n\n"
        f"No more of these letters, and your address erased:\n{end}\n"
    )
    return Words(f"Signed head of the ledger: {head.size} entries", text, unsubscribe=end)


def as_atom(heads: Sequence[SignedHead], base: str) -> bytes:
    """The newest heads as a feed (RFC 4287), newest first; the same heads give the same bytes."""
    feed = ET.Element("feed", xmlns=ATOM)
    newest = heads[0].at if heads else datetime(2000, 1, 1, tzinfo=UTC)
    _say(feed, "title", "Signed heads of the ledger")
    _say(feed, "id", f"{base}{HOME}")
    _say(feed, "updated", newest.isoformat())
    _say(ET.SubElement(feed, "author"), "name", base)
    ET.SubElement(feed, "link", rel="self", href=f"{base}{HOME}.atom")
    ET.SubElement(feed, "link", rel="alternate", href=f"{base}{HOME}")
    for head in heads:
        entry = ET.SubElement(feed, "entry")
        _say(entry, "title", f"{head.size} entries")
        _say(entry, "id", f"{base}{HOME}#head-{head.number}")
        _say(entry, "updated", head.at.isoformat())
        ET.SubElement(entry, "link", href=f"{base}{HOME}#head-{head.number}")
        _say(entry, "content", json.dumps(as_plain(head)))
    return ET.tostring(feed, encoding="utf-8", xml_declaration=True)


def _say(parent: ET.Element, name: str, words: str) -> None:
    ET.SubElement(parent, name).text = words
