"""HOW triage decides: refusals that two agree on, hand-offs by consent, and what is alike."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from scrutiny.concerns.rules import ENDS, HELD, LONGEST_PAUSE, Stage, is_urgent, read_by
from scrutiny.concerns.video.rules import last_day
from scrutiny.kit.words import N_, Sentence, sentence
from scrutiny.stops.disparity import SMALL

KINDS = {
    "incident": N_("Something that happened"),
    "community": N_("About a community, no single event"),
    "compliment": N_("Praise"),
}


TURNS = {
    "added": N_("Something more"),
    "corrected": N_("A correction"),
    "question": N_("A question to the resident"),
    "answer": N_("An answer"),
    "reply": N_("A reply"),
    "outcome": N_("What became of it"),
    "message": N_("A message to the resident"),
}
"""What each turn of the thread is, as triage reads it."""
MAIN = {
    Stage.SUBMITTED: Stage.ACCEPTED,
    Stage.IN_TRIAGE: Stage.ACCEPTED,
    Stage.ACCEPTED: Stage.LINKED,
    Stage.LINKED: Stage.OUTCOME_TOLD,
    **dict.fromkeys(HELD, Stage.IN_TRIAGE),
    **dict.fromkeys(ENDS, Stage.CLOSED),
}
"""What usually comes next."""
SORTS = {
    N_("Go on"): (Stage.IN_TRIAGE, Stage.ACCEPTED, Stage.LINKED, Stage.OUTCOME_TOLD),
    N_("Wait, or hold it"): (Stage.NEEDS_INFO, Stage.PAUSED, Stage.SAFEGUARDING_HOLD),
    N_("End it here"): (Stage.SIGNPOSTED, Stage.NOT_TAKEN_FORWARD, Stage.CLOSED),
}


def main_of(stage: str, flags: str) -> str:
    """The decision that is offered first; a hold where somebody may be in danger."""
    if stage in (Stage.SUBMITTED, Stage.IN_TRIAGE) and is_urgent(flags):
        return Stage.SAFEGUARDING_HOLD.value
    return MAIN[Stage(stage)].value if stage in MAIN else ""


def sorted_out(decisions: Mapping[str, str], main: str) -> list[tuple[str, dict[str, str]]]:
    """All decisions but the main one, in groups of a kind; those with none are left out."""
    found = [
        (title, {one.value: decisions[one] for one in sort if one in decisions and one != main})
        for title, sort in SORTS.items()
    ]
    return [(title, group) for title, group in found if group]


def due_to_read(received: date, happened: date | None, flags: str, retention_days: int) -> date:
    """The last day on which it is to have been read; `happened` is None where no video matters."""
    until = last_day(happened, retention_days) if happened else None
    return read_by(received, until, urgent=is_urgent(flags))


class RefusalStage(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    SENT_BACK = "sent_back"
    TAKEN_BACK = "taken_back"


REFUSAL_MOVES: dict[tuple[str, str], str] = {
    (RefusalStage.PROPOSED, to.value): to
    for to in (RefusalStage.AGREED, RefusalStage.SENT_BACK, RefusalStage.TAKEN_BACK)
}
REFUSAL_NAMES = {
    RefusalStage.PROPOSED: N_("Waits for the chair"),
    RefusalStage.AGREED: N_("Agreed"),
    RefusalStage.SENT_BACK: N_("Sent back"),
    RefusalStage.TAKEN_BACK: N_("Taken back"),
}

BY_ANOTHER = (Stage.ACCEPTED, Stage.SIGNPOSTED, Stage.NOT_TAKEN_FORWARD)
"""After a review another person decides these, where there is one. Holding is never held up."""
SAME_PERSON = N_(
    "The resident asked for a review, so somebody else decides this time: "
    "you proposed the first decision."
)

REFERRALS = {
    "children": N_("Children's social care"),
    "adults": N_("Adult social care"),
    "police": N_("The police, as an emergency"),
    "nspcc": N_("NSPCC"),
    "other": N_("Somebody else who keeps people safe"),
}
"""Whom outside the panel triage has told that somebody may be in danger."""


def pause_problem(review_on: date | None, today: date) -> str:
    """A pause ends in a look at it, in 90 days at the latest (domain.md 6.1)."""
    latest = today + timedelta(days=LONGEST_PAUSE)
    if review_on is None or not today < review_on <= latest:
        pattern = N_("Choose a day in the next {days} days on which you look at it again.")
        return sentence(pattern, days=LONGEST_PAUSE)
    return ""


# -- a complaint that is handed on -----------------------------------------------------------------


class HandOffStage(StrEnum):
    OFFERED = "offered"
    DECLINED = "declined"
    CONSENTED = "consented"
    SENT = "sent"
    RECEIPTED = "receipt_recorded"
    OUTCOME = "outcome_known"


HAND_OFF_MOVES: dict[tuple[str, str], str] = {
    (HandOffStage.OFFERED, "consented"): HandOffStage.CONSENTED,
    (HandOffStage.OFFERED, "declined"): HandOffStage.DECLINED,
    (HandOffStage.CONSENTED, "declined"): HandOffStage.DECLINED,
    (HandOffStage.DECLINED, "offered"): HandOffStage.OFFERED,
    (HandOffStage.CONSENTED, "sent"): HandOffStage.SENT,
    (HandOffStage.SENT, "receipt_recorded"): HandOffStage.RECEIPTED,
    (HandOffStage.SENT, "outcome_known"): HandOffStage.OUTCOME,
    (HandOffStage.RECEIPTED, "outcome_known"): HandOffStage.OUTCOME,
}
NOT_GONE = {(HandOffStage.SENT, "declined"): HandOffStage.DECLINED}
"""Of one that its resident took back before the letter left: nobody else can undo a sending."""
HAND_OFF_NAMES = {
    HandOffStage.OFFERED: N_("Offered: the resident has not answered yet"),
    HandOffStage.DECLINED: N_("The resident does not want it"),
    HandOffStage.CONSENTED: N_("The resident agreed: it can be sent"),
    HandOffStage.SENT: N_("Sent"),
    HandOffStage.RECEIPTED: N_("They have it, and gave it a number"),
    HandOffStage.OUTCOME: N_("The outcome is known"),
}
WAITS = N_("Waiting to go")
STOPPED_IN_TIME = N_("Stopped: it never went")
NOTHING_WENT = N_("Nothing was passed on")
WENT = N_("It went on {day} and stays with them")
PERHAPS = N_("It was stopped on its way, on {day}, and may have reached them")
"""How far one is that was sent by e-mail, or taken back."""
RUNNING = (HandOffStage.SENT, HandOffStage.RECEIPTED)
RECIPIENTS = {
    "force": N_("The force's complaints department"),
    "lpb": N_("The office that oversees the force"),
    "iopc": N_("The Independent Office for Police Conduct"),
}
WAYS = {
    "email": N_("By e-mail, from here, to where the force takes complaints"),
    "other": N_("By e-mail to another address: you are asked to check it first"),
    "print": N_("By their online form or by post: I copied or printed it"),
}
OUTCOMES = {
    "acceptable": N_("The service was acceptable"),
    "not_acceptable": N_("The service was not acceptable"),
    "undetermined": N_("They could not say whether the service was acceptable"),
    "case_to_answer": N_("An officer has a case to answer"),
    "resolved": N_("It was resolved without an investigation"),
    "withdrawn": N_("The resident withdrew the complaint"),
    "other": N_("Something else"),
}
TRADE_OFF = (
    N_("A complaint must be answered by law. What you tell a panel need not be."),
    N_("Once they have a complaint, the force must keep evidence such as video."),
    N_("They will read what you wrote. They learn your name only if you said so."),
    N_("While a complaint runs, the panel may decide to wait. This can take months."),
    N_("You can complain at any time. After 12 months, say why it took so long."),
)
"""What somebody must know before they choose: a complaint is never made for them (domain.md 7.4).

Asking a commissioner for information was once taken for a complaint, and stopped a panel's work.
"""
CANNOT_COMPLAIN = ("compliment",)
"""Kinds of concern that no complaint can come out of."""
OFFER = N_(
    "If you want to make a formal complaint, we can pass it on for you. Nothing is sent unless "
    "you say yes on this page."
)


def missing_consents(to: str, given: set[str]) -> set[str]:
    """Of who they are and how to reach them, what may not go to this recipient."""
    return {f"{field}.{to}" for field in ("identity", "contact")} - given


# -- what is alike ---------------------------------------------------------------------------------

ALIKE = 60  # of 100, from which two are shown as perhaps the same
MOST_ALIKE = 5
CANDIDATES = 50
DAYS_APART, ARRIVED_APART = 3, 14


def said_by(size: int) -> Sentence | str:
    """How many people said this, as the panel may know it."""
    if size < SMALL:
        return N_("Fewer than five people said this.")
    return sentence(N_("{n} people said this."), n=size)
