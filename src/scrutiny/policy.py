"""WHO may do WHAT. The whole answer is the table below; no other file asks about roles."""

from enum import StrEnum


class Role(StrEnum):
    CHAIR = "chair"
    MEMBER = "member"
    SECRETARIAT = "secretariat"  # runs the panel day to day; custodian of what residents send
    SAFEGUARDING = "safeguarding_lead"  # first sight of concerns in which somebody is at risk
    DATA_LEAD = "data_protection_lead"  # custodian: keeping, erasing, and who may look
    LIAISON = "police_liaison"  # the force's single point of contact
    APPROVER = "police_approver"  # the senior officer who authorises the force's answers


class Act(StrEnum):
    """One act is either something seen (GET) or something done (POST), never both."""

    ANYONE = "anyone"  # a public page: no seat needed
    ANYONE_SENDS = "anyone.sends"  # a form that anybody may send: a concern, a sign-in
    SIGNED_IN = "signed_in"  # a page about the person who is signed in
    SIGNED_IN_SENDS = "signed_in.sends"

    SEATS_READ = "seats.read"
    SEAT_INVITE_PAGE = "seat.invite_page"
    SEAT_INVITE = "seat.invite"
    SEAT_END_PAGE = "seat.end_page"
    SEAT_END = "seat.end"
    SEAT_AGREE_PAGE = "seat.agree_page"
    SEAT_AGREE = "seat.agree"  # the second person, where one alone may not decide

    DRAW_PAGE = "draw.page"
    DRAW = "draw.make"
    CASES_READ = "cases.read"
    CASE_TAKE_UP_PAGE = "case.take_up_page"
    CASE_TAKE_UP = "case.take_up"  # what a resident raised becomes a case
    CASE_CONCLUDE_PAGE = "case.conclude_page"
    CASE_CONCLUDE = "case.conclude"
    CASE_REMOVE_PAGE = "case.remove_page"
    CASE_REMOVE = "case.remove"

    CONCERNS_READ = "concerns.read"
    CONCERN_ADD_PAGE = "concern.add_page"
    CONCERN_ADD = "concern.add"  # on behalf of a resident who telephones or comes in person
    CONCERN_TRIAGE_PAGE = "concern.triage_page"
    CONCERN_TRIAGE = "concern.triage"
    CONCERN_REFUSE_PAGE = "concern.refuse_page"
    CONCERN_REFUSE = "concern.refuse"  # the chair agrees, or not, to take nothing forward
    CONCERN_HAND_OFF_PAGE = "concern.hand_off_page"
    CONCERN_HAND_OFF = "concern.hand_off"  # a complaint goes to whom the resident chose
    EVIDENCE_READ = "evidence.read"
    VAULT_PAGE = "vault.page"
    VAULT_KEEP = "vault.keep"  # a custodian's own key
    LOOK_ASK_PAGE = "look.ask_page"
    LOOK_ASK = "look.ask"  # who wrote it: asked with a reason
    LOOK_AGREE_PAGE = "look.agree_page"
    LOOK_AGREE = "look.agree"  # a second custodian opens it for thirty minutes
    HOLD_PAGE = "hold.page"
    HOLD = "hold.set"  # nothing of it is erased while a court or the law needs it
    EQUALITY_READ = "equality.read"
    VIDEO_READ = "video.read"  # what the force is asked to keep; never who wrote
    VIDEO_ASK_PAGE = "video.ask_page"
    VIDEO_ASK = "video.ask"
    VIDEO_ANSWER_PAGE = "video.answer_page"
    VIDEO_ANSWER = "video.answer"

    MEETING_CALL_PAGE = "meeting.call_page"
    MEETING_CALL = "meeting.call"
    MEETING_RUN_PAGE = "meeting.run_page"
    MEETING_RUN = "meeting.run"
    AGENDA_EDIT_PAGE = "agenda.edit_page"
    AGENDA_EDIT = "agenda.edit"
    NOTES_PAGE = "notes.page"
    NOTES_WRITE = "notes.write"

    RECOMMENDATION_READ_DRAFT = "recommendation.read_draft"
    RECOMMENDATION_DRAFT_PAGE = "recommendation.draft_page"
    RECOMMENDATION_DRAFT = "recommendation.draft"
    RECOMMENDATION_AGREE_PAGE = "recommendation.agree_page"
    RECOMMENDATION_AGREE = "recommendation.agree"
    RECOMMENDATION_ISSUE_PAGE = "recommendation.issue_page"
    RECOMMENDATION_ISSUE = "recommendation.issue"
    RECOMMENDATION_ANSWER_PAGE = "recommendation.answer_page"
    RECOMMENDATION_ANSWER = "recommendation.answer"
    RECOMMENDATION_REPORT_PAGE = "recommendation.report_page"
    RECOMMENDATION_REPORT = "recommendation.report"  # the force says it has been done
    RECOMMENDATION_CLOSE_PAGE = "recommendation.close_page"
    RECOMMENDATION_CLOSE = "recommendation.close"

    MINUTES_READ_DRAFT = "minutes.read_draft"
    MINUTES_COMPILE_PAGE = "minutes.compile_page"
    MINUTES_COMPILE = "minutes.compile"
    MINUTES_APPROVE_PAGE = "minutes.approve_page"
    MINUTES_APPROVE = "minutes.approve"
    MINUTES_PUBLISH_PAGE = "minutes.publish_page"
    MINUTES_PUBLISH = "minutes.publish"
    MINUTES_CORRECT_PAGE = "minutes.correct_page"
    MINUTES_CORRECT = "minutes.correct"  # a further edition; the old ones stay reachable


