"""WHAT old minutes may be, WHEN they may be published, and how each refusal is said."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from scrutiny.kit.words import N_, many_lines, one_line

MOST_BYTES, MOST_TOGETHER, MOST_FILES = 25_000_000, 100_000_000, 20
LONGEST_TITLE, LONGEST_TEXT, LONGEST_NOTE, LONGEST_REASON = 200, 300_000, 1_000, 500
EARLIEST = date(1960, 1, 1)
FEW_LETTERS = 40
"""Of a page. A PDF with fewer is taken for pictures of pages."""


class Stage(StrEnum):
    DRAFT = "draft"
    OFFERED = "offered"  # a second person is asked to agree
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


OPEN = (Stage.DRAFT, Stage.OFFERED)
SHOWN = (Stage.PUBLISHED, Stage.WITHDRAWN)
MOVES = {
    (Stage.DRAFT, "saved"): Stage.DRAFT,
    (Stage.OFFERED, "saved"): Stage.DRAFT,
    (Stage.DRAFT, "offered"): Stage.OFFERED,
    (Stage.OFFERED, "offered"): Stage.OFFERED,
    (Stage.OFFERED, "returned"): Stage.DRAFT,
    (Stage.OFFERED, "published"): Stage.PUBLISHED,
    (Stage.PUBLISHED, "withdrawn"): Stage.WITHDRAWN,
}

SHOWS = {
    "both": N_("The words as a page, and the file to download"),
    "text": N_("The words as a page only"),
    "file": N_("The file only, with a note"),
}
FOUND = {
    "scan": N_("No text could be read: type the text, or publish the file with a note."),
    "cut": N_("The text is very long and was cut. See to it that the rest is in it."),
    "tracked": N_("The file holds tracked changes, so it is not published itself: only its words "
                  "are. Words that were struck out are left out."),
    "comments": N_("The file holds comments, so it is not published itself: only its words are. "
                   "The comments are left out."),
    "hidden": N_("The file holds hidden words, so it is not published itself: only its words are. "
                 "What was hidden is left out."),
    "links": N_("The file led to other places on the internet. The links are left out."),
    "pictures": N_("Pictures in the file could not be made safe and were left out."),
}  # fmt: skip
"""What is said to whoever checks it, by the word that the reader uses."""
HOLDS_BACK = frozenset({"tracked", "comments", "hidden"})
"""With one of these only the words are published, never the file."""

REFUSED = {
    "none": N_("Choose one file or more."),
    "many": N_("Send 20 files at a time at most. This one was not kept."),
    "together": N_("Together these files are more than 100 MB. This one was not kept: send it in "
                   "another go."),
    "empty": N_("This file is empty."),
    "size": N_("This file is larger than 25 MB. Make it smaller, or split it."),
    "kind": N_("This is no PDF and no Word file (DOCX). Save it as one of these and send that."),
    "pages": N_("This file has more than 300 pages. Split it."),
    "locked": N_("This file has a password or is locked. Take the lock off, then send it again."),
    "acts": N_("This file holds programs (macros or scripts). Save it without them and send that."),
    "encloses": N_("This PDF encloses other files. Save each as a PDF of its own and send those."),
    "large_inside": N_("This file unpacks to more than we can look at."),
    "damaged": N_("This file could not be opened. Try to save it again."),
    "slow": N_("This file took too long to open."),
    "harmful": N_("A check found something harmful in this file."),
    "unscanned": N_("Files cannot be checked just now. Please try again soon."),
    "room": N_("There is no room to keep this just now. Please send it again."),
    "known": N_("This file was imported before."),
}  # fmt: skip
"""Why a file was not kept, by the word that the code uses for it."""


def words_of(found: str) -> list[str]:
    """What is to be said about a file, in the order of FOUND."""
    there = set(found.split())
    return [words for name, words in FOUND.items() if name in there]


def may_show_file(found: str) -> bool:
    return not HOLDS_BACK & set(found.split())


def is_scan(found: str) -> bool:
    return "scan" in found.split()


def ways_to_show(found: str) -> dict[str, str]:
    """Those of SHOWS that this file allows."""
    return SHOWS if may_show_file(found) else {"text": SHOWS["text"]}


def name_of(day: date, number: int) -> str:
    """The last part of its address: 2019-03-14-1."""
    return f"{day.isoformat()}-{number}"


REF = re.compile(r"(\d{4}-\d{2}-\d{2})-([1-9]\d{0,3})")


def ref_in(text: str) -> tuple[date, int] | None:
    """The day and the number in an address, or None where it is none."""
    found = REF.fullmatch(text) if text.isascii() else None
    try:
        return (date.fromisoformat(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def day_in(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def is_other_person(person: Any, *others: Any) -> bool:
    """Who agrees neither sent the file nor wrote what is agreed to."""
    return person not in others


@dataclass
class CheckForm:
    """What somebody made of it; `then` says which of the buttons was pressed."""

    day: str = ""
    title: str = ""
    text: str = ""
    shows: str = ""
    note: str = ""
    version: str = ""
    then: str = ""

    def problems(self, today: date, found: str, finished: bool) -> dict[str, str]:
        """Half of it may be saved; whoever is asked to agree is given the whole."""
        wrong = _too_long(self)
        if self.day.strip() or finished:
            wrong |= _day_problem(self.day, today)
        if self.shows not in ways_to_show(found):
            wrong["shows"] = N_("Choose what is published.")
        if finished:
            wrong |= {key: words for key, words in _missing(self).items() if key not in wrong}
        return wrong


def _too_long(form: CheckForm) -> dict[str, str]:
    found = {}
    if len(one_line(form.title)) > LONGEST_TITLE:
        found["title"] = N_("Make this shorter: 200 characters at most.")
    if len(many_lines(form.text)) > LONGEST_TEXT:
        found["text"] = N_("Make this shorter: 300,000 characters at most.")
    if len(many_lines(form.note)) > LONGEST_NOTE:
        found["note"] = N_("Make this shorter: 1,000 characters at most.")
    return found


def _day_problem(typed: str, today: date) -> dict[str, str]:
    day = day_in(typed)
    if day is None:
        return {"day": N_("Give the day of the meeting, for example 2019-03-14.")}
    if not EARLIEST <= day <= today - timedelta(days=1):
        return {"day": N_("Old minutes are of a meeting that is over. Look at the day again.")}
    return {}


def _missing(form: CheckForm) -> dict[str, str]:
    found = {}
    if not one_line(form.title):
        found["title"] = N_("Say what it is, for example: Minutes of the meeting of 14 March 2019.")
    if form.shows == "file" and not form.note.strip():
        found["note"] = N_("Say in a sentence why only the file is published.")
    if form.shows != "file" and not form.text.strip():
        found["text"] = N_("There is no text. Type it, or publish the file with a note.")
    return found


@dataclass
class DecisionForm:
    """The second person's answer."""

    decision: str = ""
    reason: str = ""
    lifted: str = ""
    looked: str = ""
    version: str = ""
    form_key: str = ""

    def problems(self, scan: bool) -> dict[str, str]:
        found = {}
        if self.decision not in ("agreed", "returned"):
            found["decision"] = N_("Choose whether it is published.")
        if self.decision == "returned" and not self.reason.strip():
            found["reason"] = N_("Say what should be put right.")
        if self.decision == "agreed" and scan and self.looked != "yes":
            found["looked"] = N_("Read the file to its end first: no program can read it for you.")
        for name in ("reason", "lifted"):
            if len(many_lines(getattr(self, name))) > LONGEST_REASON:
                found[name] = N_("Make this shorter: 500 characters at most.")
        return found


@dataclass
class RemovalForm:
    sure: str = ""
    version: str = ""

    def problems(self) -> dict[str, str]:
        return {} if self.sure == "yes" else {"sure": N_("Say that it is to be deleted.")}


@dataclass
class WithdrawalForm:
    reason: str = ""
    erase: str = ""
    version: str = ""
    form_key: str = ""

    def problems(self) -> dict[str, str]:
        if not self.reason.strip():
            return {"reason": N_("Say why, in words that everybody may read.")}
        if len(many_lines(self.reason)) > LONGEST_REASON:
            return {"reason": N_("Make this shorter: 500 characters at most.")}
        return {}


def canonical(document: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no spaces: the same words give the same bytes."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
