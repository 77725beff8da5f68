"""The phone is lost: a recovery code lets its owner in once, and it does not go unnoticed."""

import asyncio
import os
from datetime import timedelta

import time_machine
from conftest import run

from scrutiny.accounts.factors import actions
from scrutiny.accounts.factors.hashing import HANDS, slow_hash
from scrutiny.accounts.tables import RecoveryCode
from scrutiny.kit.clock import now
from scrutiny.kit.db import writes
from scrutiny.people.actions import begin_session
from scrutiny.people.tables import Session

from .steps import events, got, letters

PROVE = "/sign-in/second-factor"


def unused() -> int:
    return got(RecoveryCode.count().where(RecoveryCode.used.is_null()))


def test_a_recovery_code_lets_in_and_the_person_and_the_chair_are_told(visitor, equipped, browse):
    _, codes = equipped("bilal")
    elsewhere = browse("bilal")
    bilal = visitor()
    bilal.enters("bilal@panel.test")

    reply = bilal.post(PROVE, {"recovery": codes[3].lower().replace("-", " ")})

    assert (reply.status_code, reply.headers["location"]) == (303, "/account")
    assert "9 of 10 unused" in bilal.get("/account").text
    assert elsewhere.get("/account").status_code == 303
    assert len(got(Session.select())) == 1
    assert events()[-1] == "sign_in.done"
    assert set(letters()[:2]) == {
        ("bilal@panel.test", "recovery.used"),
        ("amara@panel.test", "recovery.used_by_member"),
    }


def test_when_the_chair_uses_one_the_secretariat_is_told(visitor, equipped):
    _, codes = equipped("amara")
    amara = visitor()
    amara.enters("amara@panel.test")
    amara.post(PROVE, {"recovery": codes[0]})
    assert ("grace@panel.test", "recovery.used_by_member") in letters()[:2]


def test_a_recovery_code_is_burned_also_in_other_spellings(visitor, equipped):
    """R03: with other letters, spaces and hyphens it is still the same code."""
    _, codes = equipped("bilal")
    bilal, other = visitor(), visitor()
    bilal.enters("bilal@panel.test")
    bilal.post(PROVE, {"recovery": codes[0]})
    other.enters("bilal@panel.test")
    odd = codes[0].replace("0", "o").replace("1", "l").replace("-", "").lower()
    for typed in (codes[0], odd):
        reply = other.post(PROVE, {"recovery": typed})
        assert reply.status_code == 422
        assert "not one of your unused recovery codes" in reply.text
    assert unused() == 9


def test_twenty_uses_of_a_recovery_code_at_once_let_in_once(cast, equipped):
    """R03: the burning is one conditional update."""
    _, codes = equipped("bilal")
    bilal = cast.people["bilal"]

    async def race():
        key = await writes(begin_session)(bilal, full=False)
        uses = [actions.prove_recovery(bilal, codes[0], key=key) for _ in range(20)]
        return await asyncio.gather(*uses, return_exceptions=True)

    found = run(race())
    assert sum(isinstance(one, str) for one in found) == 1
    assert unused() == 9


def test_somebody_elses_code_is_refused(visitor, equipped):
    equipped("bilal")
    _, codes = equipped("amara")
    bilal = visitor()
    bilal.enters("bilal@panel.test")
    assert bilal.post(PROVE, {"recovery": codes[0]}).status_code == 422
    assert unused() == 20


def test_five_wrong_ones_and_one_waits(visitor, equipped):
    _, codes = equipped("bilal")
    bilal = visitor()
    bilal.enters("bilal@panel.test")
    for typed in ("x", "ABCD-EFGH-JKMN-PQRS", "0" * 16, "ü" * 16, "a" * 5000):
        assert bilal.post(PROVE, {"recovery": typed}).status_code == 422
    assert bilal.post(PROVE, {"recovery": codes[0]}).status_code == 409
    with time_machine.travel(now() + timedelta(minutes=5, seconds=1), tick=True):
        assert bilal.post(PROVE, {"recovery": codes[0]}).status_code == 303


def test_new_codes_replace_the_old_ones(visitor, equipped, browse):
    """R14: other sessions end and a letter goes out."""
    _, old = equipped("bilal")
    elsewhere, here = browse("bilal"), browse("bilal")

    reply = here.post("/account/recovery-codes")

    assert reply.status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert letters()[0] == ("bilal@panel.test", "factor.changed")
    bilal = visitor()
    bilal.enters("bilal@panel.test")
    assert bilal.post(PROVE, {"recovery": old[0]}).status_code == 422
    fresh = reply.text.split("<code>")[1][:19]
    assert bilal.post(PROVE, {"recovery": fresh}).status_code == 303


def test_slow_hashes_leave_the_event_loop_free():
    """R09: many are hashed in a few threads, and all the while other requests have their turn."""

    async def busy() -> int:
        hashing = asyncio.gather(*(slow_hash("00" * 16, str(n)) for n in range(16)))
        turns = 0
        while not hashing.done():
            await asyncio.sleep(0.005)
            turns += 1
        assert len({one for [one] in await hashing}) == 16
        return turns

    assert run(busy()) > 10  # in the loop's own thread there would be one
    assert HANDS._max_workers <= os.cpu_count()
