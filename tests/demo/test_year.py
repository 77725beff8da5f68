"""The demo has a whole year of a panel: who sits, its rules, its meetings, what lies ahead."""

from collections import Counter
from datetime import timedelta
from itertools import islice

import pytest
from conftest import Browser, run, signed_in

from scrutiny.actions.tables import Action
from scrutiny.agendas.access import reader_of
from scrutiny.agendas.backlog.tables import Parked
from scrutiny.agendas.packs.tables import Pack
from scrutiny.agendas.papers.queries import papers_of
from scrutiny.agendas.papers.tables import Paper
from scrutiny.agendas.questions.tables import Question
from scrutiny.composition import queries as composition
from scrutiny.composition.rules import published
from scrutiny.demo import texts
from scrutiny.demo.filling import fill
from scrutiny.kit import pdf
from scrutiny.kit.clock import as_of, now, today
from scrutiny.kit.db import close_database, open_database
from scrutiny.meetings.expenses.tables import Claim
from scrutiny.meetings.registration.queries import counted
from scrutiny.meetings.rhythm import bank_holiday, days_after
from scrutiny.meetings.rules import Kind
from scrutiny.meetings.tables import Attendance, Meeting
from scrutiny.membership.clearances.queries import running_out
from scrutiny.membership.elections.rules import last_day
from scrutiny.membership.elections.tables import Election
from scrutiny.membership.interests.recusals import recused
from scrutiny.membership.interests.tables import Interest
from scrutiny.membership.proposals.queries import open_proposals
from scrutiny.membership.recruitment.queries import opened
from scrutiny.membership.recruitment.tables import Application
from scrutiny.membership.standing.queries import ending, joining, missing, vacant
from scrutiny.membership.terms.queries import comments, in_force, proposed
from scrutiny.people import queries as people
from scrutiny.people.constitution import constitution_of
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.queries import broken_at
from scrutiny.room.queries import decisions_of, declarations_of
from scrutiny.trying.codes import OUTSIDERS
from scrutiny.trying.queries import outsiders


@pytest.fixture(scope="module")
def lambeth(empty_tables) -> Panel:
    """The demo, filled once for all that is read of it here."""

    async def told() -> None:
        await open_database()
        try:
            await fill()
        finally:
            await pdf.close()
            await close_database()

    empty_tables()
    run(told())
    return run(people.panel("lambeth"))


def seat_of(name: str) -> Seat:
    async def found():
        held = Seat.objects(Seat.panel, Seat.person).where(Seat.person.name == name)
        return (await held.order_by(Seat.since))[0]

    return run(found())


def meeting_of(kind: Kind) -> Meeting:
    return Meeting.objects().where(Meeting.kind == kind).first().run_sync()


def last_held() -> Meeting:
    return Meeting.objects().where(Meeting.stage == "held").first().run_sync()


def count(table, column) -> Counter:
    return Counter(row[column] for row in table.select(getattr(table, column)).run_sync())


def test_seats_stand_in_every_way(lambeth):
    sitting = Seat.objects().where((Seat.panel == lambeth.id) & people.current_on(today()))
    stages = Counter(seat.stage for seat in sitting.run_sync())
    assert stages == {"active": 15, "on_leave": 1, "onboarding": 1}
    assert run(vacant(lambeth)) == 1
    assert [seat.person.name for seat in run(ending(lambeth, today()))] == ["Farah Khan"]
    assert timedelta(days=59) < seat_of("Farah Khan").until - today() < timedelta(days=62)


def test_one_joins_and_lacks_the_training(lambeth):
    (newcomer,) = run(joining(lambeth))
    assert newcomer.represents == "Lambeth Youth Council"
    assert run(missing(lambeth, newcomer.person.id)) == ["training"]


def test_a_removal_waits_for_a_reply(lambeth):
    (asked,) = run(open_proposals(lambeth))
    assert (asked.kind, asked.reply) == ("removal", "")
    assert asked.reply_until > today()


def test_what_is_said_for_a_removal_is_what_the_rolls_say(lambeth):
    kofi = seat_of("Kofi Asante").id
    mine = Attendance.select(Attendance.status).where(Attendance.seat == kofi)
    rolls = [row["status"] for row in mine.order_by(Attendance.meeting.date).run_sync()]
    assert rolls == ["present", "apologies", *["absent"] * 4]
    assert "Four meetings missed in a row without a word" in texts.REMOVAL


def test_meetings_were_held_on_the_days_of_the_rhythm_that_the_terms_name(lambeth):
    rhythm = constitution_of(lambeth).rhythm
    held = Meeting.select(Meeting.date).where(
        (Meeting.panel == lambeth.id) & Meeting.stage.is_in(["held", "minuted"])
    )
    days = {row["date"] for row in held.run_sync()}
    given = set(islice(days_after(rhythm, min(days) - timedelta(days=1)), 6))
    assert len(days) == 6
    for day in days ^ given:  # a holiday's meeting is held a week before
        assert day in days or bank_holiday(day)


def test_offices_are_held_for_as_long_as_the_terms_say(lambeth):
    years = constitution_of(lambeth).chair_term_years
    for name, role in (("Amara Okafor", "chair"), ("Denise Clarke", "vice_chair")):
        held = Seat.objects().where((Seat.person.name == name) & (Seat.role == role)).run_sync()
        assert [one.until for one in held] == [last_day(held[0].since, years)]
    assert seat_of("Mateo Silva").until == last_day(seat_of("Mateo Silva").since, 2)


