"""Where words stand in a text, as the leak guard reads it: whatever the case, spaces or hyphens."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import unescape

from scrutiny.leaks.plain import latin, plain

SAME = str.maketrans("l", "i")


def spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """(start, end) of every place where one of the words stands, those that touch put together."""
    low, at = _bare(text)
    found = sorted(
        (at[start], at[end - 1] + 1)
        for word in words
        for start, end in _places(low, _bare(word)[0])
        if _is_whole(text, at[start], at[end - 1] + 1)
    )
    return list(_joined(found))


def cut(text: str, words: Iterable[str], boxed: str) -> str:
    """The text with `boxed` where one of the words stood."""
    words = list(words)
    if "&" in text and len(spans(text, words)) != len(spans(plain(text), words)):
        text = unescape(unescape(text))  # letters written as entities are found as letters
    made, done = [], 0
    for start, end in spans(text, words):
        made += [text[done:start], boxed]
        done = end
    return "".join([*made, text[done:]])


def is_in(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words is there, or is once entities and tags are undone."""
    return bool(spans(text, words) or spans(plain(text), words))


@lru_cache(maxsize=4096)
def _read(letter: str) -> str:
    """As which letters or figures one character is taken; nothing for all others."""
    return "".join(one for one in latin(letter).casefold() if one.isalnum()).translate(SAME)


def _bare(text: str) -> tuple[str, list[int]]:
    """Letters and figures alone, and where in the text each of them stands."""
    low, at = [], []
    for place, letter in enumerate(text):
        for one in _read(letter):
            low.append(one)
            at.append(place)
    return "".join(low), at


def _places(low: str, word: str) -> Iterator[tuple[int, int]]:
    start = low.find(word) if word else -1
    while start >= 0:
        yield start, start + len(word)
        start = low.find(word, start + 1)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Not in the middle of a longer word or number: Ann is not in annual, but is in AnnSmith."""
    return _parts(text[start - 1 : start], text[start]) and _parts(
        text[end - 1], text[end : end + 1]
    )


def _parts(left: str, right: str) -> bool:
    if not (_read(left) and _read(right)):
        return True
    return (left.islower() and right.isupper()) or left.isdigit() != right.isdigit()


def _joined(found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last: tuple[int, int] | None = None
    for start, end in found:
        if last and start <= last[1]:
            last = (last[0], max(end, last[1]))
            continue
        if last:
            yield last
        last = (start, end)
    if last:
        yield last
