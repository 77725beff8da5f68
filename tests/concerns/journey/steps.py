"""A resident without JavaScript: reads the form on the page, fills it in, presses a button."""

from conftest import run
from forms import Form, form, forms

from scrutiny.concerns.answers import Answers
from scrutiny.concerns.journey import order, queries
from scrutiny.concerns.journey.pages import Setting
from scrutiny.concerns.journey.questions import PAGES
from scrutiny.concerns.tables import Draft
from scrutiny.concerns.vocabulary import CATEGORIES, WANTS

NEW = "/lambeth/concerns/new"
ANSWERS = {
    "danger": {"danger": "no"},
    "harm": {},
    "wants": {"wants": ["patterns", "incident"]},
    "whose": {"whose": "me"},
    "category": {"category": "stop_and_search"},
    "details": {"detail_reason": "no", "detail_camera": "unsure"},
    "when": {"happened_day": "9", "happened_month": "1", "happened_year": "2026",
             "band": "evening"},
    "where": {"place": "Quillfeather Market"},
    "words": {"words": "Zebedee was searched twice by the ice rink."},
    "live": {"live": ["no"]},
    "contact": {"reach": "code"},
    "consents": {"consents_1": ["statistics.public", "summary.panel"]},
}  # fmt: skip
"""What is answered on each page; nothing on those that are not here."""


class Resident:
    """Somebody on the way in: the page before them, and what they do with it."""

    def __init__(self, browser, home=NEW) -> None:
        self.browser, self.home = browser, home
        self.met: list[str] = []
        self.replies: list = []
        self.reply = self._seen(browser.get(home))

    def _seen(self, reply):
        self.reply = reply
        self.replies.append(reply)
        return reply

    @property
    def page(self) -> str:
        return self.reply.text

    @property
    def code(self) -> str:
        return form(self.page, having="code").fields["code"]

    @property
    def step(self) -> str:
        """Which page is open, by where its form goes."""
        ours = [one for one in forms(self.page) if "was" in one.names]
        return ours[0].action.removeprefix(self.home + "/") if ours else ""

    def begin(self, door=""):
        return self._send(_door(self.page, door), {"door": door} if door else {})

    def answer(self, go="", **given):
        """Fill in the page that is open and press a button; "" is Continue."""
        self.met.append(self.step)
        asked = form(self.page, action=f"{self.home}/{self.step}")
        return self._send(asked, {**given, **({"go": go} if go else {})})

    def answer_form(self, action: str, **given):
        """Press the button of another form of the page: to resume, say."""
        return self._send(form(self.page, action=action), given)

    def _send(self, asked: Form, given: dict):
        boxes = {name for name in asked.choices if name in given}
        kept = {name: one for name, one in asked.fields.items() if name not in boxes}
        return self._seen(self.browser.post(asked.action, {**kept, **given}))

    def walk(self, until="", **changes):
        """Answer page after page, until one is open; to the last page otherwise."""
        answers = {**ANSWERS, **changes}
        for _ in range(40):
            if self.step in (until, "check"):
                return self.reply
            step = self.step
            reply = self.answer(**answers.get(step, {}))
            assert reply.status_code == 200, f"{step}: {reply.status_code} {self.page}"
        raise AssertionError("the way has no end")

    def send(self, **given):
        return self.answer(**given)


def _door(page: str, door: str) -> Form:
    doors = [one for one in forms(page) if one.action.endswith("/begin")]
    return next(one for one in doors if one.fields.get("door", "") == door)


def draft(code: str):
    """The answers kept so far under a code, or None."""
    found = run(queries.draft_of(code))
    return queries.answers_of(found, code) if found else None


def drafts() -> int:
    return run(Draft.count().run())


# -- the pages as data ----------------------------------------------------------------------------

PLAIN = Setting()
ALL = [
    Answers(category=category, wants=list(WANTS), whose=whose, reach=reach, danger="yes",
            harm=["death", "child", "sexual"], live=["court"], advocate="Law Centre")
    for category in CATEGORIES
    for whose in ("me", "child", "community")
    for reach in ("code", "email")
]  # fmt: skip


def names(answers, setting=PLAIN):
    return [page.name for page in order.pages_for(answers, setting)]


def every_ask():
    found = {}
    for answers in ALL:
        for page in PAGES:
            for ask in page.asks(answers, PLAIN):
                found[ask.name, ask.label] = ask
    return list(found.values())
