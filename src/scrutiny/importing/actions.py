"""Take in a sheet: all of it in one transaction, or nothing; what is here stays as it is."""

from datetime import date, datetime
from uuid import UUID

from piccolo.table import Table

from scrutiny.actions.rules import Stage as ActionStage
from scrutiny.actions.tables import Action, ActionUpdate
from scrutiny.importing import queries
from scrutiny.importing.rules import Kind, Row, Sheet, day, yes
from scrutiny.importing.tables import Imported
from scrutiny.kit.clock import LONDON, now
from scrutiny.kit.db import keep, writes
from scrutiny.kit.errors import NotNow
from scrutiny.kit.settings import settings
from scrutiny.meetings.plan import clock
from scrutiny.meetings.rules import Stage as MeetingStage
from scrutiny.meetings.tables import Meeting
from scrutiny.membership import letters
from scrutiny.people.actions import add_person, next_number
from scrutiny.people.rules import email_key, role_name
from scrutiny.people.tables import Panel, Person, Seat
from scrutiny.record.actions import record

Days = dict[date, UUID]
SEATED = """\
Dear {name},

your seat on {panel} ({role}, from {since:%d %B %Y}) is now kept here. Sign in with this address:

{link}

If this is not right, write to {contact}.
"""


@writes
async def take_in(kind: str, sheet: Sheet, *, by: Seat) -> int:
    """Add what is not here yet; returns how many rows. Raises NotNow while a row is wrong.

    The same sheet again adds nothing.
    """
    found = await queries.dry(by.panel, kind, sheet)
    if sheet.wrong or found.wrong:
        raise NotNow("Some rows cannot be imported. Put them right first: nothing was imported.")
    days = await queries.meetings_by_day(by.panel)
    for row in found.new:
        became = await ADDING[kind](row, by, days)
        await keep(Imported(panel=by.panel.id, kind=kind, key=row.key, became=became, at=now()))
    if found.new:
        count = len(found.new)
        await record(f"import.{kind}", by=by, panel=by.panel.id, public=True, count=count)
    return len(found.new)


async def _seat(row: Row, by: Seat, days: Days) -> UUID:
    values, panel = row.values, by.panel
    person = await Person.objects().where(Person.email_key == email_key(values["email"])).first()
    if person is None:
        person = await add_person(values["name"], values["email"])
    since, until = day(values["since"]), day(values["until"])
    chosen = values["public_name"] or "role"
    seat = Seat(panel=panel.id, person=person.id, since=since, until=until, public_name=chosen)
    seat.role, seat.route = values["role"], values["route"]
    await Seat.insert(seat)
    await record("seat.imported", seat, by=by, role=seat.role, since=since.isoformat())
    if until is None or until >= now().astimezone(LONDON).date():
        await _tell(seat, person, panel)
    return seat.id


async def _tell(seat: Seat, person: Person, panel: Panel) -> None:
    facts = {"name": person.name, "panel": panel.name, "role": role_name(seat.role)}
    link = f"{settings().base_url}/sign-in"
    text = SEATED.format(**facts, since=seat.since, link=link, contact=panel.contact)
    await letters.tell("seat.imported", person, panel, text)


async def _meeting(row: Row, by: Seat, days: Days) -> UUID:
    """Held, and known to the public unless it was closed; who came was not kept with it."""
    values, when = row.values, day(row.values["date"])
    meeting = Meeting(
        panel=by.panel.id,
        date=when,
        starts=_at(when, values["starts"]),
        ends=_at(when, values["ends"]),
        title=values["title"],
        venue=values["venue"],
        public=yes(values["public"]) is not False,
        stage=MeetingStage.HELD,
        quorum=by.panel.quorum,
        called=now(),
        changed=now(),
    )
    return await _kept(meeting)


def _at(when: date, typed: str) -> datetime:
    return datetime.combine(when, clock(typed), LONDON)


async def _action(row: Row, by: Seat, days: Days) -> UUID:
    values = row.values
    meeting = days[day(values["meeting"])]
    held = await Meeting.objects().get(Meeting.id == meeting)
    done = yes(values["done"]) is True
    action = Action(
        panel=by.panel.id,
        number=await next_number(by.panel.id, "action"),
        meeting=meeting,
        text=values["text"],
        side=values["side"],
        owner_role=values["owner_role"],
        due=day(values["due"]),
        public=held.public,
        stage=ActionStage.DISCHARGED if done else ActionStage.OPEN,
        carried=int(values["carried"] or 0),
    )
    known = await _kept(action)
    note = f"From the log of before, number {values['ref']}." if values["ref"] else ""
    line = ActionUpdate(action=known, kind="raised", text=note, by=by.id, at=held.starts)
    await ActionUpdate.insert(line)
    return known


async def _kept(row: Table) -> UUID:
    await type(row).insert(row)
    return row.id


ADDING = {Kind.MEMBERS: _seat, Kind.MEETINGS: _meeting, Kind.ACTIONS: _action}
