"""A question is put, voted on once each, and counted."""

import asyncio
import json
from datetime import UTC, datetime

import pytest
from accounts.steps import events, got
from conftest import run

from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx, writes
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.people.tables import Seat
from scrutiny.policy import Role
from scrutiny.record.tables import Event
from scrutiny.voting import actions, queries
from scrutiny.voting.tables import Dissent, Hand, Tally, Voted
from voting.steps import ask, close, do, stored, vote


def test_a_show_of_hands_is_counted_and_recorded(cast):
    poll = ask(cast, "amara", "bilal", "chidi", method="show_of_hands")
    vote(cast, poll, amara="for", bilal="against", chidi="for")

    closed = close(cast, poll)

    assert (closed.stage, closed.result) == ("closed", "carried")
    assert run(queries.counted(closed)) == {"for": 2, "against": 1, "abstain": 0}
    shown = [(hand.seat.person.name, hand.choice) for hand in run(queries.hands(poll))]
    assert shown == [("Amara Okafor", "for"), ("Bilal Hussain", "against"), ("Chidi Eze", "for")]
    assert events()[-5:] == ["poll.opened", *["poll.voted"] * 3, "poll.closed"]


def test_of_a_secret_vote_nothing_joins_a_person_to_a_choice(cast):
    poll = ask(cast, "amara", "bilal", "chidi")
    vote(cast, poll, amara="for", bilal="against", chidi="for")

    assert got(Hand.select()) == []
    assert {row["choice"]: row["count"] for row in got(Tally.select())} == {
        "for": 2,
        "against": 1,
        "abstain": 0,
    }
    kept = got(Voted.select())
    assert {row["person"] for row in kept} == {
        cast.people[name].id for name in ("amara", "bilal", "chidi")
    }
    assert all(row["id"].version == 4 for row in kept), "a version 7 id would tell the time"
    assert set(kept[0]) == {"id", "poll", "person"}
    told = got(Event.select().where(Event.what == "poll.voted"))
    assert len(told) == 3
    for event in told:
        assert (event["seat"], event["person"], json.loads(event["facts"])) == (None, None, {})
        assert event["at"] < datetime.now(UTC) and event["at"].minute == event["at"].second == 0


def test_a_secret_vote_shows_no_count_until_it_is_closed(cast):
    poll = ask(cast, "amara", "bilal")
    vote(cast, poll, amara="for")
    assert run(queries.counted(stored(poll))) is None
    assert run(queries.turnout(poll)) == 1

    assert run(queries.counted(close(cast, poll))) == {"for": 1, "against": 0, "abstain": 0}


def test_an_open_vote_shows_its_count_at_once(cast):
    poll = ask(cast, "amara", "bilal", method="consensus")
    vote(cast, poll, amara="for")
    assert run(queries.counted(stored(poll))) == {"for": 1, "against": 0, "abstain": 0}


@pytest.mark.parametrize("method", ["secret", "show_of_hands"])
def test_each_votes_once(cast, method):
    poll = ask(cast, "amara", "bilal", method=method)
    vote(cast, poll, amara="for")
    with pytest.raises(NotNow, match="once"):
        vote(cast, poll, amara="against")
    assert run(queries.counted(close(cast, poll)))["against"] == 0


def test_who_is_not_asked_does_not_vote(cast):
    poll = ask(cast, "amara")
    for name in ("bilal", "grace", "claire", "ruth"):
        with pytest.raises(Missing):
            vote(cast, poll, **{name: "for"})
    assert got(Voted.select()) == []


def test_only_what_was_put_can_be_chosen(cast):
    poll = ask(cast, "amara")
    with pytest.raises(NotNow, match="cannot be chosen"):
        vote(cast, poll, amara="perhaps")


def test_a_person_with_two_seats_votes_once_from_either(cast):
    second = Seat(panel=cast.lambeth, person=cast.people["bilal"], role=Role.CHAIR, since=today())
    got(Seat.insert(second))
    cast.seats["bilal as chair"] = second
    poll = ask(cast, "bilal", "bilal as chair", "chidi")
    assert len(queries.electors_of(poll)) == 2
    vote(cast, poll, **{"bilal as chair": "for"})
    with pytest.raises(NotNow, match="once"):
        vote(cast, poll, bilal="for")


def test_nobody_to_ask_is_refused(cast):
    with pytest.raises(NotNow, match="Nobody"):
        ask(cast)
    with pytest.raises(NotNow, match="Nobody"):
        ask(cast, "ruth")  # of another panel


def test_without_a_quorum_nothing_is_carried(cast):
    poll = ask(cast, "amara", "bilal", method="show_of_hands")
    vote(cast, poll, amara="for", bilal="for")
    assert close(cast, poll, quorate=False).result == "no_quorum"


