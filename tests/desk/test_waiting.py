"""Each kind of work of a panel's year: on the desk of whom it waits for, and of nobody else."""

from datetime import datetime, timedelta

import pytest

from desk import steps
from desk.steps import change, day, desk, put
from scrutiny.actions.tables import Action
from scrutiny.agendas.tables import Agenda
from scrutiny.composition.tables import Answered
from scrutiny.importing.tables import Imported
from scrutiny.kit.clock import now, today
from scrutiny.meetings.figures.rules import draft_due, publish_due
from scrutiny.meetings.tables import Attendance, Invitation
from scrutiny.membership.recruitment.tables import Score
from scrutiny.membership.terms.tables import TermsComment, TermsSignature
from scrutiny.minutes.tables import Minutes
from scrutiny.voting.tables import Voted
from scrutiny.web.dates import long_date

CHAIR, MEMBERS, SECRETARIAT = {"amara"}, {"bilal", "chidi"}, {"grace"}
COMMUNITY, CONVENORS = CHAIR | MEMBERS, CHAIR | SECRETARIAT
POLICE = {"claire", "owen"}
LAMBETH = COMMUNITY | SECRETARIAT | POLICE | {"hana", "sol"}
EVERYBODY = LAMBETH | {"ruth", "dev"}


@pytest.fixture
def waits_for(browse, cast):
    """Who has these words on their desk."""

    def found(words: str) -> set[str]:
        return {name for name in EVERYBODY if words in desk(browse, name)}

    return found


# -- seats ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "said"), [(-4, "Ended 4 days ago"), (0, "Last day"), (60, "until")]
)
def test_clearances_that_run_out(cast, browse, waits_for, days, said):
    steps.clearance(cast, "bilal", expires=day(days))
    assert waits_for("Your clearances that ran out") == {"bilal"}
    assert waits_for("Bilal Hussain: Vetting") == SECRETARIAT
    assert said in desk(browse, "grace") and said in desk(browse, "bilal")


def test_a_clearance_that_lasts_waits_for_nobody(cast, waits_for):
    steps.clearance(cast, "bilal", expires=day(91))
    steps.clearance(cast, "chidi", expires=None)
    assert waits_for("learances that ran out") == set()


def test_vetting_that_was_asked_for(cast, browse, waits_for):
    row = steps.clearance(cast, "bilal", outcome="requested")
    title = "Vetting that was asked for"
    assert waits_for(title) == {"claire"}
    assert f'href="/lambeth/vetting/{row.id}">Bilal Hussain' in desk(browse, "claire")
    change(row, outcome="cleared")
    assert waits_for(title) == set()


def test_documents_to_sign_are_those_the_panel_asks_for(cast, waits_for):
    assert waits_for("Documents to sign") == set()
    steps.asks_for(cast, '{"before_active": ["confidentiality", "training"]}')
    assert waits_for("Documents to sign") == LAMBETH - POLICE
    for who in COMMUNITY:
        steps.clearance(cast, who, kind="confidentiality", document_version=1)
    assert waits_for("seats/mine/documents/confidentiality") == {"grace", "hana", "sol"}


def test_interests_are_looked_over_once_a_year(cast, waits_for):
    steps.declared(cast, "bilal", days=-364)
    steps.declared(cast, "chidi", days=-365)
    assert waits_for("Look over your entry") == {"amara", "chidi", "grace", "ruth", "dev"}
    assert waits_for("The register of interests") & MEMBERS == {"chidi"}


def test_a_term_that_ends(cast, waits_for):
    change(cast.seats["bilal"], until=day(90))
    change(cast.seats["chidi"], until=day(91))
    assert waits_for("Your term ends") == {"bilal"}
    assert waits_for("Bilal Hussain: Member") == CONVENORS
    change(cast.seats["amara"], until=day(30))
    assert waits_for("The term of an office ends") == SECRETARIAT
    steps.election(cast, "nominating")
    assert waits_for("The term of an office ends") == set()


