"""The shortlist, the interview, and an outcome that one proposes and another confirms."""

from datetime import timedelta

import pytest
from accounts.steps import got
from conftest import run

from membership.recruitment.steps import (
    HOME,
    applied,
    at,
    decided,
    offered,
    only,
    own,
    person,
    published,
    scored,
    shortlisted,
    whats,
    words,
)
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.letters.queries import newest
from scrutiny.membership.recruitment.tables import Application, Scorer
from scrutiny.people.tables import Seat
from scrutiny.record.tables import Event

SAID = {"move": "not_selected", "reason": "fewer_points", "feedback": "You listen well."}


def press(browse, deed: str, name: str = "grace", **more):
    row = only()
    return browse(name).post(f"{at(row)}/{deed}", {"version": str(row.version), **more})


def ready(cast, *names: str) -> Application:
    """Applied, interviewed and scored by two."""
    applied(cast, published(cast))
    points = {name: [3, 2] for name in names or ("bilal", "chidi")}
    return scored(cast, shortlisted(cast, only(), *names), **points)


def test_on_the_shortlist_and_told(browse, cast):
    code = applied(cast, published(cast))
    assert press(browse, "shortlist").status_code == 303
    assert only().stage == "shortlisted" and whats()[-1] == "application.shortlisted"
    assert "on the shortlist" in words(own(browse, code))
    assert sum(one.kind == "notice" for one in run(newest(9))) == 2
    assert press(browse, "shortlist").status_code == 409


def test_not_on_it_with_a_reason_and_feedback_that_the_applicant_reads(browse, cast):
    code = applied(cast, published(cast))
    reply = press(browse, "refusal", reason="rude", feedback="")
    assert reply.status_code == 422
    assert "Choose why." in reply.text and "in your own words" in reply.text
    kept = press(browse, "refusal", reason="", feedback="Kept words.")
    assert kept.status_code == 422 and "Kept words." in kept.text
    assert press(browse, "refusal", reason="incomplete", feedback="Say more.").status_code == 303
    row = only()
    assert (row.stage, row.reason, row.settled) == ("not_selected", "incomplete", today())
    assert "Say more." in own(browse, code).text
    facts = got(Event.objects().order_by(Event.seq))[-1].facts
    assert "Say more" not in str(facts) and "incomplete" in str(facts)


def test_the_second_of_two_keeps_their_words(browse, cast):
    applied(cast, published(cast))
    press(browse, "shortlist", "amara")
    reply = press(browse, "refusal", version="1", reason="incomplete", feedback="Grace was late.")
    assert reply.status_code == 409 and "On the shortlist" in reply.text
    assert "changed this application a moment ago" in reply.text
    applied(cast, run(latest(cast)), person("Sam", ""))
    first = press(browse, "refusal", "amara", reason="incomplete", feedback="Amara was first.")
    assert first.status_code == 303


async def latest(cast):
    return (await Application.objects(Application.call).first()).call


WHEN = {"date": (today() + timedelta(days=9)).isoformat(), "time": "18:30", "place": "Tate Library"}


def test_an_interview_has_a_day_and_two_who_score_and_all_are_told(browse, cast):
    code = applied(cast, published(cast))
    press(browse, "shortlist")
    page = browse("grace").get(f"{at(only())}/interview").text
    assert "Bilal Hussain" in page and "Claire Walsh" not in page and "Hana" not in page
    two = [str(cast.people[name].id) for name in ("bilal", "chidi")]
    assert press(browse, "interview", **WHEN, people=two).status_code == 303
    row = only()
    assert row.place == "Tate Library" and len(got(Scorer.select())) == 2
    assert "18:30" in words(own(browse, code)) and "Tate Library" in own(browse, code).text
    letters = [(one.to.address, one.words.text) for one in run(newest(30))]
    applicants = [text for to, text in letters if to == "pim.quokka@example.org"]
    assert sum("18:30" in text for text in applicants) == 1
    assert "score an interview" in dict(letters)["bilal@panel.test"]
    assert "Quokka" not in str([text for _, text in letters])
    three = [*two, str(cast.people["amara"].id)]
    assert press(browse, "interview", **WHEN, people=three).status_code == 303
    assert len(got(Scorer.select())) == 3


@pytest.mark.parametrize(
    ("left", "said"),
    [({"date": "2001-01-01"}, "today or later"), ({"time": "late"}, "for example 18:30"),
     ({"place": ""}, "Say where"), ({"people": "one"}, "at least two"),
     ({"people": ["x", "y"]}, "Choose at least two people who score")],
)  # fmt: skip
def test_an_interview_asks_for_what_is_missing(browse, cast, left, said):
    applied(cast, published(cast))
    press(browse, "shortlist")
    two = [str(cast.people[name].id) for name in ("bilal", "chidi")]
    reply = press(browse, "interview", **{**WHEN, "people": two, **left})
    assert reply.status_code in (409, 422) and said in reply.text
    assert only().interview is None


