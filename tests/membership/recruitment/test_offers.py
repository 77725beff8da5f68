"""An offer on conditions: accepted by the code, declined, lapsed; the reserve list; erasing."""

from datetime import timedelta

from accounts.steps import got
from conftest import run

from membership.recruitment.steps import (
    HOME,
    applied,
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
from scrutiny.membership.recruitment import queries
from scrutiny.membership.recruitment.retention import erase_due
from scrutiny.membership.recruitment.rules import months_later
from scrutiny.membership.recruitment.tables import Application, Score, Scorer
from scrutiny.membership.standing.rules import years_later
from scrutiny.people.queries import person_by_email
from scrutiny.people.tables import Panel, Seat

ASKED = '{"before_active": ["vetting", "confidentiality"]}'


async def with_conditions(panel: Panel) -> None:
    async with write_tx():
        await Panel.update({Panel.constitution: ASKED}).where(Panel.id == panel.id)
    panel.constitution = ASKED


def test_an_offer_taken_becomes_a_seat_that_still_has_to_be_made_active(browse, cast):
    run(with_conditions(cast.lambeth))
    code, row = offered(cast, published(cast))
    assert queries.listed(row.conditions) == ["vetting", "confidentiality"]
    page = words(own(browse, code))
    assert "The panel offers you a seat" in page and "Vetting" in page
    assert "Feedback: offered." in page
    assert own(browse, code, deed="accept", email="").status_code == 409
    reply = own(browse, code, deed="accept", email="Pim@Example.org")
    assert reply.status_code == 200 and "Welcome." in words(reply)
    seat = got(Seat.objects(Seat.person).get(Seat.id == only().seat))
    assert (seat.role, seat.stage, seat.route) == ("member", "onboarding", "open_recruitment")
    assert (seat.person.name, seat.person.email) == ("Pim Quokka", "Pim@Example.org")
    assert (seat.since, seat.until) == (today(), years_later(today(), 2) - timedelta(days=1))
    letters = {one.to.address: one.words.text for one in run(newest(9))}
    assert "/lambeth/seats/mine" in letters["Pim@Example.org"]
    hers = [one.words.text for one in run(newest(9)) if one.to.address == "grace@panel.test"]
    assert any("An offer of a seat" in text for text in hers)
    assert whats()[-2:] == ["seat.taken", "application.accepted"]
    assert own(browse, code, deed="accept", email="pim@example.org").status_code == 409
    assert len(got(Seat.select().where(Seat.person == seat.person.id))) == 1


def test_somebody_who_sits_for_the_police_cannot_take_it(browse, cast):
    code, _ = offered(cast, published(cast))
    reply = own(browse, code, deed="accept", email="claire@panel.test")
    assert reply.status_code == 409 and "for the community and for the police" in reply.text
    assert only().stage == "conditionally_offered"


def test_declined_whoever_is_next_on_the_reserve_list_is_suggested(browse, cast):
    call = published(cast)
    code, _ = offered(cast, call)
    for name, points in (("Ann", [1, 1]), ("Bob", [2, 2])):
        applied(cast, call, person(name, ""))
        decided(
            cast, scored(cast, shortlisted(cast, only()), bilal=points, chidi=points), "reserved"
        )
    assert (
        "Bob" in words(browse("grace").get(f"{HOME}/1")).split("Next on the reserve list")[1][:20]
    )
    unsure = own(browse, code, deed="decline")
    assert unsure.status_code == 422 and "Tick this first" in unsure.text
    assert "Did not take the offer" in words(own(browse, code, deed="decline", sure_decline="yes"))
    assert (only(1).stage, only(1).settled) == ("declined", today())
    assert own(browse, code, deed="accept", email="pim@example.org").status_code == 409
    next_one = decided(cast, only(3), "offered")
    assert next_one.stage == "conditionally_offered" and next_one.settled is None


def test_an_offer_that_nobody_answers_lapses(browse, cast):
    code, row = offered(cast, published(cast))
    run(erase_due(row.answer_by))
    assert only().stage == "conditionally_offered"
    run(erase_due(row.answer_by + timedelta(days=1)))
    assert only().stage == "declined" and whats()[-1] == "application.lapsed"
    assert run(person_by_email("pim.quokka@example.org")) is None
    assert own(browse, code, deed="accept", email="pim@example.org").status_code == 409


def erased() -> list[bool]:
    rows = got(Application.objects().order_by(Application.number))
    return [bytes(row.sealed) == b"" for row in rows]


def test_erased_in_time_and_the_count_stays(browse, cast):
    call = published(cast, places=1)
    code, _ = offered(cast, call)
    own(browse, code, deed="accept", email="pim@example.org")
    applied(cast, call, person("Ann", ""))
    ann = decided(
        cast, scored(cast, shortlisted(cast, only()), bilal=[1, 1], chidi=[1, 1]), "reserved"
    )
    late = applied(cast, call, person("Bob", "bob@example.org"))
    row = scored(cast, shortlisted(cast, only()), bilal=[0, 0], chidi=[0, 0])
    bob = decided(cast, row, "not_selected", "fewer_points")
    day = months_later(bob.settled, 6)
    assert run(erase_due(day - timedelta(days=1))) == 0 and erased() == [False] * 3
    assert run(erase_due(day)) == 1 and erased() == [False, False, True]
    assert own(browse, late).status_code == 422
    assert (only(3).stage, only(3).reason) == ("not_selected", "fewer_points")
    assert got(Score.select().where(Score.application == bob.id)) == []
    assert got(Scorer.select().where(Scorer.application == bob.id)) == []
    page = words(browse("grace").get(f"{HOME}/applications/{bob.id}"))
    assert "What was sent is erased" in page and "Bob" not in page
    assert whats()[-1] == "application.erased"
    assert run(erase_due(months_later(ann.settled, 12))) == 1 and erased() == [False, True, True]


def test_of_whoever_has_a_seat_it_is_erased_after_joining(browse, cast):
    code, _ = offered(cast, published(cast))
    own(browse, code, deed="accept", email="pim@example.org")
    assert run(erase_due(today())) == 0

    async def active():
        async with write_tx():
            await Seat.update({Seat.stage: "active"}).where(Seat.id == only_seat)

    only_seat = only().seat
    run(active())
    assert run(erase_due(today())) == 1 and erased() == [True]
    assert run(erase_due(today())) == 0
    assert (only().stage, only().seat) == ("accepted", only_seat)
