"""Applying without an account: looked over, sent, found again by its code, secret throughout."""

import re
from datetime import timedelta

import pytest
from accounts.steps import got
from conftest import run

from membership.recruitment.steps import (
    CANARIES,
    JOIN,
    TYPED,
    applied,
    offered,
    only,
    own,
    person,
    published,
    whats,
    words,
)
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.letters.queries import newest
from scrutiny.membership.recruitment import queries
from scrutiny.membership.recruitment.applying import actions
from scrutiny.membership.recruitment.tables import Application
from scrutiny.people.tables import Panel
from scrutiny.piccolo_app import APP_CONFIG
from scrutiny.record.tables import Event


def sends(browse, **more):
    return browse().post(f"{JOIN}/apply", {**TYPED, "step": "send", **more})


def code_in(reply) -> str:
    found = re.findall(r"<span>([0-9A-Z]{6})</span>", reply.text)
    return "-".join(found[:4])


async def everything() -> bytes:
    """All that the database holds, as it is stored."""
    held = b""
    for table in APP_CONFIG.table_classes:
        for row in await table.select():
            for value in row.values():
                raw = isinstance(value, bytes | bytearray | memoryview)
                held += bytes(value) if raw else str(value).encode()
                held += b"\n"
    return held


def test_the_page_says_what_it_is_and_nothing_when_there_is_no_call(browse, cast):
    assert "is not looking for members at the moment" in words(browse().get(JOIN))
    assert "Applications are not taken now" in words(browse().get(f"{JOIN}/apply"))
    published(cast, closes=today() + timedelta(days=9))
    page = words(browse().get(JOIN))
    for said in ("Two residents", "2 places for residents", "Apply by", "You are 16 or older",
                 "You live, work or study in the area", "ended 3 years ago or longer",
                 "The police never do", "everybody gets feedback"):  # fmt: skip
        assert said in page
    assert "<em>check</em>" in browse().get(JOIN).text
    assert f'href="{JOIN}"' in browse().get("/lambeth").text


def test_before_its_first_day_it_takes_nobody(browse, cast):
    published(cast, opens=today() + timedelta(days=1), closes=today() + timedelta(days=9))
    assert "You can apply from" in words(browse().get(JOIN))
    reply = sends(browse)
    assert reply.status_code == 409 and "Zanzibar" in reply.text
    assert got(Application.select()) == []


def test_it_is_looked_over_changed_and_sent_and_twice_is_once(browse, cast):
    published(cast)
    check = browse().post(f"{JOIN}/apply", {**TYPED, "step": ""})
    assert check.status_code == 200 and "It is not sent yet" in check.text
    assert all(word in check.text for word in CANARIES)
    assert got(Application.select()) == []
    again = browse().post(f"{JOIN}/apply", {**TYPED, "step": "change"})
    assert "In your own words" in again.text and "Zanzibar" in again.text
    replies = [sends(browse) for _ in range(2)]
    codes = {code_in(one) for one in replies}
    assert len(codes) == 1 and len(got(Application.select())) == 1
    row = only()
    assert (row.stage, row.number, row.received, row.screened) == ("applied", 1, today(), True)
    sent = queries.opened(row)
    assert (sent.name, sent.email) == (TYPED["name"], TYPED["email"])
    assert sent.answers == [TYPED["answer_0"], TYPED["answer_1"]]
    page = own(browse, codes.pop().lower().replace("-", " "))
    assert page.status_code == 200 and "We have it." in words(page) and "Zanzibar" in page.text


def test_it_is_recorded_and_told_without_a_name(browse, cast):
    published(cast)
    sends(browse)
    event = got(Event.objects().order_by(Event.seq))[-1]
    assert (event.what, event.about, event.seat) == ("application.received", None, None)
    assert (event.at.minute, event.at.second) == (0, 0)
    letters = {one.to.address: one.words for one in run(newest(9))}
    assert set(letters) == {"pim.quokka@example.org", "amara@panel.test", "grace@panel.test"}
    assert letters["pim.quokka@example.org"].subject == "There is an update"
    for told in letters.values():
        assert not any(word in told.text + told.subject for word in CANARIES)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ({"name": " "}, "Tell us your name."),
        ({"email": "pim"}, "That is no e-mail address."),
        ({"age": ""}, "Say whether you are old enough."),
        ({"police": "often"}, "worked, for the police."),
        ({"answer_1": ""}, "Answer this in your own words."),
        ({"answer_0": "x" * 2001}, "2,000 characters at most"),
        ({"conflicts": "x" * 1001}, "1,000 characters at most"),
    ],
)
def test_it_asks_for_what_is_missing_and_keeps_the_rest(browse, cast, left, said):
    published(cast)
    reply = sends(browse, **left)
    assert reply.status_code == 422 and said in reply.text and "Vesper evenings" in reply.text
    assert got(Application.select()) == []


