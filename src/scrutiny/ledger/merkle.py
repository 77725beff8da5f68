"""The Merkle tree of RFC 6962 over the entries, kept as the hashes of its whole subtrees.

Entry 1 is the leaf at place 0. A subtree is whole when all of its 2^level leaves are there; its
hash then never changes, so an append adds two of them on average and reads log2(size) at most. A
span is the leaves from one place up to another, not including it.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

Span = tuple[int, int]
Whole = tuple[int, int]
"""A whole subtree: its level, and its place among those of that level."""
EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    return hashlib.sha256(b"\0" + content).digest()


def join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def number(whole: Whole) -> int:
    """The place of a whole subtree in the tree read from left to right, leaves at even numbers.

    All that is whole up to an entry has a smaller number than whatever comes after.
    """
    level, place = whole
    return (place << (level + 1)) + (1 << level) - 1


def whole_in(span: Span) -> list[Whole]:
    """The fewest whole subtrees that make up a span of a tree, left to right."""
    start, end = span
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        found.append((level, start >> level))
        start += 1 << level
    return found


def hash_of(span: Span, known: Callable[[Whole], bytes]) -> bytes:
    """The hash of a span that begins where a subtree may; that of the tree for (0, size)."""
    hashes = [known(whole) for whole in whole_in(span)]
    if not hashes:
        return EMPTY
    found = hashes.pop()
    while hashes:
        found = join(hashes.pop(), found)
    return found


def grown(place: int, leaf: bytes, known: Callable[[Whole], bytes]) -> Iterator[tuple[int, bytes]]:
    """What a leaf at this place makes whole, as (number, hash): itself, and what it completes."""
    level, found = 0, leaf
    yield number((0, place)), found
    while place & 1:
        found = join(known((level, place - 1)), found)
        level, place = level + 1, place >> 1
        yield number((level, place)), found


def _halves(start: int, end: int) -> int:
    """Where a span of two leaves or more is divided: at the greatest power of two below its size.

    RFC 6962, 2.1.
    """
    return start + (1 << ((end - start - 1).bit_length() - 1))


def beside(place: int, size: int) -> list[Span]:
    """The spans whose hashes prove that a leaf is in the tree, from the leaf up (2.1.1)."""
    start, end, found = 0, size, []
    while end - start > 1:
        middle = _halves(start, end)
        found.append((middle, end) if place < middle else (start, middle))
        start, end = (start, middle) if place < middle else (middle, end)
    return found[::-1]


def between(first: int, second: int) -> list[Span]:
    """The spans whose hashes prove that the second tree goes on from the first (2.1.2)."""
    start, end, found = 0, second, []
    while end != first:
        middle = _halves(start, end)
        found.append((middle, end) if first <= middle else (start, middle))
        start, end = (start, middle) if first <= middle else (middle, end)
    return ([(start, end)] if start else []) + found[::-1]


def root_from(leaf: bytes, place: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that this proof leads to, or None when it is no proof for such a tree."""
    spans = beside(place, size) if 0 <= place < size else None
    if spans is None or len(spans) != len(path):
        return None
    found = leaf
    for (start, _), one in zip(spans, path, strict=True):
        found = join(found, one) if start > place else join(one, found)
    return found


def roots_from(
    root: bytes, first: int, second: int, path: Sequence[bytes]
) -> tuple[bytes, bytes] | None:
    """(first root, second root) that this proof leads to, or None when it is no such proof."""
    spans = between(first, second) if 0 < first <= second else None
    if spans is None or len(spans) != len(path):
        return None
    steps = list(zip(spans, path, strict=True))
    old = new = steps.pop(0)[1] if spans and spans[0][1] == first else root
    for (start, _), one in steps:
        if start < first:
            old = join(one, old)
        new = join(one, new) if start < first else join(new, one)
    return old, new
