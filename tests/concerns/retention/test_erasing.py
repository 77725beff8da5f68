"""The daily round: told fourteen days before, erased on the day, and the figures stay right."""

from collections import Counter
from datetime import timedelta

import pytest
from conftest import run

from concerns.retention.steps import DAY, announced, old, recorded, round_of, stage_of
from concerns.steps import concern_of, letters, stored
from scrutiny.concerns import parts, queries
from scrutiny.concerns.answers import Answers
from scrutiny.concerns.retention import actions
from scrutiny.concerns.retention.actions import Round
from scrutiny.concerns.retention.queries import erasure_of
from scrutiny.concerns.retention.tables import Hold
from scrutiny.concerns.rules import Stage
from scrutiny.concerns.tables import Concern, ConcernKey, Consent, Message, Notice
from scrutiny.concerns.thread.turns import turns
from scrutiny.concerns.vault.tables import Contact
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import Unreadable

HALF_A_YEAR, A_YEAR = 190, 380  # days: both long over
ENDS = {
    Stage.NOT_TAKEN_FORWARD: (HALF_A_YEAR, Stage.DELETED),
    Stage.SIGNPOSTED: (HALF_A_YEAR, Stage.DELETED),
    Stage.OUTCOME_TOLD: (A_YEAR, Stage.ANONYMISED),
    Stage.CLOSED: (A_YEAR, Stage.ANONYMISED),
}


def later(days=14):
    return today() + days * DAY


def there(table):
    return len(run(table.select().run()))


def test_the_resident_is_told_on_the_thread_fourteen_days_before(cast):
    receipt = old(cast.lambeth, Stage.NOT_TAKEN_FORWARD, HALF_A_YEAR, notify="yes")
    assert round_of() == Round(warned=1, erased=0)
    concern, day = concern_of(receipt), later()
    [turn] = run(turns(concern))
    assert (turn.by, turn.kind, turn.day) == ("panel", "reply", today())
    assert f"erase what you wrote on {day.day} {day:%B %Y}" in turn.text
    assert announced() == [{"number": 1, "day": day, "warned": today()}]
    assert run(erasure_of(concern)) == day
    assert recorded("concern.erasure_announced") == 1
    assert len(letters("notice")) == 1


def test_it_is_told_exactly_fourteen_days_before_it_is_due(cast):
    receipt = old(cast.lambeth, Stage.OUTCOME_TOLD, 300)
    planned = run(erasure_of(concern_of(receipt)))
    assert round_of(planned - timedelta(days=15)).warned == 0
    assert round_of(planned - timedelta(days=14)).warned == 1
    assert announced()[0]["day"] == planned


@pytest.mark.parametrize("stage", ENDS)
def test_on_the_day_all_is_erased_but_the_count(cast, stage):
    days, left = ENDS[stage]
    receipt = old(cast.lambeth, stage, days, notify="yes")
    round_of()
    assert round_of(later(13)) == Round(0, 0)
    assert stage_of(receipt) == stage
    assert round_of(later()) == Round(0, 1)
    concern = concern_of(receipt)
    assert concern.stage == left
    assert [there(table) for table in (ConcernKey, Contact, Message, Notice, Consent)] == [0] * 5
    assert run(queries.opened(concern)) == Answers()
    with pytest.raises(Unreadable):
        run(parts.key_of(concern))
    assert (bytes(concern.sealed_words), concern.flags.strip(), announced()) == (b"", "", [])
    month = None if left == Stage.DELETED else concern.happened.replace(day=1)
    assert concern.happened == month
    assert recorded("concern.erased") == 1


def test_of_one_nobody_can_reach_the_words_go_a_year_after_the_last_contact(cast):
    unreachable = old(cast.lambeth, Stage.ACCEPTED, A_YEAR, anonymous=True)
    reachable = old(cast.lambeth, Stage.ACCEPTED, A_YEAR)
    paused = old(cast.lambeth, Stage.PAUSED, A_YEAR, anonymous=True)
    assert round_of().warned == 1
    assert round_of(later()).erased == 1
    assert [stage_of(one) for one in (unreachable, reachable, paused)] == [
        Stage.ANONYMISED,
        Stage.ACCEPTED,
        Stage.PAUSED,
    ]


def test_a_withdrawn_one_leaves_the_bare_count_after_a_month(cast):
    fresh = old(cast.lambeth, Stage.WITHDRAWN, 20)
    gone = old(cast.lambeth, Stage.WITHDRAWN, 32)
    assert round_of() == Round(warned=0, erased=1)
    assert [stage_of(fresh), stage_of(gone)] == [Stage.WITHDRAWN, Stage.DELETED]


