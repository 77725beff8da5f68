"""Every page that no address leads to: the way in, the way back, and what may go wrong on them."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass

from browser import resident
from browser.resident import answer, begin, come_back, press, pressed, send_file, step_of, unfold
from concerns.evidence.media import photo
from playwright.sync_api import Page, Response

ALL_STOPS = {
    **resident.ANSWERS,
    "advocate": {"advocate": "Law Centre"},
    "danger": {"danger": "yes"},
    "harm": {"harm": ["death", "child", "sexual"]},
    "wants": {"wants": ["patterns", "complaint", "video"]},
    "whose": {"whose": "child"},
    "behalf": {"behalf": "parent"},
    "category": {"category": "not_responding"},
    "details": {"detail_reported": "yes"},
    "live": {"live": "court"},
    "contact": {"reach": "email", "email": "zebedee@resident.example"},
}
"""Answers that lead past every notice there is."""
STOPS = {"call-999", "death", "child", "sexual", "complaint", "not-responding", "going-on"}
NEEDED = ("advocate", "danger", "wants", "whose", "behalf", "category", "when", "words", "live",
          "contact")  # fmt: skip
Shown = Iterator[tuple[str, Response]]
"""Each page as it comes: what it is, and how the server answered."""


@dataclass(frozen=True)
class Step:
    name: str
    status: int
    html: str


def every_page(tab: Page, waiting: str) -> Shown:
    """`waiting` is the code of a concern with an offer that its resident has not answered."""
    yield from the_way_in(tab)
    code = yield from the_last_page(tab)
    yield from the_way_back(tab, code)
    yield from a_draft(tab)
    yield "an offer", come_back(tab, waiting)
    yield "an offer without an answer", press(tab, "Save my answer")


def the_way_in(tab: Page) -> Shown:
    shown = begin(tab, "advocate")
    for _ in range(resident.MOST):
        step = step_of(tab)
        yield step, shown
        if step == "check":
            return
        if step in NEEDED:
            yield f"{step}: nothing", answer(tab, {})
        if step == "files":
            yield "files: police", send_file(tab, "street.jpg", photo(), police="yes")
            yield "files: one", send_file(tab, "street.jpg", photo())
        shown = answer(tab, ALL_STOPS.get(step, {}))


def the_last_page(tab: Page) -> Generator[tuple[str, Response], None, str]:
    yield "saved", press(tab, "Save and come back later")
    code = resident.code_on(tab)
    yield "resumed", press(tab, "Go on now")
    yield "changing", pressed(tab, tab.locator("button[name=go][value=words]"))
    answer(tab, {})
    tab.check("input[name=proof]")
    yield "receipt", answer(tab, {})
    tab.goto(resident.HOME)
    tab.fill("form[action*='/resume'] input[name=code]", code)
    yield "sent before", press(tab, "Open it")
    return code


def the_way_back(tab: Page, code: str) -> Shown:
    yield "a wrong code", come_back(tab, "222222-222222-222222-222222")
    yield "thread", come_back(tab, code)
    yield "thread: words", press(tab, "Show what I wrote")
    yield "thread: nothing more", press(tab, "Send it")
    tab.fill("textarea[name=words]", "It was by the ice rink.")
    yield "thread: more", press(tab, "Send it")
    for part, words in (("consents", "Save what may be done"), ("letters", "Write to me there"),
                        ("take-back", "Take it back")):  # fmt: skip
        unfold(tab, f"#{part}")
        yield f"thread: {part}", press(tab, words)
    unfold(tab, "#file-more")
    yield "thread: file", send_file(tab, "street.jpg", photo())
    come_back(tab, code)
    unfold(tab, "#copy")
    yield "a copy", press(tab, "Show it as a page")
    press(tab, "Back to your concern")
    unfold(tab, "#take-back")
    tab.check("input[name=sure]")
    yield "taken back", press(tab, "Take it back")


def a_draft(tab: Page) -> Shown:
    begin(tab)
    press(tab, "Save and come back later")
    yield "draft", come_back(tab, resident.code_on(tab))
    unfold(tab, ":has-text('Erase it now')")
    yield "draft: not sure", press(tab, "Erase it")
    tab.check("input[name=sure]")
    yield "draft: erased", press(tab, "Erase it")