def test_a_newcomer_who_has_done_what_is_asked(cast, waits_for):
    steps.asks_for(cast, '{"before_active": ["training", "code_of_conduct"]}')
    change(cast.seats["chidi"], stage="onboarding")
    title = "Newcomers who have done what is asked"
    steps.clearance(cast, "chidi", kind="training")
    steps.declared(cast, "chidi")
    assert waits_for(title) == set()
    steps.clearance(cast, "chidi", kind="code_of_conduct", expires=today())
    assert waits_for(title) == SECRETARIAT


def test_a_removal_waits_for_the_reply_then_for_a_second_person(cast, waits_for):
    row = steps.removal(cast, "bilal", by="amara")
    assert waits_for("A removal of your seat") == {"bilal"}
    assert waits_for("What two people decide") == set()
    change(row, replied=now())
    assert waits_for("A removal of your seat") == set()
    assert waits_for("Bilal Hussain: removal from the panel") == {"chidi", "grace"}


def test_nobody_waits_longer_for_a_reply_than_was_said(cast, waits_for):
    steps.removal(cast, "bilal", by="grace", reply_until=day(-1))
    assert waits_for("What two people decide") == {"amara", "chidi"}


def test_a_round_in_which_members_describe_themselves(cast, waits_for):
    row = steps.composition_round(cast)
    put(Answered(round=row.id, person=cast.people["bilal"].id))
    assert waits_for("describe yourself") == {"amara", "chidi"}


# -- votes ----------------------------------------------------------------------------------------


def test_an_election_from_nominations_to_the_handover(cast, browse, waits_for):
    row = steps.election(cast, "nominating")
    assert waits_for("Nominations are open") == COMMUNITY
    put_up = steps.nominated(cast, row, "bilal", by="amara")
    assert waits_for("Nominations are open") == {"chidi"}
    assert waits_for("say whether you stand") == {"bilal"}
    assert f"{row.id}/nominations/{put_up.id}/answer" in desk(browse, "bilal")

    change(row, nominate_by=today())
    assert waits_for("Elections to take a step on") == SECRETARIAT
    change(row, stage="voting", poll=steps.poll(cast, "amara", "bilal").id)
    assert waits_for("Elections to vote in") == {"amara", "bilal"}
    put(Voted(poll=row_poll(row), person=cast.people["amara"].id))
    assert waits_for("Elections to vote in") == {"bilal"}
    assert waits_for("Everybody has voted") == set()
    put(Voted(poll=row_poll(row), person=cast.people["bilal"].id))
    assert waits_for("Everybody has voted: count the election") == SECRETARIAT
    assert f"elections/{row.id}/steps/count" in desk(browse, "grace")
    change(row, vote_by=today())
    assert waits_for("Elections to take a step on") == set()  # one line for one thing
    change(row, stage="elected")
    assert waits_for("write what you hand on") == {"amara"}
    assert waits_for("Elections to") == set()


def row_poll(row):
    return type(row).select("poll").where(type(row).id == row.id).first().run_sync()["poll"]


def test_terms_of_reference_from_the_draft_to_the_signature(cast, waits_for):
    row = steps.terms(cast, "drafting")
    assert waits_for("terms of reference: the next step") == CONVENORS
    change(row, stage="consulted", consult_until=day(10))
    assert waits_for("comment on them") == LAMBETH
    words = {"terms": row.id, "text": "Yes.", "at": now()}
    put(TermsComment(seat=cast.seats["claire"].id, **words))
    assert waits_for("comment on them") == LAMBETH - {"claire"}
    change(row, consult_until=day(-1))
    assert waits_for("comment on them") == set()
    assert waits_for("terms of reference: the next step") == CONVENORS
    change(row, stage="voted", vote_by=day(7), poll=steps.poll(cast, "chidi").id)
    assert waits_for("terms of reference: vote") == {"chidi"}
    change(row, stage="in_force", review_by=day(91))
    assert waits_for("Terms of reference to sign") == COMMUNITY
    put(TermsSignature(terms=row.id, person=cast.people["bilal"].id, at=now()))
    assert waits_for("Terms of reference to sign") == COMMUNITY - {"bilal"}
    assert waits_for("due for review") == set()
    change(row, review_by=day(-1))
    assert waits_for("due for review") == CONVENORS


