"""After the letter comes a second factor: the code of an app, set up first when there is none."""

import asyncio
import re
from datetime import timedelta

import pytest
import time_machine
from conftest import run

from scrutiny.accounts.factors import actions
from scrutiny.accounts.tables import Authenticator, RecoveryCode
from scrutiny.kit.clock import now
from scrutiny.kit.db import writes
from scrutiny.people.actions import begin_session
from scrutiny.people.tables import Session

from .steps import code_of, events, got, letters

AMARA = "amara@panel.test"
SET, PROVE = "/account/second-factor", "/sign-in/second-factor"


def sessions() -> list[bool]:
    return [row["full"] for row in got(Session.select(Session.full))]


def seed_in(page: str) -> str:
    return re.search(r'class="seed">([^<]+)<', page)[1].replace(" ", "")


def sealed_in(page: str) -> str:
    return re.search(r'name="sealed" value="([^"]+)"', page)[1]


def codes_in(page: str) -> list[str]:
    return re.findall(r"<code>([0-9A-Z-]{19})</code>", page)


def sets_up(one, steps: int = 0):
    """Open the page, scan, type the code."""
    page = one.get(SET).text
    code = code_of(seed_in(page), steps)
    return one.post(SET, {"sealed": sealed_in(page), "code": code})


def test_a_member_without_a_second_factor_sets_one_up_before_anything_else(visitor):
    """R01: a letter alone opens nothing."""
    amara = visitor()
    reply = amara.enters(AMARA, next="/lambeth/seats")
    assert reply.headers["location"] == f"{PROVE}?next=/lambeth/seats"
    assert sessions() == [False]
    for path in ("/account", "/lambeth/seats"):
        assert amara.get(path).headers["location"].startswith("/sign-in?next=")
    assert amara.get(PROVE).headers["location"] == SET
    half = amara.jar["__Host-sid"]

    shown = sets_up(amara)

    assert shown.status_code == 200
    assert len(set(codes_in(shown.text))) == 10
    assert sessions() == [True]
    assert amara.jar["__Host-sid"] != half
    assert amara.get("/account").status_code == 200
    assert events() == ["sign_in.letter_used", "factor.set"]
    assert letters()[0] == (AMARA, "factor.changed")
    assert got(RecoveryCode.count()) == 10


def test_nothing_secret_is_stored_as_it_is(visitor):
    amara = visitor()
    amara.enters(AMARA)
    page = amara.get(SET).text
    shown = amara.post(SET, {"sealed": sealed_in(page), "code": code_of(seed_in(page))})
    kept = str(got(Authenticator.select())) + str(got(RecoveryCode.select()))
    assert seed_in(page) not in kept
    assert not any(c.replace("-", "") in kept or c in kept for c in codes_in(shown.text))
    assert {len(row["code_hash"]) for row in got(RecoveryCode.select())} == {64}


def test_a_wrong_code_sets_nothing_up_and_shows_the_same_picture_again(visitor):
    amara = visitor()
    amara.enters(AMARA)
    page = amara.get(SET).text
    for typed in ("", "123", code_of(seed_in(page), steps=20)):
        reply = amara.post(SET, {"sealed": sealed_in(page), "code": typed})
        assert reply.status_code == 422
        assert seed_in(reply.text) == seed_in(page)
    assert got(Authenticator.count()) == 0
    assert sessions() == [False]


def test_a_seed_offered_to_one_session_is_worth_nothing_in_another(visitor):
    amara, ruth = visitor(), visitor()
    amara.enters(AMARA)
    page = amara.get(SET).text
    ruth.enters("ruth@panel.test")
    for sealed in (sealed_in(page), "nonsense", "", "AAAA"):
        reply = ruth.post(SET, {"sealed": sealed, "code": code_of(seed_in(page))})
        assert reply.status_code == 422
    assert got(Authenticator.count()) == 0


def test_the_code_of_the_app_lets_a_member_in(visitor, equipped):
    seed, _ = equipped("amara")
    amara = visitor()
    reply = amara.enters(AMARA, next="/lambeth/seats")
    half = amara.jar["__Host-sid"]

    page = amara.get(reply.headers["location"])
    assert page.status_code == 200
    reply = amara.post(PROVE, {"code": code_of(seed), "next": "/lambeth/seats"})

    assert (reply.status_code, reply.headers["location"]) == (303, "/lambeth/seats")
    assert amara.jar["__Host-sid"] != half  # R10
    assert amara.get("/account").status_code == 200
    assert events()[-2:] == ["sign_in.letter_used", "sign_in.done"]


def test_after_the_second_factor_nobody_is_led_elsewhere(visitor, equipped):
    """P21: `next` is checked again where it comes back."""
    seed, _ = equipped("amara")
    amara = visitor()
    amara.enters(AMARA)
    assert 'value="/desk"' in amara.get(f"{PROVE}?next=//evil.example").text
    reply = amara.post(PROVE, {"code": code_of(seed), "next": "//evil.example"})
    assert reply.headers["location"] == "/desk"


def test_the_letter_alone_neither_replaces_nor_adds_a_factor(visitor, equipped):
    """R05: whoever reads the letters of a member cannot get round their second factor."""
    equipped("amara")
    thief = visitor()
    thief.enters(AMARA)
    for path in (SET, "/account/passkeys"):
        assert thief.get(path).headers["location"].startswith(PROVE)
        assert thief.post(path, {}).headers["location"].startswith(PROVE)
    for path in ("/account/recovery-codes", "/account/sessions/end"):
        assert thief.post(path).status_code == 403
    assert sessions() == [False]


