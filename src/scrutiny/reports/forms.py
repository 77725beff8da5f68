"""What the forms of an annual report ask: which year, the typed parts, what is corrected."""

from dataclasses import dataclass

from scrutiny.kit.words import N_
from scrutiny.reports.rules import note_problem, wording_problems


@dataclass
class YearForm:
    year: str = ""
    form_key: str = ""

    def problems(self, offered: list[str]) -> dict[str, str]:
        return {} if self.year in offered else {"year": N_("Choose the year that it is about.")}


@dataclass
class WordsForm:
    """`seen`: the edition and the version of the words that somebody began to change."""

    foreword: str = ""
    learned: str = ""
    doing: str = ""
    thanks: str = ""
    seen: str = ""
    form_key: str = ""

    def words(self) -> dict[str, str]:
        named = {"foreword": self.foreword, "learned": self.learned}
        return {**named, "doing": self.doing, "thanks": self.thanks}

    def problems(self) -> dict[str, str]:
        return wording_problems(self.words())


@dataclass
class NoteForm:
    note: str = ""
    form_key: str = ""

    def problems(self) -> dict[str, str]:
        wrong = note_problem(self.note)
        return {"note": wrong} if wrong else {}


@dataclass
class Confirmation:
    """`reason`: why what the leak guard found may be published all the same."""

    seen: str = ""
    reason: str = ""
    form_key: str = ""
