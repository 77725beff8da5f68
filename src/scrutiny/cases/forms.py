"""What each form asks, as it was typed, and what is wrong with it in plain sentences."""

from collections.abc import Collection
from dataclasses import dataclass

from scrutiny.cases.certificate import MOST
from scrutiny.cases.rules import LONGEST_FINDING, LONGEST_TITLE, REASONS
from scrutiny.kit.words import many_lines, one_line


def whole(typed: str) -> int | None:
    """A number that somebody wrote, or None when it is none or absurd."""
    tidy = typed.strip()
    return int(tidy) if tidy.isascii() and tidy.isdecimal() and len(tidy) < 9 else None


@dataclass
class DrawForm:
    month: str = ""
    n: str = "5"
    sure: str = ""
    form_key: str = ""

    def problems(self, months: Collection[str]) -> dict[str, str]:
        found = {}
        if self.month not in months:
            found["month"] = "Choose a month from the list."
        if not 1 <= (whole(self.n) or 0) <= MOST:
            found["n"] = f"Write how many records to draw, from 1 to {MOST}."
        if self.sure != "yes":
            found["sure"] = "Tick the box if this draw is to be made and published."
        return found


@dataclass
class TitleForm:
    title: str = ""
    form_key: str = ""

    def clean(self) -> str:
        return one_line(self.title)

    def problems(self) -> dict[str, str]:
        if not self.clean():
            return {"title": "Give the case a neutral title."}
        if len(self.clean()) > LONGEST_TITLE:
            return {"title": f"Please keep the title to {LONGEST_TITLE} characters."}
        return {}


@dataclass
class FindingForm:
    finding: str = ""

    def clean(self) -> str:
        return many_lines(self.finding).strip()

    def problems(self) -> dict[str, str]:
        if not self.clean():
            return {"finding": "Say what the panel found."}
        if len(self.clean()) > LONGEST_FINDING:
            return {"finding": f"Please keep this to {LONGEST_FINDING:,} characters."}
        return {}


@dataclass
class RemovalForm:
    reason: str = ""

    def problems(self) -> dict[str, str]:
        return {} if self.reason in REASONS else {"reason": "Choose why it cannot be looked at."}
