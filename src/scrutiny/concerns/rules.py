"""WHERE a concern may go next, by when, and how each stage is said to a resident."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from scrutiny.kit.words import N_, sentence
from scrutiny.kit.working_days import add_working_days

MOST_WORDS = 3000
TRIAGE_DAYS, HURRIED_DAYS = 2, 1
"""Working days in which triage means to have read a concern; the second where the video is about
to be erased, or somebody may be in danger (domain.md 6.1)."""
URGENT = ("danger", "child")
"""Flags of what is read before everything else."""
HURRY = 7  # days of video left, at which triage hurries
LONGEST_PAUSE = 90  # days until a pause must be looked at again

LOOKS = {
    "reply": N_("To reply to the resident"),
    "meeting": N_("To invite the resident to a meeting"),
    "safety": N_("Because somebody may be in danger"),
    "complaint": N_("To pass on a complaint, as the resident asked"),
    "law": N_("Because a court or the law requires it"),
}
"""Why the secretariat looks at how to reach a resident: asked each time."""
LOOKED_AT = {
    "reply": N_("Somebody looked at who you are, to reply to you."),
    "meeting": N_("Somebody looked at who you are, to invite you to a meeting."),
    "safety": N_("Somebody looked at who you are, because somebody may be in danger."),
    "complaint": N_("Somebody looked at who you are, to pass on your complaint."),
    "law": N_("Somebody looked at who you are, because a court or the law requires it."),
}
"""The same, as it is told to the resident."""
ASKED_FOR = {
    "reply": N_("Somebody asked to know who you are, to reply to you. A second person must agree."),
    "meeting": N_(
        "Somebody asked to know who you are, to invite you to a meeting. "
        "A second person must agree."
    ),
    "safety": N_(
        "Somebody asked to know who you are, because somebody may be in danger. "
        "A second person must agree."
    ),
    "complaint": N_(
        "Somebody asked to know who you are, to pass on your complaint. A second person must agree."
    ),
    "law": N_(
        "Somebody asked to know who you are, because a court or the law requires it. "
        "A second person must agree."
    ),
}
AGREED = N_("A second person agreed to that, for thirty minutes.")
SAID_NO = {
    "thread": N_("A second person said no: you can be asked with your code instead."),
    "reason": N_("A second person said no: the reason was not good enough."),
    "consent": N_("A second person said no: you did not agree to that."),
    "done": N_("A second person said no: it was no longer needed."),
}
AGREED_TO, LOOKED = "concern.contact_agreed", "concern.contact_read"
CONTACTED = {
    "concern.contact_asked": ASKED_FOR,
    AGREED_TO: dict.fromkeys(LOOKS, AGREED),
    "concern.contact_declined": SAID_NO,
    LOOKED: LOOKED_AT,
}
"""What happened to who wrote it, by the reason that the record keeps."""
HANDED_ON = {
    "concern.hand_off_offered": N_("We offered to pass it on as a complaint."),
    "concern.hand_off_sent": N_("We passed on your complaint."),
    "concern.hand_off_stopped": N_("We stopped your complaint. It never went."),
    "concern.hand_off_receipted": N_("They have your complaint."),
    "concern.hand_off_outcome": N_("Your complaint has ended."),
    "concern.erasure_announced": N_("We told you when it will be erased."),
}
"""What we did, and said on the thread with it."""
ON_ITS_WAY = N_("We set your complaint on its way.")
"""A letter goes a little later than it is written, and may be stopped before that."""
PERHAPS = N_("We stopped sending your complaint. It may have reached them already.")
VIDEO = {
    "sent": N_("We asked the police to keep the video."),
    "kept": N_("The police say that they keep the video."),
    "already_gone": N_("The police say that the video is already gone."),
    "was_kept": N_("The police now say that the video is gone, after they had kept it."),
    "refused": N_("The police refused to keep the video."),
    "kept_back": N_("Our letter to the police had not gone yet. We stopped it."),
}
"""What became of the video, by the stage or the reason that the record keeps."""
DONE = {
    "concern.added": N_("You wrote more."),
    "concern.file_added": N_("You sent a file."),
    "concern.consented": N_("You changed what may be done with it."),
    "concern.review_asked": N_("You asked that somebody looks at it again."),
    "concern.hand_off_agreed": N_("You agreed that it is passed on as a complaint."),
    "concern.hand_off_declined": N_("You said no to a complaint."),
    "concern.withdrawn": N_("You took it back."),
}
"""What the resident did, as the trail tells it back."""
WROTE = "concern.written_to"
KEPT_BACK = "video.kept_back"
VIDEO_EVENTS = ("video.asked", "video.answered", KEPT_BACK)

LINKS = {
    "case": N_("It became part of case {name}."),
    "meeting": N_("The panel looks at it at the meeting of {name}."),
    "recommendation": N_("It became part of recommendation {name}."),
    "theme": N_("It is counted with others like it, as theme {name}."),
    "count": N_("It is counted with others like it."),
}
"""What a concern can become part of, as the resident reads it."""


class Stage(StrEnum):
    SUBMITTED = "submitted"
    IN_TRIAGE = "in_triage"
    NEEDS_INFO = "needs_info"
    SAFEGUARDING_HOLD = "safeguarding_hold"
    SIGNPOSTED = "signposted"
    PAUSED = "paused_live_proceedings"
    ACCEPTED = "accepted"
    LINKED = "linked"
    OUTCOME_TOLD = "outcome_told"
    NOT_TAKEN_FORWARD = "not_taken_forward"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    ANONYMISED = "anonymised"
    DELETED = "deleted"


DECISIONS = (
    Stage.NEEDS_INFO,
    Stage.SAFEGUARDING_HOLD,
    Stage.SIGNPOSTED,
    Stage.PAUSED,
    Stage.ACCEPTED,
    Stage.NOT_TAKEN_FORWARD,
)
HELD = (Stage.NEEDS_INFO, Stage.SAFEGUARDING_HOLD, Stage.PAUSED)
TAKEN_UP = (Stage.ACCEPTED, Stage.LINKED)
UNDECIDED = (Stage.SUBMITTED, Stage.IN_TRIAGE, Stage.NEEDS_INFO, *TAKEN_UP)
"""Open, and neither held for somebody's safety nor paused for live proceedings."""
GONE = (Stage.WITHDRAWN, Stage.ANONYMISED, Stage.DELETED)
"""Nothing of what was written is left."""
ENDS = (Stage.SIGNPOSTED, Stage.OUTCOME_TOLD, Stage.NOT_TAKEN_FORWARD)
"""The resident has been told what became of it."""

