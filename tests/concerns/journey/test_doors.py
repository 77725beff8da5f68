"""The ways in: for a child, for a community, to say thank you, with an advocate, at the desk."""

import pytest
from conftest import run

from concerns.journey.steps import NEW, Resident, draft
from scrutiny.concerns.queries import by_receipt, opened
from scrutiny.concerns.tables import Concern
from scrutiny.record.tables import Event

ASSISTED = f"{NEW}/for-a-resident"


def through(browse, door="", home=NEW, who=""):
    found = Resident(browse(who), home)
    found.begin(door)
    return found


def sent(resident) -> Concern:
    code = resident.code
    assert resident.send().status_code == 201, resident.page
    return run(by_receipt(code))


def test_for_a_child(browse):
    parent = through(browse)
    parent.walk(until="whose")
    parent.answer(whose="child")
    assert parent.step == "behalf"
    assert "permission in writing" in parent.page and "16 or under" in parent.page
    assert parent.answer().status_code == 422
    parent.answer(behalf="parent")
    parent.walk()
    concern = sent(parent)
    assert concern.whose == "child" and run(opened(concern)).behalf == "parent"


def test_a_child_at_risk_is_told_of_help_first_and_flagged(browse):
    parent = through(browse)
    parent.walk(until="harm")
    parent.answer(harm=["child", "death"])
    assert parent.step == "death" and "0300 020 0096" in parent.page
    parent.answer()
    assert parent.step == "child" and "0808 800 5000" in parent.page
    parent.answer()
    parent.walk()
    assert {"child", "death"} <= set(sent(parent).flags.split())


def test_in_danger_now_is_told_to_call_and_may_go_on(browse):
    nadia = through(browse)
    nadia.answer(danger="yes")
    assert nadia.step == "call-999" and "Call 999" in nadia.page
    nadia.answer()
    assert nadia.step == "harm"
    nadia.walk()
    assert "danger" in sent(nadia).flags.split()


def test_of_a_community(browse):
    nadia = through(browse, "community")
    nadia.walk(category={"category": "operation"})
    assert not {"whose", "when", "details"} & set(nadia.met)
    concern = sent(nadia)
    assert (concern.kind, concern.happened) == ("community", None)


def test_to_say_thank_you(browse):
    nadia = through(browse, "compliment")
    assert nadia.step == "whose"
    nadia.walk(when={"go": "skip"})
    assert not {"danger", "wants", "live", "files"} & set(nadia.met)
    concern = sent(nadia)
    assert concern.kind == "compliment" and concern.flags.split() == []
    assert "If you want to complain" not in nadia.page


def test_the_cost_of_a_complaint_is_said_and_it_can_be_taken_off(browse):
    nadia = through(browse)
    nadia.walk(until="wants")
    nadia.answer(wants=["complaint"])
    assert nadia.step == "complaint" and "the panel may decide to wait" in nadia.page
    nadia.answer(go="skip")
    assert draft(nadia.code).wants == ["patterns"] and nadia.step == "whose"


def test_a_complaint_goes_on_as_a_wish_and_no_more(browse):
    nadia = through(browse)
    nadia.walk(wants={"wants": ["complaint", "patterns"]}, officer={"officer": "MX 4471"})
    assert {"complaint", "officer"} <= set(nadia.met)
    assert "complaint" in sent(nadia).flags.split()
    assert "before it passes anything on" in nadia.page


def test_with_an_advocate(browse):
    helper = through(browse, "advocate")
    assert helper.step == "advocate" and helper.answer().status_code == 422
    helper.answer(advocate="Brixton Law Centre")
    helper.walk()
    concern = sent(helper)
    assert concern.entered == "advocate"
    assert run(opened(concern)).advocate == "Brixton Law Centre"


def test_written_down_by_the_secretariat(browse, cast):
    assert f'href="{ASSISTED}"' in browse("grace").get("/lambeth/concerns").text
    assert ASSISTED not in browse("sol").get("/lambeth/concerns").text
    grace = through(browse, home=ASSISTED, who="grace")
    assert "You write for a resident" in grace.page
    grace.walk()
    assert "files" not in grace.met
    concern = sent(grace)
    assert concern.entered == "secretariat"
    assert "Before the resident goes" in grace.page
    event = run(Event.select(Event.seat).where(Event.what == "concern.received").first().run())
    assert event["seat"] == cast.seats["grace"].id


@pytest.mark.parametrize(
    ("who", "read", "send"),
    [("", 303, 403), ("amara", 403, 403), ("claire", 403, 403), ("sol", 403, 403),
     ("dev", 404, 404)],
)  # fmt: skip
def test_nobody_else_writes_for_a_resident(browse, who, read, send):
    browser = browse(who)
    assert browser.get(ASSISTED).status_code == read
    assert browser.post(f"{ASSISTED}/danger", {"danger": "no"}).status_code == send


def test_no_page_of_the_desk_but_the_first_has_an_address(browse):
    reply = browse("grace").get(f"{ASSISTED}/words")
    assert (reply.status_code, reply.headers["location"]) == (303, ASSISTED)
