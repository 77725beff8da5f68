"""What has to be taken back: a tombstone stands there, and nothing can be guessed from the log."""

import json

import pytest
from conftest import run

from ledger import steps
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import Missing
from scrutiny.ledger import queries
from scrutiny.ledger.actions import withdraw
from scrutiny.ledger.checking import check
from scrutiny.ledger.rules import link, sealed
from scrutiny.record.actions import record

REASON = "By order of a court."


async def take_back(cast, text: str) -> None:
    async with write_tx():
        await record("panel.tried", cast.lambeth, public=True)
        await withdraw(cast.lambeth, "Minutes", f"/lambeth/{text}", REASON, steps.sha(text))


def test_a_tombstone_says_that_and_why(cast):
    run(steps.publish(cast, "first", "second", "third"))
    run(take_back(cast, "second"))
    stone = run(queries.entry(4))
    assert (stone["kind"], stone["title"], stone["address"]) == (
        "withdrawal", "Minutes", "/lambeth/second",
    )  # fmt: skip
    assert json.loads(stone["note"]) == {
        "v": 1, "address": "/lambeth/second", "reason": REASON, "withdraws": [2],
    }  # fmt: skip
    assert stone["sha256"] == steps.sha(stone["note"])
    assert steps.told(run(check())) == []
    assert run(queries.broken_at()) is None


def test_what_was_withdrawn_is_known_to_whoever_holds_it_and_stands_in_no_column(cast):
    run(steps.publish(cast, "first", "second"))
    before = run(queries.entry(2))
    run(take_back(cast, "second"))
    after = run(queries.by_hash(steps.sha("second")))
    assert (after["seq"], after["withdrawn"]) == (2, 3)
    assert (after["title"], after["sha256"], after["salt"]) == ("", "", "")
    kept = {str(one) for row in run(queries.entries()) for one in row.values()}
    assert not kept & {before["sha256"], before["salt"]}
    guess = [sealed(salt, steps.sha("second"), "second") for salt in ("", "00" * 32)]
    guess += [link(after["prev"], 2, "minutes", after["address"], steps.sha("second"))]
    assert not kept & set(guess)


def test_the_tree_and_older_heads_stay_as_they_were(cast):
    run(steps.publish(cast, "first", "second", "third"))
    kept = steps.head_now()
    run(take_back(cast, "first"))
    assert steps.told(run(check(kept))) == []
    _, tree = run(queries.inclusion(1, 3))
    assert tree.root == kept[0].root


def test_it_is_withdrawn_once_and_only_what_is_there(cast):
    run(steps.publish(cast, "first"))
    run(take_back(cast, "first"))
    for text in ("first", "nothing"):
        with pytest.raises(Missing):
            run(take_back(cast, text))
    assert len(run(queries.entries())) == 2


def test_another_panels_are_left(cast):
    run(steps.publish(cast, "first"))

    async def wrong():
        async with write_tx():
            await withdraw(cast.hackney, "Minutes", "/x", REASON, steps.sha("first"))

    with pytest.raises(Missing):
        run(wrong())


def test_nothing_is_withdrawn_outside_a_transaction(cast):
    with pytest.raises(RuntimeError, match="inside write_tx"):
        run(withdraw(cast.lambeth, "Minutes", "/x", REASON, steps.sha("first")))


def test_one_that_somebody_only_blanked_is_found(cast):
    run(steps.publish(cast, "first", "second"))
    blank = "UPDATE entry SET title = '', sha256 = '', salt = '', withdrawn = 2 WHERE seq = 1"
    run(steps.change(blank))
    assert steps.told(run(check())) == [("edited", 1, 1)]


def test_the_newest_of_a_thing_takes_the_place_of_the_older(cast):
    run(steps.publish(cast, "minutes.pdf?edition=1", "minutes.pdf?edition=2", "other"))
    first, second = run(queries.entry(1)), run(queries.entry(2))
    assert run(queries.newest_of(first))["seq"] == 2
    assert run(queries.newest_of(second)) is None
    run(take_back(cast, "minutes.pdf?edition=2"))
    assert run(queries.newest_of(first)) is None
