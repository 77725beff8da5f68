"""WHO may do WHAT. The whole answer is the table below; no other file asks about roles."""

from enum import StrEnum

from scrutiny.acts import Act


class Role(StrEnum):
    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"  # stands in for the chair, with the same rights
    MEMBER = "member"
    SECRETARIAT = "secretariat"  # runs the panel day to day; custodian of what residents send
    SAFEGUARDING = "safeguarding_lead"  # first sight of concerns in which somebody is at risk
    DATA_LEAD = "data_protection_lead"  # custodian: keeping, erasing, and who may look
    LIAISON = "police_liaison"  # the force's single point of contact
    APPROVER = "police_approver"  # the senior officer who authorises the force's answers


CHAIRS = frozenset({Role.CHAIR, Role.VICE_CHAIR})
COMMUNITY = CHAIRS | {Role.MEMBER}
AFTER_OFFICE = Role.MEMBER  # what somebody is who hands an office on
RECRUITED = Role.MEMBER  # what somebody becomes who answered an open call
PANEL = COMMUNITY | {Role.SECRETARIAT}
CONVENORS = CHAIRS | {Role.SECRETARIAT}
POLICE = frozenset({Role.LIAISON, Role.APPROVER})
AT_THE_TABLE = PANEL | POLICE  # who is asked to meetings
CUSTODIANS = frozenset({Role.SECRETARIAT, Role.DATA_LEAD})
READERS = CUSTODIANS | {Role.SAFEGUARDING}
TRIAGE = frozenset({Role.SECRETARIAT, Role.SAFEGUARDING})
SECRETARIAT = frozenset({Role.SECRETARIAT})
SEATED = frozenset(Role)

POLICY: dict[Act, frozenset[Role]] = {
    Act.SEATS_READ: PANEL,
    Act.SEAT_INVITE: CONVENORS,
    Act.SEAT_END: CONVENORS,
    Act.SEAT_AGREE: PANEL,
    Act.SEAT_CHANGE: CONVENORS,
    Act.SEAT_ACTIVATE: SECRETARIAT,
    Act.SEAT_MINE: SEATED,
    Act.CLEARANCES_READ: CONVENORS,
    Act.CLEARANCE_RECORD: SECRETARIAT,
    Act.VETTING_PAGE: frozenset({Role.LIAISON}),
    Act.VETTING_ANSWER: frozenset({Role.LIAISON}),
    Act.INTERESTS_READ: PANEL,
    Act.NEEDS_READ: SECRETARIAT,
    Act.RECRUIT: CONVENORS,
    Act.SCORE: PANEL,
    Act.ELECTION_PAGE: PANEL,
    Act.ELECTION_RUN: SECRETARIAT,
    Act.VOTE: COMMUNITY,
    Act.TERMS_DRAFT: CONVENORS,
    Act.TERMS_COMMENT: SEATED,
    Act.COMPOSITION_RUN: CUSTODIANS,
    Act.DRAW: CONVENORS,
    Act.CASES_READ: PANEL,
    Act.CASE_TAKE_UP: frozenset({Role.SECRETARIAT}),
    Act.CASE_CONCLUDE: CHAIRS,
    Act.CASE_REMOVE: CONVENORS,
    Act.CONCERNS_READ: READERS,
    Act.CONCERN_ADD: frozenset({Role.SECRETARIAT}),
    Act.CONCERN_TRIAGE: TRIAGE,
    Act.CONCERN_REFUSE: CHAIRS,
    Act.CONCERN_HAND_OFF: frozenset({Role.SECRETARIAT}),
    Act.EVIDENCE_READ: READERS,
    Act.VAULT_PAGE: CUSTODIANS,
    Act.VAULT_KEEP: CUSTODIANS,
    Act.LOOK_ASK: CUSTODIANS,
    Act.LOOK_AGREE: CUSTODIANS,
    Act.HOLD: CUSTODIANS,
    Act.EQUALITY_READ: PANEL | {Role.DATA_LEAD},
    Act.VIDEO_READ: PANEL | POLICE,
    Act.VIDEO_ASK: frozenset({Role.SECRETARIAT}),
    Act.VIDEO_ANSWER: POLICE | {Role.SECRETARIAT},
    Act.MEETING_CALL: CONVENORS,
    Act.MEETING_RUN: CONVENORS,
    Act.AGENDA_EDIT: CONVENORS,
    Act.NOTES_PAGE: CONVENORS,
    Act.NOTES_WRITE: CONVENORS,
    Act.JOIN: AT_THE_TABLE,
    Act.REGISTRATIONS_READ: CONVENORS,
    Act.REGISTRATIONS_RUN: CONVENORS,
    Act.EXPENSE_CLAIM: PANEL,
    Act.EXPENSE_DECIDE: CONVENORS,
    Act.AGENDA_PROPOSE: AT_THE_TABLE,
    Act.CLOSED_READ: PANEL,
    Act.PAPERS_READ: AT_THE_TABLE,
    Act.PAPER_ADD: CONVENORS,
    Act.PAPER_ACCEPT: CHAIRS,
    Act.PACK_MAKE: CONVENORS,
    Act.PACK_ASK: AT_THE_TABLE,
    Act.QUESTIONS_READ: PANEL,
    Act.QUESTION_DECIDE: CONVENORS,
    Act.ROOM_PAGE: AT_THE_TABLE,
    Act.ROOM_RUN: CONVENORS,
    Act.DECLARE: PANEL,
    Act.RECUSAL_LIFT: CHAIRS,
    Act.ACTIONS_READ: AT_THE_TABLE,
    Act.ACTION_EDIT: CONVENORS,
    Act.ACTION_REPORT: AT_THE_TABLE,
    Act.IMPORT: SECRETARIAT,
    Act.RECOMMENDATION_READ_DRAFT: PANEL,
    Act.RECOMMENDATION_DRAFT: PANEL,
    Act.RECOMMENDATION_AGREE: CHAIRS,
    Act.RECOMMENDATION_ISSUE: CONVENORS,
    Act.RECOMMENDATION_ANSWER: frozenset({Role.APPROVER}),
    Act.RECOMMENDATION_REPORT: POLICE,
    Act.RECOMMENDATION_CLOSE: CHAIRS,
    Act.MINUTES_READ_DRAFT: PANEL,
    Act.MINUTES_COMPILE: frozenset({Role.SECRETARIAT}),
    Act.MINUTES_EDIT: SECRETARIAT,
    Act.MINUTES_SEND: SECRETARIAT,
    Act.MINUTES_CIRCULATE: CHAIRS,
    Act.MINUTES_SHOW_DRAFT: CHAIRS,
    Act.MINUTES_SUGGEST: AT_THE_TABLE,
    Act.MINUTES_ANSWER: SECRETARIAT,
    Act.MINUTES_SIGN: COMMUNITY,
    Act.MINUTES_APPROVE: CHAIRS,
    Act.MINUTES_CLEAR: CUSTODIANS,
    Act.MINUTES_CALL_BACK: CONVENORS | CUSTODIANS,
    Act.MINUTES_WITHDRAW: frozenset({Role.DATA_LEAD}),
    Act.MINUTES_PUBLISH: CONVENORS,
    Act.MINUTES_CORRECT: frozenset({Role.SECRETARIAT}),
    Act.ARCHIVE_PAGE: CONVENORS | {Role.DATA_LEAD},
    Act.ARCHIVE_IMPORT: SECRETARIAT,
    Act.ARCHIVE_ORIGINAL: CUSTODIANS,
    Act.ARCHIVE_AGREE: CHAIRS | {Role.DATA_LEAD},
    Act.REDACTIONS_PAGE: CONVENORS | {Role.DATA_LEAD},
    Act.REDACT: SECRETARIAT,
    Act.REDACTION_AGREE: CHAIRS | {Role.DATA_LEAD},
    Act.REDACTION_ORIGINAL: CUSTODIANS,
    Act.REPORT_PAGE: PANEL,
    Act.REPORT_DRAFT: SECRETARIAT,
    Act.REPORT_WRITE: CONVENORS,
    Act.REPORT_APPROVE: CHAIRS,
    Act.REPORT_PUBLISH: CONVENORS,
}

