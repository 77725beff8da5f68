"""The end of the way: what stands on the last page, what is still missing, and what is sent."""

import re
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from scrutiny.concerns.answers import Answers
from scrutiny.concerns.journey.asks import can_be_reached
from scrutiny.concerns.journey.order import pages_for
from scrutiny.concerns.journey.pages import Ask, Page, Setting
from scrutiny.concerns.journey.questions import PAGES, SKIP
from scrutiny.concerns.journey.reading import problems, shown
from scrutiny.concerns.video.rules import act_by, days_left, last_day
from scrutiny.kit.words import N_, sentence

SILENT = ("equality", "files")
"""Pages whose answers are kept elsewhere, so that none can be shown here."""
REACHES = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}|(?:\+44|\b0)[\d ()-]{8,}\d", re.IGNORECASE)
"""What looks like an e-mail address or a telephone number of this country."""


@dataclass(frozen=True)
class Said:
    """One question with its answer: our own words, or theirs as they were `typed`, or a day, or
    the month of one."""

    label: str
    words: list[str]
    typed: bool = False
    day: date | None = None
    month: bool = False  # of the day only that is known


@dataclass(frozen=True)
class Row:
    """One page's answers on the last page."""

    page: str
    title: str
    said: list[Said]
    passed: str = ""  # the button with which it was left empty, where that is an answer


def rows(answers: Answers, setting: Setting) -> list[Row]:
    """Every answer, page by page, with its page so that it can be changed."""
    return [
        Row(
            page.name, page.titled(answers), said_on(page, answers, setting), _passed(page, answers)
        )
        for page in pages_for(answers, setting)
        if page.name not in SILENT and not page.stop
    ]


def _passed(page: Page, answers: Answers) -> str:
    return page.skip if page.skip != SKIP and page.name in answers.seen else ""


def said_on(page: Page, answers: Answers, setting: Setting) -> list[Said]:
    """What one page holds, without what was left out."""
    found = [_said(ask, answers) for ask in page.asks(answers, setting)]
    return [one for one in found if one.words or one.day]


def _said(ask: Ask, answers: Answers) -> Said:
    held = shown([ask], answers).get(ask.name, [])
    if ask.kind == "day":
        return Said(ask.name_of(), [], day=answers.day(), month=answers.is_month())
    if ask.kind == "tick":
        return Said(ask.name_of(), [N_("Yes")] if held else [])
    if ask.kind in ("line", "lines"):
        return Said(ask.name_of(), held, typed=True)
    return Said(ask.name_of(), [ask.options[value] for value in held if value in ask.options])


def tells_how_to_reach(answers: Answers) -> bool:
    """Whether free text holds what looks like a telephone number or an e-mail address."""
    return any(REACHES.search(typed) for typed in (answers.words, answers.place, answers.needs))


def missing(answers: Answers, setting: Setting, today: date) -> tuple[Page, dict[str, str]] | None:
    """The first page that does not hold what it must, with what is wrong; None when all is well."""
    for page in pages_for(answers, setting):
        asks = page.asks(answers, setting)
        held = shown(asks, answers)
        wrong = problems(asks, held, today) if held or not page.skip else {}
        if wrong:
            return page, wrong
    return None


def only_asked(answers: Answers, setting: Setting) -> Answers:
    """Without what stands on pages that, after all, do not concern them."""
    kept = {page.name for page in pages_for(answers, setting)}
    for page in PAGES:
        if page.name not in kept:
            answers = _without(page, answers, setting)
    asked = {ask.name for page in PAGES for ask in page.asks(answers, setting)}
    details = {key: one for key, one in answers.details.items() if f"detail_{key}" in asked}
    answers = replace(answers, details=details if "details" in kept else {})
    if not can_be_reached(answers):
        nobody = dict.fromkeys(("name", "email", "phone", "safe_times", "notify"), "")
        answers = replace(answers, reach="code", **nobody)
    return replace(answers, consents=_asked_cells(answers, setting))


def _without(page: Page, answers: Answers, setting: Setting) -> Answers:
    names = [ask.name for ask in page.asks(answers, setting)]
    empty = Answers()
    return replace(answers, **{n: getattr(empty, n) for n in names if hasattr(empty, n)})


def _asked_cells(answers: Answers, setting: Setting) -> list[str]:
    page = next(page for page in PAGES if page.name == "consents")
    asked = {cell for ask in page.asks(answers, setting) for cell in ask.options}
    return [cell for cell in answers.consents if cell in asked]


# -- the video clock, as the resident is told it --------------------------------------------------


@dataclass(frozen=True)
class Countdown:
    """How long body-worn video that nobody marked is still there."""

    until: date
    act_by: date
    left: int
    words: str


def countdown(happened: date | None, retention_days: int, today: date) -> Countdown | None:
    """None where the day is not known. `retention_days` is the force's own rule (domain.md 7.3)."""
    if happened is None:
        return None
    left = days_left(happened, retention_days, today)
    until, before = last_day(happened, retention_days), act_by(happened, retention_days)
    return Countdown(until, before, left, _left(left))


def _left(days: int) -> str:
    if days < 0:
        return N_("The police have most likely erased their video by now.")
    if days == 0:
        return N_("The police may erase their video today.")
    if days == 1:
        return N_("The police keep their video for about 1 more day.")
    return sentence(N_("The police keep their video for about {days} more days."), days=days)
