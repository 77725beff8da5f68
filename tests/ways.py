"""Residents take part beside raising a concern: every page of each way, as a browser is shown it.

`query` stands behind the address of the first page alone: with `?lang=cy` it is seen whether links
and forms carry the language on.
"""

import re
from datetime import timedelta
from html import unescape

from agendas.steps import STANDING, meeting, publish
from composition.test_rounds import fill
from conftest import run
from forms import form
from meetings.registration.steps import CODE, door, open_meeting
from meetings.steps import home, stored
from membership.recruitment import steps as recruitment
from recommendations import steps as recommendations
from recommendations.steps import TITLE

from scrutiny.agendas.questions import actions as questions
from scrutiny.agendas.questions.queries import by_code
from scrutiny.composition import actions as composition
from scrutiny.kit.clock import as_of, now, today
from scrutiny.kit.db import write_tx
from scrutiny.meetings import actions as meetings
from scrutiny.meetings.registration.actions import set_places
from scrutiny.meetings.venue.actions import describe
from scrutiny.membership.recruitment.choosing.actions import shortlist
from scrutiny.membership.recruitment.tables import Call

MEETING = {"title": "Cyfarfod y gwanwyn", "venue": "Llyfrgell Brixton"}
CALL = {
    "title": "Dau breswylydd",
    "text": "Dewch i *wirio*.",
    "questions": ["Pam?", "Beth sydd gennych?"],
}
ASKED = "Pam cynifer ar Heol y Crëyr?"
TYPED = (*STANDING, TITLE)
"""What people typed in English, whatever the language of the page."""
WRONG = "AAAAAA-BBBBBB-CCCCCC-DDDDDD"


class Visit:
    """One browser from its first page on: follows links, fills in forms, keeps every page."""

    def __init__(self, browser, start: str) -> None:
        self.browser, self.pages = browser, []
        self.open(start)

    def open(self, address: str) -> None:
        self._shown(address, self.browser.get(address))

    def follow(self, part: str) -> None:
        """The first link of the page itself whose address holds this."""
        body = self.page.split("<main", 1)[1]
        found = re.search(rf'href="([^"]*{re.escape(part)}[^"]*)"', body)
        assert found, f"no link to {part} on {self.at}"
        self.open(unescape(found[1]))

    def send(self, having: str, **given) -> None:
        """The form with that field, as it stands but for what is given."""
        asked = form(self.page, having)
        address = asked.action or self.at
        self._shown(address, self.browser.post(address, {**asked.fields, **given}))

    def _shown(self, address: str, reply) -> None:
        assert reply.status_code in (200, 409, 422), (address, reply.status_code)
        self.at, self.page = address, reply.text
        self.pages.append((f"{address} {len(self.pages)}", reply.text))

    @property
    def code(self) -> str:
        """The secret code that the page shows."""
        groups = re.findall(r"<span>([0-9A-Z]{6})</span>", self.page)
        return "-".join(groups[:4]) or CODE.search(self.page)[0]


def came_back(browse, start: str, code: str) -> Visit:
    visit = Visit(browse(), start)
    visit.send("code", code=code)
    return visit


# -- a place at a meeting -------------------------------------------------------------------------


def registration(browse, cast, query: str = "") -> list[tuple[str, str]]:
    """Registered, found again, on the waiting list, online, given up; before and after its days."""
    grace = cast.seats["grace"]
    row = run(open_meeting(cast, places=1, **MEETING))
    run(describe(row, {}, "https://video.example/1", by=grace))
    nadia, sam, kit = (Visit(browse(), door(row) + query) for _ in range(3))
    nadia.send("name")
    nadia.send("name", name="Nadia", email="nadia@example.org", mode="in_person")
    code = nadia.code
    sam.open(door(row) + query)
    sam.send("name", name="Sam", mode="in_person")
    kit.send("name", name="Kit", mode="online")
    kit.send("name", name="Kit", mode="online", email="kit@example.org")
    back = Visit(browse(), door(row) + query)
    back.follow("/registration/return")
    back.send("code", code="x")
    back.send("code", code=WRONG)
    back.send("code", code=code)
    back.send("code", give_up="yes")
    after = _stopped(browse, row, grace, sam.code, query)
    return nadia.pages + sam.pages + kit.pages + back.pages + after


def _stopped(browse, row, grace, code: str, query: str) -> list[tuple[str, str]]:
    """Not open yet, not open any more, postponed and cancelled."""
    found, start = [], door(row) + query
    for day in ({"registration_opens": today() + timedelta(9)},
                {"registration_closes": today() - timedelta(1)}):  # fmt: skip
        none = {"capacity": 1, "registration_opens": None, "registration_closes": None}
        run(set_places(run(stored(row)), none | day, by=grace))
        found += Visit(browse(), start).pages
    run(meetings.postpone(run(stored(row)), "Llifogydd.", by=grace))
    found += came_back(browse, f"{door(row)}/return{query}", code).pages
    run(meetings.cancel(run(stored(row)), "Llifogydd.", by=grace))
    return found + came_back(browse, f"{door(row)}/return{query}", code).pages


# -- a question to the panel ----------------------------------------------------------------------


