"""A call: drafted, changed, published, closed when everybody has had an answer."""

from datetime import timedelta

import pytest
from accounts.steps import asked_of_database, got
from conftest import run

from membership.recruitment.steps import (
    CALL,
    HOME,
    JOIN,
    applied,
    decided,
    offered,
    only,
    person,
    published,
    scored,
    shortlisted,
    stored_call,
    whats,
    words,
)
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.letters.queries import newest
from scrutiny.membership.recruitment import actions
from scrutiny.membership.recruitment.applying import actions as applying
from scrutiny.membership.recruitment.choosing import actions as choosing
from scrutiny.membership.recruitment.tables import Call, CallEquality


def drafts(browse, **more):
    return browse("grace").post(f"{HOME}/new", CALL | more)


def presses(browse, number: int, deed: str, version: int = 1, name: str = "grace"):
    return browse(name).post(f"{HOME}/{number}/{deed}", {"version": str(version)})


def test_a_call_is_drafted_once_published_and_everybody_reads_it(browse, cast):
    assert "No call has been written yet" in browse("grace").get(HOME).text
    assert "Fares and childcare" in browse("amara").get(f"{HOME}/new").text
    replies = [drafts(browse) for _ in range(2)]
    assert {one.headers["location"] for one in replies} == {f"{HOME}/1"}
    (call,) = got(Call.objects())
    assert (call.title, call.places, call.stage) == ("Two residents", 2, "draft")
    assert actions.queries.listed(call.questions) == ["Why?", "What do you bring?"]
    assert "Two residents" not in browse().get(JOIN).text
    assert presses(browse, 1, "publication").status_code == 303
    assert "Two residents" in browse().get(JOIN).text
    assert whats() == ["call.drafted", "call.published"]


@pytest.mark.parametrize(
    ("left", "said"),
    [({"title": " "}, "Name it."), ({"places": "0"}, "from 1 to 50"), ({"places": "x"}, "1 to 50"),
     ({"closes": "2001-01-01"}, "within a year of it"), ({"opens": "soon"}, "first day"),
     ({"questions": "\n"}, "at least one question"), ({"criteria": "Asks\n" * 7}, "At most six"),
     ({"text": ""}, "Say what the work is.")],
)  # fmt: skip
def test_it_asks_for_what_is_missing(browse, cast, left, said):
    reply = drafts(browse, **left)
    assert reply.status_code == 422 and said in reply.text and "Asks" in reply.text + str(left)
    assert got(Call.select()) == []


def test_the_second_of_two_keeps_their_words_and_a_published_one_stays(browse, cast):
    drafts(browse)
    change = f"{HOME}/1/change"
    first = browse("amara").post(change, CALL | {"title": "Amara's", "version": "1"})
    second = browse("grace").post(change, CALL | {"title": "Grace's", "version": "1"})
    assert (first.status_code, second.status_code) == (303, 409)
    assert "Grace&#39;s" in second.text and "Amara&#39;s" in second.text
    assert browse("grace").post(change, CALL | {"title": ""}).status_code == 422
    presses(browse, 1, "publication", 2)
    late = browse("grace").post(change, CALL | {"version": "3"})
    assert late.status_code == 409


def test_no_two_take_applications_and_none_is_published_too_late(browse, cast):
    published(cast)
    drafts(browse)
    reply = presses(browse, 2, "publication")
    assert reply.status_code == 409 and "Another call takes applications" in reply.text
    past = {"opens": "2026-01-01", "closes": "2026-02-01", "form_key": "past"}
    drafts(browse, **past)
    assert "closing day is past" in presses(browse, 3, "publication").text
    assert presses(browse, 1, "publication", 2).status_code == 409


async def over(call: Call) -> None:
    async with write_tx():
        await Call.update({Call.closes: today() - timedelta(days=1)}).where(Call.id == call.id)


