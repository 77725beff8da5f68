"""Files of search records as people hand them in, read so that one bad row spoils no other."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from scrutiny.kit.errors import Unreadable
from scrutiny.stops.rules import COLUMNS, Search, key_of, search

Row = tuple[int, Sequence[str] | str]
"""Line number (entry number in JSON), and the fifteen fields or what is wrong with them."""


@dataclass
class Read:
    """What one file held."""

    searches: dict[str, Search] = field(default_factory=dict)  # by key
    refused: list[tuple[int, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return len(self.searches) + len(self.refused)


def read(name: str, data: bytes, force: str, month: str) -> Read:
    """The records of a CSV or JSON file from data.police.uk.

    Raises Unreadable when the file as a whole is no such file.
    """
    text = text_of(name, data)
    found, seen = Read(), Counter()
    for line, fields in _json_rows(name, text) if text[:1] in "[{" else _csv_rows(name, text):
        try:
            if isinstance(fields, str):
                raise Unreadable(fields)
            one = search(fields, force, month)
        except Unreadable as error:
            found.refused.append((line, str(error)))
            continue
        seen[one.canonical] += 1
        found.searches[key_of(one.canonical, seen[one.canonical])] = one
    if not found.rows:
        raise Unreadable(f"{name} holds no records, only the names of the columns.")
    return found


def text_of(name: str, data: bytes) -> str:
    """The words of a file in UTF-8 (with a mark or without) or in Windows' western alphabet.

    Raises Unreadable when it is empty or no text of either kind.
    """
    if not data.strip():
        raise Unreadable(f"{name} is empty.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable(f"{name} is in UTF-16. Save it again as UTF-8.")
    if b"\0" in data:
        raise Unreadable(f"{name} is not a text file: it has NUL bytes in it.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding).strip()
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"{name} is neither UTF-8 nor Windows-1252. Save it again as UTF-8.")


def _csv_rows(name: str, text: str) -> Iterator[Row]:
    """Each line is read by itself: a quote that is never closed cannot swallow the rest."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head = [column.strip() for column in _cells(lines[0]) or []]
    if lacking := [column for column in COLUMNS if column not in head]:
        raise Unreadable(f"{name} lacks columns: {', '.join(lacking)}.")
    places = [head.index(column) for column in COLUMNS]
    for number, line in enumerate(lines[1:], start=2):
        cells = _cells(line)
        if cells is None:
            yield number, "A quotation mark is opened and never closed."
        elif len(cells) != len(head):
            yield number, f"It has {len(cells)} columns instead of {len(head)}."
        else:
            yield number, [cells[place] for place in places]


def _cells(line: str) -> list[str] | None:
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        return None


def _json_rows(name: str, text: str) -> Iterator[Row]:
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(f"{name} is broken JSON: it cannot be read.") from None
    if not isinstance(entries, list):
        raise Unreadable(f"{name} is JSON, but not a list of records.")
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            yield number, "It is not a record."
        elif lacking := {"type", "datetime"} - set(entry):
            yield number, f"It lacks {' and '.join(sorted(lacking))}."
        else:
            yield number, [_field(entry, name) for name in COLUMNS.values()]


def _field(entry: dict, name: str) -> str:
    """A field of the API as the CSV would say it."""
    if name in ("latitude", "longitude"):
        place = entry.get("location")
        value = place.get(name) if isinstance(place, dict) else None
    else:
        value = entry.get(name)
    if name == "outcome" and value is False:
        return "Nothing found - no further action"
    return "" if value is None else str(value)
