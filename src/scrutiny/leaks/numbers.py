"""Telephone, collar and receipt numbers: in figures, in words, with anything between them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from scrutiny.kit.tokens import ALPHABET, MISREAD, clean_receipt
from scrutiny.leaks.plain import Token, plain, tokens
from scrutiny.leaks.spots import Spots

UNITS = """zero one two three four five six seven eight nine
ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"""
TENS = """twenty thirty forty fifty sixty seventy eighty ninety"""
FIGURES = {word: str(at) for at, word in enumerate(UNITS.split())}
FIGURES |= {"oh": "0", "nought": "0", "naught": "0", "nil": "0", "nowt": "0"}
ROUND = {word: str(at) for at, word in enumerate(TENS.split(), start=2)}
TIMES = {"double": 2, "triple": 3, "treble": 3}
BEGINNINGS = {*FIGURES, *ROUND, *TIMES, "o", "i", "l", "oo", "ii", "ll", "io", "lo"}
LOOKS_LIKE = re.compile(r"[oil]{1,4}")
APART = re.compile(r"[\s\-./()+,:|_*'\[\]]{0,5}")
PREFIXES = ("0044", "44", "0", "")
NATIONAL = (10, 9)
PUBLIC = ("3", "80", "84", "87", "9")
"""How numbers of services begin: they are nobody's own."""
CUE_WORDS = """pc ps pcso dc ds sgt sergeant constable officer officers collar shoulder badge
epaulette warrant inspector"""
CUES = frozenset(CUE_WORDS.split())
LONGEST = 40


class Run(NamedTuple):
    """Figures that stand together: which tokens they came from, and where each of those begins."""

    figures: str
    begins: list[int]
    first: int
    last: int
    foreign: bool


def runs(text: str, found: Sequence[Token]) -> Iterator[Run]:
    at = 0
    while at < len(found):
        if not (found[at].is_number or found[at].low in BEGINNINGS):
            at += 1
            continue
        figures, begins, to = _run_from(text, found, at)
        if figures:
            plus = text[max(found[at].start - 2, 0) : found[at].start].rstrip("( ").endswith("+")
            yield Run(figures, begins, at, to - 1, plus or figures.startswith("00"))
        at = max(to, at + 1)


def _run_from(text: str, found: Sequence[Token], at: int) -> tuple[str, list[int], int]:
    figures, begins, to = "", [], at
    while to < len(found) and len(figures) < 400:
        if figures and not _touch(text, found[to - 1], found[to]):
            break
        more, used = _figures(found, to, bool(figures))
        if not more:
            break
        begins.append(len(figures))
        figures, to = figures + more, to + used
    return figures, begins, to


def _touch(text: str, one: Token, two: Token) -> bool:
    between = text[one.end : two.start]
    return between.count("\n") < 2 and APART.fullmatch(between) is not None


def _figures(found: Sequence[Token], at: int, begun: bool) -> tuple[str, int]:
    """What this token says in figures, and how many tokens that took; ("", 0) when none."""
    token = found[at]
    if token.is_number:
        return token.word, 1
    after = found[at + 1] if at + 1 < len(found) else None
    if token.low in TIMES and after is not None:
        one = after.word if after.is_number else FIGURES.get(after.low, "")
        return (one * TIMES[token.low], 2) if len(one) == 1 else ("", 0)
    if token.low in ROUND:
        unit = FIGURES.get(after.low, "") if after is not None else ""
        return (ROUND[token.low] + unit, 2) if len(unit) == 1 else (ROUND[token.low] + "0", 1)
    if LOOKS_LIKE.fullmatch(token.low) and (begun or _is_followed(after)):
        return token.low.replace("o", "0").replace("i", "1").replace("l", "1"), 1
    return (FIGURES[token.low], 1) if token.low in FIGURES else ("", 0)


def _is_followed(after: Token | None) -> bool:
    return after is not None and (after.is_number or after.low in FIGURES or after.low in TIMES)


# -- telephones ------------------------------------------------------------------------------------


def phones_in(standing: Iterable[Run]) -> set[str]:
    """Keys of the telephone numbers of people in a text; those of services are left out."""
    made = set()
    for run in standing:
        for part in _numbers(run.figures):
            if not part.startswith(PUBLIC):
                made.add(f"p|{part}")
        if run.foreign and 8 <= len(run.figures) <= 15:
            made.add(f"p|{run.figures.removeprefix('00')}")
    return made


def _numbers(figures: str) -> Iterator[str]:
    """The numbers of this country in a row of figures, without what comes before them."""
    for prefix in PREFIXES[:3]:
        if figures.startswith(prefix):
            rest = figures.removeprefix(prefix).removeprefix("0")
            if 9 <= len(rest) <= 10 or (len(rest) > 18 and rest[10] == "0"):
                yield rest[:10]
                yield from _numbers(rest[10:])
            return
    if len(figures) == 10 and figures[0] == "7":
        yield figures


