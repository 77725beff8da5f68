"""WHAT a file of members, past meetings or actions must hold; every fault is said with its line."""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from scrutiny.actions.rules import LONGEST_ROLE, LONGEST_TEXT, SIDES
from scrutiny.kit.words import N_, one_line, sentence
from scrutiny.meetings.plan import clock
from scrutiny.membership.rules import ROUTES, email_problem, name_problem
from scrutiny.people.rules import PublicName, email_key, role_name
from scrutiny.policy import Role

LARGEST = 500_000  # characters
MOST_ROWS = 2_000
LONG_AGO = timedelta(days=365 * 30)
FAR = timedelta(days=365 * 10)


class Kind(StrEnum):
    MEMBERS = "members"
    MEETINGS = "meetings"
    ACTIONS = "actions"


KINDS: Mapping[str, str] = {
    Kind.MEMBERS: N_("Members and seats"),
    Kind.MEETINGS: N_("Past meetings"),
    Kind.ACTIONS: N_("The action log"),
}
COLUMNS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Kind.MEMBERS: (("name", "email", "role", "since"), ("until", "public_name", "route")),
    Kind.MEETINGS: (("date", "starts", "ends", "title", "venue"), ("public",)),
    Kind.ACTIONS: (("meeting", "text", "side"), ("ref", "owner_role", "due", "done", "carried")),
}
"""(needed, may be there) of each kind, as the heads of the columns."""


PUBLIC_NAMES: Mapping[str, str] = {
    PublicName.FULL: N_("their full name"),
    PublicName.INITIALS: N_("their initials"),
    PublicName.ROLE: N_("their role only; so it is when the cell is empty"),
}
CODE = re.compile(r"[a-z]+(_[a-z]+)+\Z", re.ASCII)
"""How a computer names things, and nobody else."""


def in_cells() -> dict[str, dict[str, str]]:
    """The columns whose cells hold one of a few codes, each with its words."""
    roles = {role.value: role_name(role) for role in Role}
    return {
        "role": roles,
        "public_name": dict(PUBLIC_NAMES),
        "route": dict(ROUTES),
        "side": dict(SIDES),
        "owner_role": roles,
    }


@dataclass(frozen=True)
class Row:
    """One line of the file, with what is wrong with it. `key` is what makes it itself."""

    line: int
    values: Mapping[str, str]
    key: str
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    rows: Sequence[Row] = ()
    wrong: Sequence[str] = field(default=())
    """What is wrong with the file as a whole."""

    @property
    def faulty(self) -> list[Row]:
        return [row for row in self.rows if row.wrong]


