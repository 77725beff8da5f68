"""WHY something may be taken out of what was published, WHEN, and how a box on a page is said."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from scrutiny.kit.words import N_, many_lines, one_line

MOST_WORDS, LONGEST_WORD, MOST_BOXES, MOST_PAGES = 50, 200, 100, 100
SHORTEST = 2  # letters and figures: less would be found in everything
LONGEST_REASON = 500


class Stage(StrEnum):
    DRAFT = "draft"
    OFFERED = "offered"  # the result is made, and a second person is asked to agree to it
    DONE = "done"


OPEN = (Stage.DRAFT, Stage.OFFERED)
MOVES = {
    (Stage.DRAFT, "saved"): Stage.DRAFT,
    (Stage.OFFERED, "saved"): Stage.DRAFT,
    (Stage.DRAFT, "offered"): Stage.OFFERED,
    (Stage.OFFERED, "returned"): Stage.DRAFT,
    (Stage.OFFERED, "agreed"): Stage.DONE,
}

REASONS = {
    "personal": N_("personal data"),
    "child": N_("about a child"),
    "safety": N_("somebody’s safety"),
    "operational": N_("police operations"),
    "court": N_("before a court"),
    "confidence": N_("given in confidence"),
    "law": N_("by order of law"),
}
"""Why words are taken out, as everybody reads it (domain.md 8)."""
REFUSED = {
    "pages": N_("This file has more than 100 pages, which is more than can be redacted in one go. "
                "Replace or withdraw it."),
    "damaged": N_("This file could not be opened page by page, so it cannot be redacted. Withdraw "
                  "it."),
    "large_inside": N_("This file unpacks to more than we can look at. Withdraw it."),
    "slow": N_("This file took too long to open. Withdraw it."),
    "left": N_("Some of the words could still be found in the new file, so it was thrown away. "
               "Draw a box over each place instead."),
    "room": N_("There is no room to keep this just now. Please try again soon."),
    "press": N_("The new file could not be printed. Please try again, or withdraw the paper."),
    "size": N_("The new file would be larger than 20 MB. Replace or withdraw the paper."),
}  # fmt: skip
"""Why there is no result, by the word that the code uses for it."""


class Box(NamedTuple):
    """A part of a page in hundredths of its width and height, from its upper left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


def stands_for(reason: str) -> str:
    """What is read where something was."""
    return f"[taken out: {REASONS[reason]}]"


def said(day: date, reason: str) -> str:
    return f"Redacted on {day.day} {day:%B %Y}: {REASONS[reason]}"


def boxes_in(stored: str | list[Any]) -> list[Box]:
    found = json.loads(stored) if isinstance(stored, str) else stored
    return [Box(int(one[0]), *(float(part) for part in one[1:5])) for one in found]


def stored(boxes: Iterable[Box]) -> str:
    return json.dumps([list(one) for one in boxes])


def words_in(typed: str) -> list[str]:
    """One a line; the same once."""
    lines = (one_line(line) for line in many_lines(typed).splitlines())
    return list(dict.fromkeys(line for line in lines if line))


@dataclass
class RedactionForm:
    """What is to be taken out and why; `then` says which of the buttons was pressed."""

    words: str = ""
    reason: str = ""
    original: str = "keep"
    page: str = ""
    x: str = ""
    y: str = ""
    width: str = ""
    height: str = ""
    gone: str = ""  # the number of a box that is taken off again
    version: str = ""
    then: str = ""
    form_key: str = ""

    def box(self, pages: int) -> Box | None:
        """The box that was typed or drawn. Raises ValueError where it is none of this file."""
        typed = [self.x, self.y, self.width, self.height]
        if not any(one.strip() for one in typed):
            return None
        x, y, width, height = (float(one.strip().rstrip("%").replace(",", ".")) for one in typed)
        page = int(self.page)
        inside = 0 <= x < 100 and 0 <= y < 100 and 0 < width <= 100 and 0 < height <= 100
        if not (inside and 1 <= page <= pages):
            raise ValueError(f"page {page}")
        return Box(page, round(x, 2), round(y, 2), round(min(width, 100 - x), 2),
                   round(min(height, 100 - y), 2))  # fmt: skip

    def problems(self, pages: int, boxes: int) -> dict[str, str]:
        found = _words_problem(words_in(self.words))
        if self.reason not in REASONS:
            found["reason"] = N_("Choose why it is taken out.")
        if self.original not in ("keep", "erase"):
            found["original"] = N_("Choose what becomes of the file as it is now.")
        try:
            box = self.box(pages)
        except ValueError:
            found["x"] = N_("Give the page, and each side of the box in hundredths from 0 to 100.")
        else:
            if self.then == "offer" and not (box or boxes or words_in(self.words)):
                found["words"] = N_("Type what is to be taken out, or draw a box.")
            if boxes + bool(box) > MOST_BOXES:
                found["x"] = N_("There are 100 boxes already.")
        return found


def _words_problem(words: list[str]) -> dict[str, str]:
    if len(words) > MOST_WORDS:
        return {"words": N_("Take out 50 lines of words at most.")}
    if any(len(one) > LONGEST_WORD for one in words):
        return {"words": N_("Make each line shorter: 200 characters at most.")}
    if any(sum(letter.isalnum() for letter in one) < SHORTEST for one in words):
        return {"words": N_("Each line needs two letters or figures at least.")}
    return {}


def without_box(boxes: list[Box], number: str) -> list[Box]:
    at = int(number) if number.isascii() and number.isdecimal() else 0
    return [one for n, one in enumerate(boxes, start=1) if n != at]


@dataclass
class DecisionForm:
    """The second person's answer."""

    decision: str = ""
    why: str = ""
    looked: str = ""
    version: str = ""
    form_key: str = ""

    def problems(self) -> dict[str, str]:
        found = {}
        if self.decision not in ("agreed", "returned"):
            found["decision"] = N_("Choose whether it takes the place of the old one.")
        if self.decision == "returned" and not self.why.strip():
            found["why"] = N_("Say what should be put right.")
        if len(many_lines(self.why)) > LONGEST_REASON:
            found["why"] = N_("Make this shorter: 500 characters at most.")
        if self.decision == "agreed" and self.looked != "yes":
            found["looked"] = N_("Look at the result first: no program can do it for you.")
        return found


def counted(found: Mapping[str, int]) -> int:
    return sum(found.values())
