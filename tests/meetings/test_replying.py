"""Somebody invited says whether they can come, by the link in their letter, not signed in."""

import pytest
from conftest import run

from scrutiny.meetings import actions

from .steps import answers, events, facts, home, meeting, reply_path


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("yes", "You told us that you mean to come."),
        ("perhaps", "You told us that you may come."),
        ("no", "You told us that you cannot come."),
    ],
)
def test_an_answer_is_kept_and_shown(browse, cast, answer, said):
    row = run(meeting(cast))
    path = run(reply_path(row, cast, "bilal"))

    reply = browse().post(path, {"answer": answer})

    assert (reply.status_code, reply.headers["location"]) == (303, path)
    assert run(answers(row)) == sorted([answer, *["awaited"] * 5])
    assert run(events())[-1] == ("meeting.reply", False)
    assert run(facts("meeting.reply")) == {"answer": answer}
    page = browse().get(path)
    assert page.status_code == 200 and said in page.text
    assert page.headers["cache-control"] == "no-store"


def test_looking_at_the_link_answers_nothing(browse, cast):
    row = run(meeting(cast))
    page = browse().get(run(reply_path(row, cast, "bilal"))).text
    assert "Yes, I mean to come" in page and "Lambeth Scrutiny Panel" in page
    assert run(answers(row)) == ["awaited"] * 6


@pytest.mark.parametrize("sent", [{}, {"answer": ""}, {"answer": "awaited"}, {"answer": "maybe"}])
def test_an_answer_must_be_one_of_three(browse, cast, sent):
    row = run(meeting(cast))
    reply = browse().post(run(reply_path(row, cast, "bilal")), sent)
    assert reply.status_code == 422
    assert "Choose whether you can come." in reply.text
    assert run(answers(row)) == ["awaited"] * 6


def test_the_latest_answer_counts(browse, cast):
    row = run(meeting(cast))
    path = run(reply_path(row, cast, "bilal"))
    for answer in ("yes", "no", "no"):
        assert browse().post(path, {"answer": answer}).status_code == 303
    assert run(answers(row)) == ["awaited"] * 5 + ["no"]


@pytest.mark.parametrize("token", ["x", "0" * 64, "%00", "é", "a" * 2000])
def test_an_unknown_link_leads_nowhere(browse, cast, token):
    run(meeting(cast))
    assert browse().get(f"/meetings/replies/{token}").status_code == 404
    assert browse().post(f"/meetings/replies/{token}", {"answer": "yes"}).status_code == 404


def test_answers_end_when_the_meeting_begins_or_is_cancelled(browse, cast):
    row = run(meeting(cast, "in_session"))
    path = run(reply_path(row, cast, "bilal"))
    assert browse().post(path, {"answer": "yes"}).status_code == 409
    assert "Answers are no longer taken." in browse().get(path).text
    assert run(answers(row)) == ["awaited"] * 6


def test_the_link_of_a_cancelled_meeting_says_so(browse, cast):
    row = run(meeting(cast))
    run(actions.cancel(row, "The hall has flooded.", by=cast.seats["grace"]))
    path = run(reply_path(row, cast, "bilal"))
    assert "This meeting is cancelled." in browse().get(path).text
    assert browse().post(path, {"answer": "yes"}).status_code == 409


def test_the_link_of_a_closed_meeting_does_not_say_where(browse, cast):
    row = run(meeting(cast, public=False))
    page = browse().get(run(reply_path(row, cast, "bilal"))).text
    assert "Brixton" not in page and "Can you come?" in page


def test_an_answer_to_one_meeting_is_not_an_answer_to_another(browse, cast):
    one, other = run(meeting(cast)), run(meeting(cast, days=40))
    browse().post(run(reply_path(one, cast, "bilal")), {"answer": "yes"})
    assert run(answers(other)) == ["awaited"] * 6
    assert run(answers(one)) == ["awaited"] * 5 + ["yes"]


def test_whoever_comes_by_the_page_finds_back_and_sees_which_meeting_it_is(browse, cast):
    row = run(meeting(cast))
    page = browse("bilal").get(run(reply_path(row, cast, "bilal"))).text
    assert f'href="{home(row)}"' in page and "Back to the meeting" in page
    assert "Spring meeting" in page and "with the same link" not in page
    assert '<a class="masthead__home" href="/lambeth">' in page


def test_a_link_tells_no_more_of_a_closed_meeting_than_its_letter(browse, cast):
    row = run(meeting(cast, public=False))
    page = browse().get(run(reply_path(row, cast, "bilal"))).text
    assert "Spring meeting" not in page and "Back to the meeting" not in page
