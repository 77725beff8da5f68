"""What happened in the room at the demo's meetings: decisions, a recusal, actions, claims."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from scrutiny.actions import actions as log
from scrutiny.actions.queries import find as action_on
from scrutiny.agendas.queries import is_case, items_of
from scrutiny.agendas.tables import Item
from scrutiny.demo import texts
from scrutiny.demo.cast import Company
from scrutiny.demo.meetings import Held, Scene, moment
from scrutiny.kit.clock import today
from scrutiny.meetings.expenses import actions as expenses
from scrutiny.meetings.expenses.rules import ClaimForm
from scrutiny.room import actions as room
from scrutiny.room.deciding import actions as deciding
from scrutiny.room.declaring.actions import declare
from scrutiny.room.discharging import actions as discharging
from scrutiny.room.queries import quorum_for
from scrutiny.voting.rules import AGAINST, FOR

QUESTIONS = "Questions to the police"
BUSINESS = "Any other business and date of next meeting"


@dataclass(frozen=True)
class Evening:
    """What is done at one meeting, between its opening and its end."""

    held: Held

    def at(self, hour: int, minute: int, deed: Callable[..., Awaitable], *said: object) -> Scene:
        return Scene(moment(self.held.day, hour, minute), partial(deed, *said))

    async def item(self, title: str) -> Item:
        found = await items_of(await self.held.find())
        return next(one for one in found if one.title == title)

    async def turn_to(self, title: str) -> None:
        meeting, item = await self.held.find(), await self.item(title)
        await room.start(meeting, item.id, by=self.held.convenor)

    async def decide(self, text: str, against: tuple[str, ...] = (), why: str = "") -> None:
        """By a show of hands. Whoever is against keeps a dissent, if they say why."""
        company, meeting = self.held.company, await self.held.find()
        item = await self.item(BUSINESS)
        put = await deciding.put(meeting, item.id, text, by=self.held.chair)
        refuse = {company[name].person.id for name in against}
        there = (await quorum_for(meeting, item, company.panel)).able
        hands = {one.seat: AGAINST if one.person in refuse else FOR for one in there}
        await deciding.enter_hands(meeting, put.id, hands, by=self.held.convenor)
        await deciding.close(meeting, put.id, by=self.held.chair)
        if why:
            by = company[against[0]]
            await deciding.dissent(meeting, put.id, why, named=True, by=by)

    async def recuse(self, name: str, case: int) -> None:
        meeting, by = await self.held.find(), self.held.company[name]
        found = [one for one in await items_of(meeting) if is_case(one)]
        item = next(one for one in found if one.case.number == case)
        words = texts.RECUSED
        await declare(meeting, item.id, by.id, how="left_room", words=words, by=by)

    async def promise(self, text: str, side: str, owner: str, within: int) -> None:
        meeting, item = await self.held.find(), await self.item(QUESTIONS)
        whose = {"side": side, "owner": self.held.company[owner].id, "owner_role": ""}
        whose["due"] = today() + timedelta(days=within)
        await room.raise_action(meeting, item.id, text, form_key="", by=self.held.convenor, **whose)

    async def discharge(self, number: int) -> None:
        company = self.held.company
        there = await action_on(company["grace"], company.panel, number)
        said = "discharged", texts.DISCHARGED
        await discharging.decide(number, there.version, *said, by=self.held.chair)


async def _report(company: Company, number: int, name: str, text: str) -> None:
    there = await action_on(company[name], company.panel, number)
    await log.report(number, there.version, text, done=True, by=company[name])


async def _claim(held: Held, name: str, kind: str, pounds: str, note: str) -> None:
    form = ClaimForm(kind=kind, pounds=pounds, note=note)
    await expenses.claim(held.day, form, by=held.company[name])


async def _pay(held: Held, name: str, kind: str, pounds: str, note: str) -> None:
    form = ClaimForm(kind=kind, pounds=pounds, note=note)
    made = await expenses.claim(held.day, form, by=held.company[name])
    for seen, verdict in enumerate(("agreed", "paid"), start=1):
        await expenses.decide(made.id, seen, verdict, "", by=held.convenor)


def in_the_room(meetings: list[Held]) -> list[Scene]:
    """Of the last year's meetings, the first first; what they left undone was carried over."""
    first, second, third, fourth, fifth, last = map(Evening, meetings)
    company = last.held.company
    return [
        first.at(20, 0, first.promise, texts.GUIDE, "secretariat", "grace", 30),
        _after(first, 20, _report, company, 1, "grace", texts.GUIDE_SENT),
        second.at(19, 0, second.discharge, 1),
        third.at(20, 0, third.decide, texts.LIBRARIES),
        fourth.at(20, 0, fourth.promise, texts.LOOP, "secretariat", "grace", 90),
        fifth.at(20, 0, fifth.promise, texts.UNDER_18, "police", "claire", 45),
        _after(fifth, 2, _pay, fifth.held, "efua", "travel", "4.60", "Bus, both ways"),
        *_last(last),
        _after(last, 3, _claim, last.held, "leila", "care", "24.00", "Three hours of childcare"),
        _after(last, 5, _report, company, 4, "bilal", texts.CLUB_ASKED),
    ]


def _after(evening: Evening, days: int, deed: Callable[..., Awaitable], *said: object) -> Scene:
    return Scene(moment(evening.held.day + timedelta(days=days), 12), partial(deed, *said))


def _last(last: Evening) -> list[Scene]:
    against = ("chidi", "farah")
    return [
        last.at(18, 35, last.turn_to, "Welcome, wellbeing and apologies"),
        last.at(18, 40, last.recuse, "bilal", 4),
        last.at(18, 43, last.turn_to, "Recommendations and overdue answers"),
        last.at(19, 5, last.turn_to, "Case review"),
        last.at(19, 50, last.turn_to, QUESTIONS),
        last.at(20, 0, last.promise, texts.CLUB, "panel", "bilal", 30),
        last.at(20, 5, last.promise, texts.INVITE, "panel", "amara", 40),
        last.at(20, 10, last.turn_to, BUSINESS),
        last.at(20, 15, last.decide, texts.STREETS, against, texts.TOO_FEW),
    ]