COMMUNITY = frozenset({Role.CHAIR, Role.MEMBER})
PANEL = COMMUNITY | {Role.SECRETARIAT}
CHAIRS = frozenset({Role.CHAIR})
CONVENORS = CHAIRS | {Role.SECRETARIAT}
POLICE = frozenset({Role.LIAISON, Role.APPROVER})
AT_THE_TABLE = PANEL | POLICE  # who is asked to meetings
CUSTODIANS = frozenset({Role.SECRETARIAT, Role.DATA_LEAD})
READERS = CUSTODIANS | {Role.SAFEGUARDING}
TRIAGE = frozenset({Role.SECRETARIAT, Role.SAFEGUARDING})

POLICY: dict[Act, frozenset[Role]] = {
    Act.SEATS_READ: PANEL,
    Act.SEAT_INVITE_PAGE: CONVENORS,
    Act.SEAT_INVITE: CONVENORS,
    Act.SEAT_END_PAGE: CONVENORS,
    Act.SEAT_END: CONVENORS,
    Act.SEAT_AGREE_PAGE: PANEL,
    Act.SEAT_AGREE: PANEL,
    Act.DRAW_PAGE: CONVENORS,
    Act.DRAW: CONVENORS,
    Act.CASES_READ: PANEL,
    Act.CASE_TAKE_UP_PAGE: frozenset({Role.SECRETARIAT}),
    Act.CASE_TAKE_UP: frozenset({Role.SECRETARIAT}),
    Act.CASE_CONCLUDE_PAGE: frozenset({Role.CHAIR}),
    Act.CASE_CONCLUDE: frozenset({Role.CHAIR}),
    Act.CASE_REMOVE_PAGE: CONVENORS,
    Act.CASE_REMOVE: CONVENORS,
    Act.CONCERNS_READ: READERS,
    Act.CONCERN_ADD_PAGE: frozenset({Role.SECRETARIAT}),
    Act.CONCERN_ADD: frozenset({Role.SECRETARIAT}),
    Act.CONCERN_TRIAGE_PAGE: TRIAGE,
    Act.CONCERN_TRIAGE: TRIAGE,
    Act.CONCERN_REFUSE_PAGE: CHAIRS,
    Act.CONCERN_REFUSE: CHAIRS,
    Act.CONCERN_HAND_OFF_PAGE: frozenset({Role.SECRETARIAT}),
    Act.CONCERN_HAND_OFF: frozenset({Role.SECRETARIAT}),
    Act.EVIDENCE_READ: READERS,
    Act.VAULT_PAGE: CUSTODIANS,
    Act.VAULT_KEEP: CUSTODIANS,
    Act.LOOK_ASK_PAGE: CUSTODIANS,
    Act.LOOK_ASK: CUSTODIANS,
    Act.LOOK_AGREE_PAGE: CUSTODIANS,
    Act.LOOK_AGREE: CUSTODIANS,
    Act.HOLD_PAGE: CUSTODIANS,
    Act.HOLD: CUSTODIANS,
    Act.EQUALITY_READ: PANEL | {Role.DATA_LEAD},
    Act.VIDEO_READ: PANEL | POLICE,
    Act.VIDEO_ASK_PAGE: frozenset({Role.SECRETARIAT}),
    Act.VIDEO_ASK: frozenset({Role.SECRETARIAT}),
    Act.VIDEO_ANSWER_PAGE: POLICE | {Role.SECRETARIAT},
    Act.VIDEO_ANSWER: POLICE | {Role.SECRETARIAT},
    Act.MEETING_CALL_PAGE: CONVENORS,
    Act.MEETING_CALL: CONVENORS,
    Act.MEETING_RUN_PAGE: CONVENORS,
    Act.MEETING_RUN: CONVENORS,
    Act.AGENDA_EDIT_PAGE: CONVENORS,
    Act.AGENDA_EDIT: CONVENORS,
    Act.NOTES_PAGE: CONVENORS,
    Act.NOTES_WRITE: CONVENORS,
    Act.RECOMMENDATION_READ_DRAFT: PANEL,
    Act.RECOMMENDATION_DRAFT_PAGE: PANEL,
    Act.RECOMMENDATION_DRAFT: PANEL,
    Act.RECOMMENDATION_AGREE_PAGE: frozenset({Role.CHAIR}),
    Act.RECOMMENDATION_AGREE: frozenset({Role.CHAIR}),
    Act.RECOMMENDATION_ISSUE_PAGE: CONVENORS,
    Act.RECOMMENDATION_ISSUE: CONVENORS,
    Act.RECOMMENDATION_ANSWER_PAGE: frozenset({Role.APPROVER}),
    Act.RECOMMENDATION_ANSWER: frozenset({Role.APPROVER}),
    Act.RECOMMENDATION_REPORT_PAGE: POLICE,
    Act.RECOMMENDATION_REPORT: POLICE,
    Act.RECOMMENDATION_CLOSE_PAGE: frozenset({Role.CHAIR}),
    Act.RECOMMENDATION_CLOSE: frozenset({Role.CHAIR}),
    Act.MINUTES_READ_DRAFT: PANEL,
    Act.MINUTES_COMPILE_PAGE: frozenset({Role.SECRETARIAT}),
    Act.MINUTES_COMPILE: frozenset({Role.SECRETARIAT}),
    Act.MINUTES_APPROVE_PAGE: frozenset({Role.CHAIR}),
    Act.MINUTES_APPROVE: frozenset({Role.CHAIR}),
    Act.MINUTES_PUBLISH_PAGE: CONVENORS,
    Act.MINUTES_PUBLISH: CONVENORS,
    Act.MINUTES_CORRECT_PAGE: frozenset({Role.SECRETARIAT}),
    Act.MINUTES_CORRECT: frozenset({Role.SECRETARIAT}),
}

OPEN_TO_ALL = frozenset({Act.ANYONE, Act.ANYONE_SENDS})
FOR_THE_SIGNED_IN = frozenset({Act.SIGNED_IN, Act.SIGNED_IN_SENDS})


def may(role: str, act: Act | str) -> bool:
    return role in POLICY[Act(act)]


def who_may(act: Act) -> list[Role]:
    """Every role that may, in the order in which roles are declared."""
    return [role for role in Role if role in POLICY[act]]


def counts_for_quorum(role: str) -> bool:
    """Only the community side makes a quorum and votes."""
    return role in COMMUNITY


def speaks_for_police(role: str) -> bool:
    return role in POLICE


def needs_second_factor(role: str) -> bool:
    """Every role reads cases or answers for the force, so every seat needs two factors."""
    return role in PANEL or role in POLICE or role in READERS
