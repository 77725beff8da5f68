"""What was typed on a page: checked in plain sentences, taken into the answers, and shown again."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from scrutiny.concerns.answers import Answers
from scrutiny.concerns.forms import said, too_long, words_problem
from scrutiny.concerns.journey.pages import Ask
from scrutiny.kit.mail import ADDRESS
from scrutiny.kit.words import N_, many_lines, one_line

PHONE = re.compile(r"\+?[0-9 ()-]{7,40}\Z")
LONG_AGO = date(1950, 1, 1)
MOST_KEPT = 12_000  # characters: too many to send, but not lost
BOXES = ("day", "month", "year")
ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip
WELSH = ("ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin", "gorffennaf", "awst", "medi",
         "hydref", "tachwedd", "rhagfyr")  # fmt: skip
SHORTEST_MONTH = 3


def _months() -> dict[str, str]:
    """Every name of a month, whole or shortened to three letters or more, with its number."""
    found: dict[str, str] = {}
    for names in (ENGLISH, WELSH):
        for number, name in enumerate(names, 1):
            short = (name[:end] for end in range(SHORTEST_MONTH, len(name) + 1))
            found |= {one: str(number) for one in short if one not in found}
    return found


MONTHS = _months()
Typed = dict[str, list[str]]
"""name of a field -> all that was sent under it."""


def fields(ask: Ask) -> list[str]:
    return [f"{ask.name}_{box}" for box in BOXES] if ask.kind == "day" else [ask.name]


def typed(asks: Iterable[Ask], sent: Mapping[str, list[str]]) -> Typed:
    """What was sent for these questions, and nothing else."""
    return {name: sent[name] for ask in asks for name in fields(ask) if sent.get(name)}


def shown(asks: Iterable[Ask], answers: Answers) -> Typed:
    """What the fields of these questions hold when the page is shown again."""
    found = {}
    for ask in asks:
        found |= _boxes(answers) if ask.kind == "day" else {ask.name: _held(ask, answers)}
    return {name: values for name, values in found.items() if values}


def _boxes(answers: Answers) -> Typed:
    day = answers.day()
    if day is None:
        return {}
    held = {"day": "" if answers.is_month() else day.day, "month": day.month, "year": day.year}
    return {f"happened_{box}": [str(n)] for box, n in held.items() if n}


def _held(ask: Ask, answers: Answers) -> list[str]:
    if ask.name.startswith("detail_"):
        held = answers.details.get(ask.name.removeprefix("detail_"), "")
    elif ask.name.startswith("consents_"):
        held = [cell for cell in answers.consents if cell in ask.options]
    else:
        held = getattr(answers, ask.name, "")
    return list(held) if isinstance(held, list) else [held] if held else []


# -- what is wrong --------------------------------------------------------------------------------


def problems(asks: Iterable[Ask], given: Typed, today: date) -> dict[str, str]:
    """field -> a plain sentence, in the order of the questions."""
    found = {ask.name: _problem(ask, given, today) for ask in asks}
    if "reach" in found:
        found |= {name: words for name, words in _unreachable(given).items() if words}
    return said(**found)


def _problem(ask: Ask, given: Typed, today: date) -> str:
    if ask.kind == "day":
        return _day_problem(ask, given, today)
    if ask.kind in ("choice", "select", "ticks"):
        chosen = _chosen(ask, given)
        if ask.alone in chosen and len(chosen) > 1:
            return N_("You ticked No and something else too. Take out the one that is not true.")
        return "" if chosen else ask.need
    if ask.kind == "lines":
        return words_problem(_line(given, ask.name), ask.need)
    line = one_line(_line(given, ask.name))
    return too_long(line, ask.most) if line else ask.need


def _day_problem(ask: Ask, given: Typed, today: date) -> str:
    if not any(_line(given, name).strip() for name in fields(ask)):
        return ask.need
    day = _day(given)
    if day is None or day < LONG_AGO:
        return N_("Write a real day in figures, with the whole year, like 14 3 2026.")
    return N_("This day is in the future. Check the month and the year.") if day > today else ""


def _unreachable(given: Typed) -> dict[str, str]:
    """Where they chose to be reached, but not how."""
    reach, email, phone = (_line(given, name).strip() for name in ("reach", "email", "phone"))
    needs_email = reach == "email" or (reach and reach != "code" and given.get("notify"))
    wrong_email = N_("Write your e-mail like name@example.org.")
    wrong_phone = N_("Write the telephone number in figures, like 07700 900123.")
    return {
        "email": wrong_email if (needs_email or email) and not ADDRESS.match(email) else "",
        "phone": wrong_phone if (reach == "phone" or phone) and not PHONE.match(phone) else "",
    }


def _line(given: Typed, name: str) -> str:
    return given.get(name, [""])[0]


def _chosen(ask: Ask, given: Typed) -> list[str]:
    sent = given.get(ask.name, [])
    return [value for value in ask.options if value in sent][: None if ask.kind == "ticks" else 1]


def _day(given: Typed) -> date | None:
    """The day in the three boxes; the first of the month where only that is known."""
    boxes = [_line(given, f"happened_{box}").strip() for box in BOXES]
    boxes = [boxes[0] or "1", MONTHS.get(boxes[1].casefold().rstrip("."), boxes[1]), boxes[2]]
    if not all(box.isascii() and box.isdecimal() and len(box) < 5 for box in boxes):
        return None
    try:
        return date(_year(boxes[2]), int(boxes[1]), int(boxes[0]))
    except ValueError:
        return None


def _kept_day(given: Typed) -> str:
    """As it is kept: a box left empty stays empty."""
    day = _day(given)
    if day is None:
        return ""
    return day.isoformat() if _line(given, "happened_day").strip() else f"{day:%Y-%m}"


def _year(typed: str) -> int:
    """26 is 2026 and 98 is 1998: nobody writes of a day before LONG_AGO."""
    year = int(typed)
    if len(typed) != 2:
        return year
    return 2000 + year if year < LONG_AGO.year % 100 else 1900 + year


# -- what is taken --------------------------------------------------------------------------------


def taken(asks: Iterable[Ask], answers: Answers, given: Typed, today: date) -> Answers:
    """The answers with what was typed; what cannot be right is left as it was before.

    Long words are kept, so that nobody loses them: they are asked about when it is sent.
    """
    asks = list(asks)
    wrong = problems(asks, given, today)
    for ask in asks:
        if ask.name not in wrong or ask.kind == "lines" or not _is_given(ask, given):
            answers = _with(ask, answers, given)
    return answers


def _is_given(ask: Ask, given: Typed) -> bool:
    return any(_line(given, name).strip() for name in fields(ask))


def _with(ask: Ask, answers: Answers, given: Typed) -> Answers:
    value = _value(ask, given)
    if ask.name.startswith("detail_"):
        details = {**answers.details, ask.name.removeprefix("detail_"): value}
        return replace(answers, details={name: one for name, one in details.items() if one})
    if ask.name.startswith("consents_"):
        others = [cell for cell in answers.consents if cell not in ask.options]
        return replace(answers, consents=others + value)
    return replace(answers, **{ask.name: value})


def _value(ask: Ask, given: Typed) -> Any:
    if ask.kind == "ticks":
        return _chosen(ask, given)
    if ask.kind in ("choice", "select"):
        return "".join(_chosen(ask, given))
    if ask.kind == "day":
        return _kept_day(given) if _is_given(ask, given) else ""
    if ask.kind == "lines":
        return many_lines(_line(given, ask.name)).strip()[:MOST_KEPT]
    if ask.kind == "tick":
        return "yes" if _line(given, ask.name) == "yes" else ""
    return one_line(_line(given, ask.name))
