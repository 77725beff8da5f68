"""From the call to the first day in office."""

import json
from datetime import timedelta

import pytest
from accounts.steps import events, got
from conftest import run

from membership.elections.steps import (
    SINCE,
    called,
    count,
    nominations,
    open_vote,
    put,
    seats,
    stood,
    stored,
    told,
    votes,
    voting,
)
from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.membership.elections import actions, queries, seating
from scrutiny.people.queries import seats_of
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.tables import Event

DAY_BEFORE, LAST = SINCE - timedelta(days=1), SINCE.replace(year=SINCE.year + 1) - timedelta(days=1)


def test_two_stand_and_the_one_with_more_votes_takes_office_on_the_day(cast):
    since = cast.seats["bilal"].since
    election = voting(cast, "bilal", "chidi")
    votes(cast, election, amara="bilal", bilal="bilal", chidi="chidi")

    held = count(cast, election)

    assert (held.stage, held.elected.person.name) == ("elected", "Bilal Hussain")
    assert seats(cast, "bilal") == [("member", since, None, 1), ("chair", SINCE, LAST, 1)]
    assert seats(cast, "amara") == [("chair", since, DAY_BEFORE, 1), ("member", SINCE, None, 1)]
    assert events()[-5:] == [
        *("poll.closed", "seat.ended", "seat.taken", "seat.taken", "election.elected"),
    ]
    assert len(told("result")) == 3
    assert [seat.role for seat in run(seats_of(cast.people["amara"].id))] == ["chair"]


def test_the_vote_is_secret_and_no_event_names_a_choice(cast):
    election = voting(cast, "bilal", "chidi")
    votes(cast, election, amara="bilal", bilal="bilal")
    facts = [row["facts"] for row in got(Event.select(Event.facts, Event.what))]
    keys = [str(one.seat.id) for one in nominations(election)]
    cast_votes = got(Event.select().where(Event.what == "poll.voted"))
    assert len(cast_votes) == 2
    assert all(row["seat"] is None and json.loads(row["facts"]) == {} for row in cast_votes)
    assert sum(keys[0] in one for one in facts) == 1  # that they were put forward, and no more


def test_one_alone_is_put_for_and_against_by_the_panels_own_method(cast):
    election = voting(cast, "bilal")
    poll = run(queries.voting.poll(election.poll))
    assert (poll.method, poll.question) == ("consensus", "Shall Bilal Hussain be chair?")
    votes(cast, election, amara="for", bilal="for", chidi="abstain")
    assert count(cast, election).stage == "elected"


def test_one_objection_is_enough_where_the_panel_decides_by_consensus(cast):
    election = voting(cast, "bilal")
    votes(cast, election, amara="for", bilal="for", chidi="against")
    held = count(cast, election)
    assert (held.stage, held.elected.id) == ("undecided", None)
    assert [role for role, *_ in seats(cast, "bilal")] == ["member"]


def test_a_tie_goes_to_a_second_round_of_those_who_were_level(cast):
    election = voting(cast, "bilal", "chidi")
    votes(cast, election, amara="abstain", bilal="bilal", chidi="chidi")
    assert count(cast, election).stage == "undecided"

    open_vote(cast, election)
    votes(cast, stored(election), amara="chidi", bilal="bilal", chidi="chidi")

    held = count(cast, election)
    assert (held.rounds, held.elected.person.name, held.by_lot) == (2, "Chidi Eze", False)


def test_or_lots_are_drawn_and_that_is_said(cast, browse):
    election = voting(cast, "bilal", "chidi")
    votes(cast, election, amara="abstain", bilal="bilal", chidi="chidi")
    held = count(cast, election)

    run(actions.draw_lots(held.id, held.version, by=cast.seats["grace"]))

    held = stored(election)
    assert held.by_lot and held.elected.person.name in ("Bilal Hussain", "Chidi Eze")
    assert "by lot" in browse("bilal").get(f"/lambeth/elections/{held.id}").text


def test_lots_are_for_ties_alone(cast):
    election = voting(cast, "bilal")
    votes(cast, election, amara="against", bilal="for", chidi="for")
    held = count(cast, election)
    with pytest.raises(NotNow, match="tie"):
        run(actions.draw_lots(held.id, held.version, by=cast.seats["grace"]))


def test_too_few_votes_elect_nobody(cast):
    election = voting(cast, "bilal", "chidi")
    votes(cast, election, amara="bilal")  # the panel's quorum is two
    assert count(cast, election).stage == "undecided"


def test_nominations_can_be_taken_again(cast):
    election = voting(cast, "bilal")
    held = count(cast, election)
    days = today(), today(), SINCE
    run(actions.reopen(held.id, held.version, *days, by=cast.seats["grace"]))
    assert stored(election).stage == "nominating"
    stood(cast, election, "chidi", "amara", "bilal")


def test_whoever_is_elected_again_keeps_the_seat_for_a_further_term(cast):
    before = seats(cast, "amara")
    election = voting(cast, "amara")
    votes(cast, election, amara="for", bilal="for")
    count(cast, election)
    assert seats(cast, "amara") == [("chair", before[0][1], LAST, 2)]


