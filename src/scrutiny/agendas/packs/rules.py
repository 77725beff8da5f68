"""WHAT a pack holds, when it may be shown to somebody, and how far its making has come."""

import hashlib
import json
from collections.abc import Iterator, Set
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from scrutiny.agendas.rules import Kind, Line

MADE_AS = 2
"""Raised when packs of the same contents should look otherwise: they are then made again."""
LEASE = timedelta(minutes=4)
"""A worker that says nothing for so long is taken for dead, and another makes its pack."""
MOST_TRIES = 3
MOST_BYTES = 200_000_000
KEPT_FOR = timedelta(days=30)
"""One reader's own copy, after which it is made again when it is asked for."""


class Stage(StrEnum):
    ASKED = "asked"
    MAKING = "making"
    DONE = "done"
    FAILED = "failed"


WAITING = (Stage.ASKED, Stage.MAKING)
KINDS = {Kind.ACTION: "Action", Kind.RECOMMENDATION: "Recommendation"}


def in_words(line: Line) -> str:
    """An item as the meeting's page names it: with the number of what it is about."""
    if line.case:
        return f"Case {line.case}: {line.title}"
    if line.kind == Kind.THEME and line.ref:
        return f"Raised by residents: {line.title}"
    named = KINDS.get(line.kind) if line.ref else None
    return f"{named} {line.ref}: {line.title}" if named else line.title


PUBLIC, MEMBERS = "public", "members"


@dataclass(frozen=True)
class Bound:
    """A paper that goes in, at one edition of its file."""

    id: str
    file: str
    edition: int
    number: int
    title: str
    pages: int
    size: int
    audience: str
    reason: str = ""  # why it was taken late


@dataclass(frozen=True)
class Entry:
    """An item of the agenda as this pack shows it, with its papers."""

    id: str
    number: str
    title: str
    depth: int
    part: str = "A"
    minutes: int = 0
    presenter: str = ""
    papers: tuple[Bound, ...] = ()


@dataclass(frozen=True)
class Contents:
    """All that goes into a pack: the same contents make the same pack, byte for byte."""

    audience: str
    supplement: int
    title: str
    panel: str
    day: str
    times: str
    venue: str
    access: str
    created: str  # when the agenda was last published
    entries: tuple[Entry, ...]
    closed: tuple[tuple[str, int], ...] = ()  # why, how many: what the reader is not shown
    after: str = ""  # the source of the pack whose page numbers it goes on from
    made_as: int = field(default=MADE_AS)

    def stored(self) -> str:
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @property
    def source(self) -> str:
        return hashlib.sha256(self.stored().encode()).hexdigest()

    @property
    def papers(self) -> list[Bound]:
        return [paper for entry in self.entries for paper in entry.papers]

    @property
    def when_and_where(self) -> tuple[str, ...]:
        """What its cover tells people to come to."""
        return self.day, self.times, self.venue, self.access

    @property
    def size(self) -> int:
        return sum(paper.size for paper in self.papers)


def read(stored: str | dict[str, Any]) -> Contents:
    found = json.loads(stored) if isinstance(stored, str) else dict(stored)
    found["entries"] = tuple(
        Entry(**{**entry, "papers": tuple(Bound(**paper) for paper in entry["papers"])})
        for entry in found["entries"]
    )
    found["closed"] = tuple((why, count) for why, count in found["closed"])
    return Contents(**found)


def is_open_to(contents: Contents, items: Set[str], papers: Set[tuple[str, int]]) -> bool:
    """Whether somebody who sees these items and opens these papers may have this pack.

    Not one item or paper too many, and each paper at the edition that stands now.
    """
    held = {(paper.id, paper.edition) for paper in contents.papers}
    return held <= papers and {entry.id for entry in contents.entries} <= items


def steps_of(contents: Contents) -> int:
    """The cover, each paper, the binding, and putting it away."""
    return len(contents.papers) + 3


def first_pages(contents: Contents, front: int, first: int) -> dict[str, int]:
    """Paper -> the page of the pack on which it begins; `front` pages come before them all."""
    at, found = first + front, {}
    for paper in contents.papers:
        found[paper.id] = at
        at += paper.pages
    return found


def outline(contents: Contents, places: dict[str, int], first: int) -> Iterator[tuple]:
    """(depth, words, page) of each bookmark: items, and under them their papers."""
    for entry in contents.entries:
        page = places[entry.papers[0].id] if entry.papers else first
        yield entry.depth, f"{entry.number}. {entry.title}", page
        for paper in entry.papers:
            yield entry.depth + 1, f"P{paper.number} {paper.title}", places[paper.id]


def stamp(page: int, number: int = 0, own: int = 0, pages: int = 0) -> str:
    """What stands on a page: the pack's own count, and the paper's, which is in every version."""
    said = f"Pack page {page}"
    return f"{said} \u00b7 P{number}, page {own} of {pages}" if number else said
