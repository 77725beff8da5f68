"""Scores are given alone, once; whoever knows the applicant sees nothing of it."""

import pytest
from accounts.steps import got
from conftest import run

from membership.recruitment.steps import (
    HOME,
    applied,
    at,
    only,
    person,
    published,
    scored,
    shortlisted,
    whats,
    words,
)
from scrutiny.membership.recruitment import queries
from scrutiny.membership.recruitment.choosing import actions as choosing
from scrutiny.membership.recruitment.scoring import actions
from scrutiny.membership.recruitment.tables import Score

HERE = "/lambeth/interviews"
POINTS = {"points_0": "3", "points_1": "2", "note": "Spoke of buses."}


@pytest.fixture
def row(cast):
    """Bilal and Chidi are asked to score it, and it has begun."""
    applied(cast, published(cast))
    return shortlisted(cast, only())


def gives(browse, name: str, **more):
    return browse(name).post(f"{HERE}/{only().id}/scores", POINTS | more)


def test_a_member_scores_what_they_are_asked_to_and_twice_is_once(browse, cast, row):
    assert "Pim Quokka" in browse("bilal").get(HERE).text
    page = browse("bilal").get(f"{HERE}/{row.id}").text
    assert "Your points" in page and "pim.quokka" not in page and "Because." in page
    assert gives(browse, "bilal").status_code == 303
    rows = got(Score.objects().order_by(Score.criterion))
    assert [(one.criterion, one.points) for one in rows] == [(0, 3), (1, 2)]
    assert queries.score_note(rows[0]) == "Spoke of buses." and rows[1].sealed_note is None
    assert b"buses" not in bytes(rows[0].sealed_note) and whats()[-1] == "application.scored"
    again = gives(browse, "bilal", points_0="4")
    assert again.status_code == 409 and "scored this interview already" in again.text
    assert len(got(Score.select())) == 2


def test_it_asks_for_each_and_keeps_the_note(browse, cast, row):
    reply = gives(browse, "bilal", points_1="5")
    assert reply.status_code == 422 and "Choose from 0 to 4" in reply.text
    assert "Spoke of buses." in reply.text and got(Score.select()) == []


def test_nobody_sees_what_another_gave_before_giving_their_own(browse, cast, row):
    gives(browse, "bilal")
    for name in ("chidi", "amara"):
        page = browse(name).get(f"{HERE}/{row.id}").text
        assert "Spoke of buses." not in page and "All together" not in page
    assert "Mean" not in browse("amara").get(f"{at(row)}").text
    assert "highest mean" not in browse("amara").get(f"{HOME}/1").text
    gives(browse, "chidi", note="Of trains.")
    for name in ("bilal", "chidi", "amara"):
        page = browse(name).get(f"{HERE}/{row.id}").text
        assert "Spoke of buses." in page and "Of trains." in page
    assert "Mean 5.0 of 8, spread 0" in words(browse("amara").get(at(row)))


def test_before_it_has_begun_and_once_it_is_decided_no_points_are_taken(browse, cast):
    applied(cast, published(cast))
    row = shortlisted(cast, only(), hours=5)
    assert "once the interview has begun" in browse("bilal").get(f"{HERE}/{row.id}").text
    assert gives(browse, "bilal").status_code == 409 and got(Score.select()) == []


def test_a_member_sees_only_what_they_score(browse, cast, row):
    run(change_scorers(cast, row, "chidi", "amara"))
    assert browse("bilal").get(f"{HERE}/{row.id}").status_code == 404
    assert gives(browse, "bilal").status_code == 404
    assert "You are not asked" in browse("bilal").get(HERE).text
    convenor = gives(browse, "grace")  # who reads it, but was not asked
    assert convenor.status_code == 409 and "not asked to score" in convenor.text


async def change_scorers(cast, row, *names):
    people = [cast.people[name].id for name in names]
    when = {"at": row.interview, "place": row.place, "people": people}
    await choosing.set_interview(row.id, row.version, **when, by=cast.seats["grace"])


@pytest.mark.parametrize("name", ["chidi", "amara", "grace"])
def test_whoever_knows_the_applicant_sees_nothing_of_it(browse, cast, name):
    call = published(cast)
    applied(cast, call)
    applied(cast, call, person("Somebody Else", ""))
    row = shortlisted(cast, only(1), "bilal", "chidi", "amara", "grace")
    scored(cast, row, **{name: [4, 4]})
    assert browse(name).post(f"{HERE}/{row.id}/tie").status_code == 303
    assert whats()[-1] == "application.stood_back"
    assert browse(name).get(f"{HERE}/{row.id}").status_code == 404
    assert "Quokka" not in browse(name).get(HERE).text
    assert got(Score.select().where(Score.by == cast.people[name].id)) == []
    assert browse(name).post(f"{HERE}/{row.id}/scores", POINTS).status_code == 404
    if name != "chidi":
        page = browse(name).get(f"{HOME}/1").text
        assert "Quokka" not in page and "Somebody Else" in page
        assert browse(name).get(at(row)).status_code == 404
        assert browse(name).post(f"{at(row)}/refusal", {}).status_code == 404
    able = run(queries.who_can_score(cast.lambeth, row))
    assert cast.people[name].id not in {one.id for one in able}


def test_a_proposal_of_somebody_who_knows_them_does_not_count(browse, cast, row):
    row = scored(cast, row, bilal=[1, 1], chidi=[1, 1])
    outcome = choosing.Outcome("reserved", "", "Soon.")
    run(choosing.propose(row.id, row.version, outcome, by=cast.seats["grace"]))
    run(actions.stand_back(row.id, by=cast.seats["grace"]))
    assert only().sealed_proposal is None


@pytest.mark.parametrize("name", ["claire", "owen", "hana", "sol"])
def test_neither_the_police_nor_other_custodians_see_interviews(browse, cast, row, name):
    assert browse(name).get(HERE).status_code == 403
    assert browse(name).get(f"{HERE}/{row.id}").status_code == 403
    assert gives(browse, name).status_code == 403
    assert browse(name).post(f"{HERE}/{row.id}/tie").status_code == 403
