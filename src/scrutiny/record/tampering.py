"""Reading a chain line by line, and saying of each fault what was done: edited, deleted, swapped.

The same for the record and for the ledger. A line is a row with seq, prev and hash, and `mark`
says which hash such a row has at a place. What was done to the end of a chain shows only against
something kept elsewhere: the seal of the end, or a head that was signed.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

Line = Mapping[str, Any]
Mark = Callable[[Line, int, str], str]
MOST = 200
"""Broken lines that are held to be compared with one another."""


class Kind(StrEnum):
    EDITED = "edited"  # its content is not what its hash was made of
    DELETED = "deleted"
    SWAPPED = "swapped"
    REPLACED = "replaced"  # by a line with a valid hash of its own, on which nothing follows
    CUT = "cut"  # lines were taken off the end
    ADDED = "added"  # lines were put on the end that the site did not write
    UNSEALED = "unsealed"  # nothing of the site's own says any more that it is the last


class Fault(NamedTuple):
    """`first` to `last` are the lines it was done to; for a swap they are the two."""

    kind: Kind
    first: int
    last: int


class Chain:
    """Reads lines in their order; `faults` are those found so far, `seq` and `hash` its end."""

    def __init__(self, mark: Mark, start: str) -> None:
        self.mark, self.seq, self.hash = mark, 0, start
        self.faults: list[Fault] = []
        self.broken: dict[int, Line] = {}

    def read(self, row: Line) -> None:
        seq, gap = row["seq"], row["seq"] != self.seq + 1
        if gap:
            self.faults.append(Fault(Kind.DELETED, self.seq + 1, seq - 1))
        if self.mark(row, seq, row["prev"]) != row["hash"]:
            self._break(seq, row)
        elif not gap and row["prev"] != self.hash and self.seq not in self.broken:
            self.faults.append(Fault(Kind.REPLACED, self.seq, self.seq))
        self.seq, self.hash = seq, row["hash"]

    def _break(self, seq: int, row: Line) -> None:
        if len(self.broken) < MOST:
            self.broken[seq] = row
        else:
            self.faults.append(Fault(Kind.EDITED, seq, seq))

    def ended(self) -> list[Fault]:
        """All faults, once the last line was read."""
        left = dict(self.broken)
        for one in sorted(self.broken):
            pairs = (two for two in sorted(left) if one in left and two > one)
            two = next((two for two in pairs if self._are_swapped(one, two)), None)
            if two is not None:
                self.faults.append(Fault(Kind.SWAPPED, one, two))
                del left[one], left[two]
        self.faults += [Fault(Kind.EDITED, seq, seq) for seq in left]
        return sorted(self.faults, key=lambda fault: fault.first)

    def _are_swapped(self, one: int, two: int) -> bool:
        """Whether what stands at each is what belongs to the other, as whole rows or in content."""
        return self._belongs(one, two) and self._belongs(two, one)

    def _belongs(self, there: int, here: int) -> bool:
        moved, other = self.broken[there], self.broken[here]
        return (
            self.mark(moved, here, moved["prev"]) == moved["hash"]
            or self.mark(moved, here, other["prev"]) == other["hash"]
        )


def sentences(faults: Iterable[Fault], thing: str, whole: str) -> list[str]:
    """`thing` is "Line" or "Entry", `whole` "the record" or "the ledger"."""
    return [_sentence(fault, thing, whole) for fault in faults]


def _sentence(fault: Fault, thing: str, whole: str) -> str:
    kind, first, last = fault
    if kind == Kind.SWAPPED:
        return f"{_many(thing)} {first} and {last} of {whole} were swapped."
    which = f"{thing} {first}" if first == last else f"{_many(thing)} {first} to {last}"
    verb = "was" if first == last else "were"
    return f"{which} of {whole} {verb} {SAID[kind]}."


def _many(thing: str) -> str:
    return "Entries" if thing == "Entry" else f"{thing}s"


SAID = {
    Kind.EDITED: "edited",
    Kind.DELETED: "deleted",
    Kind.REPLACED: "replaced by another with a valid hash",
    Kind.CUT: "cut off the end",
    Kind.ADDED: "put on the end by somebody other than the site",
    Kind.UNSEALED: "left without the seal of its end",
}
