"""What is typed about a call for members."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from scrutiny.kit.words import N_, many_lines, one_line, sentence
from scrutiny.membership.recruitment.tables import Call
from scrutiny.membership.rules import day

MOST_LINES = 6
"""Questions, and criteria, that a call may have."""
LONGEST = {"title": 120, "text": 6_000, "line": 200, "name": 120, "phone": 30, "answer": 2_000,
           "availability": 500, "conflicts": 1_000, "feedback": 2_000, "place": 200,
           "note": 2_000}  # fmt: skip
MOST_PLACES = 50
LONGEST_CALL = timedelta(days=366)
TEXT = """\
The panel checks how police powers are used here, and asks the police to do better where it
finds that they should. You need no experience: what you know of life here is what counts.

## Time

Six meetings a year in the evening, two hours each, and a day or two of training.

## What is paid

Fares and childcare are paid, and a thank-you for each meeting. Nobody should be out of pocket.

## Training and support

You learn what the law says about stop and search, how to read the figures, and how to look after
yourself when what you see is hard. Somebody who sits on the panel already goes along with you.
"""
QUESTIONS = (
    N_("Why do you want to join the panel?"),
    N_("What would you bring to it, from your life, your work or people you know?"),
    N_("Tell us about a time when you disagreed with somebody and still worked with them."),
)
CRITERIA = (
    N_("Knows the lives of people who live here"),
    N_("Listens, and weighs what is for and against"),
    N_("Asks questions and stands by them"),
    N_("Keeps what is said in confidence"),
)


def too_long(typed: str, most: int) -> str:
    pattern = N_("Make this shorter: {most:,} characters at most.")
    return sentence(pattern, most=most) if len(typed) > most else ""


def lines_in(typed: str) -> list[str]:
    return [line for one in many_lines(typed).split("\n") if (line := one_line(one))]


def version_of(typed: str) -> int:
    """The version that the sender was looking at; 0 fits none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0


def told(found: Mapping[str, str]) -> dict[str, str]:
    return {name: words for name, words in found.items() if words}


@dataclass
class CallForm:
    title: str = ""
    text: str = ""
    places: str = ""
    opens: str = ""
    closes: str = ""
    questions: str = ""
    criteria: str = ""
    version: str = ""
    form_key: str = ""

    def problems(self) -> dict[str, str]:
        places = self.places.strip()
        fits = places.isascii() and places.isdecimal() and len(places) < 4
        wrong = not fits or not 1 <= int(places) <= MOST_PLACES
        found = {
            "title": too_long(self.title, LONGEST["title"]) or asked(self.title, N_("Name it.")),
            "text": too_long(self.text, LONGEST["text"])
            or asked(self.text, N_("Say what the work is.")),
            "places": N_("Enter how many places there are, from 1 to 50.") if wrong else "",
            "questions": _lines_problem(self.questions, N_("Ask at least one question.")),
            "criteria": _lines_problem(self.criteria, N_("Name at least one criterion.")),
        }
        return told(found | self._days())

    def _days(self) -> dict[str, str]:
        opens, closes = day(self.opens), day(self.closes)
        late = closes is None or (opens is not None and closes < opens)
        long = opens is not None and closes is not None and closes > opens + LONGEST_CALL
        ask = N_("Enter the last day: the first or later, and within a year of it.")
        return {
            "opens": "" if opens else N_("Enter the first day, for example 2026-03-14."),
            "closes": ask if late or long else "",
        }

    def values(self) -> dict[str, Any]:
        return {
            "title": one_line(self.title),
            "text": many_lines(self.text).strip(),
            "places": int(self.places),
            "opens": day(self.opens),
            "closes": day(self.closes),
            "questions": lines_in(self.questions),
            "criteria": lines_in(self.criteria),
        }


def asked(typed: str, ask: str) -> str:
    return "" if typed.strip() else ask


def _lines_problem(typed: str, ask: str) -> str:
    found = lines_in(typed)
    if len(found) > MOST_LINES or any(len(line) > LONGEST["line"] for line in found):
        return N_("At most six lines, of up to 200 characters each.")
    return "" if found else ask


def call_form(call: Call, questions: list[str], criteria: list[str]) -> CallForm:
    """A call as it stands, to be changed."""
    return CallForm(
        title=call.title,
        text=call.text,
        places=str(call.places),
        opens=call.opens.isoformat(),
        closes=call.closes.isoformat(),
        questions="\n".join(questions),
        criteria="\n".join(criteria),
        version=str(call.version),
    )
