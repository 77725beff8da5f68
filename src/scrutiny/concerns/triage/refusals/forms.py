"""What the chair answers to a proposed refusal, and what is wrong with it."""

from dataclasses import dataclass

from scrutiny.concerns.forms import said, too_long
from scrutiny.kit.words import N_, many_lines

MOST_WHY = 1000


@dataclass
class RefusalForm:
    answer: str = ""  # agree or send_back
    why: str = ""
    version: str = ""

    def problems(self) -> dict[str, str]:
        if self.answer not in ("agree", "send_back"):
            return {"answer": N_("Choose whether you agree.")}
        if self.answer == "agree":
            return {}
        why = self.reasons()
        ask = N_("Write why, so that the secretariat can decide again.")
        return said(why=too_long(why, MOST_WHY) if why else ask)

    def reasons(self) -> str:
        return many_lines(self.why).strip()
