"""One meeting of the demo from its calling to its minutes, each step on its own day."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from scrutiny.agendas import actions as agendas
from scrutiny.agendas.queries import items_of
from scrutiny.cases import actions as cases
from scrutiny.cases.tables import Case
from scrutiny.demo.cast import Company
from scrutiny.demo.words import FINDING, NOTES
from scrutiny.kit.clock import LONDON
from scrutiny.kit.working_days import is_working_day
from scrutiny.meetings import actions as meetings
from scrutiny.meetings.calendar import reply_token
from scrutiny.meetings.plan import Plan
from scrutiny.meetings.queries import expected_at, invitations
from scrutiny.meetings.tables import Meeting

THURSDAY = 3


@dataclass(frozen=True)
class Scene:
    """Something that happens at a moment."""

    at: datetime
    deed: Callable[[], Awaitable[object]]


def thursday(today: date, ago: int) -> date:
    """The Thursday on or before the day that was `ago` days ago, and not on a bank holiday."""
    day = today - timedelta(days=ago)
    day -= timedelta(days=(day.weekday() - THURSDAY) % 7)
    while not is_working_day(day):
        day -= timedelta(days=7)
    return day


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), LONDON)


@dataclass(frozen=True)
class Held:
    """A meeting on `day`: who came, and which cases were on its agenda."""

    company: Company
    day: date
    present: tuple[str, ...]
    venue: str = "Brixton Library, 2nd floor"
    cases: tuple[int, ...] = ()

    async def find(self) -> Meeting:
        found = await Meeting.objects().where(
            (Meeting.panel == self.company.panel.id) & (Meeting.date == self.day)
        )
        return found[0]

    @property
    def convenor(self):
        return next(s for s in self.company.seats.values() if s.role == "secretariat")

    @property
    def chair(self):
        return next(s for s in self.company.seats.values() if s.role == "chair")

    async def call(self) -> None:
        plan = Plan(
            date=self.day,
            starts=moment(self.day, 18, 30),
            ends=moment(self.day, 20, 30),
            title="Panel meeting",
            venue=self.venue,
            access="Step-free from the street, hearing loop. Ask us for an interpreter.",
            public=True,
        )
        await agendas.call(self.company.panel, plan, by=self.convenor)

    async def invite(self) -> None:
        await meetings.invite(await self.find(), by=self.convenor)

    async def answer(self) -> None:
        """Those who will be there say so; the others say nothing."""
        coming = {self.company[name].id for name in self.present}
        for asked in await invitations(await self.find()):
            if asked.seat.id in coming:
                await meetings.reply(reply_token(asked), "yes")

    async def publish_agenda(self) -> None:
        for number in self.cases:
            await agendas.add_case(await self.find(), number, by=self.convenor)
        await agendas.publish(await self.find(), by=self.convenor)

    async def sit(self) -> None:
        """Opened, attendance taken, notes written."""
        await meetings.open_session(await self.find(), by=self.chair)
        coming = {self.company[name].id for name in self.present}
        statuses = {
            seat.id: "present" if seat.id in coming else "apologies"
            for seat in await expected_at(await self.find())
        }
        await meetings.record_attendance(await self.find(), statuses, by=self.convenor)
        for item in await items_of(await self.find()):
            if said := NOTES.get(item.title):
                await agendas.write_notes(item, said, by=self.convenor)

    async def rise(self) -> None:
        """Cases concluded, and the meeting closed."""
        for number in self.cases:
            case = await Case.objects().where(
                (Case.panel == self.company.panel.id) & (Case.number == number)
            )
            await cases.conclude(case[0], by=self.chair, finding=FINDING)
        await meetings.close_session(await self.find(), by=self.chair)

    def before(self) -> list[Scene]:
        """Everything up to the evening itself."""
        day = self.day
        return [
            Scene(moment(day - timedelta(days=35)), self.call),
            Scene(moment(day - timedelta(days=28)), self.invite),
            Scene(moment(day - timedelta(days=20)), self.answer),
            Scene(moment(day - timedelta(days=9)), self.publish_agenda),
        ]

    def evening(self) -> list[Scene]:
        return [
            Scene(moment(self.day, 18, 30), self.sit),
            Scene(moment(self.day, 20, 30), self.rise),
        ]
