"""How hard the words of a page are to read: its sentences, and those that are too long."""

import re
from html.parser import HTMLParser

import textstat

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