def question(browse, cast, query: str = "") -> list[tuple[str, str]]:
    """Asked, found again; taken, answered, refused or late; and the page where all are."""
    grace, found = cast.seats["grace"], []
    with as_of(now() - timedelta(days=60)):
        row = run(meeting(cast, days=90, **MEETING))
        run(publish(row, cast))
    first = Visit(browse(), f"{home(row)}/questions{query}")
    codes = [_asked(browse, row, query, found) for _ in range(4)]
    with as_of(now() - timedelta(days=60)):
        run(questions.accept(_question(codes[0]), 1, ASKED, by=grace))
    for code in codes[1:3]:
        run(questions.accept(_question(code), 1, ASKED, by=grace))
    run(questions.answer(_question(codes[1]), 2, "Oherwydd dau adroddiad.", by=grace))
    run(questions.refuse(_question(codes[3]), 1, "Mae'n enwi swyddog.", by=grace))
    for code in codes:
        found += came_back(browse, f"/questions/return{query}", code).pages
    first.open(first.at)
    first.follow("/questions/return")
    first.send("code", code=WRONG)
    run(meetings.cancel(row, "Llifogydd.", by=grace))
    return first.pages + found + Visit(browse(), f"{home(row)}/questions/new{query}").pages


def _asked(browse, row, query: str, found: list[tuple[str, str]]) -> str:
    visit = Visit(browse(), f"{home(row)}/questions{query}")
    visit.follow("/questions/new")
    visit.send("words")
    visit.send("words", words=ASKED, name="Nadia")
    code = visit.code
    visit.follow("/questions/return")
    visit.send("code", code=code)
    found += visit.pages
    return code


def _question(code: str):
    return run(by_code(code))


# -- a seat ---------------------------------------------------------------------------------------

ANSWERS = {
    **{
        "name": "Pim",
        "email": "pim@example.org",
        "age": "yes",
        "connection": "yes",
        "police": "never",
    },
    **{"answer_0": "Achos.", "answer_1": "Amynedd."},
}
MARKED = {"age": "no", "connection": "no", "police": "recent"}
POINTS = {"offered": [4, 4], "reserved": [2, 2], "not_selected": [1, 1]}


def application(browse, cast, query: str = "") -> list[tuple[str, str]]:
    """No call, one to come, applied for, looked over, sent, counted, and each of its ends."""
    join = recruitment.JOIN + query
    before = Visit(browse(), join)
    for page in ("apply", "equality", "return"):
        before.open(f"{recruitment.JOIN}/{page}{query}")
    call = recruitment.published(
        cast, **CALL, opens=today() + timedelta(1), closes=today() + timedelta(9)
    )
    before.open(join)
    before.open(f"{recruitment.JOIN}/apply{query}")
    run(_opened(call))
    return before.pages + _sent(browse, join) + _ends(browse, cast, call, query)


async def _opened(call: Call) -> None:
    async with write_tx():
        await Call.update({Call.opens: today()}).where(Call.id == call.id)


def _sent(browse, join: str) -> list[tuple[str, str]]:
    """Through every page, to its code and back, and taken back at the end."""
    pim = Visit(browse(), join)
    pim.follow("/join/apply")
    pim.send("answer_0", email="pim")
    pim.send("answer_0", **ANSWERS | MARKED)
    pim.send("form_key", step="change")
    pim.send("answer_0", **ANSWERS)
    pim.send("form_key", step="send")
    code = pim.code
    sent = pim.pages[-1]
    pim.follow("/join/equality")
    pim.send("form_key", sex="woman")
    pim.follow("/join")
    pim.follow("/join/return")
    pim.send("code", code=WRONG)
    pim.send("code", code=code)
    pim.send("sure_withdraw")
    pim.send("sure_withdraw", sure_withdraw="yes")
    return [*pim.pages, sent]


def _ends(browse, cast, call: Call, query: str) -> list[tuple[str, str]]:
    """On the shortlist, invited, each outcome; the offer taken by one, not by another."""
    found, start = [], f"{recruitment.JOIN}/return{query}"
    for name, outcome in (("Ann", "offered"), ("Bob", "offered"), ("Cay", "reserved"),
                          ("Dee", "not_selected")):  # fmt: skip
        code = recruitment.applied(cast, call, recruitment.person(name, ""))
        row = recruitment.shortlisted(cast, recruitment.only())
        found += came_back(browse, start, code).pages
        row = recruitment.scored(cast, row, bilal=POINTS[outcome], chidi=POINTS[outcome])
        reason = "fewer_points" if outcome == "not_selected" else ""
        recruitment.decided(cast, row, outcome, reason)
        visit = came_back(browse, start, code)
        if name == "Ann":
            visit.send("email", email="")
            visit.send("email", email="ann@example.org")
        elif name == "Bob":
            visit.send("sure_decline")
            visit.send("sure_decline", sure_decline="yes")
        found += visit.pages
    code = recruitment.applied(cast, call, recruitment.person("Eve", ""))
    run(shortlist(recruitment.only().id, 1, by=cast.seats["grace"]))
    return found + came_back(browse, start, code).pages


# -- who the panel is -----------------------------------------------------------------------------


def panel(browse, cast, query: str = "") -> list[tuple[str, str]]:
    """Its own two pages: with nothing on them, and with something in every place."""
    first = Visit(browse(), f"/lambeth{query}")
    first.follow("/composition")
    opened = run(composition.open_round(by=cast.seats["hana"]))
    run(fill(opened, {"B1": 7, "W1": 6}))
    run(composition.close_over(today() + timedelta(days=29)))
    run(recommendations.asked(cast))
    run(recommendations.make_late(run(recommendations.stored()), 2))
    run(recommendations.meeting(cast, "amara", stage="held", days_ago=40))
    recruitment.published(cast, **CALL)
    then = Visit(browse(), f"/lambeth{query}")
    then.follow("/composition")
    return first.pages + then.pages


ALL = (registration, question, application, panel)
