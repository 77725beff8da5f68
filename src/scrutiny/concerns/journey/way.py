"""One step on the way in: for which panel, under which code, who types, and what was sent."""

from dataclasses import dataclass, field

from scrutiny.concerns.journey.codes import code_of
from scrutiny.concerns.journey.pages import Setting
from scrutiny.concerns.tables import Draft
from scrutiny.kit.tokens import receipt_code
from scrutiny.people.tables import Panel, Seat


@dataclass
class Way:
    here: Panel
    seat: Seat | None = None
    setting: Setting = field(default_factory=Setting)
    sent: dict[str, list[str]] = field(default_factory=dict)
    draft: Draft | None = None
    _code: str = ""

    @property
    def home(self) -> str:
        assisted = "/for-a-resident" if self.seat else ""
        return f"/{self.here.slug}/concerns/new{assisted}"

    @property
    def code(self) -> str:
        """Made where there is none: what cannot be a code begins a journey of its own."""
        self._code = self._code or receipt_code()
        return self._code

    @code.setter
    def code(self, typed: str) -> None:
        self._code = code_of(typed) or ""

    @property
    def go(self) -> str:
        """Which button was pressed: nothing for Continue."""
        return self.said("go")

    @property
    def entered(self) -> str:
        return "secretariat" if self.seat else "self"

    def said(self, name: str) -> str:
        return self.sent.get(name, [""])[-1]
