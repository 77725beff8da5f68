"""HOW MUCH somebody may say of what they need."""

from dataclasses import dataclass

from scrutiny.kit.words import N_, many_lines, sentence

LONGEST = 2_000


@dataclass
class NeedForm:
    text: str = ""
    version: str = ""

    def problems(self) -> dict[str, str]:
        if len(many_lines(self.text)) > LONGEST:
            words = N_("Make this shorter: {n} characters at most.")
            return {"text": sentence(words, n=LONGEST)}
        return {}
