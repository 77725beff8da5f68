"""Census 2021 counts of people by ethnic group, folded into the five groups officers use."""

import csv
import re
from collections import Counter

from scrutiny.kit.errors import Unreadable
from scrutiny.stops.reading import text_of
from scrutiny.stops.rules import GROUPS

CODE = "Lower Tier Local Authorities Code"
GROUP = "Ethnic group (20 categories)"
COUNT = "Observation"
NOBODY = "Does not apply"


def census(name: str, data: bytes) -> dict[tuple[str, str], int]:
    """People by (ONS code, group) from the ONS table TS021 as CSV.

    The twenty groups of the census begin with the five: 'Asian, Asian British or Asian Welsh:
    Chinese' counts as Asian, 'White: Roma' as White, 'Other ethnic group: Arab' as Other.
    Raises Unreadable when it is no such file.
    """
    rows = _rows(name, text_of(name, data))
    if lacking := [column for column in (CODE, GROUP, COUNT) if column not in rows[0]]:
        raise Unreadable(f"{name} lacks columns: {', '.join(lacking)}.")
    found: Counter[tuple[str, str]] = Counter()
    for number, row in enumerate(rows, start=2):
        code, words, count = (row[column] or "" for column in (CODE, GROUP, COUNT))
        if words == NOBODY:
            continue
        group = next((one for one in GROUPS if words.startswith(one)), "")
        if not group or not re.fullmatch("[0-9]{1,9}", count) or len(code) != 9:
            raise Unreadable(f"{name}, line {number}: this is not a count of an ethnic group.")
        found[code, group] += int(count)
    return dict(found)


def _rows(name: str, text: str) -> list[dict[str, str | None]]:
    try:
        rows = list(csv.DictReader(text.splitlines()))
    except csv.Error:
        raise Unreadable(f"{name} is broken CSV: it cannot be read.") from None
    if not rows:
        raise Unreadable(f"{name} has no counts in it.")
    return rows