POLICY |= {
    page: POLICY[Act[deed]]
    for page in Act
    if (deed := page.name.removesuffix("_PAGE")) != page.name and page not in POLICY
}
"""Whoever may do a thing may see the page on which it is done."""

OPEN_TO_ALL = frozenset({Act.ANYONE, Act.ANYONE_SENDS})
FOR_THE_SIGNED_IN = frozenset({Act.SIGNED_IN, Act.SIGNED_IN_SENDS})

ACTIVE, ONBOARDING, ON_LEAVE, RESTRICTED = "active", "onboarding", "on_leave", "restricted"
"""How a seat stands. Only an active one has all the rights of its role."""
OWN = frozenset({Act.SEAT_MINE_PAGE, Act.SEAT_MINE, Act.TERMS_COMMENT_PAGE, Act.TERMS_COMMENT})
KEEPS: dict[str, frozenset[Act]] = {
    ACTIVE: frozenset(Act),
    ONBOARDING: OWN,
    ON_LEAVE: OWN | {Act.SEATS_READ},
    RESTRICTED: OWN | {Act.SEATS_READ},
}
"""What of the rights of its role a seat keeps, by how it stands."""


WITHIN_PAGES = frozenset({Act.INTERESTS_READ, Act.CLOSED_READ, Act.PAPERS_READ, Act.ACTIONS_READ})
"""Rights that no address asks for: what more a page shows to those who have them."""


def may(role: str, act: Act | str, stands: str = ACTIVE) -> bool:
    return role in POLICY[Act(act)] and Act(act) in KEEPS[stands]


def who_may(act: Act) -> list[Role]:
    """Every role that may, in the order in which roles are declared."""
    return [role for role in Role if role in POLICY[act]]


def counts_for_quorum(role: str) -> bool:
    """Only the community side makes a quorum and votes."""
    return role in COMMUNITY


def rank_in_the_chair(role: str) -> int | None:
    """0 for whoever chairs, 1 for whoever stands in for them, None for everybody else."""
    order = (Role.CHAIR, Role.VICE_CHAIR)
    return order.index(Role(role)) if role in order else None


def speaks_for_police(role: str) -> bool:
    return role in POLICE


def needs_second_factor(role: str) -> bool:
    """Every role reads cases or answers for the force, so every seat needs two factors."""
    return role in PANEL or role in POLICE or role in READERS
