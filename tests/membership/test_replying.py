"""The right to reply: nobody agrees to a removal before the reply came, or its time is over."""

from datetime import timedelta

import pytest
from conftest import run

from scrutiny.kit.clock import today
from scrutiny.kit.working_days import add_working_days
from scrutiny.letters.queries import newest
from scrutiny.membership.tables import Proposal

from .steps import SEATS, TODAY, YESTERDAY, events, got, letters, put, until_of

REMOVE = {"reason": "removed", "last_day": YESTERDAY, "why": "Told a case.", "version": "1"}
MINE = f"{SEATS}/mine"


@pytest.fixture
def proposed(browse, cast):
    """Amara proposes that Bilal be removed."""
    browse("amara").post(f"{SEATS}/{cast.seats['bilal'].id}/end", REMOVE)
    return asked()


def asked() -> Proposal:
    return got(Proposal.objects())[0]


def removal(one: Proposal) -> str:
    return f"{MINE}/removals/{one.id}"


def proposal(one: Proposal) -> str:
    return f"{SEATS}/proposals/{one.id}"


def test_they_have_ten_working_days_and_read_why_on_their_own_page(browse, proposed):
    assert proposed.reply_until == add_working_days(today(), 10)
    assert f"removals/{proposed.id}" in browse("bilal").get(MINE).text
    page = browse("bilal").get(removal(proposed)).text
    assert "Told a case." in page and 'name="reply"' in page


def test_nobody_agrees_before_the_reply_or_the_end_of_its_time(browse, cast, proposed):
    grace = browse("grace")
    assert 'value="agreed"' not in grace.get(proposal(proposed)).text
    refused = grace.post(proposal(proposed), {"verdict": "agreed"})
    assert refused.status_code == 409 and "have not replied yet" in refused.text
    put(proposed, reply_until=today())  # the last day itself still counts
    assert grace.post(proposal(proposed), {"verdict": "agreed"}).status_code == 409
    assert until_of(cast.seats["bilal"]) is None
    put(proposed, reply_until=today() - timedelta(days=1))
    assert "and did not" in grace.get(proposal(proposed)).text
    assert grace.post(proposal(proposed), {"verdict": "agreed"}).status_code == 303
    assert until_of(cast.seats["bilal"]) == today() - timedelta(days=1)


def test_a_reply_is_kept_told_and_read_by_who_decides(browse, cast, proposed):
    reply = browse("bilal").post(removal(proposed), {"reply": "I told nobody."})

    assert (reply.status_code, reply.headers["location"]) == (303, removal(proposed))
    assert (asked().reply, asked().stage) == ("I told nobody.", "open")
    assert events()[-1] == "seat.removal_replied"
    told = [to for to, kind in letters() if kind == "seat.removal_replied"]
    assert {"amara@panel.test", "grace@panel.test", "chidi@panel.test"} <= set(told)
    assert not {"bilal@panel.test", "claire@panel.test"} & set(told)
    assert "I told nobody." in browse("grace").get(proposal(proposed)).text
    assert browse("grace").post(proposal(proposed), {"verdict": "agreed"}).status_code == 303


@pytest.mark.parametrize("verdict", ["agreed", "declined"])
def test_everyone_is_told_the_outcome(browse, proposed, verdict):
    browse("bilal").post(removal(proposed), {"reply": "I told nobody."})
    browse("grace").post(proposal(proposed), {"verdict": verdict})
    told = {to for to, kind in letters() if kind == f"seat.removal_{verdict}"}
    everyone = {"amara", "bilal", "chidi", "grace"}
    assert {f"{name}@panel.test" for name in everyone} <= told
    assert "claire@panel.test" not in told


def test_the_one_concerned_reads_what_was_decided_and_the_others_do_not(browse, proposed):
    browse("bilal").post(removal(proposed), {"reply": "I told nobody."})
    browse("grace").post(proposal(proposed), {"verdict": "agreed"})
    told = {one.to.address: one.words.text for one in run(newest(20)) if "agreed" in one.kind}
    assert "decided to end your seat" in told["bilal@panel.test"]
    assert f"{today() - timedelta(days=1):%d %B %Y}" in told["bilal@panel.test"]
    assert "your seat" not in told["amara@panel.test"]


def test_the_form_says_what_it_waits_for(browse, proposed):
    page = browse("grace").get(proposal(proposed)).text
    assert "You can agree here once their reply has come" in page
    assert "Decline it" in page and "govuk-button--warning" not in page
    put(proposed, reply_until=today() - timedelta(days=1))
    assert 'value="agreed"' in browse("grace").get(proposal(proposed)).text


def test_a_removal_may_be_declined_before_any_reply(browse, proposed):
    assert browse("chidi").post(proposal(proposed), {"verdict": "declined"}).status_code == 303
    assert "You keep your seat" in browse("bilal").get(removal(proposed)).text
    late = browse("bilal").post(removal(proposed), {"reply": "Thank you."})
    assert late.status_code == 409 and asked().reply == ""


@pytest.mark.parametrize("typed", [" ", "a" * 5001])
def test_the_form_asks_for_what_is_missing_and_keeps_the_words(browse, proposed, typed):
    page = browse("bilal").post(removal(proposed), {"reply": typed})
    assert page.status_code == 422 and 'id="reply-error"' in page.text
    assert typed in page.text


def test_a_reply_is_sent_once(browse, proposed):
    browse("bilal").post(removal(proposed), {"reply": "First."})
    again = browse("bilal").post(removal(proposed), {"reply": "Second."})
    assert again.status_code == 409 and "You have replied already" in again.text
    assert asked().reply == "First."


def test_only_the_one_concerned_replies(browse, proposed):
    for name in ("amara", "grace", "chidi", "claire", "ruth"):
        assert browse(name).get(removal(proposed)).status_code == 404, name
        assert browse(name).post(removal(proposed), {"reply": "No."}).status_code == 404, name
    elsewhere = removal(proposed).replace("lambeth", "hackney")
    assert browse("ruth").get(elsewhere).status_code == 404


@pytest.mark.parametrize("stage", ["onboarding", "on_leave", "restricted"])
def test_they_reply_however_their_seat_stands(browse, cast, proposed, stage):
    put(cast.seats["bilal"], stage=stage)
    assert browse("bilal").post(removal(proposed), {"reply": "Still here."}).status_code == 303


def test_new_factors_have_no_page_of_reply(browse, cast):
    path = f"{SEATS}/{cast.seats['bilal'].id}/new-factors"
    browse("amara").post(path, {"why": "We met in person."})
    assert asked().reply_until is None
    assert browse("bilal").get(removal(asked())).status_code == 404
    assert browse("grace").post(proposal(asked()), {"verdict": "agreed"}).status_code == 303


def test_a_seat_given_up_overtakes_its_removal(browse, cast, proposed):
    form = {"last_day": TODAY, "version": "1", "sure": "yes"}
    browse("bilal").post(f"{MINE}/{cast.seats['bilal'].id}/resignation", form)
    assert asked().stage == "overtaken"
    assert browse("grace").post(proposal(proposed), {"verdict": "declined"}).status_code == 409
    assert "before anybody decided" in browse("grace").get(proposal(proposed)).text
    assert "before anybody decided" in browse("bilal").get(removal(proposed)).text
