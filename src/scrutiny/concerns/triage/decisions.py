"""From the form of a decision to its deed: which deed each decision is."""

from datetime import date

from scrutiny.concerns.rules import Stage, decisions
from scrutiny.concerns.tables import Cluster, Concern
from scrutiny.concerns.triage import actions
from scrutiny.concerns.triage.forms import DecisionForm
from scrutiny.concerns.triage.refusals.actions import propose
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.stages import step
from scrutiny.people.tables import Seat


def check_open(stage: str, move: str) -> None:
    """Raises Missing for what is no decision at all, NotNow for one that the stage forbids."""
    if move not in {one for at in Stage for one in decisions(at)}:
        raise Missing("There is no such decision.")
    if move not in decisions(stage):
        step({}, stage, move)


async def decide(concern: Concern, move: str, form: DecisionForm, *, by: Seat) -> None:
    """`form` has no problems. Raises NotNow, and Stale when somebody decided first."""
    check_open(concern.stage, move)
    reply = form.words()
    if move == Stage.NOT_TAKEN_FORWARD:
        what = {"reason": form.reason, "summary": form.neutral(), "reply": reply}
        await propose(concern, by=by, **what)
    elif move == Stage.SIGNPOSTED:
        await actions.signpost(concern, by=by, route=form.route, reply=reply)
    elif move == Stage.SAFEGUARDING_HOLD:
        told = {"to": form.to, "day": _day(form.referred_on()), "what": form.told()}
        await actions.hold(concern, by=by, reply=reply, **told)
    elif move == Stage.LINKED:
        theme = await Cluster.objects().where(Cluster.id == concern.cluster).first()
        await actions.link_to(concern, by=by, theme=theme, reply=reply)
    else:
        paused = move == Stage.PAUSED
        facts = {"reason": form.proceedings, "review_on": form.looked_at_on()} if paused else {}
        await actions.triage(concern, by=by, decision=move, reply=reply, **facts)


def _day(found: date | None) -> date:
    if found is None:
        raise NotNow("On which day they were told must be known.")
    return found
