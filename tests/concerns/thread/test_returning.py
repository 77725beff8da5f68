"""A resident comes back with the code and sees what became of the concern."""

import time

import pytest
from conftest import run
from meetings.steps import counted_queries

from concerns.steps import CANARIES, SAID, concern_of, raised
from concerns.thread.steps import decided
from scrutiny.concerns import actions
from scrutiny.concerns.tables import Concern, Consent
from scrutiny.concerns.thread import pace
from scrutiny.concerns.thread.routes import DEEDS
from scrutiny.concerns.thread.turns import turns
from scrutiny.concerns.triage import handoff
from scrutiny.concerns.triage.actions import signpost, triage
from scrutiny.concerns.vault.tables import Contact
from scrutiny.kit.db import write_tx

BACK = "/concerns/return"


def test_the_code_shows_the_stage_and_not_the_words(browse, concern):
    reply = browse().post(BACK, {"code": concern.code})
    assert reply.status_code == 200
    assert "The secretariat has not read it yet." in reply.text
    assert concern.reference in reply.text
    assert [word for word in CANARIES if word in reply.text] == []
    assert reply.headers["cache-control"] == "no-store"
    assert "set-cookie" not in reply.headers
    assert "Leave this site quickly" in reply.text


def test_a_second_press_shows_what_was_written_but_not_who(browse, concern):
    reply = browse().post(BACK, {"code": concern.code, "show": "words"})
    assert SAID["words"] in reply.text
    assert SAID["place"] in reply.text
    assert "Xyloquist" not in reply.text


@pytest.mark.parametrize(
    "spelt", [str.lower, lambda c: c.replace("-", " "), lambda c: f"  {c.replace('-', '')}\n"]
)
def test_the_code_may_be_spelt_in_many_ways(browse, concern, spelt):
    assert browse().post(BACK, {"code": spelt(concern.code)}).status_code == 200
    misread = concern.code.replace("0", "o").replace("1", "l")
    assert browse().post(BACK, {"code": misread}).status_code == 200


def test_a_code_never_works_in_an_address(browse, concern):
    reply = browse().get(f"{BACK}?code={concern.code}")
    assert reply.status_code == 200
    assert "LAM-C" not in reply.text
    assert concern.code not in browse().post(BACK, {"code": concern.code}).url.path


PARTS = ("", "/more", "/consents", "/letters", "/review", "/hand-off", "/withdrawal", "/copy",
         "/statement", "/draft")  # fmt: skip


def test_every_wrong_code_gets_the_same_slow_answer(browse, concern, monkeypatch):
    monkeypatch.setattr(pace, "PAUSE", 0.1)
    changed = ("B" if concern.code[0] == "A" else "A") + concern.code[1:]
    replies = []
    for wrong in ("", "x", changed, "0" * 24, "é" * 24, "9" * 5000):
        began = time.monotonic()
        replies.append(browse().post(BACK, {"code": wrong}))
        assert time.monotonic() - began >= 0.1
    more = {"code": changed, "words": "a", "kind": "added", "sure": "yes", "email": "a@example.org",
            "agree": "no"}  # fmt: skip
    replies += [browse().post(BACK + part, more) for part in PARTS]
    none, *replies = replies
    assert none.status_code == 422 and "Give your code." in none.text
    mains = {(r.status_code, r.text.partition("<main")[2]) for r in replies}
    assert len(mains) == 1
    assert replies[0].status_code == 422
    assert "We do not know this code." in replies[0].text


def test_too_many_wrong_codes_at_once_do_not_hold_the_site(browse, monkeypatch):
    monkeypatch.setattr(pace, "PAUSE", 30)
    monkeypatch.setattr(pace, "MOST", 0)
    assert browse().post(BACK, {"code": "wrong"}).status_code == 422


def test_what_triage_said_stands_with_what_it_decided(browse, concern, cast):
    kept = concern_of(concern)
    run(triage(kept, by=cast.seats["grace"], decision="in_triage", reply="We are on it."))
    run(triage(kept, by=cast.seats["grace"], decision="needs_info", reply="Which station?"))
    page = browse().post(BACK, {"code": concern.code}).text
    places = [page.index(words) for words in ("You raised it.", "The secretariat is reading it",
              "We are on it.", "needs to know more before", "Which station?")]  # fmt: skip
    # the stage itself is said once at the top as well
    assert places[:3] == sorted(places[:3]) and places[4] > places[2]
    assert "Answer the question" in page


def test_what_it_became_part_of_is_on_the_trail(browse, concern, cast):
    run(triage(concern_of(concern), by=cast.seats["grace"], decision="accepted"))

    kept = concern_of(concern)

    async def link():
        for to, name in (("case", "4"), ("meeting", "2026-03-14"), ("recommendation", "7")):
            async with write_tx():
                await actions.link(kept, by=cast.seats["grace"], to=to, name=name)

    run(link())
    page = browse().post(BACK, {"code": concern.code}).text
    assert "It became part of case 4." in page
    assert 'href="/lambeth/meetings/2026-03-14"' in page
    assert 'href="/lambeth/recommendations/7"' in page
    assert "/lambeth/cases/" not in page  # cases are not public


