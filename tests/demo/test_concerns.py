"""Every state of a concern is in the demo, and residents can be played with the codes shown."""

from collections import Counter
from datetime import timedelta

import pytest
from conftest import Browser, run, signed_in

from scrutiny.cases.tables import Case
from scrutiny.concerns import queries
from scrutiny.concerns.equality.queries import shown_in
from scrutiny.concerns.evidence.queries import clean_copy
from scrutiny.concerns.evidence.queries import find as file_of
from scrutiny.concerns.evidence.tables import Evidence
from scrutiny.concerns.retention.queries import erasure_of, is_held
from scrutiny.concerns.rules import GONE, Stage
from scrutiny.concerns.tables import Cluster, Concern
from scrutiny.concerns.thread.turns import turns
from scrutiny.concerns.triage.queries import hand_off_of, may_ask_review, said_about
from scrutiny.concerns.triage.tables import HandOff, Referral, Refusal
from scrutiny.concerns.vault.queries import asked_looks, has_contact
from scrutiny.concerns.video import queries as video
from scrutiny.concerns.video.tables import Preservation
from scrutiny.demo.filling import fill
from scrutiny.demo.photo import photo
from scrutiny.kit import pdf
from scrutiny.kit.clock import today
from scrutiny.kit.db import close_database, open_database
from scrutiny.people import queries as people
from scrutiny.people.tables import Seat
from scrutiny.trying.codes import PLAYED, code_of
from scrutiny.trying.queries import residents


@pytest.fixture(scope="module")
def filled(empty_tables):
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


def named(name: str) -> Concern:
    return run(queries.by_receipt(code_of("lambeth", name)))


def seat(role: str) -> Seat:
    async def found():
        panel = await people.panel("lambeth")
        return (await people.seats_on(panel.id, [role]))[0]

    return run(found())


def test_every_stage_of_a_concern_is_there(filled):
    stages = {row["stage"] for row in Concern.select(Concern.stage).run_sync()}
    assert stages == {stage.value for stage in Stage} - {Stage.ANONYMISED, Stage.DELETED}


def test_all_kinds_came_in_all_ways(filled):
    rows = Concern.select(Concern.kind, Concern.entered, Concern.whose, Concern.screened).run_sync()
    assert {row["kind"] for row in rows} == {"incident", "community", "compliment"}
    assert {row["entered"] for row in rows} == {"self", "secretariat", "advocate"}
    assert {row["whose"] for row in rows} >= {"me", "saw", "child", "agreed", "community"}
    assert [row["screened"] for row in rows].count(False) == 1


def test_themes_count_people(filled):
    sizes = {row["title"]: row["size"] for row in Cluster.select().run_sync()}
    assert sizes == {"The same car stopped again": 7, "Searches near schools": 2}
    assert run(said_about(named("car-1").id)) == 7


def test_the_chair_reads_how_many_people_said_the_same(filled, site):
    case = Case.objects().where(Case.concern == named("car-1").id).first().run_sync()
    chair = Browser(site, run(signed_in(seat("chair").person)))
    assert "7 people said this" in chair.get(f"/lambeth/cases/{case.number}").text


def test_what_was_asked_is_answered_or_waits(filled):
    assert named("question").stage == Stage.NEEDS_INFO
    said = run(turns(named("answered")))
    assert [turn.kind for turn in said] == ["question", "answer"]
    assert named("answered").stage == Stage.IN_TRIAGE


def test_refusals_wait_for_the_chair_are_agreed_and_come_back(filled):
    stages = Counter(row["stage"] for row in Refusal.select(Refusal.stage).run_sync())
    assert stages == {"proposed": 1, "agreed": 1, "sent_back": 1}
    assert run(may_ask_review(named("refused")))
    assert named("sent-back").stage == Stage.IN_TRIAGE


def test_one_is_held_for_a_childs_sake_and_somebody_was_told(filled):
    assert named("held").stage == Stage.SAFEGUARDING_HOLD
    told = Referral.select(Referral.to, Referral.concern).run_sync()
    assert [(row["to"], row["concern"]) for row in told] == [("children", named("held").id)]


def test_one_is_paused_for_a_court_and_looked_at_again(filled):
    paused = named("in-court")
    assert (paused.stage, paused.reason) == (Stage.PAUSED, "court")
    assert today() < paused.review_on <= today() + timedelta(days=90)


def test_a_complaint_is_offered_and_another_was_passed_on(filled):
    stages = Counter(row["stage"] for row in HandOff.select(HandOff.stage).run_sync())
    assert stages == {"offered": 1, "receipt_recorded": 1}
    sent = run(hand_off_of(named("passed-on")))
    assert (sent.how, sent.named) == ("email", False)


def test_a_look_waits_for_another_custodian(filled):
    assert run(has_contact(named("reached")))
    looks = run(asked_looks(seat("data_protection_lead")))
    assert [look.concern.id for look in looks] == [named("reached").id]
    assert looks[0].asked_by.role == "secretariat"


def test_video_figures_can_be_published(filled):
    found = run(video.figures(filled, today()))
    assert found.counts == {"kept": 9, "already_gone": 6, "refused": 5, "no_answer": 5}
    assert (found.asked, found.kept_of_100) == (25, 36)
    waiting = Preservation.objects().where(Preservation.stage == "sent").run_sync()
    assert len([one for one in waiting if one.answer_due >= today()]) == 1


def test_one_video_has_four_days_left(filled):
    first, *others = run(video.running_out(filled, today()))
    assert (first["id"], first["days_left"]) == (named("four-days").id, 4)
    assert all(row["days_left"] > 4 for row in others)


def test_who_is_heard_from_can_be_shown(filled):
    years = (today().year - 1, today().year)
    found = [run(shown_in(filled, year, today())) for year in years]
    shown = [period for year in found for periods in year.values() for period in periods]
    assert len(shown) >= 6
    assert all(period.people >= 20 for period in shown)


def test_one_is_held_for_the_law_and_one_is_erased_soon(filled):
    assert run(is_held(named("kept-for-the-law")))
    day = run(erasure_of(named("erased-soon")))
    assert today() < day <= today() + timedelta(days=14)
    assert len(run(turns(named("erased-soon")))) == 2  # sent elsewhere, then warned


def test_one_was_taken_back_and_nothing_of_it_is_left(filled):
    gone = named("taken-back")
    assert gone.stage in GONE
    assert not gone.sealed_words
    assert run(turns(gone)) == []


def test_the_photo_has_a_clean_copy(filled):
    concern = named("photo")
    file = run(file_of(concern, 1))
    copy = b"".join(run(clean_copy(concern, file)))
    assert b"An invented telephone" in photo()
    assert copy.startswith(b"\xff\xd8")
    assert b"invented" not in copy
    assert Evidence.count().run_sync() == 1
    assert [turn.kind for turn in run(turns(concern))] == ["added", "reply"]


def test_one_is_folded_away(filled):
    folded = Concern.select(Concern.id).where(Concern.veiled.eq(True)).run_sync()
    assert [row["id"] for row in folded] == [named("veiled").id]


def test_every_resident_of_the_list_can_be_played(filled):
    found = run(residents())
    assert len(found) == len(PLAYED)
    assert all(run(queries.by_receipt(one.code)) for one in found)
    assert all(one.reference.startswith("LAM-") for one in found)
