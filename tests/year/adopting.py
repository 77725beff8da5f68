"""Terms of reference gone through as the panel would: drafted, consulted on, voted, signed."""

import re
from datetime import date, timedelta

from scrutiny.kit.clock import today
from year.steps import Year, at

VOTERS = ("amara", "vera", "bilal", "chidi", "efua")
TEXT = "## What we are for\n\nWe check how police powers are used.\n\nWe meet in public."
SIGNED = ["confidentiality", "code_of_conduct"]
RULES = {
    "quorum": "3",
    "places": "7",
    "method": "show_of_hands",
    "majority": "simple",
    "nth": "3",
    "weekday": "3",
    "months": ["3", "5", "7", "9", "11"],
    "starts": "18:00",
    "minutes": "150",
    "notice_days": "7",
    "standing_items": "Welcome and apologies\nMinutes of the last meeting\nAny other business",
    "closed_part": ["confidentiality"],
    "case_papers": ["confidentiality"],
    "viewing": ["confidentiality", "vetting", "training"],
    "before_active": [*SIGNED, "training"],
}
"""The third Thursday of every other month at six, with a week's notice."""


def draft(year: Year, text: str, summary: str, **rules) -> str:
    """Grace drafts a version; gives its address."""
    grace = year.hands("grace").go("/lambeth/terms")
    grace.follow("Draft")
    return grace.press("Save the draft", text=text, summary=summary, **rules).path


def consult(year: Year, terms: str) -> date:
    """Grace asks for comments; gives their last day, which the page itself proposes."""
    grace = year.hands("grace").go(terms).follow("Ask for comments")
    last = re.search(r'name="last_day"[^>]*value="([\d-]+)"', grace.text)[1]
    grace.press("Ask for comments").reads("Being consulted on")
    return date.fromisoformat(last)


def put_to_the_vote(year: Year, terms: str) -> None:
    grace = year.hands("grace").go(terms).follow("Put it to the vote")
    last = today() + timedelta(days=7)
    grace.press("Put it to the vote", last_day=last.isoformat()).reads("The panel is voting")


def vote(year: Year, terms: str, names: tuple[str, ...] = VOTERS, choice: str = "for") -> None:
    for name in names:
        year.hands(name).go(terms).follow("Vote").press("Vote", choice=choice)


def adopt(year: Year, text: str = TEXT, summary: str = "Our first terms.", **rules) -> str:
    """From a draft on this day to a version in force, sixteen days later."""
    begun = today()
    terms = draft(year, text, summary, **rules)
    over = consult(year, terms)
    with at(over + timedelta(days=1)):
        put_to_the_vote(year, terms)
        vote(year, terms)
        count(year, terms)
    assert over - begun == timedelta(days=14)
    return terms


def count(year: Year, terms: str) -> None:
    grace = year.hands("grace").go(terms).follow("Close the vote and count")
    grace.press("Close the vote and count").reads("In force")


def sign(year: Year, terms: str, names: tuple[str, ...] = VOTERS) -> None:
    """Each signs the version, and the agreements that it asks of members."""
    for name in names:
        hands = year.hands(name).go(terms).follow("Sign")
        hands.press("I sign this version").reads("In force")
        sign_agreements(year, name)


def sign_agreements(year: Year, name: str) -> None:
    """Reads and signs each, until there is none left on the page of one's own seat."""
    hands = year.hands(name).go("/lambeth/seats/mine")
    while "To read and sign" in hands.words:
        first = next(href for _, href in hands.links if "/seats/mine/documents/" in href)
        hands.go(first).press("Sign", agreed="yes").go("/lambeth/seats/mine")
