"""What the forms of the review ask: why minutes come back, what is suggested, what became of it."""

from dataclasses import dataclass

from scrutiny.kit.words import many_lines

LONGEST = 2_000
TOO_LONG = f"Make this shorter: {LONGEST:,} characters at most."


def wrong(words: str, missing: str) -> str:
    """The sentence about words that are missing or too many, or nothing."""
    if not words.strip():
        return missing
    return TOO_LONG if len(many_lines(words)) > LONGEST else ""


@dataclass
class ReturnForm:
    why: str = ""
    seen: str = ""
    form_key: str = ""

    def problems(self) -> dict[str, str]:
        said = wrong(self.why, "Say what should be mended, so that it can be.")
        return {"why": said} if said else {}


@dataclass
class SuggestionForm:
    item: str = ""  # the number of the item in the document; empty for the minutes as a whole
    text: str = ""
    factual: str = ""  # the police say that it is about a fact
    form_key: str = ""

    def problems(self, numbers: dict[str, str], *, of_facts_alone: bool) -> dict[str, str]:
        found = {}
        if self.item not in numbers:
            found["item"] = "Choose what it is about."
        if said := wrong(self.text, "Say what is wrong, and what is right."):
            found["text"] = said
        if of_facts_alone and self.factual != "yes":
            found["factual"] = "The police may suggest corrections of facts alone. Tick if it is."
        return found


@dataclass
class AnswerForm:
    outcome: str = ""
    answer: str = ""
    version: int = 0
    form_key: str = ""

    def problems(self) -> dict[str, str]:
        found = {}
        if self.outcome not in ("taken", "declined"):
            found["outcome"] = "Choose whether it is taken."
        if said := wrong(self.answer, "Say what was changed, or why nothing was."):
            found["answer"] = said
        return found


@dataclass
class ApprovalForm:
    at: str = ""  # a meeting, or "writing"
    seen: str = ""
    form_key: str = ""
