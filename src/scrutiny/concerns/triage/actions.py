"""What triage decides: every move is one transaction, and the resident is told of each."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from scrutiny.concerns import parts
from scrutiny.concerns.actions import link, tell
from scrutiny.concerns.queries import readers
from scrutiny.concerns.rules import ENDS, MOVES, Stage
from scrutiny.concerns.tables import Cluster, Concern
from scrutiny.concerns.thread.notices import tell_resident
from scrutiny.concerns.thread.turns import PANEL, say
from scrutiny.concerns.triage import queries
from scrutiny.concerns.triage.rules import (
    BY_ANOTHER,
    REFERRALS,
    REFUSAL_MOVES,
    SAME_PERSON,
    RefusalStage,
)
from scrutiny.concerns.triage.signposts import SIGNPOSTS, told
from scrutiny.concerns.triage.tables import Referral
from scrutiny.kit.clock import today
from scrutiny.kit.db import keep, write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import advance, amend
from scrutiny.leaks.actions import mark
from scrutiny.letters.actions import Words, write
from scrutiny.people.actions import next_number
from scrutiny.people.queries import people_on, seats_on
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, who_may
from scrutiny.record.actions import record

TURNS = {Stage.NEEDS_INFO: "question", Stage.OUTCOME_TOLD: "outcome"}
OVER = (*ENDS, Stage.CLOSED)
"""Nothing more is to be done: how long it is kept counts from here."""


async def triage(
    concern: Concern,
    *,
    by: Seat,
    decision: str,
    reply: str = "",
    reason: str = "",
    review_on: date | None = None,
) -> None:
    """Decide what happens with it. What `reply` says becomes a turn of the thread.

    `reason` is the proceedings of a pause. Holding, signposting, linking and not taking forward
    ask for more, and have deeds of their own. Raises NotNow, and Stale when somebody was first.
    """
    if decision in (Stage.SAFEGUARDING_HOLD, Stage.SIGNPOSTED, Stage.NOT_TAKEN_FORWARD):
        raise ValueError(f"{decision} is more than a move.")
    async with write_tx():
        await move(concern, decision, reply, by=by, reason=reason, review_on=review_on)
        if decision == Stage.ACCEPTED:
            await _tell_chair(by.panel)


async def signpost(concern: Concern, *, by: Seat, route: str, reply: str = "") -> None:
    """Send the resident to somebody who can help better: the panel closes it, refusing nothing."""
    if route not in SIGNPOSTS:
        raise ValueError(f"{route} is no signpost.")
    words = "\n\n".join(filter(None, (told(route), reply)))
    async with write_tx():
        await move(concern, Stage.SIGNPOSTED, words, by=by, reason=route)


async def hold(
    concern: Concern, *, by: Seat, to: str, day: date, what: str, reply: str = ""
) -> None:
    """Somebody may be in danger: whom triage told outside the panel. The panel sees nothing."""
    if to not in REFERRALS:
        raise ValueError(f"Nobody is referred to {to}.")
    key = await parts.key_of(concern)
    referral = Referral(id=uuid4(), concern=concern.id, to=to, day=day, by=by.id)
    referral.sealed = parts.close(key, concern, f"referral|{referral.id}", what)
    async with write_tx():
        await move(concern, Stage.SAFEGUARDING_HOLD, reply, by=by)
        await keep(referral)
        await mark(concern.panel, "text", what, concern.id)
        await record("concern.referred", concern, by=by, number=concern.number, to=to)


async def link_to(
    concern: Concern, *, by: Seat, theme: Cluster | None = None, reply: str = ""
) -> None:
    """Count it with others like it, without a case of its own: in a theme, or in a count."""
    async with write_tx():
        await _check_another(concern, Stage.LINKED, by)
        turn = await answer(concern, "reply", reply)
        to, name = ("count", "") if theme is None else ("theme", str(theme.number))
        await link(concern, by=by, to=to, name=name, turn=turn)


async def move(concern: Concern, to: str, words: str, *, by: Seat, **changes: Any) -> None:
    """One move with all that follows from it, inside write_tx()."""
    await _check_another(concern, to, by)
    again = to in ENDS and await queries.was_reviewed(concern)
    await take_back(concern, but=to)
    usual = {"reason": "", "review_on": None, "ended": today() if to in OVER else None}
    if to == Stage.CLOSED:  # how long it is kept depends on how it ended, and when
        usual = {"review_on": None, "ended": concern.ended or today()}
    await advance(concern, MOVES, to, **usual | {"screened": True} | changes)
    turn = await answer(concern, TURNS.get(Stage(to), "reply"), words)
    facts = {"number": concern.number, "stage": concern.stage, **({"turn": turn} if turn else {})}
    await record("concern.triaged", concern, by=by, **facts)
    if to in ENDS and not again:
        await next_number(by.panel.id, "concern.told")  # so that counts() need not count


async def answer(concern: Concern, kind: str, words: str) -> int:
    """What the resident reads on the thread, and the letter that says only that there is news.
    Gives the number of the turn, so that the record knows where it stands; 0 without words.

    Without words of our own the thread says the stage alone, in the resident's language.
    """
    day = today()
    turn = await say(concern, PANEL, kind, words, day) if words else None
    await tell_resident(concern, day)
    return turn.number if turn else 0


async def take_back(concern: Concern, but: str) -> None:
    """Another decision is another decision: a refusal that waits for the chair waits no more."""
    waiting = await queries.waiting_refusal(concern)
    if waiting is not None and but != Stage.NOT_TAKEN_FORWARD:
        await advance(waiting, REFUSAL_MOVES, RefusalStage.TAKEN_BACK)


async def _check_another(concern: Concern, to: str, by: Seat) -> None:
    """After a review, who proposed the first decision leaves the second to another."""
    if to not in BY_ANOTHER or to == Stage.NOT_TAKEN_FORWARD:
        return  # a refusal is looked at when it is proposed: the chair only agrees
    await check_another(concern, by)


async def check_another(concern: Concern, by: Seat) -> None:
    """Raises NotNow where somebody else must decide; a panel with one person in triage goes on."""
    first = await queries.first_proposer(concern)
    if first is None or first != person_of(by):
        return
    others = await seats_on(by.panel.id, who_may(Act.CONCERN_TRIAGE))
    if any(person_of(seat) != first for seat in others):
        raise NotNow(SAME_PERSON)


def person_of(seat: Seat) -> UUID:
    return seat.person if isinstance(seat.person, UUID) else seat.person.id


async def _tell_chair(panel: Panel) -> None:
    """That something was taken up: never what, nor who said it."""
    text = "The secretariat has taken up something that a resident raised."
    link_to_cases = f"{settings().base_url}/{panel.slug}/cases"
    await tell_chairs(panel, "accepted", f"{text}\n\n{link_to_cases}\n")


async def tell_chairs(panel: Panel, deed: str, text: str) -> None:
    letter = Words(f"{panel.name}: something to read", text)
    for person in await people_on(panel.id, who_may(Act.CONCERN_REFUSE)):
        to = Mailbox(person.name, person.email)
        await write(f"concern.{deed}", to, letter, key=f"concern.{deed}:{uuid4()}", panel=panel)


async def ask_review(concern: Concern, day: date) -> None:
    """The resident asks, once, that a refusal be looked at again.

    Raises NotNow when it was not refused, or they have asked before.
    """
    async with write_tx():
        last = await queries.agreed_refusal(concern)
        if last is None or await queries.was_reviewed(concern):
            raise NotNow("A decision can be looked at again once. That has been done.")
        await advance(concern, MOVES, Stage.IN_TRIAGE, reason="", ended=None, touched=day)
        await amend(last, review=True)
        panel = await Panel.objects().get(Panel.id == last.panel)
        await record("concern.review_asked", concern, panel=panel, day=day)
        words = "A resident asks that a decision be looked at again."
        await tell(await readers(panel), panel, "review_asked", words, day)


async def let_in(concern: Concern, *, by: Seat) -> None:
    """It waited behind a flood, and is none of it: from now on it is read like all others."""
    async with write_tx():
        await amend(concern, screened=True, veiled=False)
        await record("concern.let_in", concern, by=by, number=concern.number)