def test_a_long_thread_takes_as_many_questions_as_a_short_one(browse, cast, monkeypatch):
    few, many = raised(cast.lambeth), raised(cast.lambeth)
    for number in range(30):
        sent = {"code": many.code, "kind": "added", "words": f"More {number}.", "last": str(number)}
        assert browse().post(f"{BACK}/more", sent).status_code == 200
    browse().post(f"{BACK}/more", {"code": few.code, "kind": "added", "words": "a", "last": "0"})
    assert len(run(turns(concern_of(many)))) == 30
    asked = []
    for one in (few, many):
        with counted_queries(monkeypatch) as found:
            assert browse().post(BACK, {"code": one.code}).status_code == 200
        asked.append(len(found))
    assert 0 < asked[0] == asked[1] <= 25


def test_days_that_matter_are_said(browse, concern):
    page = browse().post(BACK, {"code": concern.code}).text
    assert "To be read by" in page
    assert "Police video" in page
    erased = page.partition("Erased on</dt>")[2].partition("</dd>")[0]
    assert erased.endswith("We tell you the day here once the panel has finished.")


@pytest.mark.parametrize(("asked", "shown"), [(False, False), (True, True)])
def test_once_it_is_over_only_a_video_that_was_asked_for_is_told_of(browse, cast, asked, shown):
    wish = {"wants": ["video"], "consents": ["video.force"]} if asked else {}
    told = raised(cast.lambeth, **wish)
    assert "Police video" in browse().post(BACK, {"code": told.code}).text
    run(signpost(concern_of(told), by=cast.seats["grace"], route="citizens_advice"))
    assert ("Police video" in browse().post(BACK, {"code": told.code}).text) is shown


def test_a_receipt_that_was_swapped_in_the_database_opens_nothing(browse, cast):
    """Whoever writes to the database holds a code of their own, and could put it on another's."""
    theirs, mine = raised(cast.lambeth), raised(cast.lambeth, words="Mine")
    sent = {"code": theirs.code, "kind": "added", "words": "Zebedee again", "last": "0"}
    assert browse().post(f"{BACK}/more", sent).status_code == 200
    victim, hashed = concern_of(theirs), concern_of(mine).receipt_hash

    async def swap():
        async with write_tx():
            await Concern.delete().where(Concern.receipt_hash == hashed)
            await Concern.update({Concern.receipt_hash: hashed}).where(Concern.id == victim.id)

    run(forget_what_hangs_on(concern_of(mine).id))
    run(swap())
    for path in ("", "/copy", "/statement"):
        reply = browse().post(f"{BACK}{path}", {"code": mine.code, "show": "words", "kind": "data"})
        assert reply.status_code == 422
        assert [word for word in CANARIES if word in reply.text] == []


async def forget_what_hangs_on(concern):
    async with write_tx():
        for table in (Consent, Contact):
            await table.delete().where(table.concern == concern)


@pytest.mark.parametrize("deed", [*DEEDS, "evidence"])
def test_whoever_reloads_a_deed_is_led_to_the_door(browse, deed):
    reply = browse().get(f"{BACK}/{deed}")
    assert (reply.status_code, reply.headers["location"]) == (303, BACK)


@pytest.mark.parametrize("path", [BACK, "/lambeth/concerns/new/resume"])
def test_a_reference_is_told_from_a_code(browse, concern, path):
    for typed in (concern.reference, f" {concern.reference.lower()} "):
        reply = browse().post(path, {"code": typed})
        assert reply.status_code == 422
        assert "This is the reference, which opens nothing." in reply.text
    assert "We do not know this code." in browse().post(path, {"code": "AAAAAA"}).text


def test_a_promised_complaint_is_not_forgotten(browse, cast):
    receipt = raised(cast.lambeth, wants=["complaint"])
    thread = browse().post(BACK, {"code": receipt.code}).text
    assert "You said that you want to complain. We have not asked you yet." in thread
    assert "promised to be asked" not in browse("grace").get("/desk").text, "it is not read yet"
    decided(cast, receipt, "accepted")
    line = "/lambeth/concerns/1/hand-off"
    desk = browse("grace").get("/desk").text
    assert line in desk.partition("promised to be asked")[2]
    run(handoff.offer(concern_of(receipt), by=cast.seats["grace"], to="force"))
    assert "promised to be asked" not in browse("grace").get("/desk").text
    assert "We have not asked you yet" not in browse().post(BACK, {"code": receipt.code}).text


def test_the_offer_says_whether_the_name_may_go(browse, cast):
    for cells, words in (
        (["identity.force"], "You allowed that they get your name"),
        ([], "You did not allow that they get your name."),
    ):
        receipt = raised(cast.lambeth, consents=cells)
        run(handoff.offer(concern_of(receipt), by=cast.seats["grace"], to="force"))
        page = browse().post(BACK, {"code": receipt.code}).text
        assert words in page and "Files that you sent do not go." in page


def test_it_says_when_the_day_of_erasing_is_told(browse, concern):
    page = browse().post(BACK, {"code": concern.code}).text
    assert "We tell you the day here once the panel has finished." in page
