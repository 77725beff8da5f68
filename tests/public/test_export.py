"""A copy of everything a panel has published: all of that, and nothing else."""

import json

import pytest
from conftest import run
from meetings import steps as meetings
from minutes import steps

from scrutiny.kit.errors import Missing
from scrutiny.public.export import published_by
from scrutiny.recommendations import actions as recommendations

SECRET = "What nobody outside has read"


async def published(cast) -> dict:
    """Published minutes and a recommendation, beside drafts of everything."""
    row = await steps.held(cast)
    asked = await steps.recommendations.draft(
        by=cast.seats["bilal"], title="Second", text="Do.", reason="Why."
    )
    votes = {"votes_for": 2, "votes_against": 0, "abstained": 0}
    await recommendations.agree(asked, by=cast.seats["amara"], meeting=row.id, **votes)
    await steps.actions.compile(row, by=cast.seats["grace"])
    await steps.finish(cast, row, cast.seats["amara"])
    await recommendations.issue(asked, by=cast.seats["grace"])
    await recommendations.draft(by=cast.seats["bilal"], title=SECRET, text=SECRET, reason=SECRET)
    note = steps.actions.Correction(SECRET, {}, {})
    await steps.actions.correct(row, note, by=cast.seats["grace"])
    await meetings.meeting(cast, "proposed", days=30, title=SECRET)
    await meetings.meeting(cast, "scheduled", days=40, title=SECRET, public=False)
    await meetings.meeting(cast, "scheduled", days=50)
    return await published_by("lambeth")


def test_everything_published_is_there_and_no_draft(cast):
    found = run(published(cast))

    assert json.loads(json.dumps(found)) == found  # plain values, nothing else
    assert SECRET not in json.dumps(found)
    assert found["panel"]["name"] == "Lambeth Scrutiny Panel"
    assert [one["name"] for one in found["members"]][:2] == ["Amara Okafor", "Bilal Hussain"]
    assert [one["stage"] for one in found["meetings"]] == ["minuted", "scheduled"]
    assert [one["reference"][-3:] for one in found["recommendations"]] == ["-02"]
    (minutes,) = found["minutes"]
    stored = run(steps.stored())
    assert minutes["document"] == json.loads(stored.document)
    assert (minutes["sha256"], minutes["edition"]) == (stored.sha256, 1)
    assert [one["kind"] for one in found["ledger"]] == ["minutes", "minutes data", "recommendation"]


def test_nobody_is_named_who_chose_not_to_be(cast):
    found = json.dumps(run(published(cast)))
    for words in ("@panel.test", "Claire Walsh", "Owen Price", "Nadia"):
        assert words not in found


def test_another_panel_has_its_own(cast):
    run(published(cast))
    found = run(published_by("hackney"))
    empty = ("meetings", "minutes", "recommendations", "draws", "ledger")
    assert {name: found[name] for name in empty} == {name: [] for name in empty}


def test_no_such_panel(cast):
    with pytest.raises(Missing, match="no panel"):
        run(published_by("nowhere"))
