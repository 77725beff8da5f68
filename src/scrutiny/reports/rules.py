"""WHEN an annual report may move, which year it tells of, and how two of them differ."""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from scrutiny.kit.errors import Missing
from scrutiny.kit.words import N_, many_lines, sentence

LAST_EDITION = 99
OFFERED = 3
"""How many years of each kind may be chosen from when one is begun."""
YEAR = re.compile(r"(?P<first>20\d\d)(?:-(?P<second>\d\d))?", re.ASCII)


class Stage(StrEnum):
    DRAFTING = "drafting"
    APPROVED = "approved"  # the chair bound the fingerprint of exactly this document
    PUBLISHED = "published"


MOVES = {
    (Stage.DRAFTING, "compiled"): Stage.DRAFTING,
    (Stage.DRAFTING, "written"): Stage.DRAFTING,
    (Stage.APPROVED, "compiled"): Stage.DRAFTING,  # whoever edits undoes the approval
    (Stage.APPROVED, "written"): Stage.DRAFTING,
    (Stage.DRAFTING, "approved"): Stage.APPROVED,
    (Stage.APPROVED, "published"): Stage.PUBLISHED,
}
OPEN = (Stage.DRAFTING, Stage.APPROVED)


class Year(NamedTuple):
    """Twelve months: a calendar year, or April to March."""

    name: str
    since: date
    until: date  # its last day, itself included

    @property
    def words(self) -> str:
        """2025, or 2025-26 with the months that it has."""
        return self.name if "-" not in self.name else f"{self.name} (April to March)"


def year_named(name: str) -> Year:
    """'2025' or '2025-26'. Raises Missing for what is no year."""
    found = YEAR.fullmatch(name)
    if found is None:
        raise Missing("There is no such year.")
    first = int(found["first"])
    if found["second"] is None:
        return Year(name, date(first, 1, 1), date(first, 12, 31))
    if int(found["second"]) != (first + 1) % 100:
        raise Missing("There is no such year.")
    return Year(name, date(first, 4, 1), date(first + 1, 3, 31))


def is_over(year: Year, today: date) -> bool:
    return today > year.until


def overlap(since: date, until: date, year: Year) -> bool:
    """Whether two years share a day. Figures left out as too small could be worked out from two
    reports that do, by taking the one from the other."""
    return since <= year.until and year.since <= until


def offered(today: date) -> list[Year]:
    """The latest years that are over, of both kinds, newest first."""
    ends = [today.year - back for back in range(OFFERED + 2)]
    found = [year_named(str(end)) for end in ends]
    found += [year_named(f"{end - 1}-{end % 100:02d}") for end in ends]
    over = sorted((one for one in found if is_over(one, today)), key=lambda one: one.until)
    return over[: -2 * OFFERED - 1 : -1]


def due(until: date) -> date:
    """The last day of the third month after the year's end."""
    first_after = date(until.year + (until.month + 3) // 12, (until.month + 3) % 12 + 1, 1)
    return first_after - timedelta(days=1)


def due_after(last: date) -> date:
    """By when the report of the year after one that ended on `last` is due."""
    return due(last.replace(year=last.year + 1))


def due_first(met: date) -> date:
    """By when a panel that first met on this day owes its first report."""
    return due(date(met.year, 12, 31))


# -- what people type -----------------------------------------------------------------------------

LONGEST_WORDS = 20_000
LONGEST_NOTE = 2_000
PARTS = {
    "foreword": N_("Foreword by the chair"),
    "learned": N_("What we learned"),
    "doing": N_("What we will do"),
    "thanks": N_("Thanks"),
}
"""In the order of the report: the foreword begins it, the others end it."""


def tidied(words: Mapping[str, str]) -> dict[str, str]:
    return {part: many_lines(words.get(part, "")).strip() for part in PARTS}


def wording_problems(words: Mapping[str, str]) -> dict[str, str]:
    too_long = sentence(N_("Make this shorter: {n:,} characters at most."), n=LONGEST_WORDS)
    return {part: too_long for part in PARTS if len(many_lines(words[part])) > LONGEST_WORDS}


def note_problem(note: str) -> str:
    """What is wrong with the words that say what a further edition corrects."""
    if not note.strip():
        return N_("Say what was wrong and what is right, in words that everybody reads.")
    if len(many_lines(note)) > LONGEST_NOTE:
        return sentence(N_("Make this shorter: {n:,} characters at most."), n=LONGEST_NOTE)
    return ""


def unwritten(document: Mapping[str, Any]) -> list[str]:
    """The parts in which nobody has typed anything yet."""
    return [words for part, words in PARTS.items() if not document["words"].get(part)]


# -- what is counted ------------------------------------------------------------------------------


def counted(rows: Iterable[Mapping[str, Any]], figure: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows that a figure counts: those that have one of the named values in each column."""
    where = figure["where"]
    return [dict(row) for row in rows if all(row[key] in wanted for key, wanted in where.items())]


def number_of(rows: Iterable[Mapping[str, Any]], figure: Mapping[str, Any]) -> int:
    """How many rows, or what the figures of one column of theirs come to."""
    found = counted(rows, figure)
    return sum(row[figure["sum"]] for row in found) if figure["sum"] else len(found)


def figures(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every figure of a report, in its order."""
    return [figure for section in document["sections"] for figure in section["figures"]]


def figure_named(document: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = next((one for one in figures(document) if one["name"] == name), None)
    if found is None:
        raise Missing("There is no such figure in this report.")
    return found


def with_words(document: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    return {**document, "words": tidied(words)}


Gone = Mapping[str, frozenset[str]]
"""List -> the places of its rows that are not there for somebody who takes no part in them."""


def without(document: Mapping[str, Any], gone: Gone) -> dict[str, Any]:
    """The report as far as it is there for this reader; its figures count what is left."""
    left = deepcopy(dict(document))
    touched = set()
    for name, places in gone.items():
        rows = left["lists"][name]["rows"]
        left["lists"][name]["rows"] = [row for row in rows if row["key"] not in places]
        if len(left["lists"][name]["rows"]) < len(rows):
            touched.add(name)
    for figure in figures(left):
        if figure["of"] in touched:
            figure["number"] = number_of(left["lists"][figure["of"]]["rows"], figure)
    return left


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What differs in what was counted, in words. What people type is compared elsewhere."""
    before = {one["name"]: one for one in figures(old)}
    found = [
        f"{one['words']}: {_said(before[one['name']])}, now {_said(one)}"
        for one in figures(new)
        if one["name"] in before and before[one["name"]]["number"] != one["number"]
    ]
    lists = old["lists"].keys() | new["lists"].keys()
    changed = [one for one in lists if old["lists"].get(one) != new["lists"].get(one)]
    titles = {**old["lists"], **new["lists"]}
    return found + sorted(f"The list: {titles[one]['title']}" for one in changed)


def _said(figure: Mapping[str, Any]) -> str:
    return LEFT_OUT if figure["number"] is None else str(figure["number"])


LEFT_OUT = N_("left out")
"""What stands for a number too small to be shown."""
