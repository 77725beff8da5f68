"""What a story tells of people without being asked: names, numbers and addresses in it."""

import re

from scrutiny.leaks.names import keys_of
from scrutiny.leaks.numbers import cued_collars_in, phones_in, runs
from scrutiny.leaks.places import STREETS, houses_in, mail_key, postcodes, written_mails
from scrutiny.leaks.plain import Token, plain, tokens
from scrutiny.leaks.words import COMMON, GIVEN, PARTICLES, TITLES

CUES = re.compile(
    r"\b(?:(?:my|his|her|their|our|the|a) (?:full |real |first )?name(?:'s| is| was)|called|named|"
    r"i am|i'm|this is|known as|(?:my|his|her|their|our) (?:(?:\w+ ){0,2}?)"
    r"(?:son|daughter|child|brother|sister|mother|mum|father|dad|cousin|uncle|aunt|nephew|niece|"
    r"husband|wife|partner|friend|boyfriend|girlfriend|neighbour|grandson|granddaughter|client|"
    r"boss|solicitor|teacher|mate)),?\s+(?=[A-Z])",
    re.IGNORECASE,
)
CUED = re.compile(r"(?:[A-Z][\w'\-]*\.?\s+){0,3}[A-Z][\w'\-]*")
ALSO_PLACES = """police station market school academy college university hospital library centre
center church mosque temple council borough bridge common fields high junction town tube bus stop
road north south east west london panel meeting team unit act order court office"""
PLACES = frozenset(STREETS) | frozenset(ALSO_PLACES.split())
LONGEST_STORY = 60_000


def keys_in(text: str) -> set[str]:
    """Keys of everything in a story that would tell of somebody if it were published."""
    text = plain(text[:LONGEST_STORY])
    found = tokens(text)
    standing = list(runs(text, found))
    made = phones_in(standing) | cued_collars_in(text, found, standing) | houses_in(found)
    made |= {mail_key(address) for address in written_mails(text)}
    made |= {key for key, _, _ in postcodes(text)}
    for name in names_in(text, found):
        made |= keys_of(name)
    return made


def names_in(text: str, found: list[Token]) -> set[str]:
    """Names by what stands before them (Mr, my son, called), or by a given name and a capital."""
    made = {name for cue in CUES.finditer(text) if (name := _cued(text, cue.end()))}
    for at, token in enumerate(found):
        if token.low in TITLES and token.low not in ("sister", "brother", "father"):
            made.add(_from(found, at + 1))
        elif token.cap and token.low in GIVEN and token.low not in PARTICLES:
            made.add(_given(found, at))
    return made - {""}


def _cued(text: str, at: int) -> str:
    name = CUED.match(text, at)
    words = name[0].split() if name else []
    kept = words[: next((n for n, one in enumerate(words) if _is_place(one)), len(words))]
    single = len(kept) == 1 and kept[0].strip(".,").casefold() in COMMON
    return "" if single else " ".join(kept)


def _is_place(word: str) -> bool:
    return word.casefold().strip(".,'") in PLACES


def _from(found: list[Token], at: int) -> str:
    """The capitalised words from here on, at most three."""
    words = []
    for token in found[at : at + 3]:
        if token.is_number or not token.cap or _is_place(token.low):
            break
        words.append(token.word)
    return " ".join(words)


def _given(found: list[Token], at: int) -> str:
    """A given name with what follows it, unless that makes it a road, a station, a day."""
    words = _from(found, at).split()
    after = found[at + len(words)] if at + len(words) < len(found) else None
    if len(words) < 2 or (after is not None and after.low in PLACES and after.cap):
        return ""
    return (
        "" if words[1].casefold() in COMMON and words[0].casefold() in COMMON else " ".join(words)
    )
