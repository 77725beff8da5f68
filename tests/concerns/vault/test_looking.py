"""Who wrote it: asked by one custodian, agreed by another, read for thirty minutes, told."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from conftest import run
from meetings.steps import counted_queries

from concerns.steps import NOBODY, letters, raised
from concerns.vault.steps import (
    GRACES,
    NAMES,
    SHOW,
    URL,
    YES,
    agreed,
    asked,
    end_seat,
    events,
    key_of,
    look_url,
    looks,
)
from scrutiny.concerns import queries as queries_of_concerns
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.vault import actions, queries
from scrutiny.concerns.vault.tables import Contact, Look
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import Stale

pytestmark = pytest.mark.usefixtures("concern")


def concern_row():
    return run(Concern.objects(Concern.panel).first().run())


def shown(reply):
    return [name for name in NAMES if name in reply.text]


def test_asking_shows_nothing_yet_is_recorded_and_written_to_the_other(browse, cast):
    grace = browse("grace")
    page = grace.get(URL)
    assert page.status_code == 200 and "Hana Suleiman" in page.text and not shown(page)
    assert looks() == []

    reply = grace.post(URL, {"why": "reply"})
    assert (reply.status_code, reply.headers["location"]) == (303, f"{URL}?why=reply")
    assert "Another custodian has to answer" in grace.get(URL).text
    assert [(one["stage"], one["why"], one["sealed"]) for one in looks()] == [
        ("asked", "reply", b"")
    ]
    assert events() == [("concern.contact_asked", {"number": 1, "why": "reply"})]
    (letter,) = letters("look.asked")
    assert letter.to.address == "hana@panel.test"
    assert "https://panel.test/lambeth/looks" in letter.words.text
    assert "concern" not in letter.words.subject + letter.words.text
    assert grace.post(URL, SHOW).status_code == 409


def test_a_second_custodian_opens_it_for_the_first(browse, cast):
    url = asked(browse)
    hana, grace = browse("hana"), browse("grace")
    assert "Grace Mensah asks who wrote" in hana.get(url).text
    reply = hana.post(url, YES)
    assert (reply.status_code, reply.headers["location"]) == (303, url)
    assert not shown(hana.get(url)) and "This was agreed" in hana.get(url).text
    assert letters("look.agreed")[0].to.address == "grace@panel.test"

    assert not shown(grace.get(URL)), "reading is a deed, as it is recorded"
    seen = grace.post(URL, SHOW)
    assert seen.status_code == 200 and shown(seen) == list(NAMES)
    assert seen.headers["cache-control"] == "no-store"
    assert shown(grace.post(URL, SHOW)) == list(NAMES)
    why = {"number": 1, "why": "reply"}
    assert events() == [
        ("concern.contact_asked", why),
        ("concern.contact_agreed", why),
        ("concern.contact_read", why),
        ("concern.contact_read", why),
    ]
    for path in (URL, "/lambeth/concerns/1", url):
        assert not shown(hana.get(path))
    assert hana.post(URL, SHOW).status_code == 409, "who agreed has not asked"


def test_the_resident_reads_every_step(browse, cast, concern):
    agreed(browse)
    browse("grace").post(URL, SHOW)
    with_words = [step.words for step in run(trail())]
    assert with_words == [
        "Somebody asked to know who you are, to reply to you. A second person must agree.",
        "A second person agreed to that, for thirty minutes.",
        "Somebody looked at who you are, to reply to you.",
    ]
    thread = browse().post("/concerns/return", {"code": concern.code}).text
    looked = thread.partition("Who looked at who you are")[2]
    assert "By: Secretariat. Agreed by: Data protection lead." in " ".join(looked.split())
    browse("grace").post(URL, SHOW)
    assert len(run(trail())) == 3, "one look is told once, however often it is read"
    run(decline_another(cast))
    assert [step.words for step in run(trail())][-2:] == [
        "Somebody asked to know who you are, because a court or the law requires it. "
        "A second person must agree.",
        "A second person said no: you did not agree to that.",
    ]


async def trail():
    return await queries_of_concerns.trail(await Concern.objects(Concern.panel).first())


async def decline_another(cast):
    concern = await Concern.objects(Concern.panel).first()
    look = await actions.ask(concern, by=cast.seats["hana"], why="law")
    found = await queries.look_on(cast.seats["grace"], look.id)
    await actions.decline(found, by=cast.seats["grace"], why="consent")


def test_after_thirty_minutes_it_is_closed_and_erased(browse, cast):
    start = datetime(2026, 3, 2, 10, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        agreed(browse)
        assert looks()[0]["sealed"] != b""
        clock.shift(timedelta(minutes=29, seconds=59))
        assert shown(browse("grace").post(URL, SHOW)) == list(NAMES)
        clock.shift(timedelta(seconds=1))
        found = run(queries.open_look(concern_row(), cast.seats["grace"]))
        assert found is None, "also before anybody has erased it"
        late = browse("grace").post(URL, SHOW)
        assert late.status_code == 409 and not shown(late)
    (look,) = looks()
    assert (look["stage"], look["sealed"]) == ("closed", b"")
    assert events()[-1] == ("concern.contact_closed", {"number": 1, "why": "reply"})


def test_the_daily_round_closes_what_is_over_and_nothing_else(browse, cast):
    agreed(browse)
    assert run(actions.close_expired(now())) == 0
    assert run(actions.close_expired(now() + timedelta(minutes=31))) == 1
    assert run(actions.close_expired(now() + timedelta(minutes=31))) == 0
    assert looks()[0]["sealed"] == b""
    asked(browse)
    assert run(actions.close_expired(now() + timedelta(days=6))) == 0
    assert run(actions.close_expired(now() + timedelta(days=8))) == 1
    assert "is over" in browse("hana").get(look_url()).text


def test_it_can_be_declined_with_a_reason(browse, cast):
    url = asked(browse)
    hana = browse("hana")
    assert hana.post(url, {"verdict": "decline"}).status_code == 422
    assert hana.post(url, {"verdict": "decline", "why": "reason"}).status_code == 303
    assert looks()[0]["stage"] == "declined"
    assert events()[-1] == ("concern.contact_declined", {"number": 1, "why": "reason"})
    assert letters("look.declined")[0].to.address == "grace@panel.test"
    grace = browse("grace")
    assert "the answer was no: The reason is not good enough" in grace.get(URL).text
    assert grace.post(URL, SHOW).status_code == 409
    assert hana.post(url, YES).status_code == 409


def test_a_wrong_passphrase_is_told_counted_and_recorded(browse, cast):
    url = asked(browse)
    hana = browse("hana")
    for count in (1, 2):
        reply = hana.post(url, {"verdict": "agree", "passphrase": GRACES})
        assert reply.status_code == 422 and "not your vault passphrase" in reply.text
        assert GRACES not in reply.text
        assert key_of(cast, "hana").wrong == count
    assert events("vault.refused") == [("vault.refused", {"wrong": n}) for n in (1, 2)]
    assert "2 wrong tries" in hana.get("/lambeth/vault").text
    assert looks()[0]["stage"] == "asked"
    assert hana.post(url, YES).status_code == 303
    assert key_of(cast, "hana").wrong == 0


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose whether you agree"),
        ({"verdict": "agree"}, "Enter your vault passphrase"),
        ({"verdict": "decline", "why": "spite"}, "Choose why you say no"),
        ({"verdict": "agree", "passphrase": "x" * 900}, "not your vault passphrase"),
    ],
)
def test_what_is_missing_is_asked_for(browse, sent, said):
    reply = browse("hana").post(asked(browse), sent)
    assert reply.status_code == 422 and said in reply.text
    assert looks()[0]["stage"] == "asked"


def test_without_a_reason_nothing_is_asked(browse):
    for why in ("", "curiosity"):
        reply = browse("grace").post(URL, {"why": why})
        assert reply.status_code == 422 and "Choose why" in reply.text
    assert looks() == []


def test_nobody_agrees_with_themselves(browse, cast):
    url = asked(browse)
    for sent in ({"verdict": "agree", "passphrase": GRACES}, {"verdict": "decline", "why": "done"}):
        reply = browse("grace").post(url, sent)
        assert reply.status_code == 409 and "You asked for this yourself" in reply.text
    assert looks()[0]["stage"] == "asked"


def test_asking_twice_is_once(browse):
    asked(browse)
    assert browse("grace").post(URL, {"why": "reply"}).status_code == 303
    assert len(looks()) == 1 == len(letters("look.asked"))


def test_another_reason_is_another_request_and_each_is_shown_by_its_own(browse):
    agreed(browse)
    grace = browse("grace")
    assert grace.post(URL, {"why": "law"}).status_code == 303
    assert [one["why"] for one in looks()] == ["reply", "law"]
    assert "Another custodian agreed" in grace.get(URL).text  # the one that is open comes first
    waits = grace.get(f"{URL}?why=law").text
    assert "Another custodian has to answer" in waits and "Because a court" in waits
    assert grace.post(URL, SHOW | {"why": "law"}).status_code == 409
    assert shown(grace.post(URL, SHOW | {"why": "reply"}))


def test_of_two_who_answer_at_once_one_wins(browse, cast):
    asked(browse)
    look = looks()[0]["id"]
    grace, hana = cast.seats["grace"], cast.seats["hana"]

    async def race():
        both = [await queries.look_on(hana, look) for _ in range(2)]
        return await asyncio.gather(
            actions.open_for(both[0], by=hana, passphrase=YES["passphrase"]),
            actions.decline(both[1], by=hana, why="done"),
            return_exceptions=True,
        )

    found = run(race())
    assert sorted(isinstance(one, Stale) for one in found) == [False, True]
    stage = looks()[0]["stage"]
    assert stage == ("open" if found[0] is True else "declined")
    assert (run(queries.open_look(concern_row(), grace)) is not None) == (stage == "open")


def test_with_one_custodian_nobody_can_look_and_it_is_said(browse, cast):
    end_seat(cast, "hana", today() - timedelta(days=1))
    page = browse("grace").get(URL)
    assert "It takes two custodians" in page.text
    reply = browse("grace").post(URL, {"why": "safety"})
    assert reply.status_code == 409 and looks() == []


def test_the_seat_of_who_asked_must_still_be_held(browse, cast):
    url = asked(browse)
    end_seat(cast, "grace", today() - timedelta(days=1))
    reply = browse("hana").post(url, YES)
    assert reply.status_code == 409 and "no longer holds a seat" in reply.text
    assert looks()[0]["sealed"] == b""


def test_rights_end_with_the_seat(browse, cast):
    agreed(browse)
    grace = browse("grace")
    end_seat(cast, "grace", today() - timedelta(days=1))
    assert grace.post(URL, SHOW).status_code == 404
    assert browse("hana").post(URL, SHOW).status_code == 409


def test_a_contact_of_another_row_is_refused_and_recorded(browse, cast):
    raised(cast.lambeth, name="Somebody Else")
    asked(browse)
    one, other = run(Contact.select().order_by(Contact.id).run())

    async def swap():
        async with write_tx():
            for row, sealed in ((one, other["sealed"]), (other, one["sealed"])):
                await Contact.update({Contact.sealed: sealed}).where(Contact.id == row["id"])

    run(swap())
    reply = browse("hana").post(look_url(), YES)
    assert reply.status_code == 422 and "sealed for another place" in reply.text
    assert looks()[0]["stage"] == "asked" and not shown(reply)
    assert events()[-1] == ("concern.contact_unreadable", {"number": 1})


def test_an_open_look_copied_to_another_concern_is_refused_and_recorded(browse, cast):
    raised(cast.lambeth, name="Somebody Else")
    agreed(browse)
    second = run(Concern.select().where(Concern.number == 2).first().run())
    run(Look.update({Look.concern: second["id"]}).where(Look.stage == "open").run())
    reply = browse("grace").post("/lambeth/concerns/2/contact", SHOW)
    assert reply.status_code == 422 and not shown(reply)
    assert events()[-1] == ("concern.contact_unreadable", {"number": 2})


def test_erasing_leaves_nothing_to_look_at(browse, cast):
    agreed(browse)
    concern = concern_row()

    async def erase():
        async with write_tx():
            await actions.erase(concern)

    run(erase())
    assert run(Contact.count().run()) == 0
    assert [(one["stage"], one["sealed"]) for one in looks()] == [("closed", b"")]
    assert browse("grace").get(URL).status_code == 404
    assert browse("grace").post(URL, SHOW).status_code == 404


def test_what_was_taken_back_meanwhile_cannot_be_opened(browse, cast):
    url = asked(browse)
    run(Contact.delete(force=True).run())
    assert browse("hana").post(url, YES).status_code == 404


def test_nothing_was_left(browse, cast):
    raised(cast.lambeth, **NOBODY)
    for url in ("/lambeth/concerns/2/contact", "/lambeth/concerns/99/contact"):
        assert browse("grace").get(url).status_code == 404
        assert browse("grace").post(url, {"why": "reply"}).status_code == 404


@pytest.mark.parametrize("name", ["amara", "bilal", "chidi", "claire", "owen", "sol"])
def test_nobody_else_has_a_way_there(browse, name):
    agreed(browse)
    reader = browse(name)
    pages = (URL, "/lambeth/looks", look_url(), "/lambeth/vault", "/lambeth/vault/recovery")
    for url in pages:
        assert reader.get(url).status_code == 403
    for url, sent in ((URL, SHOW), (URL, {"why": "safety"}), (look_url(), YES)):
        assert reader.post(url, sent).status_code == 403


def test_strangers_are_told_nothing(browse, cast):
    agreed(browse)
    assert browse("ruth").post(URL, SHOW).status_code == 404
    assert browse("ruth").get(look_url()).status_code == 404
    assert browse().post(URL, SHOW).status_code == 403
    elsewhere = look_url().replace("lambeth", "hackney")
    assert browse("hana").get(elsewhere).status_code == 404


def test_the_list_is_paged_by_key_and_asks_no_more_for_many(browse, cast, monkeypatch):
    hana = browse("hana")
    assert "No request waits" in hana.get("/lambeth/looks").text
    asked(browse)
    with counted_queries(monkeypatch) as one:
        hana.get("/lambeth/looks")
    grace, concern = cast.seats["grace"], concern_row()

    async def many():
        async with write_tx():
            for _ in range(54):
                await Look.insert(
                    Look(concern=concern.id, panel=cast.lambeth.id, why="law", asked_by=grace.id,
                         asked=now())
                )  # fmt: skip

    run(many())
    with counted_queries(monkeypatch) as thirty:
        hana.get("/lambeth/looks")
    assert len(one) == len(thirty)
    first = hana.get("/lambeth/looks").text
    assert first.count("rec rec--one") == 50
    last = str(looks()[49]["id"])
    assert f"/lambeth/looks?after={last}" in first
    assert hana.get(f"/lambeth/looks?after={last}").text.count("rec rec--one") == 5
    assert hana.get("/lambeth/looks?after=x").status_code in (400, 404)


def test_who_looks_to_pass_on_a_complaint_is_led_there(browse, concern):
    url = asked(browse, why="complaint")
    assert browse("hana").post(url, YES).status_code == 303
    page = browse("grace").post(URL, SHOW).text
    assert "/lambeth/concerns/1/hand-off" in page
    assert "Never pass this on to panel members or to the police." not in page


def test_who_agrees_sees_what_the_resident_allows(browse, concern):
    page = browse("hana").get(asked(browse)).text
    allowed = page.partition("What the resident allows")[2].partition("</ul>")[0]
    assert "Give panel members a summary that does not say who I am" in allowed
    assert "Give my name" not in allowed
