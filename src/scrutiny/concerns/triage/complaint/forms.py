"""What the secretariat does with a hand-off, and what is wrong with it."""

from dataclasses import dataclass
from functools import partial

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
    asked: str = ""  # whether the other address was shown to be checked
    sure: str = ""

    def problems(self, usual: str) -> dict[str, str]:
        """`usual` is where the recipient takes complaints, if we know it."""
        checks = {
            "offer": self._offer,
            "send": partial(self._send, usual),
            "receipt": self._receipt,
            "outcome": self._outcome,
        }
        if self.step not in checks:
            return {"step": N_("Choose what is to be done.")}
        return checks[self.step]()

    def _offer(self) -> dict[str, str]:
        return said(to="" if self.to in RECIPIENTS else N_("Choose who would get it."))

    def _send(self, usual: str) -> dict[str, str]:
        if self.how not in WAYS or (self.how == "email" and not usual):
            return {"how": N_("Choose how it goes.")}
        if self.how != "other":
            return {}
        try:
            Mailbox("", self.address.strip())
        except ValueError:
            return {"address": N_("Write the e-mail address at which they take complaints.")}
        unsure = self.asked == "yes" and self.sure != "yes"
        return {"sure": N_("Tick that you have checked this address.")} if unsure else {}

    def must_be_checked(self) -> bool:
        """Whether the address is another than we know, and nobody has said that it is right."""
        return self.step == "send" and self.how == "other" and self.sure != "yes"

    def _receipt(self) -> dict[str, str]:
        ask = N_("Write the number they gave it, in 60 characters at most.")
        return said(receipt="" if 0 < len(self.number()) <= 60 else ask)

    def _outcome(self) -> dict[str, str]:
        return said(outcome="" if self.outcome in OUTCOMES else N_("Choose how it ended."))

    def place(self, usual: str) -> str:
        """The address it goes to; nothing where it is copied into a form of theirs."""
        return {"email": usual, "other": self.address.strip()}.get(self.how, "")

    def number(self) -> str:
        return one_line(self.receipt)
