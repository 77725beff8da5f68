"""What is typed about a version of the terms: its text, and the panel's rules as fields."""

import re
from dataclasses import dataclass, fields
from typing import Any

from scrutiny.kit.words import N_, one_line
from scrutiny.membership.terms import rules
from scrutiny.membership.terms.provisions import (
    MAJORITIES,
    METHODS,
    NTHS,
    Provisions,
    unpacked,
)
from scrutiny.membership.terms.tables import Terms
from scrutiny.people.constitution import (
    Clearing,
    Constitution,
    Deed,
    Eligibility,
    Majority,
    Method,
    Rhythm,
)

Ticks = str | list[str]
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d\Z", re.ASCII)
NUMBERS = {
    "quorum": (2, 30),
    "places": (2, 60),
    "response_days": (7, 365),
    "notice_days": (1, 90),
    "minutes": (15, 600),
    "review_months": (1, 60),
    "term_years": (1, 10),
    "most_terms": (1, 10),
    "chair_term_years": (1, 10),
    "most_chair_terms": (1, 10),
    "least_age": (10, 30),
    "years_since_police": (0, 50),
}
"""Field -> the least and the most it can be."""
MOST_ITEMS, LONGEST_ITEM, LONGEST_CONNECTION = 30, 120, 200


def ticked(given: Ticks) -> list[str]:
    """One tick comes as a string, several as a list, none as nothing."""
    return [given] if isinstance(given, str) and given else list(given)


def whole(typed: str) -> int | None:
    fits = typed.strip().isascii() and typed.strip().isdecimal() and len(typed.strip()) < 6
    return int(typed) if fits else None


@dataclass
class TermsForm:
    text: str = ""
    summary: str = ""
    quorum: str = ""
    places: str = ""
    response_days: str = ""
    standing_items: str = ""
    notice_days: str = ""
    nth: str = ""
    weekday: str = ""
    months: Ticks = ""
    starts: str = ""
    minutes: str = ""
    method: str = ""
    majority: str = ""
    term_years: str = ""
    most_terms: str = ""
    chair_term_years: str = ""
    most_chair_terms: str = ""
    least_age: str = ""
    connection: str = ""
    years_since_police: str = ""
    other_panels: str = ""
    closed_part: Ticks = ""
    case_papers: Ticks = ""
    viewing: Ticks = ""
    before_active: Ticks = ""
    review_months: str = ""
    version: str = ""
    form_key: str = ""

    def __post_init__(self) -> None:
        """So that a page looks for "1" among the ticked ones and not inside "11"."""
        for name in ("months", *TICKED):
            setattr(self, name, ticked(getattr(self, name)))

    def problems(self) -> dict[str, str]:
        ask = N_("Write the text of the terms.")
        say = N_("Say in a sentence or two what changes.")
        found = {
            "text": rules.words_problem(self.text, rules.LONGEST_TEXT, ask),
            "summary": rules.words_problem(self.summary, rules.LONGEST_SUMMARY, say),
            **{name: self._number_problem(name) for name in NUMBERS},
            "standing_items": _items_problem(self.items()),
            "nth": "" if self.nth in map(str, NTHS) else N_("Choose which one in the month."),
            "weekday": "" if self.weekday in "0123456" and self.weekday else N_("Choose the day."),
            "months": _unknown(self.months, [str(n) for n in range(1, 13)]),
            "starts": "" if CLOCK.match(self.starts.strip()) else N_("Give a time, like 18:30."),
            "method": "" if self.method in METHODS else N_("Choose how the panel decides."),
            "majority": "" if self.majority in MAJORITIES else N_("Choose the majority."),
            "connection": _connection_problem(self.connection),
            **{name: _unknown(getattr(self, name), list(Clearing)) for name in TICKED},
        }
        return {name: words for name, words in found.items() if words} or self._quorum_problem()

    def _number_problem(self, name: str) -> str:
        least, most = NUMBERS[name]
        number = whole(getattr(self, name))
        if number is None or not least <= number <= most:
            return f"Enter a number from {least} to {most}."
        return ""

    def _quorum_problem(self) -> dict[str, str]:
        """Only once every number is one."""
        if int(self.quorum) > int(self.places):
            return {"quorum": N_("The quorum cannot be more than the seats there are.")}
        return {}

    def items(self) -> list[str]:
        return [one_line(line) for line in self.standing_items.splitlines() if line.strip()]

    def provisions(self) -> Provisions:
        """Only when it has no problems."""
        return Provisions(
            quorum=int(self.quorum),
            response_days=int(self.response_days),
            standing_items=tuple(self.items()),
            review_months=int(self.review_months),
            constitution=self._constitution(),
        )

    def _constitution(self) -> Constitution:
        months = sorted(int(month) for month in ticked(self.months))
        nth, weekday = int(self.nth), int(self.weekday)
        rhythm = Rhythm(nth, weekday, tuple(months), self.starts.strip(), int(self.minutes))
        age, since = int(self.least_age), int(self.years_since_police)
        connection, others = one_line(self.connection), self.other_panels == "yes"
        return Constitution(
            places=int(self.places),
            notice_days=int(self.notice_days),
            rhythm=rhythm,
            method=Method(self.method),
            majority=Majority(self.majority),
            term_years=int(self.term_years),
            most_terms=int(self.most_terms),
            chair_term_years=int(self.chair_term_years),
            most_chair_terms=int(self.most_chair_terms),
            eligibility=Eligibility(age, connection, since, others),
            clearances={deed: _clearings(getattr(self, deed.value)) for deed in Deed},
            before_active=_clearings(self.before_active),
        )


