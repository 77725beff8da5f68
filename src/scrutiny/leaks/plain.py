"""A text as a reader sees it, whatever was done to its letters, and the readings hidden in it."""

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from scrutiny.leaks.lookalikes import seen_as

INLINE = (
    "a|abbr|b|bdo|big|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strike|strong|sub|sup|tt|u|wbr"
)
WITHIN = re.compile(rf"<!--.*?-->|</?(?:{INLINE})(?:\s[^<>]*)?/?>", re.IGNORECASE | re.DOTALL)
BETWEEN = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
CONTROL = {code: " " for code in (*range(9), *range(11, 32), 127)}
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
EMPHASIS = str.maketrans("", "", "*`~\\")
TURNED = re.compile("\u202e([^\u202c\n]*)")
SPACED = re.compile(r"(?<![^\W_])[^\W_](?:[ \t\n.\-_,/|+]{1,3}[^\W_](?![^\W_])){3,}")
GAPS = re.compile(r"[ \t\n.\-_,/|+]+")
LEET = str.maketrans("0123456789@$!|€", "oizeasgtbgasiie")
LETTER_AND_SIGN = re.compile(r"(?=\S*[^\W\d_])(?=\S*[0-9@$!|€])[^\s]{3,60}")
STRETCH, OVERLAP = 8_000, 400
AROUND = 36  # characters on each side of such a word that are read with it
TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*'?|\d+")
CAPITAL_I = re.compile(r"(?<=[a-z])I(?=[a-z])")
TWICE = re.compile(r"(.)\1+")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Token(NamedTuple):
    """A word without its possessive, or a number, and where in the text it stands."""

    word: str
    low: str
    key: str  # folded: the same for all that look or sound alike
    cap: bool
    is_number: bool
    start: int
    end: int


def stretches(text: str) -> Iterator[str]:
    """A long text in parts that overlap, so that nothing holds up other threads for long."""
    at = 0
    while len(text) - at > STRETCH:
        end = max(text.rfind(" ", at, at + STRETCH), text.rfind("\n", at, at + STRETCH))
        end = end if end > at + STRETCH // 2 else at + STRETCH
        yield text[at:end]
        at = end - OVERLAP
    yield text[at:]


def plain(text: str) -> str:
    """Entities, tags, escapes, accents, look-alikes and what cannot be seen: all undone."""
    text = html.unescape(html.unescape(text))
    turned = [found[1][::-1] for found in TURNED.finditer(text)]
    text = "\n".join([text, *turned]) if turned else text
    if "%" in text:
        text = unquote(text, errors="ignore")
    text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    text = BETWEEN.sub(" ", WITHIN.sub("", text)).translate(EMPHASIS)
    return latin(text)


def latin(text: str) -> str:
    """Every character as the one that a reader takes it for."""
    if not text.isascii():
        text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
        strange = {ord(one): seen_as(one) for one in set(text) if one > "\x7f"}
        text = unicodedata.normalize("NFC", text.translate(strange))
    return text.translate(CONTROL)


def readings(text: str) -> Iterator[str]:
    """The plain text; what stands there letter by letter; figures read as letters; AmiNa as one
    word. Of all but the first only the places where they may be read so.
    """
    base = plain(text)
    yield base
    joined = [GAPS.sub("", found[0]) for found in SPACED.finditer(base)]
    if joined:
        yield "\n".join(joined)
    whole = "\n".join([base, *joined])
    if figures := _around(LETTER_AND_SIGN, whole):
        yield figures.translate(LEET)
    if mixed := _around(CAMEL, whole):
        yield mixed.lower()


def _around(what: re.Pattern, text: str) -> str:
    """The surroundings of every such place, where the rest is read as it stands."""
    spans: list[list[int]] = []
    for found in what.finditer(text):
        start, end = max(found.start() - AROUND, 0), found.end() + AROUND
        if spans and start <= spans[-1][1]:
            spans[-1][1] = end
        else:
            spans.append([start, end])
    return "\n".join(text[start:end] for start, end in spans)


def tokens(text: str) -> list[Token]:
    """Words and numbers of a plain text; "AminaYusuf" are two words, "Yusuf's" is Yusuf."""
    made: list[Token] = []
    met: dict[str, tuple[str, str, str, bool, bool]] = {}  # no longer than this: it holds names
    for found in TOKEN.finditer(text):
        word, at = found[0], found.start()
        if word.isalpha() and (word.islower() or word[1:].islower()):
            made.append(Token(*(met.get(word) or _met(met, word)), at, found.end()))
            continue
        for piece in _humps(CAPITAL_I.sub("l", _owner(word))):
            if bare := piece.replace("'", ""):
                made.append(Token(*(met.get(bare) or _met(met, bare)), at, at + len(piece)))
            at += len(piece)
    return made


def _met(met: dict[str, tuple], word: str) -> tuple[str, str, str, bool, bool]:
    low = word.casefold()
    met[word] = (word, low, fold(low), word[0].isupper(), word[0].isdigit())
    return met[word]


def _humps(word: str) -> list[str]:
    """AminaYusuf is two words; YuSuF is one, written so that it is not found."""
    pieces = CAMEL.split(word)
    return pieces if len(pieces) < 4 and all(one[1:].islower() for one in pieces) else [word]


def _owner(word: str) -> str:
    return word[:-2] if word[-2:] in ("'s", "'S") else word.rstrip("'")


def fold(low: str) -> str:
    """Letters that look or sound alike as one: Mohammed and Mohamed, WaIsh and Walsh."""
    low = TWICE.sub(r"\1", low.replace("vv", "w"))
    return low.replace("rn", "m").replace("l", "i")
