"""What the secretariat does with a hand-off, and what is wrong with it."""

from dataclasses import dataclass

from scrutiny.concerns.forms import said
from scrutiny.concerns.triage.rules import OUTCOMES, RECIPIENTS, WAYS
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.words import N_, one_line

STEPS = ("offer", "send", "receipt", "outcome")


@dataclass
class HandOffForm:
    step: str = ""
    to: str = ""
    how: str = ""
    address: str = ""
    receipt: str = ""
    outcome: str = ""
    version: str = ""

    def problems(self) -> dict[str, str]:
        checks = {
            "offer": self._offer,
            "send": self._send,
            "receipt": self._receipt,
            "outcome": self._outcome,
        }
        if self.step not in checks:
            return {"step": N_("Choose what is to be done.")}
        return checks[self.step]()

    def _offer(self) -> dict[str, str]:
        return said(to="" if self.to in RECIPIENTS else N_("Choose who would get it."))

    def _send(self) -> dict[str, str]:
        if self.how not in WAYS:
            return {"how": N_("Choose how it goes.")}
        if self.how == "print":
            return {}
        try:
            Mailbox("", self.place())
        except ValueError:
            return {"address": N_("Write the e-mail address at which they take complaints.")}
        return {}

    def _receipt(self) -> dict[str, str]:
        ask = N_("Write the number they gave it, in 60 characters at most.")
        return said(receipt="" if 0 < len(self.number()) <= 60 else ask)

    def _outcome(self) -> dict[str, str]:
        return said(outcome="" if self.outcome in OUTCOMES else N_("Choose how it ended."))

    def place(self) -> str:
        return self.address.strip() if self.how == "email" else ""

    def number(self) -> str:
        return one_line(self.receipt)
