"""What is published is read by the guard first: recommendations and agendas."""

import pytest
from conftest import run

from leaks.steps import lift, marked
from scrutiny.kit.errors import NotNow
from scrutiny.leaks.guard import findings
from scrutiny.recommendations import actions as recommendations
from scrutiny.recommendations.papers import outlets
from scrutiny.recommendations.tables import Recommendation

NADIA = ("name", "Nadia Xyloquist")


def drafted(cast, text: str) -> Recommendation:
    words = {"title": "Explain each search", "text": text, "reason": "Residents ask."}
    return run(recommendations.draft(by=cast.seats["grace"], **words))


def agreed(cast, text: str) -> Recommendation:
    asked = drafted(cast, text)
    asked.stage = "agreed"
    return asked


def stage_of(asked: Recommendation) -> str:
    return run(Recommendation.select().where(Recommendation.id == asked.id).first())["stage"]


def test_a_recommendation_that_names_somebody_is_neither_voted_on_nor_issued(cast):
    marked(cast.lambeth, NADIA)
    asked = drafted(cast, "Tell N. Xyloquist why.")
    votes = {"votes_for": 2, "votes_against": 0, "abstained": 0}
    with pytest.raises(NotNow, match="cannot be published"):
        run(recommendations.agree(asked, by=cast.seats["amara"], meeting=asked.id, **votes))
    with pytest.raises(NotNow, match="cannot be published"):
        run(recommendations.issue(asked, by=cast.seats["grace"]))
    assert stage_of(asked) == "drafting"


def test_one_that_was_let_through_goes_on(cast):
    marked(cast.lambeth, NADIA)
    asked = drafted(cast, "Tell N. Xyloquist why.")
    told = run(findings(cast.lambeth, outlets(asked), about=asked.id))
    lift(told, by=cast.seats["amara"], prepared_by=cast.people["grace"], about=asked.id)
    votes = {"votes_for": 2, "votes_against": 0, "abstained": 0}
    with pytest.raises(NotNow, match="had its quorum"):
        run(recommendations.agree(asked, by=cast.seats["amara"], meeting=asked.id, **votes))
