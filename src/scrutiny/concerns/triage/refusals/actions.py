"""Not taking a concern forward: triage proposes, the chair agrees without knowing who wrote."""

from scrutiny.concerns import parts
from scrutiny.concerns.actions import tell
from scrutiny.concerns.queries import readers
from scrutiny.concerns.rules import MOVES, Stage
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.triage import queries
from scrutiny.concerns.triage.actions import check_another, move, person_of, tell_chairs
from scrutiny.concerns.triage.refusals.queries import said
from scrutiny.concerns.triage.rules import REFUSAL_MOVES, RefusalStage
from scrutiny.concerns.triage.tables import Refusal
from scrutiny.concerns.vocabulary import REASONS
from scrutiny.kit.clock import today
from scrutiny.kit.db import keep, write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import advance, amend, step
from scrutiny.people.actions import next_number
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record


async def propose(concern: Concern, *, by: Seat, reason: str, summary: str, reply: str) -> Refusal:
    """Ask the chair not to take it forward. `summary` is neutral; the chair sees nothing else.

    Raises NotNow when a refusal waits already, Stale when somebody decided meanwhile.
    """
    if reason not in REASONS:
        raise ValueError(f"{reason} is no reason.")
    key = await parts.key_of(concern)
    panel = by.panel
    refusal = Refusal(concern=concern.id, panel=panel.id, reason=reason, proposed_by=by.id,
                      proposed=today(), sealed_why=b"")  # fmt: skip
    for part, words in (("summary", summary), ("reply", reply)):
        blob = parts.close(key, concern, f"refusal|{refusal.id}|{part}", words)
        setattr(refusal, f"sealed_{part}", blob)
    async with write_tx():
        await check_another(concern, by)
        await _into_triage(concern, by)
        refusal.number = await next_number(panel.id, "refusal")
        await keep(refusal)
        await record("refusal.proposed", refusal, by=by, number=refusal.number, reason=reason)
        link = f"{settings().base_url}/{panel.slug}/refusals/{refusal.number}"
        await tell_chairs(panel, "refusal", f"There is something for you to agree.\n\n{link}\n")
    return refusal


async def _into_triage(concern: Concern, by: Seat) -> None:
    """It is being read until the chair has agreed."""
    if await queries.waiting_refusal(concern) is not None:
        raise NotNow("This waits for the chair already.")
    step(MOVES, concern.stage, Stage.NOT_TAKEN_FORWARD)
    if concern.stage == Stage.IN_TRIAGE:
        await amend(concern, screened=True)
        return
    await advance(concern, MOVES, Stage.IN_TRIAGE, screened=True)
    await record("concern.triaged", concern, by=by, number=concern.number, stage=concern.stage)


async def agree(refusal: Refusal, *, by: Seat) -> None:
    """The chair agrees: the concern is not taken forward, and the resident reads why."""
    reply = (await said(refusal)).reply
    async with write_tx():
        concern = await _of(refusal)
        await _check_two(refusal, by)
        await advance(refusal, REFUSAL_MOVES, RefusalStage.AGREED, decided_by=by.id)
        await move(concern, Stage.NOT_TAKEN_FORWARD, reply, by=by, reason=refusal.reason)
        await record("refusal.agreed", refusal, by=by, number=refusal.number)


async def send_back(refusal: Refusal, *, by: Seat, why: str) -> None:
    """The chair does not agree, and says why; triage decides again."""
    async with write_tx():
        concern = await _of(refusal)
        key = await parts.key_of(concern)
        sealed = parts.close(key, concern, f"refusal|{refusal.id}|why", why)
        back = {"decided_by": by.id, "sealed_why": sealed}
        await advance(refusal, REFUSAL_MOVES, RefusalStage.SENT_BACK, **back)
        await record("refusal.sent_back", refusal, by=by, number=refusal.number)
        words = "The chair has sent a decision back."
        await tell(await readers(by.panel), by.panel, "sent_back", words, today())


async def _of(refusal: Refusal) -> Concern:
    known = refusal.concern.id if isinstance(refusal.concern, Concern) else refusal.concern
    concern = await Concern.objects(Concern.panel).where(Concern.id == known).first()
    if concern.stage != Stage.IN_TRIAGE:
        raise NotNow("This has been decided in another way meanwhile.")
    return concern


async def _check_two(refusal: Refusal, by: Seat) -> None:
    """Two people decide, also where one of them holds both seats."""
    proposed = await Seat.objects().get(Seat.id == refusal.proposed_by)
    if person_of(proposed) == person_of(by):
        raise NotNow("You proposed this yourself, so another chair must agree to it.")
