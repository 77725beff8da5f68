"""A passkey in place of a code: added, used, taken away."""

import asyncio
import json
from datetime import timedelta

import pytest
import time_machine
from conftest import run

from scrutiny.accounts.passkeys import actions
from scrutiny.accounts.tables import Challenge, Passkey, RecoveryCode
from scrutiny.kit.clock import now
from scrutiny.kit.db import writes
from scrutiny.people.actions import begin_session, session_hash
from scrutiny.people.queries import session_by_hash
from scrutiny.people.tables import Session

from .softkey import SoftKey
from .steps import code_of, events, got, letters

HERE, PROVE = "/account/passkeys", "/sign-in/passkey"
AMARA = "amara@panel.test"


def adds(one, key: SoftKey, name: str = "My phone"):
    answer = key.create(one.options(f"{HERE}/options"))
    return one.post(HERE, {"name": name, "answer": answer})


def uses(one, key: SoftKey, **more):
    answer = key.get(one.options(f"{PROVE}/options"))
    return one.post(PROVE, {"answer": answer, **more})


def passkeys() -> list[str]:
    return [row["name"] for row in got(Passkey.select(Passkey.name).order_by(Passkey.added))]


@pytest.fixture
def with_key(visitor):
    """Amara at a browser, a passkey as her only second factor, signed in with her letter."""

    def enters(key: SoftKey, **more):
        first = visitor()
        first.enters(AMARA)
        adds(first, key)
        amara = visitor()
        amara.enters(AMARA, **more)
        return amara

    return enters


def test_a_passkey_is_the_first_second_factor(visitor):
    amara = visitor()
    amara.enters(AMARA)
    assert amara.get(HERE).status_code == 200

    shown = adds(amara, SoftKey(), "  My   phone ")

    assert shown.status_code == 200
    assert shown.text.count("<li><code>") == 10
    assert passkeys() == ["My phone"]
    assert got(RecoveryCode.count()) == 10
    assert got(Challenge.count()) == 0
    assert events()[-1] == "factor.set"
    assert letters()[0] == (AMARA, "factor.changed")
    assert "My phone" in amara.get(HERE).text


def test_a_passkey_lets_in(with_key):
    key = SoftKey()
    amara = with_key(key, next="/lambeth/seats")
    half = amara.jar["__Host-sid"]
    assert "Use my passkey" in amara.get("/sign-in/second-factor").text

    reply = uses(amara, key, next="/lambeth/seats")

    assert (reply.status_code, reply.headers["location"]) == (303, "/lambeth/seats")
    assert amara.jar["__Host-sid"] != half
    assert events()[-1] == "sign_in.done"
    assert uses(amara, key, next="//evil.example").headers["location"] == "/desk"


def test_the_browser_must_see_the_person(with_key):
    """User verification is required, when adding and when using."""
    key = SoftKey()
    amara = with_key(key)
    key.verified = False
    assert uses(amara, key).status_code == 422
    assert "could not be checked" in uses(amara, key).text
    key.verified = True
    assert uses(amara, key).status_code == 303
    assert adds(amara, SoftKey(verified=False)).status_code == 422


def test_a_false_page_gets_nothing(with_key):
    key = SoftKey()
    amara = with_key(key)
    key.origin = "https://panel-test.example"
    assert uses(amara, key).status_code == 422
    assert (
        adds(amara, SoftKey(origin="https://evil.example"))
        .headers["location"]
        .startswith("/sign-in/second-factor")
    )
    key.origin = "https://panel.test"
    assert uses(amara, key).status_code == 303


@pytest.mark.parametrize("counts", [True, False], ids=["counts", "synced"])
def test_an_answer_is_used_once(with_key, counts):
    """R03: the challenge is gone before the answer is looked at, so a replay finds none."""
    key = SoftKey(counts=counts)
    amara = with_key(key)
    answer = key.get(amara.options(f"{PROVE}/options"))
    assert amara.post(PROVE, {"answer": answer}).status_code == 303
    assert amara.post(PROVE, {"answer": answer}).status_code == 422
    amara.options(f"{PROVE}/options")
    assert amara.post(PROVE, {"answer": answer}).status_code == 422


def test_twenty_uses_of_an_answer_at_once_let_in_once(cast, with_key):
    """R03: also at the same moment, and also for a passkey that does not count."""
    key = SoftKey(counts=False)
    with_key(key)
    amara = cast.people["amara"]

    async def race():
        cookie = await writes(begin_session)(amara, full=False)
        session = (await session_by_hash(session_hash(cookie))).id
        answer = key.get(await actions.ask_to_prove(amara, session))
        uses = [actions.prove(amara, answer, session=session, key=cookie) for _ in range(20)]
        return await asyncio.gather(*uses, return_exceptions=True)

    assert sum(isinstance(one, str) for one in run(race())) == 1


