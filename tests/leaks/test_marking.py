"""What is marked as it is put away, that nothing of it can be read, and that it goes with it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from concerns.steps import CANARIES, concern_of, raised
from conftest import run

from leaks.steps import blocked, found, kept
from scrutiny.concerns.erasing import erase_everything
from scrutiny.concerns.thread.actions import withdraw, write_more
from scrutiny.kit.clock import today
from scrutiny.kit.db import rows, write_tx
from scrutiny.kit.tokens import receipt_code
from scrutiny.leaks import actions
from scrutiny.membership.needs.actions import say
from scrutiny.membership.recruitment.applying import actions as applying
from scrutiny.membership.recruitment.rules import Sent
from scrutiny.membership.recruitment.tables import Call

WORDS = """My son Tobias Quorn was searched by PC 4417LX outside 12 Acre Lane, SW2 5RT.
His number is 07700 900462."""


@pytest.fixture
def panel(cast):
    return cast.lambeth


def test_a_concern_marks_who_wrote_it_its_code_and_whom_it_tells_of(panel):
    receipt = raised(panel, words=WORDS, officer="1234MD")
    said = [
        (f"It was {receipt.code}.", ["receipt"]),
        ("Nadia Xyloquist", ["name"]),
        ("07700 900461", ["phone"]),
        ("nadia.xyloquist@example.org", ["email"]),
        ("PC 1234MD", ["collar"]),
        ("Tobias Quorn", ["name"]),
        ("07700 900462", ["phone"]),
        ("12 Acre Lane", ["address"]),
        ("SW2 5RT", ["address"]),
        ("officer 4417LX", ["collar"]),
    ]
    assert [(text, blocked(panel, text)) for text, _ in said] == said


def test_nothing_of_it_can_be_read_in_the_table(panel):
    receipt = raised(panel, words=WORDS)
    (row,) = run(rows("SELECT about, packed FROM leak_marks"))
    for canary in (*CANARIES, "Quorn", receipt.code[:6], str(receipt.concern.id)):
        assert canary.encode() not in bytes(row["packed"])
        assert canary.lower().encode() not in bytes(row["packed"])
    assert row["about"] != str(receipt.concern.id)


def test_the_same_name_in_two_concerns_looks_alike_and_their_records_do_not(panel):
    raised(panel)
    raised(panel)
    one, two = run(rows("SELECT about FROM leak_marks"))
    assert one["about"] != two["about"]
    (told,) = found(panel, "Nadia Xyloquist")
    assert told.kind == "name"


def test_a_concern_sent_twice_is_marked_once(panel):
    raised(panel)
    before = kept()
    assert before > 10
    raised(panel, words="Other words, no names.")
    assert kept() > before


def test_an_anonymous_concern_marks_its_receipt_alone(panel):
    nobody = {"name": "", "email": "", "phone": "", "reach": "code"}
    raised(panel, words="It was loud.", place="", **nobody)
    assert kept() <= 4


def test_taking_it_back_takes_its_marks(panel):
    receipt = raised(panel)
    run(withdraw(receipt.code))
    assert kept() == 0
    assert found(panel, f"Nadia Xyloquist {receipt.code}") == []


def test_erasing_one_leaves_the_marks_of_the_other(panel):
    receipt, other = raised(panel), raised(panel, name="Tobias Quorn", phone="", email="")

    async def erase():
        async with write_tx():
            await erase_everything(concern)

    concern = concern_of(receipt)
    run(erase())
    assert blocked(panel, "Nadia Xyloquist") == []
    assert blocked(panel, f"Tobias Quorn {other.code}") == ["name", "receipt"]


def test_what_is_written_later_is_marked_and_erased_with_it(panel):
    receipt = raised(panel)
    run(write_more(receipt.code, "added", "Also ask Rachel Quorn.", 0))
    assert blocked(panel, "Rachel Quorn") == ["name"]
    run(withdraw(receipt.code))
    assert kept() == 0


def test_an_application_is_marked_until_it_is_withdrawn(panel):
    since, until = today() - timedelta(days=1), today() + timedelta(days=9)
    call = Call(panel=panel.id, number=1, title="Members", text="Join us.", places=2,
                opens=since, closes=until, stage="published")  # fmt: skip
    code = receipt_code(b"a secret of these tests")
    sent = Sent(name="Rachel Quorn", email="r.quorn@example.org", phone="07700 900463")

    async def keep_call():
        async with write_tx():
            await Call.insert(call)

    run(keep_call())
    run(applying.apply(call.id, panel, sent, code))
    text = "Rachel Quorn, r.quorn@example.org, 07700 900463"
    assert set(blocked(panel, text)) == {"email", "name", "phone"}
    run(applying.withdraw(panel, code))
    assert blocked(panel, text) == []


def test_access_needs_are_marked_anew_each_time(cast, panel):
    run(say("My carer is Mrs Rachel Quorn, 07700 900463.", 0, by=cast.seats["bilal"]))
    assert blocked(panel, "Rachel Quorn, 07700 900463") == ["name", "phone"]
    run(say("A seat by the door.", 1, by=cast.seats["bilal"]))
    assert kept() == 0


def test_another_kind_is_refused_and_marks_nothing(panel):
    async def deed():
        async with write_tx():
            await actions.mark(panel, "password", "x", uuid4())

    with pytest.raises(KeyError):
        run(deed())
    assert kept() == 0


def test_marks_belong_inside_a_transaction(panel):
    with pytest.raises(RuntimeError):
        run(actions.mark(panel, "name", "Rachel Quorn", uuid4()))
