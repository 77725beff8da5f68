"""How the demo's panel elected its vice-chair last spring, by secret vote."""

from datetime import date, timedelta

from scrutiny.demo import texts
from scrutiny.demo.cast import Company
from scrutiny.demo.meetings import Scene, in_turn
from scrutiny.kit.clock import today
from scrutiny.membership.elections import actions, queries
from scrutiny.membership.elections.seating import hand_over
from scrutiny.membership.elections.tables import Election
from scrutiny.people.tables import Seat

OFFICE = "vice_chair"
FOR_CHIDI, NEITHER = ("chidi", "farah", "idris"), ("kofi",)
"""The others vote for Denise. Nobody can read this on the site: the vote is secret."""


def election(lambeth: Company, day: date) -> list[Scene]:
    """Two stood, and the one before wrote down what to know."""
    steps = (250, _call), (245, _nominate), (240, _stand), (234, _put), (230, _vote), (225, _count)
    return in_turn(lambeth, day, 7, *steps, (214, _hand_on), (210, _take_over))


async def _find(lambeth: Company) -> Election:
    return (await queries.elections(lambeth.panel))[0]


async def _call(lambeth: Company, day: date) -> None:
    days = [day - timedelta(days=ago) for ago in (235, 225, 210)]
    await actions.call(OFFICE, *days, by=lambeth["grace"], form_key="")


async def _nominate(lambeth: Company, day: date) -> None:
    held = (await _find(lambeth)).id
    for name, by in (("denise", "bilal"), ("chidi", "chidi")):
        person = lambeth[name].person.id
        await actions.nominate(held, person, by=lambeth[by], form_key="")


async def _stand(lambeth: Company, day: date) -> None:
    held = await _find(lambeth)
    put = {one.seat.person.id: one.id for one in await queries.nominations(held)}
    for name, by in (("denise", "efua"), ("chidi", "farah")):
        mine = put[lambeth[name].person.id]
        await actions.second(held.id, mine, by=lambeth[by])
        await actions.answer(held.id, mine, True, texts.STANDS[name], by=lambeth[name])


async def _put(lambeth: Company, day: date) -> None:
    held, last = await _find(lambeth), day - timedelta(days=225)
    await actions.put_to_the_vote(held.id, held.version, by=lambeth["grace"], vote_by=last)


async def _vote(lambeth: Company, day: date) -> None:
    held = await _find(lambeth)
    for name, seat in lambeth.seats.items():
        if seat in lambeth.community:
            await actions.vote(held.id, _choice(lambeth, name), by=seat)


def _choice(lambeth: Company, name: str) -> str:
    if name in NEITHER:
        return "abstain"
    return str(lambeth["chidi" if name in FOR_CHIDI else "denise"].id)


async def _count(lambeth: Company, day: date) -> None:
    held = await _find(lambeth)
    await actions.count(held.id, held.version, by=lambeth["grace"])


async def _hand_on(lambeth: Company, day: date) -> None:
    held = await _find(lambeth)
    await actions.write_handover(held.id, held.version, texts.HANDOVER, by=lambeth["nia"])


async def _take_over(lambeth: Company, day: date) -> None:
    await hand_over(today())
    lambeth.seats["denise in office"] = await _seat(lambeth, "denise", OFFICE)
    lambeth.seats["nia"] = await _seat(lambeth, "nia", "member")


async def _seat(company: Company, name: str, role: str) -> Seat:
    """The seat that somebody has been given since."""
    person = company[name].person
    mine = (Seat.panel == company.panel.id) & (Seat.person == person.id) & (Seat.role == role)
    found = await Seat.objects().where(mine).order_by(Seat.since, ascending=False).first()
    found.panel, found.person = company.panel, person
    return found
