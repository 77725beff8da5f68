"""The secret code as people see and say it: four groups, read aloud letter by letter."""

import re

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

UNKNOWN = N_("We do not know this code. Check each group of six letters and figures.")
GIVE = N_("Give your code.")
NO_CODE = N_(
    "This is the reference, which opens nothing. Give the secret code: four groups of six letters "
    "and figures."
)
REFERENCE = re.compile(r"[a-z]{2,8}-?[a-z]-?\d{4}-?\d{1,9}", re.IGNORECASE)
"""As rules.reference() makes it, however it was typed."""


def code_of(typed: str) -> str | None:
    """The code that was meant, in four groups; None where it cannot be one."""
    letters = clean_receipt(typed)
    return None if letters is None else grouped(letters)


def unknown(typed: str) -> str:
    """What is said of a code that opens nothing; a reference is told from a code."""
    if not typed.strip():
        return GIVE
    return NO_CODE if REFERENCE.fullmatch(typed.strip()) else UNKNOWN


def grouped(letters: str) -> str:
    return "-".join(letters[at : at + 6] for at in range(0, len(letters), 6))


def spoken(code: str) -> list[list[str]]:
    """Each group as the words with which to say it aloud."""
    return [[SPOKEN[letter] for letter in group] for group in code.split("-")]
