"""Names of people: the forms in which one may stand in a text, and every place where one may."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from scrutiny.leaks.plain import Token, fold, plain, tokens
from scrutiny.leaks.spots import Spots
from scrutiny.leaks.words import COMMON, MONTHS, PARTICLES, SAME, TITLES

GLUED = 8
"""Letters from which a name is known without the space in it."""
LONGEST, LONGEST_WORD = 28, 80
PIECES, BETWEEN = 5, 2
MOST_WORDS = 6
AND = re.compile(r"\s+(?:and|&)\s+|[/;]", re.IGNORECASE)


def pair(one: str, two: str) -> str:
    """The key of two folded words of a name, whichever comes first."""
    return f"n|{one}|{two}" if one < two else f"n|{two}|{one}"


# -- what is known ---------------------------------------------------------------------------------


def keys_of(name: str) -> set[str]:
    """Every key under which this name is known: in full, turned round, run together, one part."""
    return set(chain.from_iterable(_keys_of(one) for one in AND.split(plain(name))))


def _keys_of(name: str) -> Iterator[str]:
    words = _words(name)[:MOST_WORDS]
    for word in (words[0], words[-1]) if words else ():
        yield from (f"w|{fold(one)}" for one in word if len(one) > 2 and one not in COMMON)
        if word[0] in COMMON and len(word[0]) > 2:
            yield f"w|{fold(word[0])}"
    if len(words) < 2:
        return
    first, last = words[0], words[-1]
    for one, two in [*((first, other) for other in words[1:]), (words[-2], last)]:
        if one is not two:
            yield from _both(one, two)
    yield from (f"i|{first[0][0]}|{fold(one)}" for one in last)
    yield from _run_together(words)


def _both(one: list[str], two: list[str]) -> Iterator[str]:
    yield from (pair(fold(a), fold(b)) for a in one for b in two)


def _run_together(words: list[list[str]]) -> Iterator[str]:
    whole = [word[0] for word in words]
    if all(word in COMMON for word in whole):
        return
    ends = [whole[0], whole[-1]]
    for order in (whole, [whole[-1], *whole[:-1]], ends, ends[::-1]):
        key = fold("".join(order))
        if len(key) >= GLUED:
            yield f"g|{key}"


def _words(name: str) -> list[list[str]]:
    """Its words in their order, each whole and then by its parts: [["yusufahmed", "yusuf", ...]]"""
    before, comma, after = name.partition(",")
    found, kept = [], []
    for typed in (f"{after} {before}" if comma else name).split():
        pieces = [one.low for one in tokens(typed) if not one.is_number]
        if not pieces or (len(pieces) == 1 and pieces[0] in TITLES):
            continue
        kept += pieces
        if len(pieces) == 1 and pieces[0] in PARTICLES:
            continue
        found.append(_forms(kept))
        kept = []
    if kept:
        found.append(_forms(kept))
    return found


def _forms(pieces: list[str]) -> list[str]:
    parts = [one for one in pieces if one not in PARTICLES and len(one) > 1]
    return list(dict.fromkeys(["".join(pieces), *parts]))


# -- where one may stand ---------------------------------------------------------------------------


def look(text: str, found: Sequence[Token], spots: Spots) -> None:
    """Note every place of a text where a name may stand."""
    for at, token in enumerate(found):
        if not token.is_number:
            _look_at_pairs(found, at, spots)
            _look_at_joined(found, at, spots)
            _look_at_initial(text, found, at, spots)
            _look_at_part(text, found, at, spots)


def _look_at_pairs(found: Sequence[Token], at: int, spots: Spots) -> None:
    """This word and the next, or one with at most two middle names or initials between them."""
    one = found[at]
    if len(one.low) < 2:
        return
    meant = one.cap or one.low not in COMMON
    for two in found[at + 1 : at + 2 + BETWEEN]:
        if not two.is_number and len(two.low) > 1:
            firm = meant and (two.cap or two.low not in COMMON)
            spots.note(pair(one.key, two.key), firm, one.start, two.end)
            if two.low[-1] == "s" or one.low in SAME or two.low in SAME:
                for key in _pairs(one.low, two.low):
                    spots.note(key, firm, one.start, two.end)
        if not _is_between(two, one.cap):
            return


def _pairs(one: str, two: str) -> Iterator[str]:
    """With every other form of a given name, and without the s of several or of an owner."""
    for end in (two, two.removesuffix("s")):
        yield from (pair(fold(other), fold(end)) for other in SAME.get(one, (one,)))
        yield from (pair(fold(one), fold(other)) for other in SAME.get(end, ()))


def _is_between(token: Token, cap: bool) -> bool:
    if len(token.low) == 1 or token.is_number or token.low in PARTICLES or token.low in TITLES:
        return True
    return token.cap if cap else token.low not in COMMON


def _look_at_joined(found: Sequence[Token], at: int, spots: Spots) -> None:
    """A name with its spaces left out, or put elsewhere: "AminaYusuf", "Ami na Yus uf"."""
    joined, meant, start = "", 0, found[at].start
    if len(found[at].low) >= GLUED:
        _look_within(found[at], spots)
    for count, token in enumerate(found[at : at + PIECES], start=1):
        joined += token.low
        if token.is_number or len(joined) > LONGEST:
            return
        meant += token.cap or token.low not in COMMON
        if count > 1 and meant and len(joined) >= GLUED:
            spots.note(f"g|{fold(joined)}", count > 2 or meant == 2, start, token.end)


def _within(word: str) -> Iterator[str]:
    for size in range(GLUED, min(len(word), LONGEST) + 1):
        for at in range(len(word) - size + 1):
            yield f"g|{word[at : at + size]}"


def _look_within(token: Token, spots: Spots) -> None:
    for key in _within(token.key[:LONGEST_WORD]):
        spots.note(key, True, token.start, token.end)


def _look_at_initial(text: str, found: Sequence[Token], at: int, spots: Spots) -> None:
    """A. Yusuf, A. K. Yusuf, AK Yusuf, and Yusuf A."""
    one = found[at]
    letters = len(one.low) == 1 or (len(one.low) < 4 and one.word.isupper())
    if not letters or one.low in TITLES:
        return
    dotted = text[one.end : one.end + 1] == "."
    sure = dotted or (one.cap and one.low != "i")
    after = at + 1
    while after < min(at + 3, len(found)) and len(found[after].low) == 1:
        after += 1
    if after < len(found):
        _note_initial(one, found[after], sure, spots)
    if at and len(one.low) == 1:
        _note_initial(one, found[at - 1], one.cap, spots)


def _note_initial(one: Token, name: Token, sure: bool, spots: Spots) -> None:
    if name.is_number or len(name.low) < 2:
        return
    firm = (sure or one.low not in COMMON) and (name.low not in COMMON or (name.cap and sure))
    if one.low == "a" and name.low in COMMON:
        firm = False  # "A Grant was made."
    start, end = min(one.start, name.start), max(one.end, name.end)
    for low in {name.low, name.low.removesuffix("s")}:
        spots.note(f"i|{one.low[0]}|{fold(low)}", firm, start, end)


def _look_at_part(text: str, found: Sequence[Token], at: int, spots: Spots) -> None:
    """A given name or a surname alone: only ever a warning."""
    token = found[at]
    if len(token.low) < 3 or (token.low in COMMON and not _stands_as_name(text, found, at)):
        return
    spots.note(f"w|{token.key}", False, token.start, token.end)


def _stands_as_name(text: str, found: Sequence[Token], at: int) -> bool:
    """An ordinary word with a capital that neither begins a sentence nor is part of a date."""
    token = found[at]
    beside = [*found[max(at - 1, 0) : at], *found[at + 1 : at + 2]]
    if not token.cap or (token.low in MONTHS and any(one.is_number for one in beside)):
        return False
    before = text[max(token.start - 4, 0) : token.start].rstrip(" \t\"'([")
    return bool(before) and before[-1] not in ".!?:;\n|-#"
