"""WHAT may be a paper, WHEN it is late, and how each refusal is said."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from scrutiny.kit.words import N_, many_lines, one_line
from scrutiny.meetings.rules import Stage as MeetingStage

MOST_BYTES = 20_000_000
MOST_PAGES = 300
MOST_PAPERS = 150
"""Of one meeting, those withdrawn included."""
LONGEST_TITLE, LONGEST_REASON = 200, 300
ADDED_WHILE = frozenset({MeetingStage.PROPOSED, MeetingStage.SCHEDULED, MeetingStage.IN_SESSION})


class Stage(StrEnum):
    TABLED = "tabled"
    LATE = "late_paper"  # hidden until the chair accepts it with a reason
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


MOVES = {
    (Stage.LATE, "accepted"): Stage.TABLED,
    (Stage.LATE, "refused"): Stage.REFUSED,
    (Stage.LATE, "withdrawn"): Stage.WITHDRAWN,
    (Stage.TABLED, "withdrawn"): Stage.WITHDRAWN,
}


class Audience(StrEnum):
    PUBLIC = "public"
    MEMBERS = "members"


AUDIENCES = {
    Audience.PUBLIC: N_("Everybody"),
    Audience.MEMBERS: N_("Those at the table only"),
}
REFUSED = {
    "none": N_("Choose a file."),
    "one": N_("Add one file at a time."),
    "empty": N_("This file is empty. Choose another one."),
    "size": N_("This file is larger than 20 MB. Make it smaller, or split it."),
    "pages": N_("This file has more than 300 pages. Split it into several papers."),
    "kind": N_("We cannot take this kind of file. Save it as PDF and send that. "
               "A picture (JPEG or PNG) and plain text can be sent as they are."),
    "office": N_("This is a Word or OpenDocument file. Open it, save it as PDF and send that."),
    "locked": N_("This PDF has a password on it. Take the password off, then send it again."),
    "acts": N_("This PDF holds a program or a form that acts by itself. Print it to a new PDF "
               "and send that."),
    "encloses": N_("This PDF has other files inside it. Send each as a paper of its own."),
    "damaged": N_("We could not open this file. Save it as PDF again, then send it."),
    "large_inside": N_("This file unpacks to more than we can look at. Send a smaller one."),
    "slow": N_("This file took too long to open. Send a smaller one."),
    "letters": N_("This text has letters that cannot be printed here. Save it as PDF."),
    "harmful": N_("A check found something harmful in this file, so it was not kept."),
    "unscanned": N_("Files cannot be checked just now. Nothing was kept. Please try again soon."),
    "room": N_("We could not store this just now. Nothing was kept. Please send it again."),
}  # fmt: skip
"""Why nothing was kept, by the word that the code uses for it."""
STATUS = {"size": 413, "room": 503, "unscanned": 503}
"""What a refusal answers; all others are 422."""


def last_day(meeting: date, notice_days: int) -> date:
    """The last day on which a paper is in time."""
    return meeting - timedelta(days=notice_days)


def is_late(today: date, meeting: date, notice_days: int) -> bool:
    return today > last_day(meeting, notice_days)


def name_of(number: int) -> str:
    """As people say it in the room, and as it stands on each page of a pack."""
    return f"P{number}"


def next_supplement(packed: bool, given: int, taken: bool) -> int:
    """Where a paper goes that comes now: 0 is the pack itself, as long as there is none.

    `given` is the last supplement that has a paper, `taken` whether it has been made: then what is
    in people's hands stays as it is, and the next begins.
    """
    if not packed:
        return 0
    return given + 1 if taken or not given else given


@dataclass
class PaperForm:
    item: str = ""
    title: str = ""
    audience: str = ""
    form_key: str = ""

    def problems(self) -> dict[str, str]:
        found = {}
        if not self.item:
            found["item"] = N_("Choose the item it belongs to.")
        if not one_line(self.title):
            found["title"] = N_("Say what the paper is.")
        elif len(one_line(self.title)) > LONGEST_TITLE:
            found["title"] = N_("Make this shorter: 200 characters at most.")
        if self.audience not in list(Audience):
            found["audience"] = N_("Choose who may read it.")
        return found


@dataclass
class ReasonForm:
    """Why a late paper is taken or not, or why one is withdrawn: words that others may read."""

    reason: str = ""
    decision: str = ""
    version: str = ""

    def problems(self, decides: bool = False) -> dict[str, str]:
        found = {}
        if decides and self.decision not in ("accepted", "refused"):
            found["decision"] = N_("Choose whether the paper is taken.")
        if not self.reason.strip():
            found["reason"] = N_("Say why, in words that everybody may read.")
        elif len(many_lines(self.reason)) > LONGEST_REASON:
            found["reason"] = N_("Make this shorter: 300 characters at most.")
        return found
