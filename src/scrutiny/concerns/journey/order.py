"""In which order the pages come: on, back, and in again at the first that was not answered."""

from scrutiny.concerns.answers import Answers
from scrutiny.concerns.journey.pages import Page, Setting
from scrutiny.concerns.journey.questions import CHECK, PAGES

ENTRANCES = {
    "": (),
    "compliment": ("as:compliment", "wants"),
    "community": ("as:community", "whose"),
    "advocate": ("as:advocate",),
}
"""The doors on the first page, and what each marks as known already."""
KNOWN = {"as:compliment": "wants", "as:community": "whose"}


def begun(door: str) -> Answers:
    """The answers with which somebody comes through this door."""
    given = {"compliment": {"wants": ["praise"]}, "community": {"whose": "community"}}
    return Answers(seen=list(ENTRANCES[door]), **given.get(door, {}))


def pages_for(answers: Answers, setting: Setting) -> list[Page]:
    return [page for page in PAGES if page.when(answers, setting)]


def first(answers: Answers, setting: Setting) -> Page:
    return _offered(answers, setting)[0]


def following(page: Page, answers: Answers, setting: Setting, *, new: bool = False) -> Page:
    """The page after this one; with `new`, the next after it that was not seen. At last, CHECK."""
    later = PAGES[_place(page) + 1 :]
    offered = _offered(answers, setting)
    left = (one for one in later if one in offered and not (new and one.name in answers.seen))
    return next(left, CHECK)


def preceding(page: Page, answers: Answers, setting: Setting) -> Page | None:
    """The question before this one, or None at the first. What only says something is left out."""
    earlier = PAGES[: _place(page)]
    offered = _offered(answers, setting)
    return next((one for one in reversed(earlier) if one in offered and not one.stop), None)


def unanswered(answers: Answers, setting: Setting) -> Page:
    """Where somebody who comes back goes on."""
    left = (one for one in pages_for(answers, setting) if one.name not in answers.seen)
    return next(left, CHECK)


def _offered(answers: Answers, setting: Setting) -> list[Page]:
    """All but those that the door has answered."""
    known = {KNOWN[mark] for mark in answers.seen if mark in KNOWN}
    return [page for page in pages_for(answers, setting) if page.name not in known]


def _place(page: Page) -> int:
    return len(PAGES) if page is CHECK else PAGES.index(page)