def test_nobody_has_the_office_longer_than_the_terms_allow(cast):
    got(Seat.update({Seat.term: 3}).where(Seat.id == cast.seats["amara"].id))
    election = called(cast)
    with pytest.raises(NotNow, match="3 terms"):
        run(put(cast, election, "amara", "bilal"))
    longer = {Panel.constitution: '{"most_chair_terms": 4}'}
    got(Panel.update(longer).where(Panel.slug == "lambeth"))
    run(put(cast, election, "amara", "bilal"))


def test_a_vice_chair_elected_chair_leaves_the_first_office(cast):
    first = voting(cast, "bilal", office="vice_chair")
    votes(cast, first, amara="for", bilal="for")
    count(cast, first)
    got(Seat.update({Seat.since: today()}).where(Seat.role == "vice_chair"))

    second = voting(cast, "bilal")
    votes(cast, second, amara="for", bilal="for")
    count(cast, second)

    held = {role: (since, until) for role, since, until, _ in seats(cast, "bilal")}
    assert held["vice_chair"] == (today(), DAY_BEFORE)
    assert held["chair"] == (SINCE, LAST) and held["member"][1] is None


def test_who_may_not_nominate_or_second(cast):
    election = called(cast)
    run(put(cast, election, "bilal", "amara"))
    (one,) = nominations(election)
    with pytest.raises(NotNow, match="already"):
        run(actions.nominate(election.id, cast.people["bilal"].id, by=cast.seats["chidi"],
                             form_key="other"))  # fmt: skip
    for name in ("amara", "bilal"):
        with pytest.raises(NotNow):
            run(actions.second(election.id, one.id, by=cast.seats[name]))
    with pytest.raises(Missing):
        run(actions.answer(election.id, one.id, True, "", by=cast.seats["chidi"]))
    for outsider in ("grace", "claire", "ruth"):
        with pytest.raises(Missing):
            run(put(cast, election, outsider, "amara"))


def test_without_a_willing_candidate_there_is_no_vote(cast):
    election = called(cast)
    run(put(cast, election, "bilal", "amara"))
    with pytest.raises(NotNow, match="Nobody stands"):
        open_vote(cast, election)


def test_the_vote_does_not_open_before_nominations_close(cast):
    election = called(cast, nominate_by=today() + timedelta(days=3))
    stood(cast, election, "bilal", "amara", "chidi")
    with pytest.raises(NotNow, match="still open"):
        open_vote(cast, election)


def test_the_handover_is_written_by_who_leaves_and_read_by_few(cast, browse):
    election = voting(cast, "bilal")
    votes(cast, election, amara="for", bilal="for", chidi="for")
    held = count(cast, election)
    where = f"/lambeth/elections/{held.id}"
    form = {"text": "Kestrel keys are in the drawer.", "version": str(held.version)}

    assert browse("bilal").post(f"{where}/handover", form).status_code == 409
    assert browse("amara").post(f"{where}/handover", form).status_code == 303

    assert "Kestrel" in browse("bilal").get(where).text
    assert "Kestrel" in browse("grace").get(where).text
    assert "Kestrel" not in browse("chidi").get(where).text
    stale = browse("amara").post(f"{where}/handover", {**form, "text": "Wren."})
    assert stale.status_code == 409 and "Wren." in stale.text and "Kestrel" in stale.text


def test_the_round_hands_over_once_on_the_day(cast):
    election = voting(cast, "bilal")
    votes(cast, election, amara="for", bilal="for", chidi="for")
    count(cast, election)
    assert run(seating.hand_over(DAY_BEFORE)) == 0
    assert [run(seating.hand_over(SINCE)) for _ in range(2)] == [1, 0]
    assert stored(election).stage == "handed_over"
    assert events().count("election.handed_over") == 1
    assert len(told("in_office")) == 1


def test_the_round_says_that_a_term_ends_once_for_each_day(cast):
    end = today() + timedelta(days=120)
    got(Seat.update({Seat.until: end}).where(Seat.id == cast.seats["amara"].id))
    counted = []
    for left in (91, 90, 89, 30, 0, 0):
        run(seating.remind(end - timedelta(days=left)))
        counted.append(len(told("office_ending")))
    assert counted == [0, 2, 2, 4, 6, 6]  # Amara and Grace


def test_called_off_with_a_reason(cast, browse):
    election = voting(cast, "bilal")
    where = f"/lambeth/elections/{election.id}"
    form = {"reason": "", "version": str(election.version)}
    assert browse("grace").post(f"{where}/steps/end", form).status_code == 422
    form["reason"] = "Bilal moved away."
    assert browse("grace").post(f"{where}/steps/end", form).status_code == 303
    assert "Bilal moved away." in browse("chidi").get(where).text
    assert stored(election).stage == "called_off"


def test_the_one_in_the_chair_is_the_vice_chair_while_there_is_no_chair(cast):
    assert run(queries.in_the_chair(cast.lambeth.id)).person.name == "Amara Okafor"
    got(Seat.update({Seat.stage: "on_leave"}).where(Seat.id == cast.seats["amara"].id))
    assert run(queries.in_the_chair(cast.lambeth.id)) is None
    got(Seat.update({Seat.role: "vice_chair"}).where(Seat.id == cast.seats["bilal"].id))
    assert run(queries.in_the_chair(cast.lambeth.id)).person.name == "Bilal Hussain"
