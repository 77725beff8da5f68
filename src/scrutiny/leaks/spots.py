"""Where in a text something stands that may be known; which of it is known, only its hash tells."""

from typing import NamedTuple

KINDS = {
    "n": "name",
    "g": "name",
    "i": "name",
    "w": "name",
    "p": "phone",
    "e": "email",
    "a": "address",
    "r": "receipt",
    "c": "collar",
}
"""What a key is about, by the letter with which it begins."""


class Spot(NamedTuple):
    firm: bool  # untrue where it is more likely something else
    start: int
    end: int
    text: str  # what stands there


class Spots:
    """Keys and where each stands, the firmest of its places; `text` is what is being read.

    Places are bare tuples, of which there are hundreds of thousands; a Spot is made of the few
    that are known.
    """

    def __init__(self) -> None:
        self.text = ""
        self.found: dict[str, tuple[bool, int, int, str]] = {}

    def note(self, key: str, firm: bool, start: int, end: int) -> None:
        if key not in self.found or (firm and not self.found[key][0]):
            self.found[key] = (firm, start, end, self.text)


def kind_of(key: str) -> str:
    return KINDS[key[0]]
