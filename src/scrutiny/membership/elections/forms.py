"""What is typed about an election."""

from dataclasses import dataclass
from datetime import date

from scrutiny.kit.words import N_
from scrutiny.membership.elections import rules
from scrutiny.membership.elections.tables import Election
from scrutiny.membership.rules import day
from scrutiny.policy import CHAIRS


def version_of(typed: str) -> int:
    """The version that the sender was looking at; 0 fits none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0


@dataclass
class DaysForm:
    office: str = ""
    nominate_by: str = ""
    vote_by: str = ""
    since: str = ""
    form_key: str = ""
    version: str = ""

    def problems(self, today: date, *, calls: bool) -> dict[str, str]:
        wrong = calls and self.office not in CHAIRS
        found = {"office": N_("Choose the office.")} if wrong else {}
        return found | rules.plan_problems(*self.days(), today)

    def days(self) -> tuple[date | None, date | None, date | None]:
        return day(self.nominate_by), day(self.vote_by), day(self.since)


@dataclass
class StepForm(DaysForm):
    """One step of whoever runs it: see STEPS for what each asks for."""

    reason: str = ""

    def step_problems(self, step: str, today: date) -> dict[str, str]:
        if step == "nominations":
            return self.problems(today, calls=False)
        if step == "vote" and not today <= (day(self.vote_by) or date.min) <= today + rules.FAR:
            return {"vote_by": N_("Enter the last day of the vote: today or later.")}
        if step == "end":
            ask = N_("Say why, in words that the panel will read.")
            wrong = rules.words_problem(self.reason, rules.LONGEST_REASON, ask)
            return {"reason": wrong} if wrong else {}
        return {}


STEPS = {
    "vote": (N_("Open the vote"), {rules.Stage.NOMINATING, rules.Stage.UNDECIDED}),
    "count": (N_("Close the vote and count"), {rules.Stage.VOTING}),
    "lots": (N_("Draw lots"), {rules.Stage.UNDECIDED}),
    "nominations": (N_("Take nominations again"), {rules.Stage.UNDECIDED}),
    "end": (
        N_("Call the election off"),
        {rules.Stage.NOMINATING, rules.Stage.VOTING, rules.Stage.UNDECIDED},
    ),
}
"""Step -> its words, and from where it can be taken."""


def steps_of(election: Election, tied: bool) -> dict[str, str]:
    """The steps that can be taken now, with their words."""
    found = {step: words for step, (words, stages) in STEPS.items() if election.stage in stages}
    if not tied:
        found.pop("lots", None)
    elif "vote" in found:
        found["vote"] = N_("Open a second round")
    return found


@dataclass
class NominationForm:
    person: str = ""
    sure: str = ""
    form_key: str = ""


@dataclass
class AnswerForm:
    stands: str = ""
    statement: str = ""

    def problems(self) -> dict[str, str]:
        found = {} if self.stands in ("yes", "no") else {"stands": N_("Say whether you stand.")}
        if len(self.statement) > rules.LONGEST_STATEMENT:
            found["statement"] = f"Please keep it to {rules.LONGEST_STATEMENT:,} characters."
        return found


@dataclass
class VoteForm:
    choice: str = ""


@dataclass
class HandoverForm:
    text: str = ""
    version: str = ""

    def problems(self) -> dict[str, str]:
        ask = N_("Write what the next one needs to know.")
        wrong = rules.words_problem(self.text, rules.LONGEST_HANDOVER, ask)
        return {"text": wrong} if wrong else {}