def look_for_phones(run: Run, found: Sequence[Token], spots: Spots) -> None:
    if len(run.figures) < 9:
        return
    start, end = found[run.first].start, found[run.last].end
    for begin in run.begins:
        for key in _phone_keys(run.figures[begin : begin + 20]):
            spots.note(key, True, start, end)


def _phone_keys(figures: str) -> Iterator[str]:
    for prefix in PREFIXES:
        if figures.startswith(prefix):
            rest = figures[len(prefix) :]
            rest = rest[1:] if prefix and rest.startswith("0") else rest
            yield from (f"p|{rest[:size]}" for size in NATIONAL if len(rest) >= size)
    if figures[:2] == "00" or figures[0] != "0":
        rest = figures.removeprefix("00")
        yield from (f"p|{rest[:size]}" for size in (8, 11, 12, 13) if len(rest) >= size)


# -- collar numbers --------------------------------------------------------------------------------


def collars_in(text: str) -> set[str]:
    """Keys of what somebody gave as an officer's number: "PC 1234MD", "U 208"."""
    text = plain(text)
    found, made = tokens(text), set()
    for run in runs(text, found):
        if 2 <= len(run.figures) <= 6:
            made |= set(_collar_keys(text, found, run))
    return made


def cued_collars_in(text: str, found: Sequence[Token], standing: Iterable[Run]) -> set[str]:
    """The same in a story, where only what follows a word such as PC is one."""
    made: set[str] = set()
    for run in standing:
        if 2 <= len(run.figures) <= 6 and is_cued(found, run.first):
            made |= set(_collar_keys(text, found, run))
    return made


def is_cued(found: Sequence[Token], first: int) -> bool:
    return any(one.low in CUES for one in found[max(first - 3, 0) : first])


def look_for_collars(text: str, run: Run, found: Sequence[Token], spots: Spots) -> None:
    if 2 <= len(run.figures) <= 6:
        cued = is_cued(found, run.first)
        for key in _collar_keys(text, found, run):
            if cued or not key[2:].isdigit():
                spots.note(key, True, found[run.first].start, found[run.last].end)


def _collar_keys(text: str, found: Sequence[Token], run: Run) -> Iterator[str]:
    """The figures with the letters of the division before or after them, and alone."""
    if len(run.figures) > 2:
        yield f"c|{run.figures}"
    if run.last + 1 < len(found) and _is_division(text, found[run.last], found[run.last + 1]):
        yield f"c|{run.figures}{found[run.last + 1].low}"
    if run.first and _is_division(text, found[run.first - 1], found[run.first], before=True):
        low = found[run.first - 1].low
        if low not in CUES:
            yield f"c|{run.figures}{low}"


def _is_division(text: str, one: Token, two: Token, *, before: bool = False) -> bool:
    """Two or three letters beside the figures: glued to them, or with a capital."""
    letters = one if before else two
    between = text[one.end : two.start]
    glued = not between
    near = len(between) < 3 and not between.strip(" -.") and letters.cap
    return not letters.is_number and len(letters.low) <= 3 and (glued or near)


# -- receipts --------------------------------------------------------------------------------------

CODE_WORD = re.compile(r"[0-9A-Za-z]+")
DIGEST = re.compile(r"[0-9a-f]{32,}|[0-9A-F]{32,}")
GROUP = 6


def receipt_keys(code: str) -> set[str]:
    """Keys of the groups of a receipt that no word can be mistaken for."""
    whole = clean_receipt(code)
    groups = [whole[at : at + GROUP] for at in range(0, 24, GROUP)] if whole else []
    return {f"r|{one}" for one in groups if _is_mixed(one)}


def _is_mixed(group: str) -> bool:
    figures = sum(one.isdigit() for one in group)
    return 0 < figures < GROUP


def look_for_receipts(text: str, spots: Spots) -> None:
    """A whole receipt or at least a group of it, with or without what stands between its parts."""
    row: list[re.Match] = []
    for found in CODE_WORD.finditer(text):
        near = bool(row) and found.start() - row[-1].end() <= 3
        if not _is_coded(found[0]):
            near = _look_along(row, spots)
            row = []
        elif near and "\n\n" not in text[row[-1].end() : found.start()]:
            row.append(found)
        else:
            _look_along(row, spots)
            row = [found]
    _look_along(row, spots)


def _is_coded(word: str) -> bool:
    """Whether it may be a part of a receipt: figures in it, or capitals alone."""
    if len(word) > LONGEST or word.isdigit() or DIGEST.fullmatch(word):
        return word.isdigit() and len(word) <= GROUP
    return not word.isalpha() or (word.isupper() and len(word) <= GROUP)


def _look_along(row: Sequence[re.Match], spots: Spots) -> None:
    joined = "".join(found[0] for found in row).upper().translate(MISREAD)
    if len(joined) < GROUP or not all(one in ALPHABET for one in joined):
        return
    for at in range(len(joined) - GROUP + 1):
        group = joined[at : at + GROUP]
        if _is_mixed(group):
            spots.note(f"r|{group}", True, row[0].start(), row[-1].end())
