"""What is sent to hold something for the law, and what is wrong with it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from scrutiny.concerns.forms import day_of, number_in, said
from scrutiny.concerns.retention.rules import WHYS, is_too_long
from scrutiny.kit.words import N_

DECISIONS = ("agree", "decline", "lift")


@dataclass
class HoldForm:
    why: str = ""
    until: str = ""
    form_key: str = ""

    def problems(self, today: date) -> dict[str, str]:
        return said(
            why="" if self.why in WHYS else N_("Choose why it has to be kept."),
            until=self._until_problem(today),
        )

    def _until_problem(self, today: date) -> str:
        day = self.day()
        if day is None:
            return N_("Enter the last day of the hold, for example 31/3/2027.")
        if day < today:
            return N_("The last day of the hold has to be today or later.")
        if is_too_long(day, today):
            return N_("A hold lasts at most 12 months. You can propose another before it ends.")
        return ""

    def day(self) -> date | None:
        return day_of(self.until)


@dataclass
class DecisionForm:
    hold: str = ""
    version: str = ""
    decision: str = ""
    sure: str = ""

    def known(self) -> UUID | None:
        try:
            return UUID(self.hold)
        except ValueError:
            return None

    def seen(self) -> int:
        return number_in(self.version)

    def problems(self) -> dict[str, str]:
        if self.decision not in DECISIONS:
            return {"decision": N_("Choose what to do with this hold.")}
        if self.decision == "lift" and self.sure != "yes":
            return {"sure": N_("Tick the box if nothing needs it any more.")}
        return {}