def test_who_is_not_eligible_is_told_and_may_still_send_it_marked(browse, cast):
    rule = {"eligibility": {"least_age": 18, "other_panels": False}}

    async def stricter():
        async with write_tx():
            await Panel.update({Panel.constitution: rule}).where(Panel.id == cast.lambeth.id)

    run(stricter())
    published(cast)
    no = {"age": "no", "connection": "no", "police": "recent", "other_panels": "yes"}
    assert "other_panels" in browse().get(f"{JOIN}/apply").text
    check = browse().post(f"{JOIN}/apply", {**TYPED, **no})
    marks = ("age of 18 or more", "live, work or study", "3 years since service", "another panel")
    assert all(mark in words(check) for mark in marks)
    assert sends(browse, **no).status_code == 200
    page = words(browse("grace").get(f"/lambeth/recruitment/applications/{only().id}"))
    assert all(mark in page for mark in marks)


def test_a_wrong_code_opens_nothing_and_says_no_more(browse, cast):
    published(cast)
    code = applied(cast, published_call())
    for wrong in ("", "x", code[:-1] + ("A" if code[-1] != "A" else "B")):
        reply = own(browse, wrong)
        assert reply.status_code == 422 and "We do not know this code" in reply.text
    hackney = browse().post("/hackney/join/return", {"code": code})
    assert hackney.status_code == 422


def published_call():
    panel = got(Panel.objects().get(Panel.slug == "lambeth"))
    return run(queries.current_call(panel))


def test_taken_back_everything_is_erased_at_once(browse, cast):
    code = applied(cast, published(cast))
    unsure = own(browse, code, deed="withdraw")
    assert unsure.status_code == 422 and only().stage == "applied"
    reply = own(browse, code, deed="withdraw", sure_withdraw="yes")
    assert reply.status_code == 200 and "Everything you sent is erased" in reply.text
    row = only()
    assert (row.stage, bytes(row.sealed), row.erased) == ("withdrawn", b"", today())
    assert own(browse, code).status_code == 422
    assert "pim.quokka@example.org" not in [one.to.address for one in run(newest(9))]
    assert whats()[-1] == "application.withdrawn"


def test_no_table_no_event_and_no_log_holds_what_was_sent(browse, cast, caplog):
    call = published(cast)
    sends(browse)
    code, row = offered(cast, call, person("Wim Quokka", "wim.quokka@example.org"))
    own(browse, code, deed="decline", sure_decline="yes")
    held = run(everything())
    for word in (*CANARIES, "Note of", "Feedback: "):
        assert word.encode() not in held, word
    assert not any(word in caplog.text for word in CANARIES)
    assert row.code_hash not in code and code.encode() not in held


def test_equality_answers_are_counted_apart_and_twice_is_once(browse, cast):
    call = published(cast)
    page = browse().get(f"{JOIN}/equality")
    assert "Skip all of this" in page.text
    assert page.text.count(" selected") == page.text.count('<option value="" selected') > 5
    sent = {"age": "18_24", "faith": "unsaid", "sex": "", "asked": "yes", "form_key": "e" * 30}
    assert browse().post(f"{JOIN}/equality", sent).status_code == 200
    again = browse().post(f"{JOIN}/equality", sent)
    assert (again.status_code, again.headers["location"]) == (303, JOIN)
    rows = got(actions.CallEquality.objects())
    assert {(r.question, r.answer, r.count) for r in rows if r.count} == {
        ("age", "18_24", 1),
        ("faith", "unsaid", 1),
    }
    assert all(row.call == call.id for row in rows) and whats()[-1] == "call.published"


def test_there_is_nothing_to_count_without_a_call(browse, cast):
    assert "No call is open" in browse().get(f"{JOIN}/equality").text
    assert browse().post(f"{JOIN}/equality", {"age": "18_24"}).status_code == 409
