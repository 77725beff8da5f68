"""Counts of people that are too small to show, and those that would give them away."""

from collections.abc import Sequence

SMALL = 5
"""A count of people below this is not shown (domain.md 10.3)."""


def shown(counts: Sequence[int]) -> list[int | None]:
    """Counts as they may stand beside their total: those of 1 to 4 are left out, and so is every
    one that is as large as the smallest of the others. Zero says nothing about anybody and stays.

    Whoever swaps any two of those left out gets a table that is shown exactly alike. As there is
    a small one and a large one among them, each could be either, whatever its size.
    """
    large = [count for count in counts if count >= SMALL]
    if len(large) + counts.count(0) == len(counts):
        return list(counts)
    least = min(large, default=0)
    return [None if 0 < count < SMALL or (count and count == least) else count for count in counts]