TICKED = (*(deed.value for deed in Deed), "before_active")


def _clearings(given: Ticks) -> tuple[Clearing, ...]:
    """In the order in which they are declared, each once."""
    return tuple(kind for kind in Clearing if kind in ticked(given))


def _unknown(given: Ticks, known: list[str]) -> str:
    return "" if set(ticked(given)) <= set(known) else N_("Choose from the list.")


def _items_problem(items: list[str]) -> str:
    if len(items) > MOST_ITEMS or any(len(item) > LONGEST_ITEM for item in items):
        return f"At most {MOST_ITEMS} items, of {LONGEST_ITEM} characters each."
    return ""


def _connection_problem(typed: str) -> str:
    if not typed.strip() or len(typed) > LONGEST_CONNECTION:
        return f"Say what connects a member to the area, in {LONGEST_CONNECTION} characters."
    return ""


def form_of(found: Terms) -> TermsForm:
    """The form filled in with a version as it is stored."""
    known = {"text": found.text, "summary": found.summary, "version": str(found.version)}
    return filled(unpacked(found.rules), **known)


def filled(provisions: Provisions, **known: str) -> TermsForm:
    agreed, flat = provisions.constitution, _flat(provisions)
    ticks: dict[str, Any] = {
        deed.value: list(map(str, agreed.clearances.get(deed, ()))) for deed in Deed
    }
    ticks["before_active"] = list(map(str, agreed.before_active))
    ticks["months"] = [str(month) for month in agreed.rhythm.months]
    names = {one.name for one in fields(TermsForm)}
    plain = {name: str(value) for name, value in flat.items() if name in names - ticks.keys()}
    return TermsForm(**{
        **plain,
        **ticks,
        "standing_items": "\n".join(provisions.standing_items),
        "other_panels": "yes" if agreed.eligibility.other_panels else "",
        **known,
    })  # fmt: skip


def _flat(provisions: Provisions) -> dict[str, Any]:
    agreed = provisions.constitution
    parts = (provisions, agreed, agreed.rhythm, agreed.eligibility)
    return {name: getattr(part, name) for part in parts for name in part.__struct_fields__}


@dataclass
class StepForm:
    """One step of a version on its way: its last day, for those that have one."""

    last_day: str = ""
    version: str = ""


@dataclass
class CommentForm:
    text: str = ""
    on_behalf_of: str = ""
    version: str = ""
    form_key: str = ""

    def problems(self, ask: str) -> dict[str, str]:
        wrong = rules.words_problem(self.text, rules.LONGEST_COMMENT, ask)
        found = {"text": wrong} if wrong else {}
        if len(self.on_behalf_of) > 120:
            found["on_behalf_of"] = N_("Please keep it to 120 characters.")
        return found


@dataclass
class VoteForm:
    choice: str = ""


@dataclass
class DissentForm:
    text: str = ""
    named: str = ""
