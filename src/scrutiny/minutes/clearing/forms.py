"""What the forms of clearing and withdrawing ask."""

from dataclasses import dataclass

from scrutiny.kit.words import many_lines

LONGEST = 500


@dataclass
class ClearForm:
    counts: str = ""  # yes: the small counts were looked at
    seen: str = ""
    form_key: str = ""


@dataclass
class LiftForm:
    mark: str = ""
    reason: str = ""
    form_key: str = ""


@dataclass
class WithdrawForm:
    edition: str = ""
    why: str = ""
    sure: str = ""
    form_key: str = ""

    def problems(self) -> dict[str, str]:
        found = {}
        if not (self.edition.isascii() and self.edition.isdecimal()):
            found["edition"] = "Choose an edition."
        if not self.why.strip():
            found["why"] = "Say on whose order, and why, without naming anybody."
        elif len(many_lines(self.why)) > LONGEST:
            found["why"] = f"Make this shorter: {LONGEST} characters at most."
        if self.sure != "yes":
            found["sure"] = "Tick that this is what the law asks for."
        return found
