"""The outbox: letters go with the deed, reach a real post, and are never lost or doubled."""

from datetime import timedelta

import pytest
from conftest import run

from scrutiny.kit.clock import now
from scrutiny.kit.db import write_tx
from scrutiny.kit.mail import Mailbox
from scrutiny.letters.actions import write
from scrutiny.letters.rules import GIVE_UP_AFTER, Words, is_hopeless, wait
from scrutiny.letters.tables import Letter
from scrutiny.letters.worker import send_due, take

TO = Mailbox("Amara Okafor", "amara@panel.test")


async def put(*keys: str) -> None:
    async with write_tx():
        for key in keys:
            await write("panel.tried", TO, Words("A subject", "Some words."), key=key)


def stored():
    return Letter.select(Letter.key, Letter.state, Letter.tries).order_by(Letter.key).run_sync()


def test_a_letter_reaches_the_post_once(tables, post):
    run(put("one", "two"))
    assert run(send_due()) == 2
    assert run(send_due()) == 0
    assert len(post.letters) == 2
    assert b"Subject: A subject" in post.letters[0]
    assert [row["state"] for row in stored()] == ["sent", "sent"]


def test_the_same_letter_is_written_once(tables, post):
    run(put("one"))
    run(put("one"))
    assert len(stored()) == 1


def test_what_a_letter_says_is_not_to_be_read_in_the_database(tables):
    run(put("one"))
    row = Letter.select(Letter.sealed).first().run_sync()
    assert b"Some words" not in bytes(row["sealed"])
    assert b"amara" not in bytes(row["sealed"])


def test_a_busy_post_is_tried_again_later(tables, post):
    post.refusal = "451 later please"
    run(put("one"))
    run(send_due())
    assert stored() == [{"key": "one", "state": "ready", "tries": 1}]
    assert run(send_due()) == 0  # not before its time

    async def later():
        await Letter.update({Letter.due: now() - timedelta(seconds=1)}, force=True)

    post.refusal = ""
    run(later())
    assert run(send_due()) == 1
    assert len(post.letters) == 1


def test_a_post_that_refuses_for_good_is_not_asked_again(tables, post):
    post.refusal = "550 nobody of that name"
    run(put("one"))
    run(send_due())
    assert stored() == [{"key": "one", "state": "failed", "tries": 1}]
    assert "550" in Letter.select(Letter.problem).first().run_sync()["problem"]


def test_a_letter_that_one_worker_took_is_not_taken_by_another(tables, post):
    run(put("one"))
    assert len(run(take())) == 1
    assert run(take()) == []


def test_a_deed_that_fails_sends_no_letter(tables):
    async def fail():
        async with write_tx():
            await write("panel.tried", TO, Words("A", "B"), key="one")
            raise ValueError

    with pytest.raises(ValueError):
        run(fail())
    assert stored() == []


def test_three_days_of_silence_are_waited_out():
    waited = sum((wait(tries) for tries in range(1, GIVE_UP_AFTER)), timedelta())
    assert waited > timedelta(days=3)
    assert not is_hopeless(GIVE_UP_AFTER - 1)
    assert is_hopeless(GIVE_UP_AFTER)
