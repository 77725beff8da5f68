"""Every page that a resident reads is plain: grade 8 at most, and no sentence over 25 words."""

import re
from html.parser import HTMLParser

import pytest
import textstat

from concerns.journey.steps import ANSWERS, NEW, Resident
from scrutiny.concerns.journey.questions import NAMED
from scrutiny.concerns.vocabulary import CATEGORIES

GRADE, WORDS = 8, 25
BLOCKS = {
    *("p", "li", "h1", "h2", "h3", "h4", "label", "legend", "button", "dt", "dd", "div", "option"),
    *("summary", "fieldset", "section", "td", "th", "caption"),
}
UNREAD = {"script", "style", "textarea", "pre", "svg"}


class Reader(HTMLParser):
    """The text of <main>, with an end put after each block, so that none runs into the next."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.deaf, self.text = False, 0, [""]

    def handle_starttag(self, tag, attrs):
        self.inside |= tag == "main"
        self.deaf += tag in UNREAD
        if tag in BLOCKS:
            self.text.append("")

    def handle_endtag(self, tag):
        self.inside &= tag != "main"
        self.deaf -= tag in UNREAD
        if tag in BLOCKS:
            self.text.append("")

    def handle_data(self, data):
        if self.inside and not self.deaf:
            self.text[-1] += data


def sentences(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    blocks = [" ".join(block.split()) for block in reader.text]
    ended = [block if block[-1] in ".?!" else f"{block}." for block in blocks if block]
    return [one for block in ended for one in re.split(r"(?<=[.?!])\s+", block)]


def faults(name: str, page: str) -> list[str]:
    said = sentences(page)
    grade = textstat.flesch_kincaid_grade(" ".join(said))
    found = [f"{name}: {one}" for one in said if len(one.split()) > WORDS]
    return found + ([f"{name}: grade {grade}"] if grade > GRADE else [])


def walked(browse, door="", **answers) -> list[tuple[str, str]]:
    """Every page on one way, with its name, the receipt last."""
    nadia = Resident(browse())
    found = [("start", nadia.page)]
    nadia.begin(door)
    while nadia.step != "check":
        found.append((nadia.step, nadia.page))
        nadia.answer(**{**ANSWERS, **answers}.get(nadia.step, {}))
        assert nadia.reply.status_code == 200, nadia.page
    found.append(("check", nadia.page))
    found.append(("saved", nadia.answer(go="save").text))
    nadia.answer_form("/resume")
    code = nadia.code
    found.append(("receipt", nadia.send(proof="yes").text))
    found.append(("sent", nadia.browser.post(f"{NEW}/words", {"code": code}).text))
    found += thread(nadia.browser, code)
    return found


def thread(browser, code: str) -> list[tuple[str, str]]:
    """The pages of coming back."""
    found = {
        "return": browser.get("/concerns/return"),
        "thread": browser.post("/concerns/return", {"code": code}),
        "words": browser.post("/concerns/return", {"code": code, "show": "words"}),
    }
    assert [reply.status_code for reply in found.values()] == [200, 200, 200]
    return [(f"thread: {name}", reply.text) for name, reply in found.items()]


EVERYTHING = {
    "danger": {"danger": "yes"},
    "harm": {"harm": ["death", "child", "sexual"]},
    "wants": {"wants": ["patterns", "incident", "video", "complaint", "support"]},
    "whose": {"whose": "child"},
    "behalf": {"behalf": "parent"},
    "live": {"live": ["court", "unsaid"]},
    "contact": {"reach": "email", "email": "nadia@example.org", "name": "N"},
}  # fmt: skip


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_and_every_notice_is_plain(browse, category):
    found = walked(browse, category={"category": category}, **EVERYTHING)
    met = {name for name, _ in found}
    notices = {name for name, page in NAMED.items() if page.stop} - {"not-responding"}
    assert notices <= met and ("not-responding" in met) == (category == "not_responding")
    assert [fault for name, page in found for fault in faults(name, page)] == []


@pytest.mark.parametrize("door", ["compliment", "community", "advocate"])
def test_the_other_doors_are_plain(browse, door):
    found = walked(browse, door, advocate={"advocate": "Law Centre"})
    assert [fault for name, page in found for fault in faults(name, page)] == []


def test_what_is_wrong_is_said_plainly(browse):
    browser = browse()
    for step in NAMED:
        page = browser.post(f"{NEW}/{step}", {"code": "", "go": ""}).text
        assert faults(step, page) == []


def test_a_long_sentence_and_a_hard_one_are_found():
    long = f"<main><p>{'word ' * 26}</p></main>"
    hard = "<main><p>Notwithstanding considerations, proportionality applies.</p></main>"
    assert len(faults("x", long)) == 1 and len(faults("x", hard)) == 1
    assert sentences("<main><h1>One two</h1><p>Three.</p></main>") == ["One two.", "Three."]
