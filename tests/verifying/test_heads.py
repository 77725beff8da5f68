"""Signed heads on their page, in their feeds, and by mail to whoever asked twice."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from conftest import run
from ledger.steps import head_now, publish

from scrutiny.kit.clock import as_of, midnight, today
from scrutiny.kit.db import write_tx
from scrutiny.kit.mail import Mailbox, message
from scrutiny.ledger.queries import newest_head
from scrutiny.letters.queries import newest, opened
from scrutiny.letters.tables import Letter
from scrutiny.letters.worker import _mail
from scrutiny.record.tables import Event
from scrutiny.verifying.heads.actions import forget, tell_all
from scrutiny.verifying.heads.tables import Subscriber

ADDRESS = "Reader@post.test"
SITE = "https://panel.test"


def asked(browse, address=ADDRESS):
    return browse().post("/ledger/heads", {"email": address})


def letters(kind: str) -> list:
    return [one for one in run(newest()) if one.kind == kind]


def link_in(letter) -> str:
    return re.search(rf"{SITE}(/ledger/subscriptions/\S+)", letter.words.text)[1]


def subscribers() -> list[dict]:
    return run(Subscriber.select().run())


def subscribed(browse) -> None:
    asked(browse)
    browse().post(link_in(letters("heads.confirm")[0]))


def events() -> list[str]:
    found = run(Event.select(Event.what).order_by(Event.seq).run())
    return [row["what"] for row in found if row["what"].startswith("subscription")]


def test_the_page_and_the_feeds_show_every_head(browse, cast):
    assert "Nothing has been signed yet" in browse().get("/ledger/heads").text
    assert browse().get("/ledger/heads.atom").status_code == 200
    run(publish(cast, *[f"{n}" for n in range(52)]))
    line = run(newest_head()).line
    assert line in browse().get("/ledger/heads").text
    found = browse().get("/ledger/heads.json").json()
    assert (found["heads"][0]["line"], len(found["heads"])) == (line, 50)
    rest = browse().get(found["next"].removeprefix(SITE)).json()
    assert ([head["number"] for head in rest["heads"]], rest["next"]) == ([2, 1], None)
    assert "1 entry" in browse().get("/ledger/heads?before=3").text
    feed = ET.fromstring(browse().get("/ledger/heads.atom").content)
    told = feed.find(".//{*}entry/{*}content").text
    assert json.loads(told)["signature"] == head_now()[0].signature


def test_asked_confirmed_told_and_left(browse, cast):
    run(publish(cast, "first"))
    reply = asked(browse)
    assert (reply.status_code, "Please look into your mailbox" in reply.text) == (200, True)
    assert run(tell_all(today())) == 0  # nobody has confirmed yet
    link = link_in(letters("heads.confirm")[0])
    assert "Yes, send them" in browse().get(link).text
    assert subscribers()[0]["confirmed"] is None  # to open it changes nothing
    for _ in range(2):
        assert "The heads go to your address" in browse().post(link).text
    assert run(tell_all(today())) == 1
    letter = letters("heads.head")[0]
    assert (letter.to.address, run(newest_head()).line in letter.words.text) == (ADDRESS, True)
    end = link_in(letter)
    assert letter.words.unsubscribe == SITE + end
    assert "Stop the letters" in browse().get(end).text
    assert len(subscribers()) == 1
    assert "No more letters" in browse().post(end).text
    assert (subscribers(), letters("heads.head"), letters("heads.confirm")) == ([], [], [])
    assert browse().get(end).status_code == 404
    assert browse().post(end).status_code == 404
    assert events() == ["subscription.asked", "subscription.confirmed", "subscription.ended"]


def test_one_click_of_a_mail_program_ends_it(browse, site, cast):
    """RFC 8058: a POST without a cookie, without a token, from another place."""
    run(publish(cast, "first"))
    subscribed(browse)
    run(tell_all(today()))
    row = run(Letter.select().where(Letter.kind == "heads.head").first().run())
    mail = _mail(opened(row), ())
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    place = mail["List-Unsubscribe"].strip("<>").removeprefix(SITE)
    site.cookies.clear()
    assert site.post(place, data={"List-Unsubscribe": "One-Click"}).status_code in (200, 201)
    assert subscribers() == []


def test_other_letters_have_no_such_header(cast):
    told = {"key": "x", "subject": "x", "text": "x", "at": midnight(today())}
    box = Mailbox("", ADDRESS)
    assert message(sender=box, to=box, **told)["List-Unsubscribe"] is None


def test_at_most_one_letter_a_day_and_none_without_news(browse, cast):
    run(publish(cast, "first"))
    subscribed(browse)
    assert [run(tell_all(today())) for _ in range(2)] == [1, 0]
    run(publish(cast, "second", "third"))
    assert run(tell_all(today())) == 0
    tomorrow = today() + timedelta(days=1)
    assert [run(tell_all(tomorrow)) for _ in range(2)] == [1, 0]
    assert run(tell_all(tomorrow + timedelta(days=1))) == 0
    assert len(letters("heads.head")) == 2
    assert "heads.head" in {one.kind for one in run(newest())}


def test_asking_again_is_once_and_tells_nobody_who_is_there(browse, cast):
    replies = [asked(browse).text, asked(browse, ADDRESS.lower()).text]
    assert len(letters("heads.confirm")) == 1
    browse().post(link_in(letters("heads.confirm")[0]))
    replies.append(asked(browse).text)
    assert len(set(replies)) == 1
    assert (len(subscribers()), len(letters("heads.confirm"))) == (1, 1)


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b@c", "x y@z.test", "a@b.test\r\nBcc: c@d.test"]
)
def test_it_asks_for_an_address(browse, cast, address):
    reply = asked(browse, address)
    assert reply.status_code == 422
    assert "Write an e-mail address" in reply.text
    assert (subscribers(), run(newest())) == ([], [])


def test_the_address_stands_nowhere_in_the_clear(browse, cast):
    run(publish(cast, "first"))
    subscribed(browse)
    run(tell_all(today()))
    rows = [*subscribers(), *run(Letter.select().run()), *run(Event.select().run())]
    told = repr(rows).lower()
    assert "reader" not in told
    assert "post.test" not in told


def test_what_nobody_confirmed_and_what_went_is_forgotten(browse, cast):
    run(publish(cast, "first"))
    subscribed(browse)
    asked(browse, "other@post.test")
    run(tell_all(today()))

    async def send_all():
        async with write_tx():
            await Letter.update({Letter.state: "sent"}, force=True)

    run(send_all())
    run(forget(today()))
    assert (len(subscribers()), len(letters("heads.head"))) == (2, 1)
    run(forget(today() + timedelta(days=1)))
    assert (len(subscribers()), letters("heads.head")) == (2, [])
    run(forget(today() + timedelta(days=8)))
    assert len(subscribers()) == 1
    assert subscribers()[0]["confirmed"] == today()


def test_an_unknown_link(browse, cast):
    for path in ("/ledger/subscriptions/x", "/ledger/subscriptions/x/end"):
        assert browse().get(path).status_code == 404
        assert browse().post(path).status_code == 404


def test_many_are_told_in_turns(browse, cast, monkeypatch):
    monkeypatch.setattr("scrutiny.verifying.heads.actions.AT_ONCE", 2)
    run(publish(cast, "first"))
    for n in range(5):
        asked(browse, f"r{n}@post.test")
    for letter in letters("heads.confirm"):
        browse().post(link_in(letter))
    with as_of(midnight(today()) + timedelta(hours=20)):
        assert run(tell_all(today())) == 5
    assert len(letters("heads.head")) == 5