def test_two_who_set_up_the_first_factor_at_once_do_not_both_succeed(visitor, equipped):
    """R05: a half session that was begun before the factor was set cannot replace it."""
    one, other = visitor(), visitor()
    one.enters(AMARA)
    page = one.get(SET).text
    other.enters(AMARA)
    assert sets_up(other).status_code == 200
    reply = one.post(SET, {"sealed": sealed_in(page), "code": code_of(seed_in(page))})
    assert reply.status_code in (303, 403)  # its session ended when the factor was set
    assert got(Authenticator.count()) == 1
    assert sessions() == [True]


def test_the_second_factor_alone_is_worth_nothing(visitor, equipped):
    """R01: without a letter there is nobody to prove."""
    seed, codes = equipped("amara")
    stranger = visitor()
    for form in ({"code": code_of(seed)}, {"recovery": codes[0]}):
        reply = stranger.post(PROVE, form)
        assert reply.headers["location"].startswith("/sign-in")
    assert stranger.get(PROVE).headers["location"].startswith("/sign-in")
    assert stranger.jar == {}


@pytest.mark.parametrize("name", ["amara", "bilal", "grace", "claire", "owen", "ruth", "dev"])
def test_every_role_needs_two_factors(visitor, cast, name):
    """R01: no seat of any role is open to one factor."""
    one = visitor()
    one.enters(f"{name}@panel.test")
    assert sessions() == [False]
    assert one.get("/account").status_code == 303


def test_a_seat_that_begins_tomorrow_needs_two_factors_today(visitor, cast):
    """R01: a session of today may still be there when the seat begins."""
    seat = cast.seats["bilal"]
    tomorrow = now().date() + timedelta(days=2)
    got(type(seat).update({type(seat).since: tomorrow}).where(type(seat).id == seat.id))
    visitor().enters("bilal@panel.test")
    assert sessions() == [False]


def test_a_code_is_used_once_also_in_other_spellings(visitor, equipped):
    """R03: again, with spaces, in full-width digits: refused."""
    seed, _ = equipped("amara")
    amara, other = visitor(), visitor()
    amara.enters(AMARA)
    other.enters(AMARA)
    code = code_of(seed)
    assert amara.post(PROVE, {"code": code}).status_code == 303
    wide = code.translate({48 + n: 0xFF10 + n for n in range(10)})
    for typed in (code, f" {code} ", f"{code[:3]} {code[3:]}", wide):
        assert other.post(PROVE, {"code": typed}).status_code == 422
    assert sorted(sessions()) == [False, True]


def test_twenty_uses_of_a_code_at_once_let_in_once(cast, equipped):
    """R03: also at the same moment, and the last counter never goes back."""
    seed, _ = equipped("amara")
    amara = cast.people["amara"]

    async def race():
        key = await writes(begin_session)(amara, full=False)
        uses = [actions.prove_code(amara, code_of(seed), key=key) for _ in range(20)]
        return await asyncio.gather(*uses, return_exceptions=True)

    found = run(race())
    assert sum(isinstance(one, str) for one in found) == 1
    assert sessions() == [True]


def test_after_five_wrong_codes_one_waits_five_minutes(visitor, equipped):
    seed, _ = equipped("amara")
    amara = visitor()
    amara.enters(AMARA)
    bad = code_of(seed, steps=50)
    replies = [amara.post(PROVE, {"code": bad}).status_code for _ in range(5)]
    assert replies == [422] * 5
    held = amara.post(PROVE, {"code": code_of(seed)})
    assert held.status_code == 409
    assert "Too many wrong codes" in held.text
    assert events().count("sign_in.factor_refused") == 5
    with time_machine.travel(now() + timedelta(minutes=5, seconds=1), tick=True):
        assert amara.post(PROVE, {"code": code_of(seed)}).status_code == 303


def test_what_is_no_code_costs_no_try(visitor, equipped):
    equipped("amara")
    amara = visitor()
    amara.enters(AMARA)
    for _ in range(6):
        reply = amara.post(PROVE, {"code": "12345"})
        assert reply.status_code == 422
        assert 'value="12345"' in reply.text
    assert "sign_in.factor_refused" not in events()


def test_changing_the_factor_ends_other_sessions_and_writes_to_the_person(visitor, browse):
    """R14: nobody stays signed in elsewhere, and the person is told."""
    elsewhere, amara = browse("amara"), visitor()
    amara.jar["__Host-sid"] = browse("amara").key
    assert elsewhere.get("/account").status_code == 200

    assert sets_up(amara).status_code == 200

    assert elsewhere.get("/account").status_code == 303
    assert amara.get("/account").status_code == 200
    assert letters() == [(AMARA, "factor.changed")]
    assert sessions() == [True]


def test_a_factor_is_changed_only_by_who_proved_it_within_five_minutes(visitor, equipped):
    """R15: the change asks for the factor once more when it was given a while ago."""
    seed, _ = equipped("amara")
    amara = visitor()
    amara.enters(AMARA)
    amara.post(PROVE, {"code": code_of(seed, -1)})
    assert amara.get(SET).status_code == 200
    with time_machine.travel(now() + timedelta(minutes=5, seconds=1), tick=True):
        assert amara.get("/account").status_code == 200
        for path in (SET, "/account/passkeys"):
            assert amara.get(path).headers["location"] == f"{PROVE}?next={path}"
        reply = amara.post("/account/recovery-codes")
        assert reply.headers["location"] == f"{PROVE}?next=/account"
        before = amara.jar["__Host-sid"]
        amara.post(PROVE, {"code": code_of(seed), "next": SET})
        assert amara.jar["__Host-sid"] != before  # R10: a new id at step-up
        assert sets_up(amara).status_code == 200