def test_applicants_answered_what_the_form_asks(lambeth):
    for one in Application.objects().run_sync():
        assert opened(one).connection == "yes"


def test_the_vice_chair_was_elected_in_secret_and_took_over(lambeth):
    held = Election.objects().where(Election.panel == lambeth.id).run_sync()
    assert [(one.office, one.stage, bool(one.handover)) for one in held] == [
        ("vice_chair", "handed_over", True)
    ]


def test_one_version_of_the_terms_counts_and_another_is_consulted_on(lambeth):
    there, coming = run(in_force(lambeth.id)), run(proposed(lambeth.id))
    assert (there.number, coming.number, coming.stage) == (1, 2, "consulted")
    assert coming.consult_until > today()
    assert [bool(one.answer) for one in run(comments(coming))] == [True, False]


def test_a_call_is_open_and_three_have_answered(lambeth):
    stages = count(Application, "stage")
    assert stages == {"conditionally_offered": 1, "shortlisted": 1, "applied": 1}


def test_figures_about_the_panel_can_be_shown(lambeth):
    shown = published(run(composition.counts(lambeth))["ethnicity"])
    assert {group: number for group, number in shown.items() if number} == {"Black": 5, "White": 6}


def test_interests_needs_and_claims(lambeth):
    assert count(Interest, "public") == {True: 4, False: 1}
    assert count(Claim, "stage") == {"paid": 1, "claimed": 1}


def test_people_came_late_left_early_and_took_part_from_elsewhere(lambeth):
    assert set(count(Attendance, "status")) == {
        *("present", "joined_late", "left_early", "apologies", "absent")
    }
    assert set(count(Attendance, "mode")) == {"in_person", "online"}


def test_the_last_meeting_decided_and_one_did_not_agree(lambeth):
    (decided,) = run(decisions_of(last_held()))
    assert (decided.result, decided.counts) == (
        "carried",
        {"for": 5, "against": 2, "abstain": 0},
    )
    assert [name for name, _ in decided.dissents] == ["Chidi Eze"]


def test_one_took_no_part_in_one_case(lambeth):
    (said,) = run(declarations_of(last_held()))
    assert "Bilal Hussain" in said.sentence
    assert len(run(recused(seat_of("Bilal Hussain")))) == 2  # the item and its case


def test_actions_of_every_age(lambeth):
    actions = Action.objects().where(Action.panel == lambeth.id).order_by(Action.number)
    assert [(one.side, one.stage, one.carried) for one in actions.run_sync()] == [
        ("secretariat", "discharged", 0),
        ("secretariat", "open", 2),
        ("police", "open", 1),
        ("panel", "reported_done", 0),
        ("panel", "open", 0),
    ]
    overdue = Action.objects().where((Action.side == "police") & (Action.due < today()))
    assert len(overdue.run_sync()) == 1


def test_the_next_meeting_has_papers_a_pack_places_and_questions(lambeth):
    coming = meeting_of(Kind.ANNUAL)
    assert timedelta(days=4) <= coming.date - today() <= timedelta(days=12)
    mine = Paper.select(Paper.stage).where(Paper.meeting == coming.id).run_sync()
    assert sorted(row["stage"] for row in mine) == ["late_paper", "tabled"]
    assert count(Pack, "stage") == {"asked": 2}
    places = run(counted(coming))
    assert (places.taken, places.waiting) == (2, 1)
    assert count(Question, "stage") == {"accepted": 1, "asked": 1}
    assert count(Parked, "stage") == {"waiting": 1, "proposed": 1}


def test_a_vetting_that_lapses_closes_the_papers_of_the_viewing(lambeth):
    viewing, idris = meeting_of(Kind.VIEWING), seat_of("Idris Warsame")
    assert viewing.public is False
    lapses = run(running_out(lambeth, today(), timedelta(days=15)))
    assert [(row["name"], row["expires"]) for row in lapses] == [
        ("Idris Warsame", today() + timedelta(days=12))
    ]

    async def readable():
        return len(await papers_of(await reader_of(idris, lambeth), viewing))

    assert run(readable()) == 1
    with as_of(now() + timedelta(days=13)):
        assert run(readable()) == 0


def test_whoever_applied_asked_or_means_to_come_can_be_played(lambeth, site):
    found = run(outsiders())
    assert len(found) == len(OUTSIDERS)
    anybody = Browser(site, "")
    for one in found:
        reply = anybody.post(one.opens, {"code": one.code})
        assert reply.status_code in (200, 201), (one.reference, reply.status_code)


def test_nobody_of_the_panel_finds_an_empty_desk(lambeth, site):
    for name in ("Grace Mensah", "Amara Okafor", "Bilal Hussain", "Claire Walsh"):
        page = Browser(site, run(signed_in(seat_of(name).person))).get("/desk")
        assert page.status_code == 200
        assert "Annual meeting in public" in page.text


def test_the_record_of_it_all_holds(lambeth):
    lines, bad = run(broken_at())
    assert lines > 800
    assert bad is None
