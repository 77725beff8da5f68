"""The whole way of a resident in Welsh, from the first page to taking the concern back."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
import ways
from concerns.journey.steps import ANSWERS
from concerns.steps import SAID, concern_of, raised
from concerns.thread.steps import decided
from conftest import run
from forms import Form, form, forms

from scrutiny.commands.words import gathered, said, updated
from scrutiny.concerns.thread import pace
from scrutiny.concerns.triage.tables import HandOff
from scrutiny.kit.clock import today

START = "/lambeth/concerns/new?lang=cy"
PAGES = (
    *("/?lang=cy", "/lambeth?lang=cy", "/about?lang=cy", "/about/safety?lang=cy"),
    *("/about/accessibility?lang=cy", "/about/open-data?lang=cy", "/verify?lang=cy"),
    *("/ledger?lang=cy", "/concerns/return?lang=cy", "/lambeth/video-requests?lang=cy", START),
)
ENGLISH = re.compile(r"\b(?:the|and|you|your|with|what|this|is|of|for|not)\b", re.IGNORECASE)
"""Words that stand in nearly every English sentence and in no Welsh one."""
SPOKEN = ("aria-label", "alt", "title", "placeholder")


class Reader(HTMLParser):
    """What of a page is read or read out, except what is marked as being in another language."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.other: list[str] = []  # the tags open since one that is in another language
        self.skip = ""

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag in ("script", "style", "code", "textarea"):
            self.skip = tag
        if tag not in ("br", "img", "input", "link", "meta", "hr") and (
            self.other or told.get("lang") == "en"
        ):
            self.other.append(tag)
        if not self.other:
            spoken = [*SPOKEN, *(name for name in told if name.startswith("data-i18n"))]
            self.said += [told[name] for name in spoken if told.get(name)]

    def handle_endtag(self, tag):
        self.skip = "" if tag == self.skip else self.skip
        if self.other and self.other[-1] == tag:
            self.other.pop()

    def handle_data(self, data):
        if not self.skip and not self.other and data.strip():
            self.said.append(" ".join(data.split()))