def test_new_contact_puts_it_off_and_it_is_told_anew(cast):
    receipt = old(cast.lambeth, Stage.NOT_TAKEN_FORWARD, HALF_A_YEAR)
    round_of()
    run(Concern.update({Concern.touched: today()}).where(Concern.number == 1).run())
    assert round_of(later()) == Round(0, 0)
    assert (stage_of(receipt), announced()) == (Stage.NOT_TAKEN_FORWARD, [])
    assert recorded("concern.erasure_put_off") == 1
    again = run(erasure_of(concern_of(receipt)))
    assert again > today() + timedelta(days=180)
    assert round_of(again - timedelta(days=14)).warned == 1


def test_a_round_that_comes_late_still_warns_first(cast):
    receipt = old(cast.lambeth, Stage.NOT_TAKEN_FORWARD, 900)
    assert round_of() == Round(warned=1, erased=0)
    assert stage_of(receipt) == Stage.NOT_TAKEN_FORWARD
    assert announced()[0]["day"] == later()


def hold(receipt, stage="agreed", until=None):
    async def put():
        async with write_tx():
            concern = await queries.by_receipt(receipt.code)
            await Hold.insert(
                Hold(concern=concern.id, panel=concern.panel.id, why="court", stage=stage,
                     proposed=today(), until=until or later(300), proposed_by=SEAT[0])
            )  # fmt: skip

    run(put())


SEAT = [None]


@pytest.fixture
def custodian(cast):
    SEAT[0] = cast.seats["grace"].id


def test_what_is_held_is_neither_warned_of_nor_erased(cast, custodian):
    receipt = old(cast.lambeth, Stage.NOT_TAKEN_FORWARD, HALF_A_YEAR)
    hold(receipt)
    assert round_of() == Round(0, 0)
    assert run(erasure_of(concern_of(receipt))) is None
    assert round_of(later(299)) == Round(0, 0)
    assert round_of(later(301)).warned == 1


def test_a_hold_after_the_warning_stops_it_and_it_is_told_anew(cast, custodian):
    receipt = old(cast.lambeth, Stage.NOT_TAKEN_FORWARD, HALF_A_YEAR)
    round_of()
    hold(receipt, until=later(20))
    assert round_of(later()) == Round(0, 0)
    assert round_of(later(21)) == Round(1, 0)
    assert round_of(later(35)) == Round(0, 1)


def test_the_same_round_twice_is_once(cast):
    old(cast.lambeth, Stage.NOT_TAKEN_FORWARD, HALF_A_YEAR)
    assert [round_of(), round_of()] == [Round(1, 0), Round(0, 0)]
    assert [round_of(later()), round_of(later())] == [Round(0, 1), Round(0, 0)]
    assert recorded("concern.erasure_announced") == recorded("concern.erased") == 1


def test_a_round_that_is_cut_off_is_finished_by_the_next(cast, monkeypatch):
    """The power goes inside the second transaction: the first is whole, the second is not there."""
    receipts = [old(cast.lambeth, Stage.NOT_TAKEN_FORWARD, HALF_A_YEAR) for _ in range(3)]
    round_of()
    real, done = actions.erase_everything, []

    async def until_the_power_goes(concern):
        files = await real(concern)
        done.append(concern)
        if len(done) == 2:
            raise KeyboardInterrupt
        return files

    monkeypatch.setattr(actions, "erase_everything", until_the_power_goes)
    with pytest.raises(KeyboardInterrupt):
        round_of(later())
    assert Counter(map(stage_of, receipts)) == {Stage.DELETED: 1, Stage.NOT_TAKEN_FORWARD: 2}
    assert (there(ConcernKey), len(announced())) == (2, 2)
    monkeypatch.undo()
    assert round_of(later()) == Round(0, 2)
    assert (there(ConcernKey), recorded("concern.erased")) == (0, 3)


def test_many_are_done_in_batches_past_those_that_stay(cast, custodian, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 3)
    receipts = [old(cast.lambeth, Stage.NOT_TAKEN_FORWARD, HALF_A_YEAR) for _ in range(10)]
    for receipt in receipts[:4]:
        hold(receipt)
    assert round_of() == Round(6, 0)
    assert round_of(later()) == Round(0, 6)
    assert round_of(later(301)) == Round(4, 0)


def figures(panel):
    rows = stored(Concern.number, Concern.received, Concern.kind, Concern.category, Concern.reason)
    return rows, run(queries.counts(panel))


def test_the_figures_are_the_same_afterwards(cast):
    old(cast.lambeth, Stage.NOT_TAKEN_FORWARD, HALF_A_YEAR, reason="out_of_area")
    old(cast.lambeth, Stage.OUTCOME_TOLD, A_YEAR, wants=["praise"], category="attitude")
    old(cast.lambeth, Stage.ACCEPTED, A_YEAR, anonymous=True, whose="community")
    old(cast.lambeth, Stage.WITHDRAWN, A_YEAR)
    before = figures(cast.lambeth)
    round_of()
    assert round_of(later()).erased == 3
    assert figures(cast.lambeth) == before
    assert {row["stage"] for row in stored(Concern.stage)} == {Stage.DELETED, Stage.ANONYMISED}
