"""What lies before the demo panel: the next meeting, a viewing, one put off, the coming year."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from scrutiny.agendas import actions as agendas
from scrutiny.agendas.backlog import actions as backlog
from scrutiny.agendas.backlog.tables import Parked
from scrutiny.agendas.calling.actions import call_several
from scrutiny.agendas.items import actions as items
from scrutiny.agendas.packs.actions import make
from scrutiny.agendas.queries import items_of
from scrutiny.demo import texts
from scrutiny.demo.cast import Company
from scrutiny.demo.meetings import (
    ACCESS,
    Scene,
    in_turn,
    meeting_on,
    moment,
    say_yes,
    thursday_to_come,
)
from scrutiny.meetings import actions as meetings
from scrutiny.meetings.plan import Plan
from scrutiny.meetings.proposing import year_ahead
from scrutiny.meetings.rules import Kind
from scrutiny.meetings.tables import Meeting
from scrutiny.meetings.venue.actions import describe

MINUTES = (5, 5, 5, 10, 30, 10, 15, 5)
"""What each standing item is given; with the rest it is ten minutes more than there are."""
VIEWING, JOINT = 18, 40
"""Days ahead, at least."""
REPORTS = "Reports"
CLOSED_ITEM = "Names that residents gave us"


@dataclass(frozen=True)
class Next:
    """The next meeting, which the public may come to."""

    company: Company
    day: date

    async def find(self) -> Meeting:
        return await meeting_on(self.company, self.day)

    async def call(self) -> None:
        plan = _plan(self.day, "Annual meeting in public", Kind.ANNUAL)
        await agendas.call(self.company.panel, plan, by=self.company["grace"])

    async def describe(self) -> None:
        await describe(await self.find(), texts.PLACE, texts.LINK, by=self.company["grace"])

    async def invite(self) -> None:
        await meetings.invite(await self.find(), by=self.company["grace"])

    async def answer(self) -> None:
        names = ("amara", "bilal", "denise", "efua", "leila", "claire")
        await say_yes(self.company, self.day, names)

    async def prepare(self) -> None:
        """Minutes for each item, a section, links, and a closed part."""
        by, meeting = self.company["grace"], await self.find()
        for item, minutes in zip(await items_of(meeting), MINUTES, strict=True):
            said = {"title": item.title, "kind": item.kind, "part": "A", "closed_reason": ""}
            more = {"presenter": "", "minutes": minutes} | said
            await items.change(meeting, item.id, item.version, by=by, under=None, **more)
        await agendas.add_item(meeting, REPORTS, by=by, kind="section")
        under = (await items_of(meeting))[-1].id
        for title, who, minutes in texts.REPORTS:
            more = {"under": under, "presenter": who, "minutes": minutes}
            await agendas.add_item(meeting, title, by=by, **more)
        for thing in ("recommendation:7", "action:3", "theme:1"):
            await items.add_link(meeting, thing, by=by, minutes=5)
        closed = {"part": "B", "closed_reason": "personal_data", "minutes": 10}
        await agendas.add_item(meeting, CLOSED_ITEM, by=by, **closed)

    async def add_cases(self) -> None:
        for number in (6, 7):
            await agendas.add_case(await self.find(), number, by=self.company["grace"])

    async def publish(self) -> None:
        await agendas.publish(await self.find(), by=self.company["grace"])

    async def pack(self) -> None:
        """Asked for: the worker makes it."""
        await make(await self.find(), by=self.company["grace"])

    def scenes(self, day: date) -> list[Scene]:
        """The agenda is out sixteen days before, and the pack is asked for once papers are in."""
        told = day + timedelta(days=12)
        before = min(self.day, told)
        steps = (
            (40, 10, self.call),
            (39, 10, self.describe),
            (32, 10, self.invite),
            (25, 18, self.answer),
            (17, 10, self.prepare),
            (16, 10, self.add_cases),
            (16, 14, self.publish),
            (14, 15, self.pack),
        )
        return [Scene(moment(before - timedelta(days=ago), at), deed) for ago, at, deed in steps]


def _plan(day: date, title: str, kind: str, **more: object) -> Plan:
    plan = Plan(
        date=day,
        starts=moment(day, 18, 30),
        ends=moment(day, 20, 30),
        title=title,
        venue="Lambeth Town Hall, Assembly Hall",
        access=ACCESS,
        public=True,
        kind=kind,
    )
    return replace(plan, **more)


# -- others to come -------------------------------------------------------------------------------


def to_come(lambeth: Company, day: date) -> list[Scene]:
    viewing = partial(_on, thursday_to_come(day, VIEWING))
    tonight = partial(_on, day)
    joint = partial(_on, thursday_to_come(day, JOINT))
    return [
        *in_turn(lambeth, day, 11, (9, viewing(_call_viewing)), (8, viewing(_invite))),
        *in_turn(lambeth, day, 12, (3, viewing(_open_agenda))),
        *in_turn(lambeth, day, 11, (26, joint(_call_joint)), (25, joint(_invite))),
        *in_turn(lambeth, day, 12, (4, joint(_postpone))),
        *in_turn(lambeth, day, 11, (6, tonight(_call_tonight)), (5, tonight(_invite_at_once))),
        *in_turn(lambeth, day, 12, (5, tonight(_publish))),
        *in_turn(lambeth, day, 13, (6, _propose_year)),
        *in_turn(lambeth, day, 14, (21, _propose_items), (19, _accept_one)),
    ]


def _on(at: date, deed):
    return partial(deed, at)


async def _call_viewing(at: date, lambeth: Company, day: date) -> None:
    plan = _plan(at, "Viewing of recordings", Kind.VIEWING, public=False, venue="Brixton station")
    await agendas.call(lambeth.panel, plan, by=lambeth["grace"])


async def _call_joint(at: date, lambeth: Company, day: date) -> None:
    plan = _plan(at, "Joint meeting with Hackney", Kind.JOINT)
    await agendas.call(lambeth.panel, plan, by=lambeth["grace"])


async def _call_tonight(at: date, lambeth: Company, day: date) -> None:
    """One that can be opened on the day on which the demo is filled."""
    plan = _plan(at, "Extraordinary meeting", Kind.EXTRAORDINARY, public=False)
    await agendas.call(lambeth.panel, plan, by=lambeth["amara"])


async def _invite_at_once(at: date, lambeth: Company, day: date) -> None:
    there = await meeting_on(lambeth, at)
    await meetings.invite(there, by=lambeth["grace"], why_short=texts.AT_ONCE)


async def _publish(at: date, lambeth: Company, day: date) -> None:
    await agendas.publish(await meeting_on(lambeth, at), by=lambeth["grace"])


async def _invite(at: date, lambeth: Company, day: date) -> None:
    await meetings.invite(await meeting_on(lambeth, at), by=lambeth["grace"])


async def _open_agenda(at: date, lambeth: Company, day: date) -> None:
    """The recordings of one case, behind closed doors."""
    meeting, by = await meeting_on(lambeth, at), lambeth["grace"]
    await agendas.add_case(meeting, 8, by=by, part="B", closed_reason="bwv_viewing")
    await agendas.publish(meeting, by=by)


async def _postpone(at: date, lambeth: Company, day: date) -> None:
    await meetings.postpone(await meeting_on(lambeth, at), texts.FLOODED, by=lambeth["grace"])


async def _propose_year(lambeth: Company, day: date) -> None:
    """The rest of the year from the panel's own rhythm; nobody is asked yet."""
    found = await year_ahead(lambeth.panel)
    plans = [one.plan for one in found if not one.taken and not one.holiday]
    await call_several(lambeth.panel, plans, by=lambeth["grace"])


async def _propose_items(lambeth: Company, day: date) -> None:
    for name, (title, why, minutes) in texts.BACKLOG.items():
        what = {"title": title, "why": why, "minutes": minutes}
        await backlog.propose(what, by=lambeth[name])


async def _accept_one(lambeth: Company, day: date) -> None:
    mine = (Parked.panel == lambeth.panel.id) & (Parked.by == lambeth["leila"].id)
    found = await Parked.objects().where(mine).first()
    await backlog.accept(found.id, by=lambeth["grace"])
