"""Of a secret vote nothing that is kept, in any table or letter, joins a person to a choice."""

from collections import Counter

import pytest
from cast import seat_everybody
from conftest import run
from databases import on_postgres
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from room.steps import vice_chair

from scrutiny.kit.db import rows, write_tx
from scrutiny.piccolo_app import APP_CONFIG
from scrutiny.voting import actions
from scrutiny.voting.tables import Poll

WHO = ("amara", "bilal", "chidi", "vera")
CHOICES = {"for": "For", "against": "Against", "abstain": "I abstain"}
PLACE = "ctid" if on_postgres() else "rowid"
"""Where a row lies in its table, which is where it was written last."""
DRAWN = {"id", "at", "seq", "prev", "hash", "poll", "about"}
TOUCHED = {"voted", "tally", "event", "head"}

ballots = st.fixed_dictionaries({name: st.sampled_from(sorted(CHOICES)) for name in WHO})
orders = st.permutations(WHO)
often = settings(max_examples=12, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def seated(empty_tables):
    empty_tables()
    cast = run(seat_everybody())
    run(vice_chair(cast))
    return cast


async def put(cast) -> Poll:
    async with write_tx():
        return await actions.open_poll(
            cast.lambeth, "Agreed?", CHOICES, method="secret", majority="simple", about=None,
            electors=[cast.seats[name].id for name in WHO], kind="decision", by=cast.seats["grace"],
        )  # fmt: skip


async def vote(cast, poll: Poll, ballots: dict[str, str], order: tuple[str, ...]) -> None:
    for name in order:
        async with write_tx():
            await actions.cast_vote(poll.id, ballots[name], by=cast.seats[name])


async def written(cast, ballots: dict[str, str], order: tuple[str, ...]) -> dict[str, list]:
    """All that a vote leaves, row by row as it lies there, without what is drawn or counted on."""
    poll, before = await put(cast), await everything()
    await vote(cast, poll, ballots, order)
    after = await everything()
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= TOUCHED, f"a vote writes into {changed - TOUCHED}"
    people = {person.id: name for name, person in cast.people.items()}
    found = {name: await lying(name, poll) for name in ("voted", "tally", "event")}
    for row in found["voted"]:
        row["person"] = people[row["person"]]
    return found


async def everything() -> dict[str, Counter]:
    return {
        table._meta.tablename: Counter(map(repr, await rows(ALL.format(table._meta.tablename))))
        for table in APP_CONFIG.table_classes
    }


ALL = 'SELECT * FROM "{}"'


async def lying(table: str, poll: Poll) -> list[dict]:
    """PostgreSQL puts a count that is written again wherever its page has room, so the place of
    counts differs there even for the same votes; the test below asks who wrote them last."""
    about = "about" if table == "event" else "poll"
    place = "choice" if table == "tally" and on_postgres() else PLACE
    found = await rows(f'SELECT * FROM "{table}" WHERE {about} = {{}} ORDER BY {place}', poll.id)
    return [{key: row[key] for key in row if key not in DRAWN} for row in found]


@often
@given(ballots, orders, st.permutations(WHO))
def test_the_same_votes_from_other_people_leave_the_same_rows(seated, ballots, order, others):
    """In the same order of voting: who chose what makes no difference to anything that is kept."""
    exchanged = {to: ballots[name] for name, to in zip(WHO, others, strict=True)}
    assert run(written(seated, ballots, order)) == run(written(seated, exchanged, order))


@often
@given(ballots, orders, orders)
def test_the_same_votes_in_another_order_leave_the_same_rows(seated, ballots, first, second):
    """But for the list of who has voted, which is in the order in which they did."""
    one, other = (run(written(seated, ballots, order)) for order in (first, second))
    assert [row["person"] for row in one["voted"]] == list(first)
    for found in (one, other):
        found["voted"].sort(key=lambda row: row["person"])
    assert one == other


@often
@given(ballots, orders)
def test_no_row_tells_by_when_it_was_written_which_vote_it_counts(seated, ballots, order):
    poll = run(put(seated))
    run(vote(seated, poll, ballots, order))
    if on_postgres():
        last = run(rows("SELECT DISTINCT xmin::text AS x FROM tally WHERE poll = {}", poll.id))
        assert len(last) == 1, "each vote writes every count again"
    counted = run(rows("SELECT choice, count FROM tally WHERE poll = {}", poll.id))
    assert {row["choice"]: row["count"] for row in counted} == {
        choice: list(ballots.values()).count(choice) for choice in CHOICES
    }
    told = run(rows("SELECT seat, person, facts FROM event WHERE what = 'poll.voted'"))
    assert {(row["seat"], row["person"], str(row["facts"])) for row in told} == {(None, None, "{}")}
    assert run(rows("SELECT 1 FROM hand")) == run(rows("SELECT 1 FROM letter")) == []
