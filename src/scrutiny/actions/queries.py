"""Reads of the action log: for the panel and the police all of it, for the public what is out."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from scrutiny.actions.rules import UNDONE, spoken_owner
from scrutiny.actions.tables import Action, ActionUpdate
from scrutiny.agendas.access import reader_of
from scrutiny.kit.clock import london
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.meetings.rules import Stage as MeetingStage
from scrutiny.meetings.tables import Meeting
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, may, speaks_for_police

PAGE = 50
MOST = 200


async def visible_to(seat: Seat | None, panel: Panel):
    """All of the panel's to those who read the log, without what they take no part in.

    To everybody else what was raised in an open part, once the minutes of that meeting are out.
    """
    joined = (Action.meeting, Action.owner, Action.owner.person)
    found = Action.objects(*joined).where(Action.panel == panel.id)
    if seat is None or not may(seat.role, Act.ACTIONS_READ, seat.stage):
        return found.where(Action.public.eq(True) & (Action.meeting.stage == MeetingStage.MINUTED))
    if not may(seat.role, Act.CLOSED_READ, seat.stage):
        mine = Action.public.eq(True) | (Action.owner == seat.id)
        found = found.where(mine)
    if gone := list((await reader_of(seat, panel)).recused):
        there = Action.item.is_null() | Action.item.not_in(gone)
        found = found.where(there & Action.id.not_in(gone))
    return found


async def find(seat: Seat | None, panel: Panel, number: int) -> Action:
    found = await visible_to(seat, panel)
    found = await found.where(Action.number == min(number, 2**31 - 1)).first()
    if found is None:
        raise Missing(f"There is no action {number}.")
    return found


async def listed(
    seat: Seat | None, panel: Panel, *, undone: bool, before: int | None = None
) -> list[Action]:
    """One page and one more, newest first; `before` is the last number shown."""
    found = await visible_to(seat, panel)
    if undone:
        found = found.where(Action.stage.is_in(list(UNDONE)))
    if before is not None:
        found = found.where(Action.number < before)
    return await found.order_by(Action.number, ascending=False).limit(PAGE + 1)


async def raised_at(meeting: Meeting) -> list[Action]:
    found = Action.objects(Action.meeting, Action.owner).where(Action.meeting == meeting.id)
    return await found.order_by(Action.number).limit(MOST)


class Line(NamedTuple):
    """One line of what became of an action."""

    kind: str
    text: str
    day: date


async def trail(action: Action) -> list[Line]:
    """Oldest first; at most two hundred lines, as one is written for each meeting."""
    found = ActionUpdate.select(ActionUpdate.kind, ActionUpdate.text, ActionUpdate.at)
    mine = found.where(ActionUpdate.action == action.id).order_by(ActionUpdate.id).limit(MOST)
    return [Line(row["kind"], row["text"], london(row["at"]).date()) for row in await mine]


def owner_of(action: Action) -> UUID | None:
    """The seat that owns it; what is read with an empty one is an empty row, not nothing."""
    return getattr(action.owner, "id", action.owner)


async def owner_person(action: Action) -> UUID | None:
    """Who holds the seat that owns it: somebody with two seats reports from either."""
    owned = owner_of(action)
    found = await rows("SELECT person FROM seat WHERE id = {}", owned) if owned else []
    return found[0]["person"] if found else None


def owner_words(action: Action) -> str:
    """Whose it is, by role and never by name: as everybody may read it, and as minutes say it."""
    if action.owner_role:
        return spoken_owner(action.owner_role)
    role = getattr(action.owner, "role", None)
    return role_name(role) if role else ""


def owner_named(action: Action) -> str:
    """The same for the panel's own log: members by name, officers by what they are."""
    role, person = getattr(action.owner, "role", None), getattr(action.owner, "person", None)
    name = getattr(person, "name", None)
    if not (role and name) or speaks_for_police(role):
        return owner_words(action)
    return f"{name} ({action.owner_role or role_name(role)})"


async def meetings_to_name(panel: Panel) -> list[dict[str, Any]]:
    """Meetings at which an action can have been raised: under way, or held and not yet minuted."""
    return await rows(RAISING, panel.id)


RAISING = """
SELECT id, date, title FROM meeting WHERE panel = {} AND stage IN ('in_session', 'held')
ORDER BY date DESC LIMIT 10"""


async def in_session(panel: Panel) -> Meeting | None:
    """The meeting that is under way, if there is one."""
    now = (Meeting.panel == panel.id) & (Meeting.stage == MeetingStage.IN_SESSION)
    return await Meeting.objects().where(now).order_by(Meeting.date, ascending=False).first()


async def meeting_of(panel: Panel, known: UUID | None) -> Meeting | None:
    if known is None:
        return None
    this = (Meeting.id == known) & (Meeting.panel == panel.id)
    return await Meeting.objects().where(this).first()
