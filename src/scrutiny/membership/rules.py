"""WHO may sit beside whom, WHEN an invitation counts, and how a member is named in public."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from scrutiny.kit.mail import ADDRESS
from scrutiny.kit.words import N_, one_line
from scrutiny.people.rules import PublicName, public_name
from scrutiny.policy import speaks_for_police

LIVES = timedelta(days=14)
LONGEST_NAME, LONGEST_WHY = 120, 1000
LONGEST_REPLY = 5000
REPLY_WORKING_DAYS = 10
"""How long somebody has to reply before a second person may agree to remove them."""
LONGEST_TERM = timedelta(days=3660)
FAR = timedelta(days=366)
"""How far back or ahead the first or last day of a seat may lie."""


class Reason(StrEnum):
    RESIGNED = "resigned"
    TERM_OVER = "term_over"
    REMOVED = "removed"


class Kind(StrEnum):
    """What needs two people: taking a seat away, and letting somebody set up new factors."""

    REMOVAL = "removal"
    NEW_FACTORS = "new_factors"


class Stage(StrEnum):
    OPEN = "open"
    AGREED = "agreed"
    DECLINED = "declined"
    OVERTAKEN = "overtaken"  # the seat ended before anybody decided


MOVES = {
    (Stage.OPEN, "agreed"): Stage.AGREED,
    (Stage.OPEN, "declined"): Stage.DECLINED,
    (Stage.OPEN, "overtaken"): Stage.OVERTAKEN,
}
VERDICTS = ("agreed", "declined")
NAMES = {
    PublicName.FULL: "My full name",
    PublicName.INITIALS: "My initials",
    PublicName.ROLE: "My role only",
}
"""In the words of the question."""
ROUTES = {
    "open_recruitment": N_("Openly recruited"),
    "nominated_org": N_("Sent by an organisation"),
    "co_opted": N_("Co-opted by the panel"),
    "elected": N_("Elected"),
}
"""How somebody came to a seat of the community's."""


def is_open(sent: datetime, used: datetime | None, withdrawn: datetime | None, now: datetime):
    """An invitation counts once, for fourteen days, unless it was withdrawn."""
    return used is None and withdrawn is None and now < sent + LIVES


def shown(name: str, choice: str, role: str) -> str:
    """How a seat is named in public: members choose, police officers go by their role."""
    return public_name(name, PublicName.ROLE if speaks_for_police(role) else choice, role)


def clash(role: str, held: list[str]) -> str:
    """Why somebody with the roles `held` on this panel cannot also be `role`, or nothing.

    Nobody sits on both sides of the table (domain.md 4.2).
    """
    if role in held:
        return "They already hold this seat on this panel."
    if any(speaks_for_police(other) != speaks_for_police(role) for other in held):
        return "Nobody can sit for the community and for the police on the same panel."
    return ""


def name_problem(typed: str) -> str:
    if not typed.strip():
        return "Enter their name."
    if one_line(typed) != typed.strip():
        return "The name holds characters that cannot be printed. Type it again."
    if len(typed.strip()) > LONGEST_NAME:
        return f"Use a name of up to {LONGEST_NAME} characters."
    return ""


def email_problem(typed: str) -> str:
    if not ADDRESS.match(typed.strip()):
        return "Enter an e-mail address, like name@example.org."
    return ""


def day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def version(typed: str) -> int:
    """The version of a row that the sender was looking at; -1, which fits none, for no number."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else -1


def since_problem(since: date | None, today: date) -> str:
    if since is None:
        return "Enter the first day, for example 2026-03-14."
    if not today - FAR <= since <= today + FAR:
        return "The first day must be within a year of today."
    return ""


def until_problem(typed: str, since: date | None) -> str:
    """The last day may be left out: a seat without one goes on until it is ended."""
    until = day(typed)
    if not typed.strip():
        return ""
    if until is None:
        return "Enter the last day, for example 2028-03-13, or leave it empty."
    if since is not None and not since <= until <= since + LONGEST_TERM:
        return "The last day must come after the first, within ten years."
    return ""


def last_day_problem(last: date | None, since: date, today: date) -> str:
    """A seat can end a year back or ahead; the day before it began means that it never did."""
    if last is None:
        return "Enter the last day, for example 2026-03-14."
    if last < since - timedelta(days=1):
        return "The last day cannot come before the first."
    if not today - FAR <= last <= today + FAR:
        return "The last day must be within a year of today."
    return ""


def why_problem(typed: str) -> str:
    if not typed.strip():
        return "Say why, in words that they and the panel will read."
    if len(typed) > LONGEST_WHY:
        return f"Please keep it to {LONGEST_WHY:,} characters."
    return ""


def must_wait(reply_until: date | None, replied: datetime | None, today: date) -> bool:
    """Nobody agrees to a removal before the reply came, or the time for it is over."""
    return reply_until is not None and replied is None and today <= reply_until


def may_reply(stage: str, reply_until: date | None, replied: datetime | None, today: date) -> bool:
    return stage == Stage.OPEN and must_wait(reply_until, replied, today)


def reply_problem(typed: str) -> str:
    if not typed.strip():
        return "Write your reply. Whoever decides reads it."
    if len(typed) > LONGEST_REPLY:
        return f"Please keep it to {LONGEST_REPLY:,} characters."
    return ""


def may_decide(person: object, asker: object, concerned: object) -> bool:
    """Whoever agrees is neither the one who asked nor the one it is about."""
    return person not in (asker, concerned)
