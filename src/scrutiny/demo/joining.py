"""How those on the demo's panels were cleared: signed, trained, vetted, interests told, needs."""

from datetime import date, timedelta

from scrutiny.demo import texts
from scrutiny.demo.cast import Company
from scrutiny.demo.meetings import Scene, in_turn
from scrutiny.kit.clock import today
from scrutiny.membership.clearances.actions import Given, answer, note, sign
from scrutiny.membership.clearances.queries import held_by, requested
from scrutiny.membership.clearances.rules import SIGNED, Outcome
from scrutiny.membership.interests import actions as interests
from scrutiny.membership.interests.rules import InterestForm
from scrutiny.membership.needs import actions as needs
from scrutiny.people.constitution import Clearing

VETTED = timedelta(days=1095)
LEVEL = "NPPV2A"
NONE = ("denise", "efua", "farah", "idris", "joan", "nia", "hana", "sol")
"""Had nothing to declare; Kofi never said either."""


def joined(company: Company, day: date) -> list[Scene]:
    """Before anything else happened here."""
    return in_turn(company, day, 8, (396, _sign))


def cleared(lambeth: Company, day: date) -> list[Scene]:
    """Trained and vetted; one vetting is about to lapse, and one waits for the force's answer."""
    steps = (395, _train), (394, _vet), (170, _ask_again), (158, _answer), (13, _ask)
    return in_turn(lambeth, day, 12, *steps)


def told(lambeth: Company, day: date) -> list[Scene]:
    """Interests and access needs."""
    return in_turn(lambeth, day, 13, (340, _declare), (339, _need))


async def _sign(company: Company, day: date) -> None:
    for seat in company.seats.values():
        for kind in SIGNED:
            await sign(kind, 1, by=seat)


async def _train(lambeth: Company, day: date) -> None:
    given = Given(Outcome.CLEARED, "", today(), day + timedelta(days=330))
    for seat in lambeth.community:
        await note(seat.id, Clearing.TRAINING, given, 0, by=lambeth["grace"])


async def _vet(lambeth: Company, day: date) -> None:
    """Idris was vetted for another body before, so that of Idris runs out first."""
    for name, seat in lambeth.seats.items():
        last = day + timedelta(days=12) if name == "idris" else today() + VETTED
        if seat in lambeth.community:
            given = Given(Outcome.CLEARED, LEVEL, today(), last)
            await note(seat.id, Clearing.VETTING, given, 0, by=lambeth["grace"])


async def _ask_again(lambeth: Company, day: date) -> None:
    await _request(lambeth, "farah")


async def _ask(lambeth: Company, day: date) -> None:
    await _request(lambeth, "mateo")


async def _request(lambeth: Company, name: str) -> None:
    seat = lambeth[name]
    kept = (await held_by(lambeth.panel, seat.person.id)).get(Clearing.VETTING.value)
    given, seen = Given(Outcome.REQUESTED, LEVEL), kept.version if kept else 0
    await note(seat.id, Clearing.VETTING, given, seen, by=lambeth["grace"])


async def _answer(lambeth: Company, day: date) -> None:
    given = Given(Outcome.CLEARED, "", today(), today() + VETTED)
    for one in await requested(lambeth.panel):
        await answer(one.id, given, one.version, by=lambeth["claire"])


async def _declare(lambeth: Company, day: date) -> None:
    for name, (nature, text, public) in texts.INTERESTS.items():
        form = InterestForm(nature=nature, text=text, public=public)
        await interests.declare(form, by=lambeth[name])
    for name in NONE:
        await interests.look_over(by=lambeth[name], none=True)


async def _need(lambeth: Company, day: date) -> None:
    for name, text in texts.NEEDS.items():
        await needs.say(text, 0, by=lambeth[name])
