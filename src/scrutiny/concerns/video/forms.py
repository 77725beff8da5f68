"""What the police say became of the video, and what is wrong with how it was written down."""

from collections.abc import Container
from dataclasses import dataclass

from scrutiny.concerns.forms import number_in, said
from scrutiny.concerns.video.rules import REFUSALS, Stage
from scrutiny.concerns.video.tables import Preservation
from scrutiny.kit.words import N_


@dataclass
class AnswerForm:
    outcome: str = ""
    reason: str = ""
    version: str = ""
    form_key: str = ""

    def problems(self, open_to: Container[str]) -> dict[str, str]:
        """`open_to` has the answers that the stage allows."""
        refused = self.outcome == Stage.REFUSED
        return said(
            outcome="" if self.outcome in open_to else N_("Choose what became of the video."),
            reason=N_("Choose why.") if refused and self.reason not in REFUSALS else "",
        )

    def facts(self) -> dict[str, str]:
        refused = self.outcome == Stage.REFUSED
        return {"outcome": self.outcome, "reason": self.reason if refused else ""}

    def look(self, asked: Preservation) -> Preservation:
        """The row as the sender saw it, so that a change made since is noticed when saving."""
        asked.version = number_in(self.version, asked.version)
        return asked


@dataclass
class AskForm:
    form_key: str = ""
