"""The secret code as people see and say it: four groups, read aloud letter by letter, and drawn."""

import segno

from scrutiny.kit.tokens import clean_receipt
from scrutiny.kit.words import N_

SPOKEN = {
    **dict(zip("0123456789", (N_("zero"), N_("one"), N_("two"), N_("three"), N_("four"),
                              N_("five"), N_("six"), N_("seven"), N_("eight"), N_("nine")),
               strict=True)),
    **dict(zip("ABCDEFGHJKMNPQRSTVWXYZ",
               ("Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "Juliett",
                "Kilo", "Mike", "November", "Papa", "Quebec", "Romeo", "Sierra", "Tango", "Victor",
                "Whiskey", "X-ray", "Yankee", "Zulu"), strict=True)),
}  # fmt: skip
"""The alphabet of the telephone, for the letters that a code can have."""


def code_of(typed: str) -> str | None:
    """The code that was meant, in four groups; None where it cannot be one."""
    letters = clean_receipt(typed)
    return None if letters is None else grouped(letters)


def grouped(letters: str) -> str:
    return "-".join(letters[at : at + 6] for at in range(0, len(letters), 6))


def spoken(code: str) -> list[list[str]]:
    """Each group as the words with which to say it aloud."""
    return [[SPOKEN[letter] for letter in group] for group in code.split("-")]


def drawn(code: str) -> str:
    """A QR code as a picture in an address of its own (PNG).

    It holds the bare code: an address in it would land in the history of the phone that reads it.
    A dot is one pixel, which the page draws larger. The mask is given, as trying all eight takes
    longer than everything else of the receipt.
    """
    return segno.make(code, error="m", mask=3).png_data_uri(border=3)