def test_an_application_from_the_shortlist_to_two_people(cast, waits_for):
    row = steps.application(cast)
    steps.scorer(cast, row, "amara", tied=True)
    assert waits_for("Applications to shortlist") == SECRETARIAT, "Amara knows the applicant"
    change(row, stage="shortlisted", interview=now() - timedelta(days=1))
    for who in ("bilal", "chidi"):
        steps.scorer(cast, row, who)
    assert waits_for("Interviews to score") == MEMBERS
    points = {"application": row.id, "criterion": 0, "points": 3}
    put(Score(by=cast.people["bilal"].id, **points))
    assert waits_for("Interviews to score") == {"chidi"}
    assert waits_for("applications to decide on") == set()
    put(Score(by=cast.people["chidi"].id, **points))
    assert waits_for("applications to decide on") == SECRETARIAT
    change(row, sealed_proposal=b"x", proposed=cast.seats["grace"].id)
    assert waits_for("what becomes of an application") == set()
    change(row, proposed=cast.seats["bilal"].id)
    assert waits_for("what becomes of an application") == SECRETARIAT


# -- meetings -------------------------------------------------------------------------------------


def test_an_agenda_is_due_as_many_days_before_as_the_panel_says(cast, browse, waits_for):
    row = steps.meeting(cast, days=15)
    assert waits_for("Agendas to publish") == set()
    steps.asks_for(cast, '{"clearances": {}, "before_active": [], "notice_days": 10}')
    assert waits_for("Agendas to publish") == CONVENORS
    assert long_date(day(5)) in desk(browse, "grace")
    change(row, date=day(8))
    assert "2 days late" in desk(browse, "grace").partition("Agendas to publish")[2]
    put(Agenda(meeting=row.id, document="[]", published=now()))
    assert waits_for("Agendas to publish") == set()


def test_an_invitation_until_it_is_answered(cast, waits_for):
    row = steps.meeting(cast, days=12)
    asked = put(Invitation(meeting=row.id, seat=cast.seats["claire"].id, token_hash="t" * 64))
    assert waits_for("Say whether you can come") == {"claire"}
    change(asked, reply="perhaps")
    assert waits_for("Say whether you can come") == set()


@pytest.mark.parametrize(
    ("days", "stage", "title"),
    [
        (0, "scheduled", "Meetings to open"),
        (0, "in_session", "close them when they are over"),
        (5, "postponed", "Postponed: set a new day"),
        (-1, "held", "nobody wrote down who came"),
    ],
)
def test_meetings_wait_for_whoever_runs_them(cast, waits_for, days, stage, title):
    steps.meeting(cast, days, stage)
    assert waits_for(title) == CONVENORS


def test_what_is_to_go_on_an_agenda(cast, waits_for):
    meeting = steps.meeting(cast, days=20)
    steps.parked(cast)
    steps.paper(cast, steps.item(cast, meeting))
    steps.pack(cast, meeting)
    steps.registered(cast, meeting)
    assert waits_for("Dogs at football") == CONVENORS
    assert waits_for("Paper P4: Spring meeting") == CHAIR
    assert waits_for("The pack for members") == CONVENORS
    assert waits_for("1 person") == CONVENORS
    steps.pack(cast, meeting, stage="done", asked=now() + timedelta(minutes=1))
    assert waits_for("The pack for members") == set()


def test_a_question_until_its_answer(cast, browse, waits_for):
    row = steps.question(cast, steps.meeting(cast, days=20))
    assert waits_for("Residents' questions to read".replace("'", "&#39;")) == CONVENORS
    change(row, stage="accepted", due=day(-2))
    shown = desk(browse, "amara").partition("questions to answer in writing")[2]
    assert f"/lambeth/questions/{row.id}" in shown and "2 days late" in shown


