"""What custodians fill in, and what is wrong with it. A passphrase is never shown again."""

from dataclasses import dataclass

from scrutiny.concerns.forms import said
from scrutiny.concerns.rules import LOOKS
from scrutiny.concerns.vault.rules import DECLINES, LONGEST, passphrase_problem, tidy
from scrutiny.kit.words import N_

GIVE = N_("Enter your vault passphrase.")
WRONG = N_("This is not your vault passphrase. The wrong try has been recorded.")
NO_SHEET = N_("This is not what the newest recovery sheet says. Check each group of four.")


def given_problem(typed: str) -> str:
    if len(typed) > LONGEST * 4:
        return WRONG
    return "" if tidy(typed) else GIVE


def again_problem(first: str, again: str) -> str:
    return "" if tidy(first) == tidy(again) else N_("The two are not the same. Type both again.")


@dataclass
class LookForm:
    why: str = ""
    show: str = ""

    def problems(self) -> dict[str, str]:
        return {} if self.why in LOOKS else {"why": N_("Choose why you need to know who wrote it.")}


@dataclass
class AnswerForm:
    """Of the second custodian: yes with a passphrase, or no with a reason."""

    verdict: str = ""
    passphrase: str = ""
    why: str = ""

    def problems(self) -> dict[str, str]:
        if self.verdict == "agree":
            return said(passphrase=given_problem(self.passphrase))
        if self.verdict == "decline":
            return {} if self.why in DECLINES else {"why": N_("Choose why you say no.")}
        return {"verdict": N_("Choose whether you agree.")}


@dataclass
class NewForm:
    """A passphrase chosen, twice; with the sheet where it is recovered."""

    passphrase: str = ""
    again: str = ""
    sheet: str = ""

    def problems(self) -> dict[str, str]:
        wrong = passphrase_problem(self.passphrase)
        return said(passphrase=wrong, again="" if wrong else self._again())

    def _again(self) -> str:
        return again_problem(self.passphrase, self.again)


@dataclass
class OpenForm:
    """One's own passphrase, to let something be done."""

    passphrase: str = ""

    def problems(self) -> dict[str, str]:
        return said(passphrase=given_problem(self.passphrase))


@dataclass
class ChangeForm:
    passphrase: str = ""
    new: str = ""
    again: str = ""

    def problems(self) -> dict[str, str]:
        wrong = passphrase_problem(self.new)
        again = "" if wrong else again_problem(self.new, self.again)
        return said(passphrase=given_problem(self.passphrase), new=wrong, again=again)


@dataclass
class SureForm:
    sure: str = ""

    def problems(self) -> dict[str, str]:
        return {} if self.sure == "yes" else {"sure": N_("Tick that you are sure.")}
