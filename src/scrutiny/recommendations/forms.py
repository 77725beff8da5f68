"""What each form asks, as it was typed, and what is wrong with it in plain sentences."""

from dataclasses import dataclass
from typing import Any

from scrutiny.kit.ids import known_id
from scrutiny.kit.words import many_lines, one_line
from scrutiny.recommendations.rules import ANSWERS, CLOSING, METHODS, vote_problems
from scrutiny.recommendations.tables import Recommendation

TITLE, WORDS = 160, 10_000
VOTES = ("votes_for", "votes_against", "abstained")


def whole(typed: str) -> int | None:
    """A count that somebody wrote: None when it is no whole number, or absurd."""
    tidy = typed.strip()
    return int(tidy) if tidy.isascii() and tidy.isdecimal() and len(tidy) < 6 else None


def words_problem(typed: str, ask: str) -> str:
    if not many_lines(typed).strip():
        return ask
    if len(typed) > WORDS:
        return f"This has {len(typed):,} characters. Please keep it to {WORDS:,}."
    return ""


def said(**problems: str) -> dict[str, str]:
    """Only those that say something, in the order of the questions."""
    return {name: words for name, words in problems.items() if words}


@dataclass
class Seen:
    """Which version of the row the sender was looking at, and which form this is."""

    version: str = ""
    form_key: str = ""

    def look(self, asked: Recommendation) -> Recommendation:
        """The row as the sender saw it, so that a change made since is noticed when saving."""
        seen = whole(self.version)
        asked.version = asked.version if seen is None else seen
        return asked


@dataclass
class Wording(Seen):
    """A form with one long answer in it."""

    text: str = ""

    def words(self) -> str:
        return many_lines(self.text).strip()


@dataclass
class DraftForm(Seen):
    title: str = ""
    text: str = ""
    reason: str = ""
    item: str = ""

    @classmethod
    def of(cls, asked: Recommendation) -> "DraftForm":
        item = str(asked.item or "")
        return cls(str(asked.version), "", asked.title, asked.text, asked.reason, item)

    def problems(self) -> dict[str, str]:
        title = one_line(self.title)
        wrong = "" if title else "Say in one line what you ask for."
        if len(title) > TITLE:
            wrong = f"This has {len(title)} characters. Please keep it to {TITLE}."
        item = "Choose an item from the list." if self.item and not known_id(self.item) else ""
        return said(
            title=wrong,
            text=words_problem(self.text, "Say what you want the police to do."),
            reason=words_problem(self.reason, "Say why, and what you have seen that shows it."),
            item=item,
        )

    def facts(self) -> dict[str, Any]:
        return {
            "title": one_line(self.title),
            "text": many_lines(self.text).strip(),
            "reason": many_lines(self.reason).strip(),
            "item": known_id(self.item),
        }


@dataclass
class AgreementForm(Seen):
    meeting: str = ""
    votes_for: str = ""
    votes_against: str = "0"
    abstained: str = "0"

    def votes(self) -> dict[str, int | None]:
        return {name: whole(getattr(self, name)) for name in VOTES}

    def problems(self, present: dict[str, int]) -> dict[str, str]:
        """`present` has the meetings that can decide: who of the community was in each."""
        if self.meeting not in present:
            return {"meeting": "Choose the meeting that agreed this. It must have had its quorum."}
        return vote_problems(self.votes(), present[self.meeting])


@dataclass
class AnswerForm(Wording):
    answer_type: str = ""

    def problems(self) -> dict[str, str]:
        known = ANSWERS.get(self.answer_type)
        return said(
            answer_type="" if known else "Choose what your answer is.",
            text=words_problem(
                self.text,
                known.demands if known else "Write the answer, in words the public will read.",
            ),
        )


@dataclass
class ReportForm(Wording):
    def problems(self) -> dict[str, str]:
        ask = "Say what has been done, and what the panel can look at to check it."
        return said(text=words_problem(self.text, ask))


@dataclass
class ClosureForm(Wording):
    outcome: str = ""
    method: str = ""

    def problems(self) -> dict[str, str]:
        known = self.outcome in CLOSING
        needs_method = self.outcome == "verified" and self.method not in METHODS
        ask = (
            "Say why the panel withdraws this."
            if self.outcome == "withdrawn"
            else "Say what the panel found, in words the public will read."
        )
        return said(
            outcome="" if known else "Choose how this ends.",
            method="Say how the panel checked." if needs_method else "",
            text=words_problem(self.text, ask),
        )
