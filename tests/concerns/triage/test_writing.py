"""The secretariat writes to a resident without deciding anything."""

import pytest

from concerns.steps import concern_of, letters, raised
from concerns.triage.steps import URL, events, move, said
from scrutiny.record.tables import Event

TEXT = "The meeting is on Tuesday, and everybody may come."


def write(browser, text=TEXT, last="0"):
    return browser.post(f"{URL}/message", {"message": text, "last": last})


@pytest.mark.parametrize("name", ["grace", "sol"])
def test_the_resident_reads_it_at_any_stage(browse, cast, name):
    receipt = raised(cast.lambeth, notify="yes")
    move(cast, "accepted")

    assert write(browse(name)).status_code == 303

    assert said(receipt) == [("panel", "message", TEXT)]
    assert concern_of(receipt).stage == "accepted"
    assert events("concern.written_to", Event.facts) == [{"facts": '{"number": 1, "turn": 1}'}]
    page = browse().post("/concerns/return", {"code": receipt.code}).text
    assert TEXT in page and page.count("The secretariat wrote to you.") == 1
    assert len(letters("notice")) == 1
    assert TEXT in browse("grace").get(URL).text


def test_it_stands_apart_from_a_decision_of_the_same_day(browse, cast):
    receipt = raised(cast.lambeth)
    move(cast, "in_triage")
    write(browse("grace"))
    move(cast, "accepted", reply="We take it up.")

    page = browse().post("/concerns/return", {"code": receipt.code}).text
    assert page.index("The secretariat wrote to you.") < page.index(TEXT)
    assert page.index(TEXT) < page.index("We take it up.")


def test_nothing_or_too_much_is_asked_again_with_the_words_kept(browse, concern):
    grace = browse("grace")
    assert "Write what you want to say" in write(grace, "  ").text
    reply = write(grace, "Kestrel " * 300)
    assert (reply.status_code, "Kestrel Kestrel" in reply.text) == (422, True)
    assert said(concern) == []


@pytest.mark.parametrize(("name", "code"), [("hana", 403), ("amara", 403), ("claire", 403),
                                            ("dev", 404)])  # fmt: skip
def test_nobody_else_may(browse, concern, name, code):
    assert write(browse(name)).status_code == code
    assert said(concern) == []


def test_twice_is_once_and_two_at_once_keep_both_texts(browse, concern):
    grace, sol = browse("grace"), browse("sol")
    assert [write(grace).status_code for _ in range(2)] == [303, 303]
    reply = write(sol, "Another message.")
    assert reply.status_code == 409
    assert "Another message." in reply.text and TEXT in reply.text
    assert said(concern) == [("panel", "message", TEXT)]


def test_what_is_closed_is_closed(browse, cast, concern):
    for to in ("accepted", "linked", "outcome_told", "closed"):
        if to == "linked":
            from_page = browse("grace").post(f"{URL}/decisions/linked", {"version": "2"})
            assert from_page.status_code == 303
        else:
            move(cast, to, reply="Told.")
    assert "Send this message" not in browse("grace").get(URL).text
    assert write(browse("grace"), last="3").status_code == 409
