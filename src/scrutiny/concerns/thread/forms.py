"""What is sent on the way back to a concern, and what is wrong with it."""

from collections.abc import Container
from dataclasses import dataclass, field

from scrutiny.concerns.consents import CELLS
from scrutiny.concerns.forms import said, words_problem
from scrutiny.kit.mail import ADDRESS
from scrutiny.kit.words import N_, many_lines, one_line

Ticks = str | list[str]
"""One ticked box comes as a string, several as a list."""


@dataclass
class ReturnForm:
    code: str = ""
    show: str = ""  # "words": what was written at the beginning; "statement": the proof


@dataclass
class MoreForm:
    code: str = ""
    kind: str = ""
    words: str = ""
    last: str = ""  # the last turn that was on the page

    def problems(self, open_to: Container[str]) -> dict[str, str]:
        """`open_to` has the kinds that the stage allows."""
        return said(
            kind="" if self.kind in open_to else N_("Choose what your text is."),
            words=words_problem(self.words, N_("Write what you want to say.")),
        )

    def text(self) -> str:
        return many_lines(self.words).strip()


@dataclass
class ConsentForm:
    code: str = ""
    consents_1: Ticks = field(default_factory=list)
    consents_2: Ticks = field(default_factory=list)
    consents_3: Ticks = field(default_factory=list)
    version: str = ""  # of the grid that was on the page

    def cells(self) -> set[str]:
        """What is ticked, of what there is."""
        ticked: set[str] = set()
        for one in (self.consents_1, self.consents_2, self.consents_3):
            ticked |= {one} if isinstance(one, str) else set(one)
        return ticked & CELLS.keys()


@dataclass
class LettersForm:
    code: str = ""
    email: str = ""
    stop: str = ""

    def address(self) -> str:
        return one_line(self.email)

    def problems(self) -> dict[str, str]:
        if self.stop or ADDRESS.match(self.address()):
            return {}
        return {"email": N_("Write an e-mail address, like name@example.org.")}


@dataclass
class HandOffForm:
    code: str = ""
    agree: str = ""
    read: str = ""
    version: str = ""

    def problems(self) -> dict[str, str]:
        if self.agree not in ("yes", "no"):
            return {"agree": N_("Choose yes or no.")}
        unread = self.agree == "yes" and self.read != "yes"
        return {"read": N_("Tick that you have read what a complaint means.")} if unread else {}


@dataclass
class SureForm:
    code: str = ""
    sure: str = ""

    def problems(self) -> dict[str, str]:
        return {} if self.sure == "yes" else {"sure": N_("Tick that you are sure.")}


@dataclass
class CodeForm:
    code: str = ""
    kind: str = ""  # of the copy: "data", or a page
