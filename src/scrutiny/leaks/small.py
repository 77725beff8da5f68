"""Counts of one to four beside what the law protects can tell of somebody (domain.md 10.3)."""

import re
from collections.abc import Iterable, Sequence

from scrutiny.kit.suppression import SMALL, shown
from scrutiny.leaks.plain import plain
from scrutiny.leaks.rules import Finding
from scrutiny.leaks.words import MONTHS

FEW = {"one": 1, "two": 2, "three": 3, "four": 4}
PROTECTED = (
    r"black|white|asian|mixed[- ](?:race|heritage|ethnic\w*)|african|caribbean|bangladeshi|indian|"
    r"pakistani|chinese|arab|somali|roma|travell?ers?|gyps(?:y|ies)|jewish|jews?|muslims?|sikhs?|"
    r"hindus?|christians?|buddhists?|disabled|disabilit\w+|autistic|deaf|blind|wheelchair|gay|"
    r"lesbians?|bisexual|trans(?:gender)?|non-binary|pregnant|wom[ae]n|girls?|boys?|males?|females?|"
    r"under[- ]?1[0-9]s?|aged|ethnic\w*|minorit\w+|refugees?|asylum|learning difficult\w+|"
    r"mental health|children|minors?"
)
BESIDE = re.compile(
    rf"(?<![\w.,/:£%-])(?P<count>[1-4]|one|two|three|four)(?![\w%]|[.,:/]\d|[-–]\d| (?:per cent|%|"
    rf"weeks?|months?|days?|years?|hours?|minutes?|times|o'clock|{'|'.join(sorted(MONTHS))}))"
    rf"(?P<gap>(?:[ \-]\w+){{0,4}}?[ \-])(?P<what>{PROTECTED})\b",
    re.IGNORECASE,
)
AFTER = re.compile(
    rf"\b(?P<what>{PROTECTED})\b(?P<gap>[\w ]{{0,20}}[:(=|\t] ?\(?)"
    rf"(?P<count>[1-4]|one|two|three|four)(?![\w%]|[.,:/]\d|[-–]\d)",
    re.IGNORECASE,
)
WORD = re.compile(rf"\b(?:{PROTECTED})\b", re.IGNORECASE)
HIDDEN = re.compile(
    r"[-–—*x]|<\s*5|(?:fewer than|under) (?:5|five)|suppressed|1 ?(?:-|–|to) ?4", re.IGNORECASE
)
TOTAL = re.compile(r"\b(?:all|total|sum|overall)\b", re.IGNORECASE)
Table = Sequence[Sequence[str]]


def small_numbers(outlets: Iterable[tuple[str, str | Table]]) -> list[Finding]:
    """What in each outlet, a text or a table of cells, is too small to be shown.

    A table's first row holds its heads. What is found blocks, and may be lifted.
    """
    found = []
    for outlet, given in outlets:
        said = _in_text(given) if isinstance(given, str) else _in_table(given)
        found += [Finding("count", outlet, one, True, True, "") for one in dict.fromkeys(said)]
    return found


def _in_text(text: str) -> list[str]:
    text = " ".join(plain(text).split(" "))
    spans = [found.span() for rule in (BESIDE, AFTER) for found in rule.finditer(text)]
    return [" ".join(text[start:end].split()) for start, end in sorted(spans)]


def _in_table(table: Table) -> list[str]:
    """Small counts in rows and columns about people, and those that a total gives back."""
    if not table:
        return []
    across = [list(row) for row in table]
    down = [list(column) for column in zip(*across, strict=False)]
    about = any(WORD.search(cell) for row in across for cell in row[:1]) or any(
        WORD.search(cell) for cell in across[0]
    )
    return [*_in_lines(across, "{0}, {1}"), *_in_lines(down, "{1}, {0}")] if about else []


def _in_lines(lines: list[list[str]], called: str) -> list[str]:
    heads, found = lines[0], []
    for label, *cells in lines[1:]:
        names = [called.format(label, head).strip(", ") for head in heads[1:]]
        if WORD.search(label) or any(WORD.search(head) for head in heads[1:]):
            found += _in_line(list(zip(names, heads[1:], cells, strict=False)))
    return found


def _in_line(cells: list[tuple[str, str, str]]) -> list[str]:
    parts = [one for one in cells if not TOTAL.search(one[1])]
    counts = [(name, count) for name, _, cell in parts if (count := whole(cell)) is not None]
    hidden = [name for name, _, cell in parts if HIDDEN.fullmatch(cell.strip())]
    totals = any(TOTAL.search(head) and whole(cell) is not None for _, head, cell in cells)
    small = [f"{name}: {count}" for name, count in counts if 0 < count < SMALL]
    if len(hidden) == 1 and totals:
        return [*small, f"{hidden[0]}: what is left out follows from the total"]
    if small and totals and not hidden:
        kept = shown([count for _, count in counts])
        small = [f"{n}: {c}" for (n, c), one in zip(counts, kept, strict=True) if one is None]
    return small


def whole(cell: str) -> int | None:
    """A count as it stands in a cell; None for anything else."""
    tidy = cell.strip().replace(",", "").casefold()
    return FEW.get(tidy, int(tidy) if tidy.isascii() and tidy.isdecimal() else None)
