"""What one step changes in the answers, and how it is noticed that two windows change the same."""

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec.structs import replace

from scrutiny.concerns.answers import Answers, packed
from scrutiny.concerns.journey.pages import Ask, Page
from scrutiny.concerns.journey.reading import Typed, shown, taken
from scrutiny.concerns.journey.way import Way
from scrutiny.kit.errors import Stale
from scrutiny.kit.seal import keys
from scrutiny.kit.tokens import keyed_hash
from scrutiny.kit.words import N_

BEATEN = N_(
    "You saved this page in another window. What you wrote there is shown below. "
    "What you wrote here is still in the boxes."
)
CHANGED = N_("Your answers were changed in another window. Please check them again.")
PASSED = ("", "skip")
"""Buttons that count the page as answered; back and save only keep what was typed."""


def mark(asks: Iterable[Ask], answers: Answers) -> str:
    """Stands for what a page showed: it tells nothing, and changes when an answer does."""
    return _mark(msgspec.json.encode(shown(asks, answers), order="sorted"))


def whole_mark(answers: Answers) -> str:
    """The same for all the answers together."""
    return _mark(packed(replace(answers, seen=[], proof="")))


def _mark(content: bytes) -> str:
    return keyed_hash(keys().pepper, "journey", content.hex())[:16]


def changed(answers: Answers, step: Page, way: Way, given: Typed, today: date) -> Answers:
    """The newest answers with those of one page. Other pages keep what any window wrote there.

    Raises Stale where another window has changed the same page, and not to the same.
    """
    asks = step.asks(answers, way.setting)
    new = taken(asks, answers, given, today) if step.name != "equality" else answers
    if way.go == "skip" and step.name == "complaint":
        new = replace(new, wants=[one for one in new.wants if one != "complaint"] or ["patterns"])
    was = way.said("was")
    begun = answers != Answers()
    if begun and was and new != answers and was != mark(asks, answers):
        raise Stale(BEATEN)
    if way.go in PASSED and step.name not in new.seen:
        new = replace(new, seen=[*new.seen, step.name])
    return new
