"""The terms of reference of the demo's panel: one version in force, the next consulted on."""

from datetime import date, timedelta

import msgspec

from scrutiny.demo import texts
from scrutiny.demo.cast import Company
from scrutiny.demo.meetings import Scene, in_turn, rhythm_of
from scrutiny.kit.clock import today
from scrutiny.membership.terms import actions, queries
from scrutiny.membership.terms.provisions import Provisions, provisions_of
from scrutiny.people.constitution import Method, constitution_of

NOTICE, IN_OFFICE = 14, 2


def agreed_terms(lambeth: Company, day: date) -> list[Scene]:
    """Drafted, consulted on, voted for, in force, and signed by nearly everybody."""
    steps = (392, _draft), (390, _consult), (384, _comment), (373, _reply), (366, _vote)
    return in_turn(lambeth, day, 15, *steps, (360, _count), (356, _sign))


def proposed_terms(lambeth: Company, day: date) -> list[Scene]:
    """The panel is being consulted, and two have said something."""
    steps = (20, _draft_again), (18, _consult_again), (12, _member), (9, _officer), (5, _reply)
    return in_turn(lambeth, day, 15, *steps)


def _rules(company: Company, day: date, **more: object) -> Provisions:
    own, often = constitution_of(company.panel), rhythm_of(day)
    fitted = {"rhythm": often, "notice_days": NOTICE, "method": Method.SHOW}
    fitted |= {"chair_term_years": IN_OFFICE, **more}
    return msgspec.structs.replace(
        provisions_of(company.panel), constitution=msgspec.structs.replace(own, **fitted)
    )


async def _draft(lambeth: Company, day: date) -> None:
    said = texts.TERMS, _rules(lambeth, day), texts.FIRST_TERMS
    await actions.draft(*said, by=lambeth["amara"], form_key="")


async def _draft_again(lambeth: Company, day: date) -> None:
    said = texts.NEW_TERMS, _rules(lambeth, day, places=14), texts.SECOND_TERMS
    await actions.draft(*said, by=lambeth["denise in office"], form_key="")


async def _seen(lambeth: Company, number: int) -> int:
    return (await queries.terms(lambeth.panel, number, lambeth["amara"])).version


async def _consult(lambeth: Company, day: date) -> None:
    last = today() + timedelta(days=15)
    await actions.consult(1, await _seen(lambeth, 1), last, by=lambeth["grace"])


async def _consult_again(lambeth: Company, day: date) -> None:
    last = today() + timedelta(days=28)
    await actions.consult(2, await _seen(lambeth, 2), last, by=lambeth["denise in office"])


async def _comment(lambeth: Company, day: date) -> None:
    await actions.say(1, texts.ON_THE_FIRST, by=lambeth["claire"], form_key="")


async def _member(lambeth: Company, day: date) -> None:
    await actions.say(2, texts.ON_PLACES, by=lambeth["bilal"], form_key="")


async def _officer(lambeth: Company, day: date) -> None:
    await actions.say(2, texts.ON_NOTICE, by=lambeth["claire"], form_key="")


async def _reply(lambeth: Company, day: date) -> None:
    """To the first comment of the version that is on its way."""
    found = await queries.proposed(lambeth.panel.id)
    first = (await queries.comments(found))[0]
    said = first.id, first.version, texts.REPLY
    await actions.answer(found.number, *said, by=lambeth["grace"])


async def _vote(lambeth: Company, day: date) -> None:
    last = today() + timedelta(days=5)
    seen = await _seen(lambeth, 1)
    await actions.put_to_the_vote(1, seen, last, by=lambeth["grace"])
    for seat in lambeth.community:
        await actions.vote(1, "for", by=seat)


async def _count(lambeth: Company, day: date) -> None:
    await actions.count(1, await _seen(lambeth, 1), by=lambeth["grace"])
    await lambeth.renew()


async def _sign(lambeth: Company, day: date) -> None:
    for seat in lambeth.community:
        if seat is not lambeth["kofi"]:
            await actions.sign(1, by=seat)
