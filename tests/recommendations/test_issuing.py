"""What was agreed is sent to the force, and from then on nobody can change a word of it."""

import hashlib
from datetime import timedelta

import pytest
from cases.steps import accept, send_concern
from conftest import run

from recommendations.steps import HOME, TEXT, asked, meeting, stored
from scrutiny.agendas.actions import add_case
from scrutiny.agendas.queries import items_of
from scrutiny.cases.actions import take_up
from scrutiny.concerns.queries import find, trail
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.triage.actions import triage
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.ledger.queries import by_hash, entries
from scrutiny.letters.queries import newest
from scrutiny.people.tables import Force, Seat
from scrutiny.recommendations import actions
from scrutiny.record.queries import history, published_count

URL = f"{HOME}/1/issue"


@pytest.fixture
def agreed(cast):
    return run(asked(cast, "agreed"))


def test_it_is_sent_published_and_recorded(cast, browse, agreed):
    before = run(published_count())
    page = browse("grace").get(URL)
    assert "nobody can change it" in page.text
    assert TEXT in page.text

    reply = browse("grace").post(URL, {"form_key": "k1"})

    assert (reply.status_code, reply.headers["location"]) == (303, f"{HOME}/1")
    row = run(stored())
    assert (row.stage, row.issued, row.due) == ("issued", today(), today() + timedelta(days=56))
    assert row.due_working.startswith("56 days after ")
    assert [event["what"] for event in run(history(row.id))] == ["recommendation.issued"]
    assert run(published_count()) == before + 2  # its meeting says so too
    assert TEXT in browse().get(f"{HOME}/1").text


def test_letters_go_to_the_force_and_to_every_police_seat(cast, browse, agreed):
    browse("grace").post(URL)
    letters = run(newest())
    assert {letter.to.address for letter in letters} == {
        "liaison@met.test",
        "claire@panel.test",
        "owen@panel.test",
    }
    ref = f"LAM-R-{today().year}-01"
    for letter in letters:
        assert letter.words.subject == f"Lambeth Scrutiny Panel: {ref}"
        assert f"https://panel.test{HOME}/1" in letter.words.text
        assert "not one that the law sets" in letter.words.text
        assert TEXT not in letter.words.text


def test_a_police_seat_that_has_ended_gets_none(cast, browse, agreed):
    async def end():
        async with write_tx():
            ended = {Seat.until: today() - timedelta(days=1)}
            await Seat.update(ended).where(Seat.id == cast.seats["claire"].id)

    run(end())
    browse("grace").post(URL)
    assert "claire@panel.test" not in {letter.to.address for letter in run(newest())}


def test_the_ledger_has_the_very_bytes_that_anybody_can_fetch(cast, browse, agreed):
    browse("grace").post(URL)
    [entry] = run(entries())
    paper = browse().get(entry["address"])
    assert paper.headers["content-type"] == "text/plain; charset=utf-8"
    assert run(by_hash(entry["sha256"]))["seq"] == entry["seq"]
    assert hashlib.sha256(paper.content).hexdigest() == entry["sha256"]


def test_without_an_address_nothing_is_sent(cast, browse, agreed):
    async def lose_it():
        async with write_tx():
            await Force.update({Force.contact: "nowhere"}, force=True)

    run(lose_it())
    reply = browse("grace").post(URL)
    assert reply.status_code == 409
    assert "There is no address" in reply.text
    assert run(stored()).stage == "agreed"
    assert run(newest()) == []


@pytest.mark.parametrize("who", ["bilal", "claire", "owen"])
def test_only_the_chair_and_the_secretariat_send_it(cast, browse, agreed, who):
    assert browse(who).post(URL).status_code in (403, 404)
    assert browse(who).get(URL).status_code == 403


def test_a_stranger_is_told_nothing(cast, browse, agreed):
    assert browse("dev").post(URL).status_code == 404


def test_a_draft_cannot_be_sent(cast, browse):
    run(asked(cast, "drafting"))
    assert browse("grace").get(URL).status_code == 409
    assert browse("grace").post(URL).status_code == 409
    assert run(stored()).stage == "drafting"


def test_twice_is_once(cast, browse, agreed):
    codes = [browse("grace").post(URL, {"form_key": "k1"}).status_code for _ in range(2)]
    assert codes == [303, 303]
    assert browse("amara").post(URL, {"form_key": "k2"}).status_code == 409
    assert len(run(newest())) == 3
    assert len(run(entries())) == 1


def test_its_words_cannot_be_changed_by_anybody(cast, agreed):
    run(actions.issue(agreed, by=cast.seats["grace"]))
    with pytest.raises(NotNow):
        run(
            actions.redraft(
                agreed, by=cast.seats["amara"], title="x", text="x", reason="x", item=None
            )
        )
    assert run(stored()).text == TEXT


def agreed_from_a_concern(cast):
    """One that was agreed at a meeting, about a case that a resident raised."""
    held = run(meeting(cast, "amara", "bilal", "chidi"))
    send_concern(cast)
    concern = run(accept(cast))
    run(take_up(concern, by=cast.seats["grace"], title="A search by a market"))
    run(add_case(held, 1, by=cast.seats["amara"]))
    [found] = run(items_of(held))
    said = {"title": "Print cards", "text": TEXT, "reason": "Nobody was told."}
    run(actions.draft(by=cast.seats["bilal"], item=found.id, **said))
    row = run(stored())
    votes = {"votes_for": 3, "votes_against": 0, "abstained": 0}
    run(actions.agree(row, by=cast.seats["amara"], meeting=held.id, **votes))
    return held


def test_its_meeting_its_case_and_its_concern_say_what_they_became(cast, browse):
    held = agreed_from_a_concern(cast)
    assert browse("grace").post(URL, {"form_key": "k1"}).status_code == 303

    name = f"LAM-R-{today().year}-01"
    assert name in browse().get(f"/lambeth/meetings/{held.date}").text
    shown = browse("bilal").get("/lambeth/cases/1").text
    assert f"We asked the police: {name}." in shown and f'href="{HOME}/1"' in shown
    step = run(trail(run(find(cast.seats["grace"], 1))))[-1]
    assert (step.address, step.words) == (f"{HOME}/1", "It became part of recommendation 1.")


def test_it_is_not_issued_while_proceedings_go_on_about_its_concern(browse, cast):
    agreed_from_a_concern(cast)
    grace, pause = cast.seats["grace"], {"reason": "court", "review_on": today()}
    run(triage(run(a_concern()), by=grace, decision="paused_live_proceedings", **pause))
    reply = browse("grace").post(URL, {"form_key": "k1"})
    assert reply.status_code == 409 and "paused while proceedings go on" in reply.text
    assert run(stored()).stage == "agreed" and browse().get(f"{HOME}/1").status_code == 404

    run(triage(run(a_concern()), by=grace, decision="in_triage"))
    assert browse("grace").post(URL, {"form_key": "k1"}).status_code == 303
    assert run(stored()).stage == "issued"


async def a_concern():
    return await Concern.objects(Concern.panel).first()
