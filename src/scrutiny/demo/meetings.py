"""One meeting of the demo from its calling to its minutes, each step on its own day."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

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
from scrutiny.meetings.rhythm import nth_weekday
from scrutiny.meetings.rules import Mode, Presence
from scrutiny.meetings.tables import Meeting
from scrutiny.people.constitution import Rhythm
from scrutiny.room import actions as room
from scrutiny.room.notes.actions import save

THURSDAY = 3
LAST = 8
"""Days since the last meeting, at least."""
ACCESS = "Step-free from the street, hearing loop. Ask us for an interpreter."


@dataclass(frozen=True)
class Scene:
    """Something that happens at a moment."""

    at: datetime
    deed: Callable[[], Awaitable[object]]


Deed = Callable[[Company, date], Awaitable[object]]
"""What a panel does; the day is the one on which the demo is filled."""


def in_turn(company: Company, day: date, hour: int, *steps: tuple[int, Deed]) -> list[Scene]:
    """Each deed at this hour, so many days before today."""
    return [
        Scene(moment(day - timedelta(days=ago), hour), partial(deed, company, day))
        for ago, deed in steps
    ]


def thursday(today: date, ago: int) -> date:
    """The Thursday on or before the day that was `ago` days ago, and not on a bank holiday."""
    day = today - timedelta(days=ago)
    day -= timedelta(days=(day.weekday() - THURSDAY) % 7)
    while not is_working_day(day):
        day -= timedelta(days=7)
    return day


def rhythm_of(today: date) -> Rhythm:
    """Every second month on the same Thursday: the one on which the last meeting was held."""
    last = thursday(today, LAST)
    nth = (last.day - 1) // 7 + 1
    months = tuple(month for month in range(1, 13) if (month - last.month) % 2 == 0)
    return Rhythm(nth=-1 if nth == 5 else nth, weekday=THURSDAY, months=months)


def evenings(today: date, count: int) -> list[date]:
    """The last so many days of that rhythm, the first first; a holiday's meeting a week before."""
    rhythm, last = rhythm_of(today), thursday(today, LAST)
    found = [last]
    while len(found) < count:
        year, month = divmod(found[0].year * 12 + found[0].month - 3, 12)
        day = nth_weekday(year, month + 1, rhythm.nth, THURSDAY)
        while not is_working_day(day):
            day -= timedelta(days=7)
        found.insert(0, day)
    return found


def thursday_to_come(today: date, ahead: int) -> date:
    """The first Thursday at least `ahead` days from today, or the working day before it."""
    day = today + timedelta(days=ahead)
    day += timedelta(days=(THURSDAY - day.weekday()) % 7)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), LONDON)


async def meeting_on(company: Company, day: date) -> Meeting:
    there = (Meeting.panel == company.panel.id) & (Meeting.date == day)
    return (await Meeting.objects().where(there))[0]


async def say_yes(company: Company, day: date, names: tuple[str, ...]) -> None:
    """Those who will be there say so; the others say nothing."""
    coming = {company[name].person.id for name in names}
    for asked in await invitations(await meeting_on(company, day)):
        if asked.seat.person.id in coming:
            await meetings.reply(reply_token(asked), "yes")


@dataclass(frozen=True)
class Held:
    """A meeting on `day`: who came, late or online, and which cases were on its agenda."""

    company: Company
    day: date
    present: tuple[str, ...]
    venue: str = "Brixton Library, 2nd floor"
    cases: tuple[int, ...] = ()
    late: str = ""
    left: str = ""
    online: str = ""
    silent: tuple[str, ...] = ()
    """Neither came nor said that they could not."""

    async def find(self) -> Meeting:
        return await meeting_on(self.company, self.day)

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
            access=ACCESS,
            public=True,
        )
        await agendas.call(self.company.panel, plan, by=self.convenor)

    async def invite(self) -> None:
        await meetings.invite(await self.find(), by=self.convenor)

    async def answer(self) -> None:
        await say_yes(self.company, self.day, self.present)

    async def publish_agenda(self) -> None:
        await agendas.publish(await self.find(), by=self.convenor)

    async def add_cases(self) -> None:
        """They were drawn later, so the agenda is published again."""
        for number in self.cases:
            await agendas.add_case(await self.find(), number, by=self.convenor)
        await self.publish_agenda()

    async def sit(self) -> None:
        """Opened, attendance taken, notes written."""
        await meetings.open_session(await self.find(), by=self.chair)
        known = (*self.present, *self.silent)
        names = {self.company[name].person.id: name for name in known}
        seats = await expected_at(await self.find())
        came = {seat.id: names.get(seat.person.id, "") for seat in seats}
        await meetings.record_attendance(
            await self.find(),
            {seat: self._status(name) for seat, name in came.items()},
            modes={
                seat: Mode.ONLINE for seat, name in came.items() if name and name == self.online
            },
            by=self.convenor,
        )
        for item in await items_of(await self.find()):
            if said := NOTES.get(item.title):
                await save(item, item.version, said, by=self.convenor)

    def _status(self, name: str) -> Presence:
        if not name:
            return Presence.APOLOGIES
        if name in self.silent:
            return Presence.ABSENT
        told = {self.late: Presence.JOINED_LATE, self.left: Presence.LEFT_EARLY}
        return told.get(name, Presence.PRESENT)

    async def rise(self) -> None:
        """Cases concluded, and the meeting closed."""
        for number in self.cases:
            case = await Case.objects().where(
                (Case.panel == self.company.panel.id) & (Case.number == number)
            )
            await cases.conclude(case[0], by=self.chair, finding=FINDING)
        await room.close(await self.find(), by=self.chair)

    def before(self) -> list[Scene]:
        """Everything up to the evening itself."""
        day = self.day
        return [
            Scene(moment(day - timedelta(days=35)), self.call),
            Scene(moment(day - timedelta(days=28)), self.invite),
            *([Scene(moment(day - timedelta(days=20)), self.answer)] if self.cases else []),
            Scene(moment(day - timedelta(days=16)), self.publish_agenda),
            *([Scene(moment(day - timedelta(days=9)), self.add_cases)] if self.cases else []),
        ]

    def evening(self) -> list[Scene]:
        return [
            Scene(moment(self.day, 18, 30), self.sit),
            Scene(moment(self.day, 20, 30), self.rise),
        ]