# A move is named after the stage it leads to. What is decided on a first reading goes
# through triage in one step: nobody is made to press twice.
MOVES: dict[tuple[str, str], str] = {
    (Stage.SUBMITTED, "in_triage"): Stage.IN_TRIAGE,
    **{(at, to.value): to for at in (Stage.SUBMITTED, Stage.IN_TRIAGE) for to in DECISIONS},
    **{(at, "in_triage"): Stage.IN_TRIAGE for at in HELD},
    (Stage.ACCEPTED, "linked"): Stage.LINKED,
    (Stage.LINKED, "outcome_told"): Stage.OUTCOME_TOLD,
    # Danger, an arrest or a charge may come after the panel took it up.
    **{(at, to.value): to for at in TAKEN_UP for to in (Stage.SAFEGUARDING_HOLD, Stage.PAUSED)},
    **{(at, "closed"): Stage.CLOSED for at in ENDS},
    (Stage.NOT_TAKEN_FORWARD, "in_triage"): Stage.IN_TRIAGE,  # the resident asked for a review
    **{(at, "withdrawn"): Stage.WITHDRAWN for at in Stage if at not in GONE},
    # Nobody can reach whoever wrote it, and they have been away for a year (domain.md 8).
    **{(at, "anonymised"): Stage.ANONYMISED for at in UNDECIDED},
    (Stage.CLOSED, "anonymised"): Stage.ANONYMISED,
    (Stage.WITHDRAWN, "anonymised"): Stage.ANONYMISED,
    (Stage.ANONYMISED, "deleted"): Stage.DELETED,
}

NEEDS_REPLY = {
    Stage.NEEDS_INFO: N_("Write what you need to know. The resident reads it when they come back."),
    Stage.NOT_TAKEN_FORWARD: N_("Write to the resident why, in plain words."),
    Stage.OUTCOME_TOLD: N_("Write to the resident what the panel did."),
}

NAMES = {
    Stage.SUBMITTED: N_("New"),
    Stage.IN_TRIAGE: N_("Being read"),
    Stage.NEEDS_INFO: N_("Waiting for the resident"),
    Stage.SAFEGUARDING_HOLD: N_("Held: somebody may be in danger"),
    Stage.SIGNPOSTED: N_("Sent to somebody else"),
    Stage.PAUSED: N_("Paused: live proceedings"),
    Stage.ACCEPTED: N_("Taken up"),
    Stage.LINKED: N_("Part of the panel's work"),
    Stage.OUTCOME_TOLD: N_("Outcome told"),
    Stage.NOT_TAKEN_FORWARD: N_("Not taken forward"),
    Stage.CLOSED: N_("Closed"),
    Stage.WITHDRAWN: N_("Withdrawn"),
    Stage.ANONYMISED: N_("Erased: only the count is kept"),
    Stage.DELETED: N_("Deleted"),
}

