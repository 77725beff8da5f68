"""Expenses: claimed by whoever it cost, decided by somebody else, paid once."""

from datetime import timedelta

import pytest
from conftest import run
from hypothesis import given
from hypothesis import strategies as st
from recommendations import steps

from scrutiny.kit.clock import today
from scrutiny.letters.tables import Letter
from scrutiny.meetings.expenses import rules
from scrutiny.meetings.expenses.queries import year_totals
from scrutiny.meetings.expenses.rules import ClaimForm
from scrutiny.meetings.expenses.tables import Claim

HOME = "/lambeth/expenses"
SENT = {"kind": "travel", "pounds": "4.50", "note": "Two buses"}


@pytest.fixture
def held(cast):
    return run(steps.meeting(cast, "amara", "bilal", stage="held", days_ago=3))


@pytest.fixture
def there(held):
    return f"{HOME}/{held.date.isoformat()}"


def claims() -> list[Claim]:
    async def look():
        return await Claim.objects().order_by(Claim.id)

    return run(look())


def letters(kind: str) -> int:
    async def look():
        return await Letter.count().where(Letter.kind == kind)

    return run(look())


def test_it_is_claimed_agreed_and_paid(cast, browse, there):
    assert browse("bilal").post(there, SENT).status_code == 303
    assert (claims()[0].pence, claims()[0].stage) == (450, "claimed")
    assert letters("expense.claimed") == 2
    decision = f"{HOME}/decisions/{claims()[0].id}"
    for verdict, version in (("agreed", "1"), ("paid", "2")):
        sent = {"verdict": verdict, "version": version}
        assert browse("grace").post(decision, sent).status_code == 303
        assert claims()[0].stage == verdict and letters(f"expense.{verdict}") == 1
    assert run(year_totals(cast.lambeth, claims_year())) == {"travel": 450}
    assert "£4.50" in browse("bilal").get(HOME).text


def claims_year() -> int:
    return (today() - timedelta(days=3)).year


def test_nobody_decides_on_their_own(cast, browse, there):
    browse("grace").post(there, SENT)
    decision = f"{HOME}/decisions/{claims()[0].id}"
    sent = {"verdict": "agreed", "version": "1"}
    answer = browse("grace").post(decision, sent)
    assert answer.status_code == 409 and "their own claim" in answer.text
    assert browse("amara").post(decision, sent).status_code == 303


def test_a_refusal_says_why(cast, browse, there):
    browse("bilal").post(there, SENT)
    decision = f"{HOME}/decisions/{claims()[0].id}"
    assert browse("grace").post(decision, {"verdict": "refused"}).status_code == 422
    sent = {"verdict": "refused", "why": "No receipt", "version": "1"}
    assert browse("grace").post(decision, sent).status_code == 303
    assert "No receipt" in browse("bilal").get(HOME).text


def test_two_who_decide_decide_once(cast, browse, there):
    browse("bilal").post(there, SENT)
    decision = f"{HOME}/decisions/{claims()[0].id}"
    browse("grace").post(decision, {"verdict": "agreed", "version": "1"})
    sent = {"verdict": "refused", "why": "Too much", "version": "1"}
    answer = browse("amara").post(decision, sent)
    assert answer.status_code == 409 and claims()[0].stage == "agreed"


def test_one_takes_back_ones_own(cast, browse, there):
    browse("bilal").post(there, SENT)
    gone = f"{HOME}/claims/{claims()[0].id}/removal"
    assert browse("chidi").post(gone).status_code == 409
    assert browse("bilal").post(gone).status_code == 303
    assert claims()[0].stage == "withdrawn"


def test_what_is_missing_is_asked_for_and_kept(cast, browse, there):
    answer = browse("bilal").post(there, {"pounds": "a lot", "note": "Two buses"})
    assert answer.status_code == 422
    assert "a lot" in answer.text and "Two buses" in answer.text and claims() == []


def test_twice_is_once(cast, browse, there):
    key = browse("bilal").get(there).text.split('name="form_key" value="')[1].split('"')[0]
    for _ in range(2):
        assert browse("bilal").post(there, SENT | {"form_key": key}).status_code == 303
    assert len(claims()) == 1


@pytest.mark.parametrize("reader", ["claire", "hana", "sol"])
def test_who_is_not_of_the_panel_claims_nothing(cast, browse, there, reader):
    assert browse(reader).get(HOME).status_code == 403
    assert browse(reader).post(there, SENT).status_code == 403


@pytest.mark.parametrize("reader", ["bilal", "claire"])
def test_only_who_runs_the_panel_decides(cast, browse, there, reader):
    browse("chidi").post(there, SENT)
    assert browse(reader).get(f"{HOME}/decisions").status_code == 403
    answer = browse(reader).post(f"{HOME}/decisions/{claims()[0].id}", {"verdict": "agreed"})
    assert answer.status_code == 403


def test_another_panel_sees_none_of_it(cast, browse, there):
    browse("bilal").post(there, SENT)
    answer = browse("ruth").post(f"/hackney/expenses/decisions/{claims()[0].id}", SENT)
    assert answer.status_code == 404


def test_it_is_claimed_within_three_months(cast, browse):
    old = run(steps.meeting(cast, "bilal", stage="held", days_ago=93))
    answer = browse("bilal").post(f"{HOME}/{old.date.isoformat()}", SENT)
    assert answer.status_code == 409 and "three months" in answer.text


@given(st.integers(1, rules.MOST_PENCE))
def test_what_is_shown_is_what_was_typed(pence):
    assert rules.pence_of(rules.pounds(pence)) == pence
    assert ClaimForm("care", rules.pounds(pence)).problems() == {}


@pytest.mark.parametrize(
    "typed", ["", "0", "-4", "4.5", "1e3", "٤", "1000.01", "4 quid", "£4,20", "4,2", "12,50.00"]
)
def test_other_amounts_are_refused(typed):
    assert "pounds" in ClaimForm("care", typed).problems()


def test_a_comma_stands_before_three_digits_only():
    assert [rules.pence_of(one) for one in ("1,200", "1,200.50", "£4,20", "1,2000")] == [
        *(120_000, 120_050, None, None),
    ]


def test_only_what_was_agreed_or_paid_is_counted():
    rows = [("travel", "agreed", 5), ("travel", "paid", 7), ("care", "claimed", 9)]
    assert rules.totals(rows) == {"travel": 12}
