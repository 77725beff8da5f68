"""Reads about votes; of a secret one nothing but who has voted until it is closed."""

import json
from typing import Any
from uuid import UUID

from scrutiny.kit.errors import Missing
from scrutiny.people.constitution import Method
from scrutiny.people.tables import Seat
from scrutiny.voting.rules import Stage
from scrutiny.voting.tables import Dissent, Hand, Poll, Tally, Voted

MOST = 200


async def poll(id: UUID) -> Poll:
    """With its panel. Raises Missing when there is none."""
    found = await Poll.objects(Poll.panel).where(Poll.id == id).first()
    if found is None:
        raise Missing("There is no such vote.")
    return found


async def polls_about(about: UUID) -> list[Poll]:
    """Every vote about this row, the first first."""
    return await Poll.objects().where(Poll.about == about).order_by(Poll.opened, Poll.id)


async def polls_about_any(abouts: list[UUID]) -> list[Poll]:
    """The same for several rows at once, for lists; of none there are none."""
    if not abouts:
        return []
    return await Poll.objects().where(Poll.about.is_in(abouts)).order_by(Poll.opened, Poll.id)


def choices_of(poll: Poll) -> dict[str, str]:
    """What can be chosen, key to words, in the order in which it was put."""
    return {one["key"]: one["words"] for one in json.loads(poll.choices)}


def electors_of(poll: Poll) -> list[UUID]:
    """The seats that may vote."""
    return [UUID(one) for one in json.loads(poll.electors)]


async def elector(poll: Poll, person: UUID) -> Seat | None:
    """The seat with which this person votes here, if any."""
    theirs = Seat.objects().where((Seat.person == person) & Seat.id.is_in(electors_of(poll)))
    return await theirs.first() if electors_of(poll) else None


async def counted(poll: Poll) -> dict[str, int] | None:
    """How many chose what; None while a secret vote is open, for anybody."""
    if poll.method == Method.SECRET and poll.stage != Stage.CLOSED:
        return None
    return await counts(poll)


async def counts(poll: Poll) -> dict[str, int]:
    """The counts at this moment, for closing it. Never shown: see `counted`."""
    found = dict.fromkeys(choices_of(poll), 0)
    if poll.method == Method.SECRET:
        rows = await Tally.select(Tally.choice, Tally.count).where(Tally.poll == poll.id)
        return found | {row["choice"]: row["count"] for row in rows}
    for row in await Hand.select(Hand.choice).where(Hand.poll == poll.id):
        found[row["choice"]] += 1
    return found


async def has_voted(poll: Poll, person: UUID) -> bool:
    return await Voted.exists().where((Voted.poll == poll.id) & (Voted.person == person))


async def turnout(poll: Poll) -> int:
    """How many have voted so far."""
    return await Voted.count().where(Voted.poll == poll.id)


async def hands(poll: Poll) -> list[Hand]:
    """Who chose what in an open vote, with seat and person; nothing of a secret one."""
    shown = Hand.objects(Hand.seat, Hand.seat.person).where(Hand.poll == poll.id)
    return await shown.order_by(Hand.seat.person.name).limit(MOST)


async def dissents(poll: Poll) -> list[Dissent]:
    """Why some do not agree; `seat` is empty for those who asked not to be named."""
    joined = (Dissent.seat, Dissent.seat.person)
    found = await Dissent.objects(*joined).where(Dissent.poll == poll.id).limit(MOST)
    return sorted(found, key=lambda one: (one.at, one.text))


async def open_for(person: UUID, panel: UUID) -> list[Poll]:
    """The open votes on this panel in which this person may vote and has not."""
    waiting = (Poll.panel == panel) & (Poll.stage == Stage.OPEN)
    polls = await Poll.objects(Poll.panel).where(waiting).order_by(Poll.opened).limit(MOST)
    mine = Seat.select(Seat.id).where((Seat.person == person) & (Seat.panel == panel))
    seats = {row["id"] for row in await mine} if polls else set()
    done = await _voted_in(person, polls)
    return [one for one in polls if seats & set(electors_of(one)) and one.id not in done]


async def _voted_in(person: UUID, polls: list[Poll]) -> set[Any]:
    ids = [one.id for one in polls]
    if not ids:
        return set()
    rows = await Voted.select(Voted.poll).where((Voted.person == person) & Voted.poll.is_in(ids))
    return {row["poll"] for row in rows}