def read(kind: str, text: str, today: date) -> Sheet:
    """Read a table with a head, parted by commas, semicolons or tabs, as spreadsheets save it.

    Nothing is left out in silence: a column that nobody knows is a fault as well.
    """
    if not text.strip():
        return Sheet(wrong=[N_("Choose a file or paste a table.")])
    if len(text) > LARGEST or "\0" in text:
        return Sheet(wrong=[N_("This is no table, or it is too long. Import it in parts.")])
    lines = _table(text)
    head = [one_line(name).casefold().replace(" ", "_") for name in lines[0]]
    if wrong := _head_problems(kind, head):
        return Sheet(wrong=wrong)
    rows = [
        _row(kind, at, dict(zip(head, cells, strict=False)), len(cells) != len(head), today)
        for at, cells in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    if len(rows) > MOST_ROWS:
        return Sheet(wrong=[sentence(N_("Import at most {n:,} rows at a time."), n=MOST_ROWS)])
    return Sheet(_twins(rows), [] if rows else [N_("There is no row below the head.")])


def _table(text: str) -> list[list[str]]:
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    return list(csv.reader(io.StringIO(text), delimiter=mark))


def _head_problems(kind: str, head: Sequence[str]) -> list[str]:
    needed, more = COLUMNS[kind]
    missing = [name for name in needed if name not in head]
    strange = [name for name in head if name not in (*needed, *more)]
    wrong = [sentence(N_("The column “{name}” is missing."), name=name) for name in missing]
    wrong += [sentence(N_("Nobody knows the column “{name}”."), name=name) for name in strange]
    if len(set(head)) != len(head):
        wrong.append(N_("Two columns have the same head."))
    return wrong


def _row(kind: str, line: int, typed: Mapping[str, str], ragged: bool, today: date) -> Row:
    values = {
        name: one_line(typed.get(name) or "") for name in (*COLUMNS[kind][0], *COLUMNS[kind][1])
    }
    wrong = [words for words in CHECKS[kind](values, today) if words]
    if ragged:
        wrong.insert(0, N_("This row has more or fewer cells than the head."))
    return Row(line, values, key_of(kind, values), tuple(wrong))


def _twins(rows: Sequence[Row]) -> list[Row]:
    """The same row twice in one file is a fault of the second."""
    seen: dict[str, int] = {}
    found = []
    for row in rows:
        if row.key in seen:
            words = sentence(N_("The same stands in line {n} already."), n=seen[row.key])
            row = Row(row.line, row.values, row.key, (*row.wrong, words))
        seen.setdefault(row.key, row.line)
        found.append(row)
    return found


IDENTITY: Mapping[str, tuple[str, ...]] = {
    Kind.MEMBERS: ("email", "role", "since"),
    Kind.MEETINGS: ("date",),
    Kind.ACTIONS: ("meeting", "ref", "text"),
}


def key_of(kind: str, values: Mapping[str, str]) -> str:
    """SHA-256 in hexadecimal of what makes the row itself: other cells may be put right here."""
    parts = [email_key(values["email"])] if kind == Kind.MEMBERS else []
    parts += [values[name].casefold() for name in IDENTITY[kind] if name != "email"]
    return hashlib.sha256("\x1f".join([kind, *parts]).encode()).hexdigest()


def day(typed: str) -> date | None:
    """2026-03-14 or 14/03/2026, as spreadsheets in Britain write it."""
    parts = typed.split("/")
    iso = "-".join([parts[2], parts[1].zfill(2), parts[0].zfill(2)]) if len(parts) == 3 else typed
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def yes(typed: str) -> bool | None:
    said = {"yes": True, "y": True, "1": True, "no": False, "n": False, "0": False, "": None}
    return said.get(typed.casefold())


def _day_problem(name: str, typed: str, today: date) -> str:
    found = day(typed)
    if found is None:
        return sentence(N_("“{name}” is no day: write 2026-03-14 or 14/03/2026."), name=name)
    if not today - LONG_AGO <= found <= today + FAR:
        return sentence(N_("“{name}” is too far from today."), name=name)
    return ""


def _member(values: Mapping[str, str], today: date) -> list[str]:
    since, until = day(values["since"]), values["until"]
    wrong = [name_problem(values["name"]), email_problem(values["email"])]
    if values["role"] not in set(Role):
        roles = ", ".join(Role)
        wrong.append(sentence(N_("“role” must be one of: {roles}."), roles=roles))
    wrong.append(_day_problem("since", values["since"], today))
    if until:
        wrong.append(_day_problem("until", until, today))
        if since and (last := day(until)) and last < since:
            wrong.append(N_("The last day comes before the first."))
    wrong.append(_choice_problem("public_name", values["public_name"], PUBLIC_NAMES))
    wrong.append(_choice_problem("route", values["route"], ROUTES))
    return wrong


def _choice_problem(name: str, typed: str, allowed: Iterable[str]) -> str:
    """A cell that may be empty, or holds one of these."""
    if not typed or typed in allowed:
        return ""
    return sentence(N_("“{name}” must be one of: {all}."), name=name, all=", ".join(allowed))


def _meeting(values: Mapping[str, str], today: date) -> list[str]:
    starts, ends = clock(values["starts"]), clock(values["ends"])
    wrong = [_day_problem("date", values["date"], today)]
    if (when := day(values["date"])) and when >= today:
        wrong.append(N_("Only meetings that are over are imported. Call this one on its own page."))
    if starts is None or ends is None:
        wrong.append(N_("“starts” and “ends” must be times, like 18:30."))
    elif ends <= starts:
        wrong.append(N_("It ends before it starts."))
    for name, most in (("title", 120), ("venue", 300)):
        if not values[name] or len(values[name]) > most:
            words = N_("“{name}” must have 1 to {most} characters.")
            wrong.append(sentence(words, name=name, most=most))
    if values["public"] and yes(values["public"]) is None:
        wrong.append(N_("“public” must be yes or no."))
    return wrong


def _action(values: Mapping[str, str], today: date) -> list[str]:
    wrong = [_day_problem("meeting", values["meeting"], today)]
    if not values["text"] or len(values["text"]) > LONGEST_TEXT:
        words = N_("“{name}” must have 1 to {most} characters.")
        wrong.append(sentence(words, name="text", most=LONGEST_TEXT))
    if values["side"] not in SIDES:
        sides = ", ".join(SIDES)
        wrong.append(sentence(N_("“side” must be one of: {sides}."), sides=sides))
    wrong.append(_owner_problem(values["owner_role"]))
    if values["due"]:
        wrong.append(_day_problem("due", values["due"], today))
    if values["done"] and yes(values["done"]) is None:
        wrong.append(N_("“done” must be yes or no."))
    carried = values["carried"] or "0"
    if not (carried.isascii() and carried.isdigit() and int(carried) < 100):
        wrong.append(N_("“carried” must be a number under 100."))
    return wrong


def _owner_problem(typed: str) -> str:
    if len(typed) > LONGEST_ROLE:
        words = N_("“{name}” must have 1 to {most} characters.")
        return sentence(words, name="owner_role", most=LONGEST_ROLE)
    if CODE.match(typed) and typed not in set(Role):
        return N_("“owner_role” is read by the public: write it in words, or as one of the roles.")
    return ""


CHECKS: Mapping[str, Callable[[Mapping[str, str], date], list[str]]] = {
    Kind.MEMBERS: _member,
    Kind.MEETINGS: _meeting,
    Kind.ACTIONS: _action,
}
