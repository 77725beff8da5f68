"""What each form asks, as it was typed, and what is wrong with it in plain sentences."""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime

from scrutiny.concerns.rules import CATEGORIES, LOOKS, MOST_WORDS, NEEDS_REPLY, REASONS, Stage
from scrutiny.kit.mail import ADDRESS
from scrutiny.kit.words import many_lines, one_line

MOST_PLACE, MOST_NAME, MOST_REPLY = 120, 120, 2000
OUR_KEY = re.compile(r"[A-Za-z0-9_-]{32}\Z")
PHONE = re.compile(r"\+?[0-9 ()-]{7,40}\Z")
LONG_AGO = date(1950, 1, 1)


def said(**problems: str) -> dict[str, str]:
    """Only those that say something, in the order of the questions."""
    return {name: words for name, words in problems.items() if words}


def day_of(typed: str) -> date | None:
    """A day as the browser's picker writes it, or as people do: 2026-03-14 or 14/3/2026."""
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(typed.strip(), shape).date()  # noqa: DTZ007 a day, no time
        except ValueError:
            continue
    return None


def too_long(typed: str, most: int) -> str:
    over = len(typed) - most
    return f"This is {over:,} characters too long. Please keep it to {most:,}." if over > 0 else ""


@dataclass
class ConcernForm:
    category: str = ""
    words: str = ""
    happened: str = ""
    place: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    may_contact: str = ""
    form_key: str = ""

    def __post_init__(self) -> None:
        """A key that is not one of ours is none: the page then gets a fresh one."""
        if not OUR_KEY.match(self.form_key):
            self.form_key = ""

    def problems(self, today: date) -> dict[str, str]:
        return said(
            category="" if self.category in CATEGORIES else "Choose what it is about.",
            words=_words_problem(self.words, "Write what happened."),
            happened=self._day_problem(today),
            place=too_long(one_line(self.place), MOST_PLACE),
            **self._contact_problems(),
        )

    def _day_problem(self, today: date) -> str:
        day = day_of(self.happened)
        if not self.happened.strip():
            return ""
        if day is None or day < LONG_AGO:
            return "Write the day like 14/3/2026, or leave it empty."
        return "This day is in the future." if day > today else ""

    def _contact_problems(self) -> dict[str, str]:
        email, phone = self.email.strip(), self.phone.strip()
        wrong_email = "This is no e-mail address. Write it like name@example.org."
        wrong_phone = "Write the telephone number in figures, like 07700 900123."
        nowhere = "Give an e-mail address or a telephone number, or take out this tick."
        return {
            "name": too_long(one_line(self.name), MOST_NAME),
            "email": wrong_email if email and not ADDRESS.match(email) else "",
            "phone": wrong_phone if phone and not PHONE.match(phone) else "",
            "may_contact": nowhere if self.may_contact and not (email or phone) else "",
        }

    def what(self) -> dict[str, str]:
        """What is sealed as the words."""
        return {"words": many_lines(self.words).strip(), "place": one_line(self.place)}

    def contact(self) -> dict[str, str]:
        """Who wrote, or nothing when they did not say."""
        given = {
            "name": one_line(self.name),
            "email": self.email.strip(),
            "phone": self.phone.strip(),
        }
        return given if any(given.values()) else {}


def _words_problem(typed: str, ask: str) -> str:
    words = many_lines(typed).strip()
    if "\ufffd" in words:
        return "Some letters could not be read. They are marked \ufffd: please write them again."
    return too_long(words, MOST_WORDS) if words else ask


@dataclass
class ReturnForm:
    code: str = ""
    show: str = ""


@dataclass
class MoreForm:
    code: str = ""
    words: str = ""

    def problems(self) -> dict[str, str]:
        return said(words=_words_problem(self.words, "Write what the secretariat asked for."))

    def added(self) -> str:
        return many_lines(self.words).strip()


@dataclass
class WithdrawalForm:
    code: str = ""
    sure: str = ""


@dataclass
class TriageForm:
    decision: str = ""
    reason: str = ""
    reply: str = ""
    version: str = ""

    def problems(self, open_to: Container[str]) -> dict[str, str]:
        """`open_to` has the decisions that the stage allows."""
        if self.decision not in open_to:
            return {"decision": "Choose what happens with this concern."}
        refused = self.decision == Stage.NOT_TAKEN_FORWARD
        reply = many_lines(self.reply).strip()
        return said(
            reason="Choose the reason." if refused and self.reason not in REASONS else "",
            reply=too_long(reply, MOST_REPLY) if reply else NEEDS_REPLY.get(self.decision, ""),
        )

    def facts(self) -> dict[str, str]:
        refused = self.decision == Stage.NOT_TAKEN_FORWARD
        return {
            "decision": self.decision,
            "reason": self.reason if refused else "",
            "reply": many_lines(self.reply).strip(),
        }

    def seen(self, now: int) -> int:
        """The version of the row that the sender was looking at."""
        tidy = self.version.strip()
        return int(tidy) if tidy.isascii() and tidy.isdecimal() and len(tidy) < 9 else now


@dataclass
class LookForm:
    why: str = ""

    def problems(self) -> dict[str, str]:
        return {} if self.why in LOOKS else {"why": "Choose why you need to know who wrote this."}