def test_a_challenge_is_for_one_session_one_purpose_and_five_minutes(with_key, visitor):
    key = SoftKey()
    amara = with_key(key)
    other = visitor()
    other.enters(AMARA)
    asked = amara.options(f"{PROVE}/options")
    assert other.post(PROVE, {"answer": key.get(asked)}).status_code == 422

    to_add = json.loads(amara.options(f"{HERE}/options"))
    as_proof = json.dumps({"challenge": to_add["challenge"], "rpId": "panel.test"})
    assert amara.post(PROVE, {"answer": key.get(as_proof)}).status_code == 422

    late = key.get(amara.options(f"{PROVE}/options"))
    with time_machine.travel(now() + timedelta(minutes=5, seconds=1), tick=True):
        assert amara.post(PROVE, {"answer": late}).status_code == 422


def test_the_passkey_of_somebody_else_is_refused(with_key, visitor, equipped):
    equipped("bilal")
    amaras = SoftKey()
    with_key(amaras)
    bilal = visitor()
    bilal.enters("bilal@panel.test")
    assert uses(bilal, amaras).status_code == 422
    assert [row["full"] for row in got(Session.select(Session.full))].count(True) == 1


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "x",
        "{}",
        "[]",
        "null",
        '{"id": 1}',
        '{"id": "' + "a" * 30_000 + '"}',
        "\ufffd",
        "{" * 900,
    ],
)
def test_what_is_no_answer_is_refused_in_words(with_key, answer):
    amara = with_key(SoftKey())
    amara.options(f"{PROVE}/options")
    assert amara.post(PROVE, {"answer": answer}).status_code in (409, 422)


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature"])
def test_a_damaged_answer_is_refused_in_words(with_key, part):
    key = SoftKey()
    amara = with_key(key)
    for damage in ("AAAA", "", "!!!", None, 7):
        answer = json.loads(key.get(amara.options(f"{PROVE}/options")))
        answer["response"][part] = damage
        reply = amara.post(PROVE, {"answer": json.dumps(answer)})
        assert reply.status_code == 422


@pytest.mark.parametrize(
    ("name", "said"), [(" ", "Name this passkey"), ("a" * 61, "up to 60"), ("ok", "JavaScript")]
)
def test_adding_asks_for_what_is_missing(browse, name, said):
    reply = browse("amara").post(HERE, {"name": name, "answer": ""})
    assert reply.status_code == 422
    assert said in reply.text
    assert f'value="{name}"' in reply.text
    assert passkeys() == []


def test_the_same_passkey_is_not_added_twice(with_key):
    key = SoftKey()
    amara = with_key(key)
    uses(amara, key)
    assert adds(amara, key).status_code == 409
    assert passkeys() == ["My phone"]


def test_ten_passkeys_are_enough(with_key):
    key = SoftKey()
    amara = with_key(key)
    uses(amara, key)
    assert {adds(amara, SoftKey(), f"Key {n}").status_code for n in range(9)} == {303}
    assert adds(amara, SoftKey(), "One more").status_code == 409
    assert len(passkeys()) == 10


def test_the_only_factor_is_not_taken_away(with_key):
    key = SoftKey()
    amara = with_key(key)
    uses(amara, key)
    first = got(Passkey.select(Passkey.id))[0]["id"]

    assert amara.post(f"{HERE}/{first}/removal").status_code == 409
    adds(amara, SoftKey(), "My computer")
    assert amara.post(f"{HERE}/{first}/removal").status_code == 303

    assert passkeys() == ["My computer"]
    assert events()[-1] == "factor.removed"
    assert letters()[0] == (AMARA, "factor.changed")


def test_nobody_takes_away_the_passkey_of_somebody_else(with_key, browse):
    with_key(SoftKey())
    first = got(Passkey.select(Passkey.id))[0]["id"]
    assert browse("dev").post(f"{HERE}/{first}/removal").status_code == 404
    assert passkeys() == ["My phone"]


def test_a_passkey_beside_an_app_needs_either(visitor, equipped):
    seed, _ = equipped("amara")
    amara, key = visitor(), SoftKey()
    amara.enters(AMARA)
    amara.post("/sign-in/second-factor", {"code": code_of(seed)})
    assert adds(amara, key).headers["location"] == HERE
    again = visitor()
    again.enters(AMARA)
    page = again.get("/sign-in/second-factor").text
    assert "Use my passkey" in page and "Or a code from your app" in page
    assert uses(again, key).status_code == 303
