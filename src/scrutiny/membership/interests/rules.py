"""WHAT is declared in the register of interests, and when it is looked over again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from scrutiny.kit.words import N_, many_lines, sentence

LONGEST = 1_000
AGAIN_AFTER = timedelta(days=365)
"""A year after somebody looked over their entry they are asked to look again."""
EARLIEST = date(1920, 1, 1)

NATURES: Mapping[str, str] = MappingProxyType(
    {
        "employment": N_("Work, paid or not"),
        "family": N_("Family or somebody close"),
        "contract": N_("A contract or a payment"),
        "membership": N_("Membership of an organisation"),
        "prior_contact_with_officer": N_("You know an officer, or had to do with one"),
        "personal_case": N_("A case of your own"),
        "political": N_("A political office or party"),
        "other": N_("Something else"),
    }
)


def is_due(last: date | None, today: date) -> bool:
    """Whether they have never looked over their entry, or last did a year ago or more."""
    return last is None or last + AGAIN_AFTER <= today


def day_of(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


@dataclass
class InterestForm:
    nature: str = ""
    text: str = ""
    since: str = ""
    until: str = ""
    public: str = ""
    version: str = ""
    form_key: str = ""

    def problems(self) -> dict[str, str]:
        found: dict[str, str] = {}
        if self.nature not in NATURES:
            found["nature"] = N_("Choose what kind of interest it is.")
        if not self.text.strip():
            found["text"] = N_("Say what it is, so that the panel can judge what it touches.")
        elif len(many_lines(self.text)) > LONGEST:
            words = N_("Make this shorter: {n} characters at most.")
            found["text"] = sentence(words, n=LONGEST)
        if self.public not in ("yes", "no"):
            found["public"] = N_("Choose who may read it.")
        return found | self._days()

    def _days(self) -> dict[str, str]:
        found = {}
        for name in ("since", "until"):
            typed = getattr(self, name).strip()
            if typed and ((day := day_of(typed)) is None or day < EARLIEST):
                found[name] = N_("Enter a day like 2026-03-14, or leave it empty.")
        if not found and self.since and self.until and day_of(self.until) < day_of(self.since):
            found["until"] = N_("The last day comes before the first.")
        return found