# -- afterwards -----------------------------------------------------------------------------------


def test_minutes_are_due_in_ten_working_days_and_published_in_five(cast, browse, waits_for):
    row = steps.meeting(cast, -30, "held")
    title = "Meetings without minutes"
    assert waits_for(title) == SECRETARIAT
    late = (today() - draft_due(row.date)).days
    assert f"{late} days late" in desk(browse, "grace").partition(title)[2]
    text = {"document": "{}", "compiled_by": cast.seats["grace"].id, "stage": "cleared"}
    approved = datetime.combine(day(-1), datetime.min.time(), now().tzinfo)
    put(Minutes(panel=cast.lambeth.id, meeting=row.id, approved=approved, **text))
    assert waits_for(title) == set() and waits_for("Minutes to publish") == CONVENORS
    assert long_date(publish_due(day(-1))) in desk(browse, "amara")


@pytest.mark.parametrize(
    ("stage", "title", "whose"),
    [
        ("drafting", "Draft minutes to send to the chair", SECRETARIAT),
        ("chair_review", "Minutes to read before they go round", CHAIR),
        ("circulated", "Minutes to approve", CHAIR),
        ("approved", "Minutes to clear for the public", SECRETARIAT | {"hana"}),
    ],
)
def test_minutes_wait_for_one_after_the_other(cast, waits_for, stage, title, whose):
    row = steps.meeting(cast, -30, "held")
    text = {"document": "{}", "compiled_by": cast.seats["grace"].id, "approved": now()}
    kept = put(Minutes(panel=cast.lambeth.id, meeting=row.id, stage=stage, **text))
    assert waits_for(title) == whose
    assert waits_for("could not be printed") == set()
    change(kept, failure="A character has no glyph.", stage="approved")
    assert waits_for("could not be printed") == CONVENORS


def test_meetings_that_came_from_a_file_ask_for_no_minutes(cast, waits_for):
    row = steps.meeting(cast, -400, "held")
    told = {"panel": cast.lambeth.id, "kind": "meetings", "became": row.id, "at": now()}
    put(Imported(key="k", **told))
    assert waits_for("Meetings without minutes") == set()
    assert waits_for("nobody wrote down who came") == set()


def action(cast, meeting, **changes) -> Action:
    row = {"number": 1, "text": "Send the figures", "side": "panel", "due": day(-3)}
    return put(Action(panel=cast.lambeth.id, meeting=meeting.id, **row | changes))


def test_an_action_waits_for_its_owner_then_for_the_meeting(cast, browse, waits_for):
    row = action(cast, steps.meeting(cast, -20, "minuted"), owner=cast.seats["bilal"].id)
    assert waits_for("Action 1: Send the figures") == {"bilal"}
    assert "3 days late" in desk(browse, "bilal")
    change(row, stage="reported_done")
    assert waits_for("Actions reported done") == CONVENORS
    change(row, stage="open", carried=2)
    assert waits_for("carried over twice") == COMMUNITY | SECRETARIAT


def test_what_the_police_took_on_waits_for_them(cast, waits_for):
    meeting = steps.meeting(cast, -20, "minuted")
    row = action(cast, meeting, side="police")
    assert waits_for("Actions that the police took on") == POLICE
    change(row, public=False)
    assert waits_for("Actions that the police took on") == set()


def test_nobody_decides_on_their_own_expenses(cast, waits_for):
    meeting = steps.meeting(cast, -5, "held")
    put(Attendance(meeting=meeting.id, seat=cast.seats["amara"].id, status="present"))
    row = steps.claim(cast, meeting, "amara")
    assert waits_for("Amara Okafor: Travel") == SECRETARIAT
    change(row, stage="agreed")
    assert waits_for("Expenses agreed, to be paid") == SECRETARIAT


def test_letters_that_could_not_be_sent(cast, waits_for):
    steps.failed_letter(cast)
    assert waits_for("meeting invitation (1)") == SECRETARIAT