DEEDS = {
    Stage.IN_TRIAGE: N_("Say that it is being read"),
    Stage.NEEDS_INFO: N_("Ask the resident for more"),
    Stage.SAFEGUARDING_HOLD: N_("Hold it: somebody may be in danger"),
    Stage.SIGNPOSTED: N_("Send the resident to somebody who can help better"),
    Stage.PAUSED: N_("Pause it: a court case, a complaint or an investigation goes on"),
    Stage.ACCEPTED: N_("Take it up"),
    Stage.NOT_TAKEN_FORWARD: N_("Do not take it forward"),
    Stage.LINKED: N_("Count it with others like it, without a case of its own"),
    Stage.OUTCOME_TOLD: N_("Tell the resident the outcome"),
    Stage.CLOSED: N_("Close it"),
}
GOES_ON = {
    Stage.NEEDS_INFO: N_("Go on with it, without waiting for the resident"),
    Stage.SAFEGUARDING_HOLD: N_("End the hold, and go on with it"),
    Stage.PAUSED: N_("End the pause, and go on with it"),
}
"""How the way back is said where somebody has read it long since."""

TOLD = {
    Stage.SUBMITTED: N_("We have it. The secretariat has not read it yet."),
    Stage.IN_TRIAGE: N_("The secretariat is reading it and will decide what happens next."),
    Stage.NEEDS_INFO: N_("The secretariat needs to know more before it can go on."),
    Stage.SAFEGUARDING_HOLD: N_("It is held while people who keep others safe look at it first."),
    Stage.SIGNPOSTED: N_("Somebody else can help better than a panel. Their details are below."),
    Stage.PAUSED: N_("It is paused while a court case, a complaint or an investigation goes on."),
    Stage.ACCEPTED: N_("The panel has taken it up."),
    Stage.LINKED: N_("The panel is working on it, together with others like it."),
    Stage.OUTCOME_TOLD: N_("The panel has finished. What it did is below."),
    Stage.NOT_TAKEN_FORWARD: N_("The panel has not taken it forward. The reason is below."),
    Stage.CLOSED: N_("It is closed. Nothing more will happen."),
    Stage.WITHDRAWN: N_("You took it back. What you wrote is gone."),
    Stage.ANONYMISED: N_("We have erased it. We only keep that there was a concern."),
    Stage.DELETED: N_("We have erased it. We only keep that there was a concern."),
}


def reference(code: str, number: int, received: date) -> str:
    """What people say aloud: LAM-C-2026-07."""
    return f"{code}-C-{received.year}-{number:02d}"


def is_urgent(flags: str) -> bool:
    """Whether somebody may be in danger, or a child at risk."""
    return any(flag in URGENT for flag in flags.split())


def read_by(received: date, video_until: date | None = None, *, urgent: bool = False) -> date:
    """The last day on which triage means to have read it; one working day where it is urgent, or
    video is short.

    `video_until` is the last day on which body-worn video is still there, if that is known.
    """
    short = video_until is not None and 0 <= (video_until - received).days <= HURRY
    return add_working_days(received, HURRIED_DAYS if urgent or short else TRIAGE_DAYS)


def is_late(
    stage: str,
    received: date,
    today: date,
    video_until: date | None = None,
    *,
    urgent: bool = False,
) -> bool:
    """Lateness is worked out, never stored, so it cannot be forgotten or go stale."""
    return stage == Stage.SUBMITTED and today > read_by(received, video_until, urgent=urgent)


def decisions(stage: str) -> dict[str, str]:
    """What triage may decide now, in words. Withdrawing and a review are the resident's alone."""
    moves = [Stage(move) for (at, move) in MOVES if at == stage]
    if stage == Stage.NOT_TAKEN_FORWARD:
        moves.remove(Stage.IN_TRIAGE)
    return {move.value: deed(stage, move) for move in moves if move in DEEDS}


def deed(stage: str, move: str) -> str:
    """A move as whoever makes it reads it."""
    goes_on = stage in GOES_ON and move == Stage.IN_TRIAGE
    return GOES_ON[Stage(stage)] if goes_on else DEEDS[Stage(move)]


def happening(what: str, facts: Mapping[str, Any]) -> str:
    """One line of the trail that a resident reads, from what the record keeps of it."""
    if what in CONTACTED:
        return CONTACTED[what][facts["why"]]
    if what == "concern.linked":
        return sentence(LINKS[facts["to"]], name=_named(facts))
    if what in VIDEO_EVENTS:
        return VIDEO.get(facts.get("reason", "")) or VIDEO[facts.get("stage", "sent")]
    if what == WROTE:
        return N_("The secretariat wrote to you.")
    if what == "concern.hand_off_sent" and facts.get("how") == "email":
        return ON_ITS_WAY
    if what == "concern.hand_off_stopped" and not facts["sure"]:
        return PERHAPS
    return DONE.get(what) or HANDED_ON.get(what) or TOLD[Stage(facts["stage"])]


def _named(facts: Mapping[str, Any]) -> date | str:
    """A meeting goes by its day, everything else by its number."""
    name = facts["name"]
    return date.fromisoformat(name) if facts["to"] == "meeting" else name
