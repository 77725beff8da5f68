"""HOW somebody takes no part in an item, and the sentence that the minutes have about it."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from scrutiny.kit.words import N_, one_line, sentence
from scrutiny.meetings.rules import Stage

DECLARED_WHILE = frozenset({Stage.PROPOSED, Stage.SCHEDULED, Stage.IN_SESSION})
LONGEST = 250
HOW: Mapping[str, str] = MappingProxyType(
    {
        "left_room": N_("Leave the room while it is discussed"),
        "no_vote": N_("Stay in the room, say nothing and take no part in any vote"),
        "no_access": N_("Have no access to its papers and take no part"),
    }
)
MINUTED: Mapping[str, str] = MappingProxyType(
    {
        "left_room": "left the room and took no part in this item",
        "no_vote": "stayed in the room, did not speak and took no part in any vote on this item",
        "no_access": "had no access to the papers and took no part in this item",
    }
)


NOW: Mapping[str, str] = MappingProxyType(
    {
        "left_room": "leaves the room and takes no part in this item",
        "no_vote": "stays in the room, does not speak and takes no part in any vote on this item",
        "no_access": "has no access to the papers and takes no part in this item",
    }
)
"""The same while the item is still to come or is being discussed."""


def in_the_room(sentence: str, how: str) -> str:
    """What the minutes will say, as it stands until the item is over."""
    said = f" {MINUTED.get(how, '')}."
    return f"{sentence.removesuffix(said)} {NOW[how]}." if sentence.endswith(said) else sentence


def away_from(recused: Iterable[Hashable], declared: Iterable[Any]) -> set[Hashable]:
    """Who of those recused from an item is out of the room for it, by what they declared."""
    left = {one.person for one in declared if one.how == "left_room"}
    return left & set(recused)


def minuted(name: str, how: str, words: str) -> str:
    """What the minutes say. `name` is how they are named in public; `words` their own."""
    said = one_line(words)
    said = said if said.endswith((".", "!", "?")) else f"{said}."
    return f"{name} declared an interest: {said} {name} {MINUTED[how]}."


@dataclass
class InterestForm:
    """`person` is a seat, where somebody is told of aloud by whoever runs the meeting."""

    how: str = ""
    text: str = ""
    person: str = ""
    form_key: str = ""

    def problems(self, *, others: bool) -> dict[str, str]:
        """`others`: whether one may be named; then somebody has to be."""
        found = {}
        if others and not self.person:
            found["person"] = N_("Choose whose interest it is.")
        if self.how not in HOW:
            found["how"] = N_("Choose what they do while this item is discussed.")
        if not self.text.strip():
            found["text"] = N_("Say in a sentence what the interest is.")
        if len(one_line(self.text)) > LONGEST:
            words = N_("Make this shorter: {most} characters at most.")
            found["text"] = sentence(words, most=LONGEST)
        return found
