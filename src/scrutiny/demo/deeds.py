"""What panel and police of the demo do with one concern: the deeds behind their pages."""

from datetime import timedelta

from scrutiny.cases import actions as cases
from scrutiny.concerns.retention import holds
from scrutiny.concerns.retention.tables import Hold
from scrutiny.concerns.tables import Cluster
from scrutiny.concerns.triage import actions, clusters, handoff, moderation
from scrutiny.concerns.triage.queries import hand_off_of, waiting_refusal
from scrutiny.concerns.triage.refusals import actions as refusals
from scrutiny.concerns.vault import actions as vault
from scrutiny.concerns.video import actions as video
from scrutiny.concerns.video.queries import asked_for
from scrutiny.demo.raised import Raised
from scrutiny.kit.clock import today
from scrutiny.people import queries as people

COMPLAINTS = "complaints@force.example"


async def decide(of: Raised, *, to: str, reply: str = "", reason: str = "", review_in: int = 0):
    day = today() + timedelta(days=review_in) if review_in else None
    said = {"decision": to, "reply": reply, "reason": reason, "review_on": day}
    await actions.triage(await of.find(), by=of.seat("secretariat"), **said)


async def signpost(of: Raised, *, route: str, reply: str) -> None:
    await actions.signpost(await of.find(), by=of.seat("secretariat"), route=route, reply=reply)


async def refer(of: Raised, *, to: str, what: str, reply: str) -> None:
    """The safeguarding lead holds it, and has told somebody outside the panel."""
    said = {"to": to, "day": today(), "what": what, "reply": reply}
    await actions.hold(await of.find(), by=of.seat("safeguarding_lead"), **said)


async def take_up(of: Raised, *, title: str) -> None:
    await cases.take_up(await of.find(), by=of.seat("secretariat"), title=title)


async def join(of: Raised, *, other: str, title: str) -> None:
    there = await of.other(other).find()
    await clusters.join(await of.find(), there, by=of.seat("secretariat"), title=title)


async def count_it(of: Raised, *, reply: str) -> None:
    """In its theme where it has one, else alone."""
    concern = await of.find()
    theme = await Cluster.objects().where(Cluster.id == concern.cluster).first()
    await actions.link_to(concern, by=of.seat("secretariat"), theme=theme, reply=reply)


async def veil(of: Raised) -> None:
    await moderation.veil(await of.find(), by=of.seat("secretariat"))


# -- refusals --------------------------------------------------------------------------------------


async def refuse(of: Raised, *, reason: str, summary: str, reply: str) -> None:
    said = {"reason": reason, "summary": summary, "reply": reply}
    await refusals.propose(await of.find(), by=of.seat("secretariat"), **said)


async def agree(of: Raised) -> None:
    """The chair, without seeing who wrote."""
    await refusals.agree(await waiting_refusal(await of.find()), by=of.seat("chair"))


async def send_back(of: Raised, *, why: str) -> None:
    refusal = await waiting_refusal(await of.find())
    await refusals.send_back(refusal, by=of.seat("chair"), why=why)


# -- a complaint that is handed on -----------------------------------------------------------------


async def offer(of: Raised, *, to: str) -> None:
    await handoff.offer(await of.find(), by=of.seat("secretariat"), to=to)


async def pass_on(of: Raised) -> None:
    """Without a name: the resident did not say that theirs may go with it."""
    concern, by = await of.find(), await _whole(of)
    there = await hand_off_of(concern)
    await handoff.send(concern, there, by=by, contact=None, address=COMPLAINTS)


async def _whole(of: Raised):
    """The seat with its panel and force, which the letter names."""
    seat = of.seat("secretariat")
    seat.panel = await people.panel(of.company.panel.slug)
    return seat


async def note_number(of: Raised, *, number: str) -> None:
    concern = await of.find()
    there = await hand_off_of(concern)
    await handoff.note_receipt(concern, there, by=of.seat("secretariat"), receipt=number)


# -- custodians ------------------------------------------------------------------------------------


async def ask_to_look(of: Raised, *, why: str) -> None:
    await vault.ask(await of.find(), by=of.seat("secretariat"), why=why)


async def propose_hold(of: Raised, *, why: str, days: int) -> None:
    until = today() + timedelta(days=days)
    by = of.seat("data_protection_lead")
    await holds.propose(await of.find(), by=by, why=why, until=until)


async def agree_hold(of: Raised) -> None:
    concern = await of.find()
    hold = await Hold.objects().where(Hold.concern == concern.id).first()
    await holds.agree(hold, concern, by=of.seat("secretariat"))


# -- video -----------------------------------------------------------------------------------------


async def answer_video(of: Raised, *, outcome: str, reason: str = "") -> None:
    """What the force's liaison answers to the request that came from this concern."""
    asked = await asked_for(await of.find())
    await video.answer(asked, by=of.seat("police_liaison"), outcome=outcome, reason=reason)
