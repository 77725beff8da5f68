"""A guess at the day and the title of old minutes, for somebody to check."""

import re
from collections.abc import Iterable
from datetime import date

from scrutiny.archive.lines import Line
from scrutiny.archive.rules import EARLIEST, LONGEST_TITLE
from scrutiny.kit.words import one_line

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WRITTEN = re.compile(
    rf"\b(\d{{1,2}})(?:\s*(?:st|nd|rd|th))?(?:\s+of)?[\s_-]+{MONTH},?[\s_-]+"
    r"(\d{4}|\d{2})\b",
    re.I,
)
AMERICAN = re.compile(rf"\b{MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.I)
FIGURES = re.compile(r"(?<!\d)(\d{1,2})[./_-](\d{1,2})[./_-](\d{4}|\d{2})(?!\d)")
ISO = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")
AHEAD = re.compile(r"next meeting|previous meeting|last meeting|future meeting", re.IGNORECASE)
SAYS = re.compile(r"\bheld\b|\bmeeting\b|\bdate\b|\bminutes\b", re.IGNORECASE)
TITLE = re.compile(r"\bminutes\b|\bmeeting\b|\bnotes of\b", re.IGNORECASE)
HEAD = 40
"""Lines at the top in which the day of the meeting is looked for."""


def days_in(text: str, today: date) -> list[date]:
    """Every past day that is written there, in the ways in which Britain writes it."""
    found = []
    for match in WRITTEN.finditer(text):
        found.append(_day(match[3], MONTHS.index(match[2][:3].lower()) + 1, match[1]))
    for match in AMERICAN.finditer(text):
        found.append(_day(match[3], MONTHS.index(match[1][:3].lower()) + 1, match[2]))
    for match in ISO.finditer(text):
        found.append(_day(match[1], match[2], match[3]))
    for match in FIGURES.finditer(text):
        found.append(_day(match[3], match[2], match[1]))
    return [day for day in found if day is not None and EARLIEST <= day < today]


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    full = int(year) if len(str(year)) == 4 else 2000 + int(year)
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None


def day_of(lines: Iterable[Line], name: str, today: date) -> date | None:
    """The day of the meeting: from the head of the minutes, else from the name of the file."""
    head = [line.words for line in lines][:HEAD]
    head = [words for words in head if not AHEAD.search(words)]
    for some in ([words for words in head if SAYS.search(words)], head, [name]):
        for words in some:
            if found := days_in(words, today):
                return found[0]
    return None


def title_of(lines: list[Line], day: date | None) -> str:
    """What it calls itself near the top, else the usual words with the day."""
    usual = f"Minutes of the meeting of {day:%-d %B %Y}" if day else ""
    for line in lines[:15]:
        words = one_line(line.words)
        if TITLE.search(words) and 8 <= len(words) <= 120 and not AHEAD.search(words):
            return words[:LONGEST_TITLE]
    return usual
