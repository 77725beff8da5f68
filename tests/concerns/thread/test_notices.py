"""Letters that say only that there is news: neutral, one a day, gone when nobody wants them."""

from datetime import timedelta

import pytest
from conftest import run

from concerns.steps import concern_of, letters, raised
from concerns.thread.steps import BACK, decided, events
from scrutiny.concerns.tables import Notice
from scrutiny.concerns.thread import notices
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.letters.tables import Letter

PATH = f"{BACK}/letters"
TO = "quiet.kestrel@example.org"


@pytest.fixture
def asked(browse, concern):
    assert browse().post(PATH, {"code": concern.code, "email": f" {TO} "}).status_code == 200
    return concern


def told(receipt, day=None):
    async def tell():
        async with write_tx():
            await notices.tell_resident(concern, day or today())

    concern = concern_of(receipt)
    run(tell())


def test_the_exact_letter(asked):
    told(asked)
    (letter,) = letters("notice")
    assert (letter.to.name, letter.to.address) == ("", TO)
    assert letter.words.subject == "There is an update"
    assert letter.words.text == ("There is an update.\n\nhttps://panel.test/concerns/return\n")
    assert letter.words.calendar is None
    (row,) = run(Letter.select().where(Letter.kind == "notice").run())
    assert row["panel"] is None
    assert str(concern_of(asked).id) not in row["key"]


def test_one_letter_a_day_and_none_is_kept_from_before(asked):
    told(asked)
    told(asked)
    assert len(letters("notice")) == 1
    told(asked, today() + timedelta(days=1))
    assert len(letters("notice")) == 1


def test_triage_writes_one_when_it_decides(asked, cast):
    decided(cast, asked, "needs_info", reply="Zebedee, which station?")
    (letter,) = letters("notice")
    assert "Zebedee" not in str(letter)


def test_who_asked_for_none_gets_none(concern, cast):
    decided(cast, concern, "accepted")
    told(concern)
    assert letters("notice") == []


def test_asked_for_on_the_way_in(cast):
    receipt = raised(cast.lambeth, notify="yes")
    told(receipt)
    assert [letter.to.address for letter in letters("notice")] == ["nadia.xyloquist@example.org"]


def test_stopping_drops_the_address_and_the_letters_with_it(browse, asked):
    told(asked)
    reply = browse().post(PATH, {"code": asked.code, "stop": "yes"})
    assert reply.status_code == 200
    assert TO not in reply.text
    assert (run(Notice.count().run()), letters("notice")) == (0, [])
    told(asked)
    assert letters("notice") == []
    assert [event["facts"] for event in events("concern.letters")] == [
        '{"on": true}',
        '{"on": false}',
    ]


def test_another_address_takes_the_place_of_the_first(browse, asked):
    browse().post(PATH, {"code": asked.code, "email": "other@example.org"})
    assert run(Notice.count().run()) == 1
    told(asked)
    assert [letter.to.address for letter in letters("notice")] == ["other@example.org"]


def test_the_same_address_twice_is_once(browse, asked):
    assert browse().post(PATH, {"code": asked.code, "email": TO}).status_code == 200
    assert len(events("concern.letters")) == 1


@pytest.mark.parametrize("wrong", ["", "kestrel", "a@b@c", "two words@example.org"])
def test_an_address_that_is_none_is_kept_in_the_form(browse, concern, wrong):
    reply = browse().post(PATH, {"code": concern.code, "email": wrong})
    assert reply.status_code == 422
    assert "Write an e-mail address" in reply.text
    assert f'value="{wrong}"' in reply.text
    assert run(Notice.count().run()) == 0


def test_sent_letters_of_days_before_are_forgotten(asked):
    told(asked)
    run(Letter.update({Letter.state: "sent"}, force=True).run())

    assert run(notices.forget_sent(today())) == 0
    assert len(letters("notice")) == 1
    assert run(notices.forget_sent(today() + timedelta(days=1))) == 1
    assert letters("notice") == []