def test_what_is_over_is_over(cast):
    poll = ask(cast, "amara", "bilal")
    close(cast, poll)
    with pytest.raises(NotNow, match="over"):
        vote(cast, poll, amara="for")
    with pytest.raises(NotNow, match="over"):
        close(cast, poll)


def test_who_is_recused_is_taken_out_with_what_they_showed(cast):
    poll = ask(cast, "amara", "bilal", "chidi", method="show_of_hands")
    vote(cast, poll, amara="for", bilal="against")

    do(actions.withdraw_elector(poll.id, cast.seats["bilal"]))

    with pytest.raises(Missing):
        vote(cast, poll, bilal="against")
    assert run(queries.counted(close(cast, poll))) == {"for": 1, "against": 0, "abstain": 0}


def test_a_secret_vote_is_void_when_somebody_recused_had_voted(cast):
    poll = ask(cast, "amara", "bilal", "chidi")
    vote(cast, poll, amara="for", bilal="against")

    do(actions.withdraw_elector(poll.id, cast.seats["chidi"]))  # had not voted: it goes on
    assert stored(poll).stage == "open"
    do(actions.withdraw_elector(poll.id, cast.seats["bilal"]))

    assert stored(poll).stage == "void"
    assert got(Tally.select()) == [] and run(queries.counted(stored(poll))) is None
    with pytest.raises(NotNow, match="over"):
        close(cast, poll)


def test_who_did_not_vote_there_changes_nothing(cast):
    poll = ask(cast, "amara", "bilal")
    do(actions.withdraw_elector(poll.id, cast.seats["chidi"]))
    assert stored(poll).version == 1


@pytest.mark.parametrize("named", [True, False])
def test_dissent_is_kept_named_or_not(cast, named):
    poll = ask(cast, "amara", "bilal")
    vote(cast, poll, amara="for", bilal="against")
    close(cast, poll)

    do(actions.add_dissent(poll.id, " Too soon. ", named=named, by=cast.seats["bilal"]))

    (kept,) = run(queries.dissents(poll))
    assert kept.text == "Too soon."
    (row,) = got(Dissent.select())
    (event,) = got(Event.select().where(Event.what == "poll.dissent"))
    if named:
        assert kept.seat.person.name == "Bilal Hussain" and event["seat"] == cast.seats["bilal"].id
    else:
        assert row["seat"] is event["seat"] is None
        assert row["id"].version == 4 and row["at"].minute == 0


def test_only_who_could_vote_dissents_and_in_words(cast):
    poll = ask(cast, "amara")
    with pytest.raises(Missing):
        do(actions.add_dissent(poll.id, "No.", named=True, by=cast.seats["grace"]))
    with pytest.raises(NotNow, match="Write why"):
        do(actions.add_dissent(poll.id, " ", named=True, by=cast.seats["amara"]))


def test_votes_that_wait_for_somebody(cast):
    first, second = ask(cast, "amara", "bilal"), ask(cast, "amara", method="show_of_hands")
    mine = run(queries.open_for(cast.people["amara"].id, cast.lambeth.id))
    assert [one.id for one in mine] == [first.id, second.id]
    vote(cast, first, amara="for")
    mine = run(queries.open_for(cast.people["amara"].id, cast.lambeth.id))
    assert [one.id for one in mine] == [second.id]
    assert run(queries.open_for(cast.people["chidi"].id, cast.lambeth.id)) == []


def test_votes_belong_inside_a_larger_deed(cast):
    with pytest.raises(RuntimeError):
        run(actions.close_poll(ask(cast, "amara").id, by=cast.seats["grace"]))

    async def half():
        async with write_tx():
            poll = await actions.open_poll(
                cast.lambeth, "Ask?", {"a": "A", "b": "B"}, method="secret", majority="simple",
                electors=[cast.seats["amara"].id], about=None, kind="decision",
                by=cast.seats["grace"],
            )  # fmt: skip
            await actions.cast_vote(poll.id, "a", by=cast.seats["amara"])
            raise ValueError

    with pytest.raises(ValueError):
        run(half())
    assert got(Voted.select()) == []


def test_two_votes_of_one_person_at_the_same_moment_count_once(cast):
    poll = ask(cast, "amara", "bilal")

    @writes
    async def once_more(choice):
        await actions.cast_vote(poll.id, choice, by=cast.seats["amara"])

    async def together():
        both = (once_more("for"), once_more("against"))
        return await asyncio.gather(*both, return_exceptions=True)

    refused = [one for one in run(together()) if one is not None]
    assert len(refused) == 1 and isinstance(refused[0], NotNow)
    assert sum(run(queries.counted(close(cast, poll))).values()) == 1


def test_there_are_no_votes_about_nothing():
    assert run(queries.polls_about_any([])) == []