def read(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    return reader.said


@pytest.fixture(scope="module")
def english():
    """Every sentence that Welsh says otherwise, as patterns with anything in their holes."""
    found = {}
    for message in updated("cy", gathered()):
        for text in message.id if isinstance(message.id, tuple) else (message.id,):
            if message.id and said(message.string) and len(text) > 12 and text != message.string:
                pieces = re.split(r"%\(\w+\)s|\{\w+:?[^}]*\}", text.replace("%%", "%"))
                found[text] = re.compile(r"\b" + ".+".join(map(re.escape, pieces)))
    return found


@pytest.fixture
def in_welsh(english, cast):
    """Says what of a page is not in Welsh: sentences of ours, and any that were never marked."""
    names = [SAID["words"], *ANSWERS["words"].values(), *ways.TYPED]
    for panel in (cast.lambeth, cast.hackney):
        names += [panel.name, panel.purpose, panel.area, panel.local_policing_body]
        names += [panel.force.name]

    def in_welsh(page: str) -> list[str]:
        assert '<html lang="cy"' in page
        wrong = []
        for text in read(page):
            left = unescape(text)
            for name in filter(None, names):
                left = left.replace(name, "")
            if ENGLISH.search(left) or any(one.search(left) for one in english.values()):
                wrong.append(left)
        return wrong

    return in_welsh


def post(browser, asked: Form, **given):
    kept = {name: one for name, one in asked.fields.items() if name not in given}
    return browser.post(asked.action, {**kept, **given})


def step_of(asked: Form) -> str:
    return urlsplit(asked.action).path.rsplit("/", 1)[-1]


def question(page: str) -> Form:
    """The form of the page that is open in the journey."""
    return next(one for one in forms(page) if "was" in one.names)


def walked(browser, **changes) -> list[str]:
    """Every page from the first to the receipt, each reached by what the one before offers."""
    answers = {**ANSWERS, **changes}
    pages = [browser.get(START).text]
    doors = [one for one in forms(pages[0]) if step_of(one) == "begin"]
    reply = post(browser, next(one for one in doors if not one.fields.get("door")))
    while reply.status_code == 200:
        pages.append(reply.text)
        asked = question(reply.text)
        reply = post(browser, asked, **answers.get(step_of(asked), {}))
    assert reply.status_code == 201
    return [*pages, reply.text]


EVERYTHING = {
    "danger": {"danger": "yes"},
    "harm": {"harm": ["death", "child", "sexual"]},
    "wants": {"wants": ["patterns", "complaint", "video", "support"]},
    "whose": {"whose": "agreed"},
    "behalf": {"behalf": "spoken"},
    "live": {"live": ["court"]},
}
OTHERS = [
    {"category": {"category": kind}}
    for kind in ("strip_search", "custody", "mental_health", "not_responding", "protest", "school")
]


@pytest.mark.parametrize("changes", [{}, EVERYTHING, *OTHERS], ids=str)
def test_every_page_of_the_way_in_is_in_welsh(browse, in_welsh, changes):
    pages = walked(browse(), **changes)
    assert len(pages) > 10
    assert [(at, wrong) for at, page in enumerate(pages) if (wrong := in_welsh(page))] == []


@pytest.mark.parametrize("door", ["compliment", "community", "advocate"])
def test_the_other_doors_too(browse, in_welsh, door):
    browser = browse()
    page = browser.get(START).text
    doors = [one for one in forms(page) if step_of(one) == "begin"]
    page = post(browser, next(one for one in doors if one.fields.get("door") == door)).text
    assert in_welsh(page) == []


def test_what_is_wrong_is_said_in_welsh(browse, in_welsh):
    browser, seen = browse(), set()
    reply = post(browser, form(browser.get(START).text, action="begin?lang=cy"))
    for _ in range(40):
        asked = question(reply.text)
        step = step_of(asked)
        if step == "check":
            break
        empty = browser.post(asked.action, {"code": asked.fields["code"], "happened_day": "99"})
        if empty.status_code == 422:
            seen.add(step)
            assert in_welsh(empty.text) == []
        reply = post(browser, asked, **ANSWERS.get(step, {}))
    assert len(seen) > 4


@pytest.mark.parametrize("address", PAGES)
def test_every_page_for_residents_is_in_welsh(browse, in_welsh, address):
    reply = browse().get(address)
    assert reply.status_code == 200
    assert in_welsh(reply.text) == []


def test_the_way_back_is_in_welsh(browse, in_welsh, cast):
    code, browser = raised(cast.lambeth).code, browse()
    asked = form(browser.get("/concerns/return?lang=cy").text, having="code")
    page = post(browser, asked, code=code).text
    assert in_welsh(page) == []
    for found in (one for one in forms(page) if not one.action.endswith("lang=en")):
        again = post(browser, found, code=code)
        assert again.status_code < 500
        if "text/html" in again.headers["content-type"]:
            assert in_welsh(again.text) == []


@pytest.mark.parametrize(
    "decisions",
    [("in_triage",), ("needs_info",), ("accepted",), ("accepted", "linked")],
    ids=str,
)
def test_the_way_back_is_in_welsh_at_every_stage(browse, in_welsh, cast, decisions):
    receipt = raised(cast.lambeth)
    decided(cast, receipt, *decisions, reply="Pryd oedd hyn?")
    run(HandOff.insert(HandOff(concern=concern_of(receipt).id, panel=cast.lambeth.id,
                               to="iopc", offered=today())).run())  # fmt: skip
    browser = browse()
    sent = {"code": receipt.code}
    assert in_welsh(browser.post("/concerns/return?lang=cy", sent).text) == []
    agreed = {**sent, "agree": "yes", "read": "yes", "version": "1"}
    assert in_welsh(browser.post("/concerns/return/hand-off?lang=cy", agreed).text) == []
    gone = browser.post("/concerns/return/withdrawal?lang=cy", {**sent, "sure": "yes"})
    assert in_welsh(gone.text) == []


@pytest.mark.parametrize("way", ways.ALL)
def test_taking_part_is_in_welsh_from_the_first_page_to_the_last(
    browse, in_welsh, cast, monkeypatch, way
):
    monkeypatch.setattr(pace, "PAUSE", 0)
    found = way(browse, cast, "?lang=cy")
    assert len(found) > 3 and all("lang=cy" in name for name, _ in found)
    assert [(name, wrong) for name, page in found if (wrong := in_welsh(page))] == []


@pytest.mark.parametrize("address", ["/nothing/here", "/lambeth/nothing", "/ledger?before=x"])
def test_refusals_are_in_welsh(browse, in_welsh, address):
    reply = browse().get(address, headers={"accept-language": "cy"})
    assert reply.status_code in (400, 404)
    assert in_welsh(reply.text) == []


@pytest.mark.parametrize(
    ("kind", "yes", "no"),
    [("use_of_force", "Do", "Naddo"), ("custody", "Oedd", "Nac oedd")],
)
def test_yes_and_no_take_the_verb_of_the_question(browse, kind, yes, no):
    browser = browse()
    reply = post(browser, form(browser.get(START).text, action="begin?lang=cy"))
    while step_of(asked := question(reply.text)) != "details":
        changed = {**ANSWERS, "category": {"category": kind}}
        reply = post(browser, asked, **changed.get(step_of(asked), {}))
    found = read(reply.text)
    assert yes in found and no in found and "Ie" not in found and "Na" not in found


def test_a_wrong_code_is_told_in_welsh(browse, in_welsh):
    reply = browse().post("/concerns/return?lang=cy", {"code": "AAAAAA-BBBBBB-CCCCCC-DDDDDD"})
    assert reply.status_code == 422
    assert in_welsh(reply.text) == []


def test_no_cookie_is_set_for_a_language(browse):
    reply = browse().get(START)
    assert "set-cookie" not in reply.headers
