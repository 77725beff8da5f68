"""HOW the notes of two people who typed at the same time are put together."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from merge3 import Merge3

from scrutiny.agendas.rules import LONGEST_NOTES
from scrutiny.kit.words import N_, many_lines, sentence

BULLET = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
exactly = partial(difflib.SequenceMatcher, autojunk=False)
"""Without the shortcut that takes lines said often, such as empty ones, for noise."""


class Clash(NamedTuple):
    """The same lines, as two people left them."""

    theirs: str
    mine: str


@dataclass(frozen=True)
class Merged:
    """One text with what both typed. Where they clash both versions stand, the saved one first."""

    text: str
    clashes: list[Clash]


def merged(base: str, theirs: str, mine: str) -> Merged:
    """Put `mine` together with `theirs`, which was saved since both began with `base`.

    By whole lines, so that no sentence is made up of two people's halves. What both added at the
    same place is no clash: both additions are kept, or the longer one where it goes on from the
    other. Only a line that both changed is.
    """
    versions = [_lines(text) for text in (base, theirs, mine)]
    text: list[str] = []
    clashes: list[Clash] = []
    for lines, clash in _pieces(*versions):
        text += lines
        clashes += [clash] if clash else []
    return Merged("\n".join(text).strip(), clashes)


def _pieces(
    base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]
) -> Iterator[tuple[list[str], Clash | None]]:
    for kind, *parts in Merge3(base, theirs, mine, sequence_matcher=exactly).merge_groups():
        if kind != "conflict":
            yield list(parts[0]), None
            continue
        was, one, other = (list(part) for part in parts)
        text = together(was, one, other)
        if text is not None:
            yield text, None
        else:
            yield joined(one, other), Clash("\n".join(one), "\n".join(other))


def together(was: list[str], theirs: list[str], mine: list[str]) -> list[str] | None:
    """One version of lines that both touched, where no line was changed by both; else None."""
    if goes_on(was, theirs, mine):
        return mine
    if goes_on(was, mine, theirs):
        return theirs
    if not any(was):
        return joined(theirs, mine)
    if (around := added_around(was, theirs)) is not None:
        return joined(joined(around[0], mine), around[1])
    if (around := added_around(was, mine)) is not None:
        return joined(joined(around[0], theirs), around[1])
    return None


def joined(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """One after the other. What is no bullet stands apart from a list that it comes after:
    otherwise it would be shown as the end of somebody else's last bullet."""
    last = list(takewhile(str.strip, reversed(first)))
    glued = any(map(BULLET.match, last)) and bool(second) and second[0].strip()
    return [*first, "", *second] if glued and not BULLET.match(second[0]) else [*first, *second]


def added_around(was: list[str], now: list[str]) -> tuple[list[str], list[str]] | None:
    """What was added before and after lines that were themselves left as they were."""
    for at in range(len(now) - len(was) + 1):
        if now[at : at + len(was)] == was:
            return now[:at], now[at + len(was) :]
    return None


def goes_on(base: Sequence[str], shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether `longer` has all that `shorter` and the base have, and goes on from there."""
    was, less, more = ("\n".join(lines) for lines in (base, shorter, longer))
    return more.startswith(less) and less.startswith(was)


def _lines(text: str) -> list[str]:
    return many_lines(text).strip().split("\n") if text.strip() else []


@dataclass
class NotesForm:
    """`stay`: saved while somebody goes on typing, who is led back to the same page."""

    notes: str = ""
    version: str = ""
    stay: str = ""

    def problems(self) -> dict[str, str]:
        if len(many_lines(self.notes)) > LONGEST_NOTES:
            words = N_("Make this shorter: {most:,} characters at most.")
            return {"notes": sentence(words, most=LONGEST_NOTES)}
        return {}