def test_it_is_closed_once_everybody_has_an_outcome_and_all_are_told(browse, cast):
    call = published(cast)
    assert "It takes applications until" in presses(browse, 1, "closure", 2).text
    applied(cast, call)
    applied(cast, call, person("Sam", "sam@example.org"))
    run(over(call))
    assert "no outcome and no feedback" in presses(browse, 1, "closure", 2).text
    first, second = only(1), only(2)
    run(choosing.not_shortlist(first.id, 1, "incomplete", "More.", by=cast.seats["grace"]))
    row = scored(cast, shortlisted(cast, second), bilal=[1, 1], chidi=[2, 2])
    assert presses(browse, 1, "closure", 2).status_code == 409
    outcome = choosing.Outcome("not_selected", "fewer_points", "Others were nearer.")
    run(choosing.propose(row.id, row.version, outcome, by=cast.seats["grace"]))
    assert presses(browse, 1, "closure", 2).status_code == 409
    run(choosing.confirm(row.id, row.version + 1, by=cast.seats["amara"]))
    assert presses(browse, 1, "closure", 2).status_code == 303
    assert stored_call(call).stage == "closed"
    told = [one.to.address for one in run(newest(30)) if "has had an answer" in one.words.text]
    assert set(told) == {"pim.quokka@example.org", "sam@example.org"}


def test_a_call_whose_places_are_taken_invites_nobody_and_is_closed_early(browse, cast):
    call = published(cast, places=1)
    assert "Apply by" in browse().get("/lambeth").text
    code, _ = offered(cast, call)
    assert "Apply by" in browse().get("/lambeth").text
    run(applying.accept(cast.lambeth, code, "pim.quokka@example.org"))
    assert only().stage == "accepted"
    assert "want to sit on this panel" not in browse().get("/lambeth").text
    page = words(browse().get(JOIN))
    assert "Every place of this call is taken" in page and "Apply for the reserve list" in page
    assert "Close the call" in browse("grace").get(f"{HOME}/1").text
    assert presses(browse, 1, "closure", 2).status_code == 303
    assert stored_call(call).stage == "closed"


def test_figures_of_who_applied_are_shown_for_closed_calls_alone(browse, cast):
    call = published(cast)
    counts = {"under_18": 7, "18_24": 6, "25_34": 3, "35_54": 0, "55_up": 0, "unsaid": 2}

    async def counted():
        async with write_tx():
            for answer, count in counts.items():
                row = CallEquality(call=call.id, question="age", answer=answer, count=count)
                await CallEquality.insert(row)

    run(counted())
    page = browse("grace").get(f"{HOME}/1").text
    assert "Who applied" not in page and "How old are you?" not in page
    run(over(call))
    presses(browse, 1, "closure", 2)
    page = words(browse("grace").get(f"{HOME}/1"))
    assert "Under 18 7 18 to 24 not shown 25 to 34 not shown 35 to 54 0 55 or over 0" in page
    assert "All who answered 16 Prefer not to say not shown" in page


def test_a_page_asks_the_database_as_often_for_one_as_for_thirty(browse, cast):
    call = published(cast)
    row = scored(cast, shortlisted_one(cast, call, 0), bilal=[1, 1], chidi=[2, 2])
    decided(cast, row, "reserved")
    with asked_of_database() as few:
        assert browse("amara").get(f"{HOME}/1").status_code == 200
    for number in range(1, 31):
        applied(cast, call, person(f"Person {number}", ""))
    for number in range(2, 6):
        shortlisted(cast, only(number))
    with asked_of_database() as many:
        page = browse("amara").get(f"{HOME}/1")
    assert "Person 30" in page.text and len(many) == len(few)


def shortlisted_one(cast, call, number):
    applied(cast, call, person(f"First {number}", ""))
    return shortlisted(cast, only())


@pytest.mark.parametrize("name", ["bilal", "claire", "owen", "hana", "sol"])
def test_only_convenors_run_it(browse, cast, name):
    published(cast)
    for path in (HOME, f"{HOME}/new", f"{HOME}/1", f"{HOME}/1/change"):
        assert browse(name).get(path).status_code == 403
    assert drafts_as(browse, name).status_code == 403
    assert presses(browse, 1, "closure", 2, name).status_code == 403


def drafts_as(browse, name):
    return browse(name).post(f"{HOME}/new", CALL)


def test_strangers_and_other_panels_find_nothing(browse, cast):
    published(cast)
    assert browse("dev").get(f"{HOME}/1").status_code == 404
    assert browse("ruth").get("/hackney/recruitment/1").status_code == 404
    assert browse("grace").get(f"{HOME}/9").status_code == 404
    assert browse().get(HOME).status_code == 303
