"""Where somebody lives or is written to: house and street, postcode, e-mail address."""

import re
from collections.abc import Iterator, Sequence

from scrutiny.leaks.numbers import FIGURES, ROUND
from scrutiny.leaks.plain import Token, fold
from scrutiny.leaks.spots import Spots
from scrutiny.leaks.words import MONTHS

STREETS = {
    **{"road": "road", "rd": "road", "street": "street", "st": "street", "str": "street"},
    **{"avenue": "avenue", "ave": "avenue", "av": "avenue", "lane": "lane", "ln": "lane"},
    **{"close": "close", "cl": "close", "drive": "drive", "dr": "drive", "drv": "drive"},
    **{"court": "court", "ct": "court", "place": "place", "pl": "place", "terrace": "terrace"},
    **{"terr": "terrace", "ter": "terrace", "crescent": "crescent", "cres": "crescent"},
    **{"gardens": "gardens", "gdns": "gardens", "square": "square", "sq": "square"},
    **{"house": "house", "hse": "house", "mansions": "mansions", "parade": "parade"},
}
ALONE = """way grove hill park mews walk rise row estate green gate view villas buildings path yard
wharf vale mount tower heights lodge rents"""
STREETS |= {one: one for one in ALONE.split()}
BEFORE, AFTER = 4, 2
POSTCODE = re.compile(
    r"(?<![0-9A-Za-z])([A-Za-z]{1,2}[0-9OoIl][0-9A-Za-z]?)[\s.\-_]{0,3}([0-9OoIl][A-Za-z]{2})"
    r"(?![0-9A-Za-z])"
)
DOT = re.compile(
    r"\s*[\[({<]\s*(?:dot|point|\.)\s*[\])}>]\s*|\s+(?:dot|point)\s+|(?<=\w)\s+\.\s*(?=\w)"
    r"|(?<=\w)\.\s+(?=[a-z]{2,6}\b)"
)
ALIKE = str.maketrans("l10", "iio")
AT = re.compile(r"\s*[\[({<]\s*(?:at|@|a)\s*[\])}>]\s*|\s+(?:at|arroba)\s+|\s*@\s*")
MAIL = re.compile(r"(?=(?<![\w.+\-])([\w.+\-]{1,64}@(?:[\w\-]{1,60}\.){1,4}[a-z]{2,20})(?![\w]))")


# -- houses ----------------------------------------------------------------------------------------


def look_for_houses(found: Sequence[Token], spots: Spots) -> None:
    """The number of a house with its street, in either order: "12a Acre Lane", "Acre Lane 12"."""
    for at, token in enumerate(found):
        if token.low in STREETS:
            for key, start, end in _houses(found, at):
                spots.note(key, True, start, end)


def _houses(found: Sequence[Token], at: int) -> Iterator[tuple[str, int, int]]:
    kind, end = STREETS[found[at].low], found[at].end
    for first in range(at - 1, max(at - BEFORE, 0) - 1, -1):
        if first < at - 1 and (number := _number(found, first)):
            letter = found[first + 1].low if len(found[first + 1].low) == 1 else ""
            street = "".join(one.low for one in found[first + 1 + bool(letter) : at])
            if street:
                yield f"a|{number}{letter}|{fold(street)}|{kind}", found[first].start, end
                yield f"a|{number}|{fold(street)}|{kind}", found[first].start, end
    for after in range(at + 1, min(at + 1 + AFTER, len(found))):
        if (number := _number(found, after)) and not _is_date(found, after):
            for first in range(max(at - 3, 0), at):
                street = "".join(one.low for one in found[first:at])
                yield f"a|{number}|{fold(street)}|{kind}", found[first].start, found[after].end


def _number(found: Sequence[Token], at: int) -> str:
    low = found[at].low
    if found[at].is_number:
        return low.lstrip("0") if len(low) < 5 else ""
    if low in ROUND:
        unit = FIGURES.get(found[at + 1].low, "") if at + 1 < len(found) else ""
        return ROUND[low] + (unit if len(unit) == 1 else "0")
    before = found[at - 1].low if at else ""
    return "" if before in ROUND else FIGURES.get(low, "").lstrip("0")


def _is_date(found: Sequence[Token], at: int) -> bool:
    return any(one.low in MONTHS for one in found[at + 1 : at + 3])


def houses_in(found: Sequence[Token]) -> set[str]:
    """Keys of the addresses in a text: house and street, the number always before it."""
    made = set()
    for at, token in enumerate(found):
        if token.low not in STREETS:
            continue
        numbered = [key for key, _, end in _houses(found, at) if end == token.end]
        made |= set(numbered[:2])
    return made


# -- postcodes -------------------------------------------------------------------------------------


def postcodes(text: str) -> Iterator[tuple[str, int, int]]:
    for found in POSTCODE.finditer(text):
        if not any(sign.isdigit() for sign in found[0]):
            continue  # "looks" could be read as one
        outward, inward = found[1].lower(), found[2].lower()
        inward = inward.replace("o", "0", 1) if inward[0] == "o" else inward
        area = re.match("[a-z]+?(?=[0-9oil])", outward)
        rest = outward[len(area[0]) if area else 0 :].translate(str.maketrans("oil", "011"))
        inward = inward[0].translate(str.maketrans("il", "11")) + inward[1:]
        yield (
            f"a|{outward[: len(area[0]) if area else 0]}{rest}{inward}",
            found.start(),
            found.end(),
        )


def look_for_postcodes(text: str, spots: Spots) -> None:
    for key, start, end in postcodes(text):
        spots.note(key, True, start, end)


# -- e-mail addresses ------------------------------------------------------------------------------


def mails(text: str) -> Iterator[str]:
    """Every e-mail address, written with signs or words, in small letters and without its +part."""
    low = text.lower()
    if "@" not in low and " at " not in low and "at]" not in low and not AT.search(low):
        return
    for found in MAIL.finditer(AT.sub("@", DOT.sub(".", low))):
        local, _, domain = found[1].partition("@")
        yield from _with_less(local.partition("+")[0].strip(".-_"), domain.split("."))


def written_mails(text: str) -> Iterator[str]:
    """The same as somebody writes their own: with its sign, whole."""
    for found in MAIL.finditer(text.lower()):
        local, _, domain = found[1].partition("@")
        yield f"{local.partition('+')[0]}@{domain}"


def _with_less(local: str, labels: list[str]) -> Iterator[str]:
    """The address, also without what the words before and after it may have added to it."""
    before = local.split(".")
    for first in range(len(before)):
        for last in range(2, len(labels) + 1):
            yield f"{'.'.join(before[first:])}@{'.'.join(labels[:last])}"


def mail_key(address: str) -> str:
    return f"e|{address.translate(ALIKE)}"


def look_for_mails(text: str, spots: Spots) -> None:
    for address in mails(text):
        kept, spots.text = spots.text, address
        spots.note(mail_key(address), True, 0, len(address))
        spots.text = kept
