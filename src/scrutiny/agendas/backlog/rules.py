"""WHEN an item that waits may move, and what somebody who proposes one must say."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from scrutiny.agendas.forms import minutes_problem, read_minutes, too_long
from scrutiny.agendas.rules import LONGEST_TITLE
from scrutiny.kit.words import N_, many_lines, one_line

LONGEST_WHY, LONGEST_REASON = 1_000, 300


class Stage(StrEnum):
    PROPOSED = "proposed"  # somebody asks for it; the convenors have not answered
    WAITING = "waiting"  # for a meeting
    PLACED = "placed"  # on an agenda
    DROPPED = "dropped"


MOVES = {
    (Stage.PROPOSED, "accepted"): Stage.WAITING,
    (Stage.PROPOSED, "dropped"): Stage.DROPPED,
    (Stage.PROPOSED, "placed"): Stage.PLACED,
    (Stage.WAITING, "dropped"): Stage.DROPPED,
    (Stage.WAITING, "placed"): Stage.PLACED,
}
STANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Stage.PROPOSED: ("wait", N_("Proposed, not answered yet")),
        Stage.WAITING: ("acting", N_("Waits for a meeting")),
        Stage.PLACED: ("done", N_("On an agenda")),
        Stage.DROPPED: ("no", N_("Not taken")),
    }
)


@dataclass
class ProposalForm:
    title: str = ""
    why: str = ""
    minutes: str = ""
    form_key: str = ""

    def problems(self) -> dict[str, str]:
        found = {
            "title": too_long(self.title, LONGEST_TITLE),
            "why": too_long(self.why, LONGEST_WHY),
            "minutes": minutes_problem(self.minutes),
        }
        if not self.title.strip():
            found["title"] = N_("Say what the item is about.")
        if not self.why.strip():
            found["why"] = N_("Say why the panel should talk about it.")
        return {name: words for name, words in found.items() if words}

    def values(self) -> dict[str, Any]:
        return {
            "title": one_line(self.title),
            "why": many_lines(self.why).strip(),
            "minutes": read_minutes(self.minutes) or 0,
        }


@dataclass
class DropForm:
    reason: str = ""

    def problems(self) -> dict[str, str]:
        if not self.reason.strip():
            return {"reason": N_("Say why. Whoever proposed it reads this.")}
        words = too_long(self.reason, LONGEST_REASON)
        return {"reason": words} if words else {}


@dataclass
class MeetingForm:
    """On which agenda it goes: the day of the meeting."""

    meeting: str = ""
    form_key: str = ""


@dataclass
class ParkedForm:
    """Which of the items that wait is taken onto this agenda."""

    parked: str = ""
    form_key: str = ""
