"""Everything that the page of one concern shows to those who may read it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from scrutiny.concerns import consents, queries, rules
from scrutiny.concerns.consents import CELLS
from scrutiny.concerns.evidence.queries import of as files_of
from scrutiny.concerns.retention.queries import is_held
from scrutiny.concerns.tables import Cluster, Concern
from scrutiny.concerns.thread.rules import is_open
from scrutiny.concerns.thread.turns import turns
from scrutiny.concerns.triage import clusters
from scrutiny.concerns.triage.complaint.queries import passed_on, standing
from scrutiny.concerns.triage.laid_out import laid_out
from scrutiny.concerns.triage.queries import (
    hand_off_of,
    last_refusal,
    referrals_of,
    said_about,
    veiled_turns,
)
from scrutiny.concerns.triage.refusals.queries import said as said_of
from scrutiny.concerns.triage.rules import (
    CANNOT_COMPLAIN,
    KINDS,
    REFERRALS,
    REFUSAL_NAMES,
    RUNNING,
    TURNS,
    RefusalStage,
    due_to_read,
    main_of,
    sorted_out,
)
from scrutiny.concerns.triage.signposts import SIGNPOSTS
from scrutiny.concerns.vault.queries import has_contact, names_of_holders
from scrutiny.concerns.video import queries as video
from scrutiny.concerns.vocabulary import CATEGORIES, ENTERED, FLAGS, LIVE, REASONS
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, may

GRAVE = ("danger", "death", "child", "sexual")


@dataclass(frozen=True)
class Row:
    """One concern in a list: nothing of what was written."""

    concern: Concern
    reference: str
    category: str
    kind: str
    entered: str
    flags: list[str]
    grave: bool  # somebody is, or was, in danger: the first of the flags says how
    urgent: bool  # somebody may be in danger, or a child at risk
    late: bool
    read_by: date | None  # while nobody has read it
    cluster: Cluster | None


def row(concern: Concern, panel: Panel, there: dict, day: date) -> Row:
    """`panel` comes with its force, whose video may make triage hurry."""
    due, unread = to_read_by(concern, panel), concern.stage == rules.Stage.SUBMITTED
    return Row(
        concern=concern,
        reference=queries.reference_of(concern),
        category=CATEGORIES.get(concern.category, ""),
        kind=KINDS[concern.kind],
        entered="" if concern.entered == "self" else ENTERED[concern.entered],
        flags=flags_of(concern),
        grave=any(flag in GRAVE for flag in concern.flags.split()),
        urgent=rules.is_urgent(concern.flags),
        late=unread and day > due,
        read_by=due if unread else None,
        cluster=there.get(concern.cluster),
    )


def to_read_by(concern: Concern, panel: Panel) -> date:
    """`panel` comes with its force."""
    happened = None if concern.kind == "compliment" else concern.happened
    return due_to_read(concern.received, happened, concern.flags, panel.force.retention_days)


def flags_of(concern: Concern) -> list[str]:
    """What triage must see at first sight, in words and in the order of how grave it is."""
    there = concern.flags.split()
    return [words for flag, words in FLAGS.items() if flag in there]


def why(concern: Concern) -> str:
    """The reason beside a stage: why it was refused or paused, or where it was sent."""
    if concern.reason in SIGNPOSTS:
        return SIGNPOSTS[concern.reason].name
    return REASONS.get(concern.reason, "") or LIVE.get(concern.reason, "")


async def sheet(seat: Seat, concern: Concern, day: date) -> dict[str, Any]:
    """What the template names, in plain rows and strings."""
    said, given = await queries.opened(concern), await consents.given_for(concern)
    there = await _cluster(concern)
    erased = concern.stage in rules.GONE
    open_to = rules.decisions(concern.stage) if may(seat.role, Act.CONCERN_TRIAGE) else {}
    main = main_of(concern.stage, concern.flags)
    return {
        "concern": concern,
        "erased": erased,
        "number": concern.number,
        "row": row(concern, seat.panel, {}, day),
        "stage": rules.NAMES[concern.stage],
        "why": why(concern),
        "said": said,
        "lines": laid_out(said),
        "turns": [] if erased else await turns(concern),
        "turn_kinds": TURNS,
        "may_write": is_open(concern.stage) and may(seat.role, Act.CONCERN_TRIAGE),
        "message": "",
        "veiled": await veiled_turns(concern),
        "consents": {CELLS[cell]: cell in given for cell in CELLS},
        "may_summarise": "summary.panel" in given,
        "held": await is_held(concern),
        "has_contact": not erased and await has_contact(concern),
        "custodians": await names_of_holders(seat.panel),
        "clock": await video.of(concern.id),
        "files": [] if erased else await files_of(concern.id),
        "trail": await queries.trail(concern),
        "decisions": open_to,
        "main": main,
        "sorts": sorted_out(open_to, main),
        **there,
        **await _with_triage(seat, concern),
    }


async def _cluster(concern: Concern) -> dict[str, Any]:
    if concern.cluster is None:
        return {"cluster": None, "size": 0}
    found = await Cluster.objects().get(Cluster.id == concern.cluster)
    return {"cluster": found, "size": await said_about(concern.id)}


async def _with_triage(seat: Seat, concern: Concern) -> dict[str, Any]:
    """What was decided about it, and what perhaps tells of the same."""
    erased, hand_off = concern.stage in rules.GONE, await hand_off_of(concern)
    sent, refusal = await passed_on(concern, hand_off), await last_refusal(concern)
    if refusal is not None and refusal.stage == RefusalStage.TAKEN_BACK:
        refusal = None
    return {
        "alike": [] if erased else await clusters.alike(seat, concern),
        "references": queries.reference_of,
        "referrals": [] if erased else await referrals_of(concern),
        "referred_to": REFERRALS,
        "hand_off": hand_off,
        "passed_on": sent,
        "may_complain": concern.kind not in CANNOT_COMPLAIN,
        "hand_off_stage": await standing(concern, hand_off, sent) if hand_off else "",
        "hand_off_runs": not erased and hand_off is not None and hand_off.stage in RUNNING,
        "refusal": refusal,
        "refusal_stage": REFUSAL_NAMES[refusal.stage] if refusal else "",
        "refusal_said": await said_of(refusal) if refusal else None,
    }
