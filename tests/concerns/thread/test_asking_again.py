"""Not taken forward: the resident asks once that somebody looks again."""

from conftest import run

from concerns.steps import concern_of, letters
from concerns.thread.steps import BACK, events
from scrutiny.concerns.triage.refusals import actions as refusals
from scrutiny.concerns.triage.tables import Refusal

PATH = f"{BACK}/review"


def refused(cast, receipt, by="grace"):
    asked = run(
        refusals.propose(
            concern_of(receipt),
            by=cast.seats[by],
            reason="out_of_area",
            summary="A search in another county.",
            reply="Please ask the panel of Kent.",
        )
    )

    async def agree():
        found = await Refusal.objects().get(Refusal.id == asked.id)
        await refusals.agree(found, by=cast.seats["amara"])

    run(agree())


def test_the_reason_is_said_and_a_second_look_is_offered(browse, concern, cast):
    assert "Ask for a second look" not in browse().post(BACK, {"code": concern.code}).text
    refused(cast, concern)
    page = browse().post(BACK, {"code": concern.code}).text
    assert "It happened outside the area of this panel." in page
    assert "Please ask the panel of Kent." in page
    assert "Ask for a second look" in page


def test_it_is_looked_at_again_once(browse, concern, cast):
    refused(cast, concern)
    replies = [browse().post(PATH, {"code": concern.code}) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [200, 200]
    assert "You asked that somebody looks at it again." in replies[0].text
    assert concern_of(concern).stage == "in_triage"
    assert len(events("concern.review_asked")) == 1
    assert letters("concern.review_asked") != []
    refused(cast, concern, by="sol")  # somebody else, this time
    again = browse().post(PATH, {"code": concern.code})
    assert again.status_code == 409
    assert "Ask for a second look" not in again.text
    assert concern_of(concern).stage == "not_taken_forward"


def test_nothing_to_look_at_again(browse, concern):
    reply = browse().post(PATH, {"code": concern.code})
    assert reply.status_code == 409
    assert concern_of(concern).stage == "submitted"
