"""The register as open data: the same rows as CSV, JSON and an Atom feed."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree as ET

from msgspec import json

from scrutiny.kit.clock import london
from scrutiny.kit.words import one_line
from scrutiny.recommendations.papers import address
from scrutiny.recommendations.rules import ROLL_UP, reference, standing

ATOM = "http://www.w3.org/2005/Atom"
HAPPENED: Mapping[str, str] = {
    "recommendation.issued": "The panel asked",
    "recommendation.answered": "The police answered",
    "recommendation.reported": "The police say it is done",
    "recommendation.closed": "The panel closed",
}
NO_XML = str.maketrans("", "", "\ufffe\uffff")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def entries(
    rows: Sequence[Mapping[str, Any]], code: str, base: str, slug: str, today: date
) -> list[dict[str, Any]]:
    """Each recommendation as published: its number said aloud, its place, and the public word."""
    found = []
    for row in rows:
        where = standing(row["stage"], row["answer_type"], row["due"], today)
        answered = row["answered"]
        found.append(
            {
                "reference": reference(code, row["number"], row["issued"]),
                "address": base + address(slug, row["number"]),
                "status": ROLL_UP[where],
                **row,
                "answered": london(answered).date() if answered else None,
            }
        )
    return found


def as_json(entries: Sequence[Mapping[str, Any]], next_file: str | None) -> bytes:
    """UTF-8 JSON; `next` is the address of the file with older ones, or null."""
    return json.format(json.encode({"recommendations": entries, "next": next_file}))


def as_csv(entries: Sequence[Mapping[str, Any]]) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read it as what it is."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([plain_cell(entry[name]) for name in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def plain_cell(value: Any) -> str:
    """A cell no spreadsheet will run: one that begins like a formula gets an apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


COLUMNS = (
    *("reference", "number", "address", "status", "stage", "title", "text", "reason"),
    *("agreed", "votes_for", "votes_against", "abstained", "issued", "due"),
    *("answer_type", "answered", "answer", "reported_on", "reported"),
    *("closed", "method", "closing_note"),
)


def as_atom(
    happenings: Sequence[Mapping[str, Any]], title: str, code: str, base: str, slug: str
) -> bytes:
    """One entry for each thing that happened, newest first (RFC 4287)."""
    home = f"{base}/{slug}/recommendations"
    feed = ET.Element("feed", xmlns=ATOM)
    newest = happenings[0]["at"] if happenings else datetime(2000, 1, 1, tzinfo=UTC)
    _say(feed, "title", title)
    _say(feed, "id", home)
    _say(feed, "updated", newest.isoformat())
    _say(ET.SubElement(feed, "author"), "name", title)
    ET.SubElement(feed, "link", rel="self", href=f"{home}.atom")
    ET.SubElement(feed, "link", rel="alternate", href=home)
    for row in happenings:
        entry = ET.SubElement(feed, "entry")
        name = reference(code, row["number"], row["issued"])
        verb = HAPPENED.get(row["what"], "Changed")
        _say(entry, "title", f"{verb}: {name} {row['title']}")
        _say(entry, "id", f"urn:uuid:{row['id']}")
        _say(entry, "updated", row["at"].isoformat())
        ET.SubElement(entry, "link", href=base + address(slug, row["number"]))
    return ET.tostring(feed, encoding="utf-8", xml_declaration=True)


def _say(parent: ET.Element, name: str, words: str) -> None:
    ET.SubElement(parent, name).text = one_line(words).translate(NO_XML)
