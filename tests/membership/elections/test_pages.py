"""Elections through their pages: the ladder of each deed."""

from datetime import timedelta

import pytest
from accounts.steps import asked_of_database, events, got
from conftest import run

from membership.elections.steps import HOME, SINCE, called, nominations, put, stored, votes, voting
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.membership.elections import queries
from scrutiny.membership.elections.tables import Election
from scrutiny.voting.tables import Voted

CALL = {
    "office": "chair",
    "nominate_by": today().isoformat(),
    "vote_by": (today() + timedelta(days=5)).isoformat(),
    "since": SINCE.isoformat(),
    "form_key": "once",
}


def test_the_secretariat_calls_one_and_twice_is_once(cast, browse):
    replies = [browse("grace").post(f"{HOME}/new", CALL) for _ in range(2)]
    (row,) = got(Election.select(Election.id, Election.office))
    assert [one.status_code for one in replies] == [303, 303]
    assert {one.headers["location"] for one in replies} == {f"{HOME}/{row['id']}"}
    assert events() == ["election.called"]
    again = browse("grace").post(f"{HOME}/new", {**CALL, "form_key": "other"})
    assert again.status_code == 409 and "under way" in again.text


def test_what_is_missing_is_asked_for(cast, browse):
    reply = browse("grace").post(f"{HOME}/new", {"since": "yesterday"})
    assert reply.status_code == 422
    for words in ("Choose the office", "last day for nominations", "first day in office"):
        assert words in reply.text
    assert got(Election.select()) == []


@pytest.mark.parametrize(
    ("name", "status"), [("amara", 403), ("bilal", 403), ("claire", 403), ("dev", 404)]
)
def test_nobody_else_calls_one(cast, browse, name, status):
    assert browse(name).post(f"{HOME}/new", CALL).status_code == status
    assert browse(name).get(f"{HOME}/new").status_code == status


def test_the_way_of_a_nomination(cast, browse):
    election = called(cast)
    where = f"{HOME}/{election.id}"
    form = {"person": str(cast.people["bilal"].id), "form_key": "k"}
    assert '<option value="" selected>Choose</option>' in browse("amara").get(where).text
    assert browse("amara").post(f"{where}/nominations", {"person": ""}).status_code == 422
    asked = browse("amara").post(f"{where}/nominations", form)
    assert "Put Bilal Hussain forward?" in asked.text and nominations(election) == []
    form |= {"sure": "yes"}
    replies = [browse("amara").post(f"{where}/nominations", form) for _ in range(2)]
    assert [one.status_code for one in replies] == [303, 303]
    (one,) = nominations(election)
    nomination = f"{where}/nominations/{one.id}"

    assert browse("amara").post(f"{nomination}/seconding").status_code == 409
    assert browse("chidi").post(f"{nomination}/seconding").status_code == 303
    assert browse("chidi").get(f"{nomination}/answer").status_code == 404
    assert browse("bilal").post(f"{nomination}/answer", {"stands": "?"}).status_code == 422
    said = {"stands": "yes", "statement": "I would listen."}
    assert browse("bilal").post(f"{nomination}/answer", said).status_code == 303
    shown = browse("chidi").get(where).text
    assert "seconded by Chidi Eze" in shown and "I would listen." in shown
    own = browse("bilal").get(where).text
    assert "Change what you said" in own and "Say whether you stand" not in own


def test_nobody_is_put_forward_who_gave_their_seat_up(cast, browse):
    where = f"{HOME}/{called(cast).id}"
    assert "Chidi Eze" in browse("amara").get(where).text
    form = {"last_day": (today() + timedelta(days=9)).isoformat(), "version": "1", "sure": "yes"}
    mine = f"/lambeth/seats/mine/{cast.seats['chidi'].id}/resignation"
    assert browse("chidi").post(mine, form).status_code == 303
    assert "Chidi Eze" not in browse("amara").get(where).text
    put_up = {"person": str(cast.people["chidi"].id), "sure": "yes"}
    assert browse("amara").post(f"{where}/nominations", put_up).status_code == 404


def test_voting_once_and_never_seeing_a_count_before_the_end(cast, browse):
    election = voting(cast, "bilal", "chidi")
    where = f"{HOME}/{election.id}"
    (first, _) = nominations(election)
    assert browse("amara").post(f"{where}/vote", {}).status_code == 422
    assert browse("amara").post(f"{where}/vote", {"choice": str(first.seat.id)}).status_code == 303
    again = browse("amara").post(f"{where}/vote", {"choice": "abstain"})
    assert again.status_code == 409 and "once" in again.text
    assert len(got(Voted.select())) == 1
    shown = browse("grace").get(where).text
    assert "1 of 3 has voted" in shown and "Nobody sees a count" in shown
    assert "<table" not in shown
    assert browse("grace").post(f"{where}/vote", {"choice": "abstain"}).status_code == 403
    assert browse("claire").get(where).status_code == 403
    assert browse("ruth").get(where).status_code == 404


def test_it_says_so_when_the_count_tells_what_each_chose(cast, browse):
    election = voting(cast, "bilal", "chidi")
    votes(cast, election, amara="bilal", bilal="bilal", chidi="bilal")
    where = f"{HOME}/{election.id}"
    form = {"version": str(election.version)}
    assert browse("grace").post(f"{where}/steps/count", form).status_code == 303
    assert "Everybody who voted chose the same" in browse("chidi").get(where).text


def test_two_who_count_at_once_count_once(cast, browse):
    election = voting(cast, "bilal")
    votes(cast, election, amara="for", bilal="for", chidi="for")
    where, form = f"{HOME}/{election.id}/steps/count", {"version": str(election.version)}
    assert [browse("grace").post(where, form).status_code for _ in range(2)] == [303, 409]
    assert events().count("election.elected") == 1


def test_a_step_that_is_none(cast, browse):
    where = f"{HOME}/{called(cast).id}/steps"
    assert browse("grace").get(f"{where}/eaten").status_code == 404
    assert browse("grace").post(f"{where}/eaten").status_code == 404
    assert "cannot be done" in browse("grace").get(f"{where}/lots").text
    assert browse("grace").post(f"{where}/lots", {"version": "1"}).status_code == 409


def test_the_desk_is_told_what_waits(cast):
    election = called(cast)
    run(put(cast, election, "bilal", "amara"))
    bilal, grace = cast.seats["bilal"], cast.seats["grace"]
    assert [w for w, *_ in run(queries.waiting(bilal, runs=False))] == [
        "You are nominated: say whether you stand"
    ]
    assert len(run(queries.waiting(grace, runs=True))) == 1
    assert run(queries.waiting(cast.seats["chidi"], runs=False)) == []
    voted = stored(election)
    assert voted.poll is None


def test_a_list_asks_the_same_for_one_and_for_thirty(cast, browse):
    async def more(count):
        async with write_tx():
            for n in range(count):
                day = today() - timedelta(days=n)
                days = {"nominate_by": day, "vote_by": day, "since": day}
                await Election.insert(
                    Election(panel=cast.lambeth.id, office="chair", stage="called_off", **days)
                )

    run(more(1))
    reader = browse("bilal")
    with asked_of_database() as one:
        assert reader.get(HOME).status_code == 200
    run(more(60))
    with asked_of_database() as thirty:
        shown = reader.get(HOME).text
    assert len(one) == len(thirty)
    assert "Show older ones" in shown
