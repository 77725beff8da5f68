"""What triage decides about a concern, and what is wrong with it."""

from dataclasses import dataclass
from datetime import date

from scrutiny.concerns.forms import day_of, number_in, said, too_long
from scrutiny.concerns.rules import NEEDS_REPLY, Stage
from scrutiny.concerns.triage.rules import REFERRALS, pause_problem
from scrutiny.concerns.triage.signposts import SIGNPOSTS
from scrutiny.concerns.vocabulary import PROCEEDINGS, REASONS
from scrutiny.kit.words import N_, many_lines, one_line

MOST_REPLY = 2000
MOST_SUMMARY = 500
MOST_TITLE = 120


@dataclass
class DecisionForm:
    """One form for every decision: each asks for its own part of it."""

    reply: str = ""
    reason: str = ""  # why it is not taken forward
    summary: str = ""  # the same for the chair, in neutral words
    route: str = ""  # who can help better
    to: str = ""  # who outside the panel was told that somebody may be in danger
    day: str = ""
    what: str = ""
    proceedings: str = ""
    review_on: str = ""
    version: str = ""

    def problems(self, move: str, today: date) -> dict[str, str]:
        """By field, in the order of the page of this decision."""
        asked = {
            Stage.NOT_TAKEN_FORWARD: self._refusal,
            Stage.SIGNPOSTED: self._signpost,
            Stage.SAFEGUARDING_HOLD: self._hold,
            Stage.PAUSED: self._pause,
        }
        found = asked[Stage(move)](today) if move in asked else {}
        reply = self.words()
        wrong = too_long(reply, MOST_REPLY) if reply else NEEDS_REPLY.get(Stage(move), "")
        return said(**found, reply=wrong)

    def words(self) -> str:
        return many_lines(self.reply).strip()

    def neutral(self) -> str:
        return many_lines(self.summary).strip()

    def told(self) -> str:
        return many_lines(self.what).strip()

    def referred_on(self) -> date | None:
        return day_of(self.day)

    def looked_at_on(self) -> date | None:
        return day_of(self.review_on)

    def _refusal(self, _today: date) -> dict[str, str]:
        summary = self.neutral()
        ask = N_("Say in neutral words what it is about: the chair reads nothing else.")
        return {
            "reason": "" if self.reason in REASONS else N_("Choose the reason."),
            "summary": too_long(summary, MOST_SUMMARY) if summary else ask,
        }

    def _signpost(self, _today: date) -> dict[str, str]:
        return {"route": "" if self.route in SIGNPOSTS else N_("Choose who can help.")}

    def _hold(self, today: date) -> dict[str, str]:
        day, what = self.referred_on(), self.told()
        ask = N_("Write on which day you told them. It cannot be in the future.")
        return {
            "to": "" if self.to in REFERRALS else N_("Choose whom you told."),
            "day": "" if day and day <= today else ask,
            "what": too_long(what, MOST_REPLY) if what else N_("Write what you told them."),
        }

    def _pause(self, today: date) -> dict[str, str]:
        known = self.proceedings in PROCEEDINGS
        return {
            "proceedings": "" if known else N_("Choose what is going on."),
            "review_on": pause_problem(self.looked_at_on(), today),
        }


@dataclass
class ClusterForm:
    deed: str = ""  # join, part, once or apart
    other: str = ""  # the number of another concern
    title: str = ""

    def name(self) -> str:
        return one_line(self.title)

    def number(self) -> int:
        return number_in(self.other)

    def problems(self, new: bool) -> dict[str, str]:
        """`new` says that a cluster must be named first."""
        if self.deed not in ("join", "part", "once", "apart"):
            return {"cluster": N_("Choose what is to be done.")}
        if self.deed == "join" and not self.number():
            return {"other": N_("Choose which tells of the same.")}
        if self.deed != "join" or not new:
            return {}
        ask = N_("Give it a neutral name: no name of a person, no address.")
        return said(title=too_long(self.name(), MOST_TITLE) if self.name() else ask)


@dataclass
class MessageForm:
    message: str = ""
    last: str = ""  # the last turn that was on the page

    def problems(self) -> dict[str, str]:
        ask = N_("Write what you want to say to the resident.")
        return said(message=too_long(self.text(), MOST_REPLY) if self.text() else ask)

    def text(self) -> str:
        return many_lines(self.message).strip()


@dataclass
class VeilForm:
    turn: str = ""  # its number; empty for the concern itself
    veiled: str = ""  # yes or no

    def number(self) -> int:
        return number_in(self.turn)


@dataclass
class ScreeningForm:
    deed: str = ""  # let_in or mark