def test_nothing_is_proposed_before_two_have_scored(browse, cast):
    applied(cast, published(cast))
    row = shortlisted(cast, only())
    assert "once everybody who was asked has scored" in browse("grace").get(at(row)).text
    scored(cast, row, bilal=[1, 1])
    reply = press(browse, "outcome", **SAID)
    assert reply.status_code == 409 and "You listen well." not in (only().reason or "")
    assert only().sealed_proposal is None


def test_one_proposes_and_one_of_the_other_side_confirms(browse, cast):
    ready(cast)
    proposed = press(browse, "outcome", **SAID)
    assert proposed.status_code == 303 and only().stage == "shortlisted"
    assert whats()[-1] == "application.proposed"
    alone = press(browse, "confirmation")
    assert alone.status_code == 409 and "decide together" in alone.text
    page = browse("amara").get(at(only())).text
    assert "You listen well." in page and "Grace Mensah" in page
    assert press(browse, "confirmation", "amara").status_code == 303
    row = only()
    assert (row.stage, row.settled, row.sealed_proposal) == ("not_selected", today(), None)
    assert press(browse, "confirmation", "amara").status_code == 409


def test_the_applicant_reads_nothing_before_it_is_confirmed(browse, cast):
    call = published(cast)
    code = applied(cast, call)
    scored(cast, shortlisted(cast, only()), bilal=[3, 2], chidi=[3, 2])
    press(browse, "outcome", **SAID)
    assert "You listen well." not in own(browse, code).text
    press(browse, "confirmation", "amara")
    assert "You listen well." in own(browse, code).text


def test_a_proposal_that_nobody_agrees_with_leaves_it_where_it_was(browse, cast):
    ready(cast)
    press(browse, "outcome", **SAID)
    assert press(browse, "refusal-of-outcome", "amara").status_code == 303
    assert (only().stage, only().sealed_proposal) == ("shortlisted", None)
    assert press(browse, "refusal-of-outcome", "amara").status_code == 409


def test_an_outcome_asks_for_what_is_missing_and_keeps_the_rest(browse, cast):
    ready(cast)
    reply = press(browse, "outcome", move="eaten", reason="", feedback="Kept words.")
    assert reply.status_code == 422
    assert "Choose what you propose." in reply.text and "Kept words." in reply.text
    without = press(browse, "outcome", move="not_selected", feedback="Words.")
    assert without.status_code == 422 and "Choose why." in without.text


async def vice_chair(cast) -> None:
    """Bilal is vice-chair as well."""
    async with write_tx():
        seat = Seat(panel=cast.lambeth, person=cast.people["bilal"], role="vice_chair",
                    since=today() - timedelta(days=9))  # fmt: skip
        await Seat.insert(seat)


def test_two_who_chair_do_not_decide_alone_unless_the_other_side_stands_back(browse, cast):
    run(vice_chair(cast))
    ready(cast, "amara", "chidi")
    assert press(browse, "outcome", "amara", **SAID).status_code == 303
    assert press(browse, "confirmation", "bilal").status_code == 409
    assert browse("grace").post(f"/lambeth/interviews/{only().id}/tie").status_code == 303
    assert press(browse, "confirmation", "bilal").status_code == 303


def test_no_more_offers_than_places(browse, cast):
    call = published(cast, places=1)
    offered(cast, call)
    applied(cast, call, person("Sam", ""))
    row = scored(cast, shortlisted(cast, only()), bilal=[4, 4], chidi=[4, 4])
    reply = press(browse, "outcome", move="offered", feedback="Yes.")
    assert reply.status_code == 409 and "Every place of this call" in reply.text
    assert decided(cast, row, "reserved").stage == "reserve"


def test_the_ranking_shows_mean_and_spread_to_whoever_may_see_them(browse, cast):
    call = published(cast)
    applied(cast, call, person("Ann", ""))
    applied(cast, call, person("Sam", ""))
    scored(cast, shortlisted(cast, only(1)), bilal=[1, 1], chidi=[2, 1])
    scored(cast, shortlisted(cast, only(2)), bilal=[4, 4], chidi=[1, 2])
    page = words(browse("amara").get(f"{HOME}/1"))
    assert page.index("2: Sam 5.5 of 8 5 2") < page.index("1: Ann 2.5 of 8 1 2")


@pytest.mark.parametrize("name", ["bilal", "claire", "owen", "hana", "sol"])
def test_only_convenors_read_applications(browse, cast, name):
    applied(cast, published(cast))
    assert browse(name).get(at(only())).status_code == 403
    for deed in ("shortlist", "refusal", "outcome", "confirmation", "refusal-of-outcome",
                 "interview"):  # fmt: skip
        assert press(browse, deed, name, **SAID).status_code == 403
    assert only().version == 1


def test_strangers_and_other_panels_find_none(browse, cast):
    applied(cast, published(cast))
    row = only()
    assert browse("dev").get(at(row)).status_code == 404
    assert browse("ruth").get(f"/hackney/recruitment/applications/{row.id}").status_code == 404
    assert browse("ruth").get(f"/hackney/interviews/{row.id}").status_code == 404
    assert browse().get(at(row)).status_code == 303
