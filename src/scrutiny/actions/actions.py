"""Writes about actions: raised, reported, discharged by the meeting, carried over, converted."""

from datetime import date
from uuid import UUID

from scrutiny.actions import letters, queries
from scrutiny.actions.queries import find, owner_of, owner_person
from scrutiny.actions.rules import MOVES, UNDONE, Stage, may_convert, may_report, side_of
from scrutiny.actions.tables import Action, ActionUpdate
from scrutiny.kit.clock import now
from scrutiny.kit.db import bulk, new_id, write_sql, writes
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.stages import advance, amend
from scrutiny.kit.words import many_lines, one_line
from scrutiny.meetings.rules import Stage as MeetingStage
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.queries import seat_on
from scrutiny.people.actions import next_number, once
from scrutiny.people.tables import Seat
from scrutiny.policy import Act, may, speaks_for_police
from scrutiny.record.actions import record


async def raise_action(
    meeting: Meeting,
    text: str,
    *,
    side: str,
    owner: UUID | None,
    owner_role: str,
    due: date | None,
    item: UUID | None,
    by: Seat,
    public: bool = True,
) -> Action:
    """Record what somebody is to do, raised at this meeting. Inside write_tx().

    `owner` is a seat of this panel (Missing otherwise), whose side it is where none is named.
    `public=False` for what was raised behind closed doors. Raises NotNow unless
    the meeting is under way, or held and without minutes.
    """
    if meeting.stage not in (MeetingStage.IN_SESSION, MeetingStage.HELD):
        raise NotNow("An action is raised at a meeting that is under way or waits for its minutes.")
    held = await seat_on(by.panel, owner) if owner else None
    raised = Action(
        panel=by.panel.id,
        number=await next_number(by.panel.id, "action"),
        meeting=meeting.id,
        item=item,
        text=one_line(text),
        side=side or side_of(held.role),
        owner=held.id if held else None,
        owner_role=one_line(owner_role),
        due=due,
        public=public and meeting.public,
    )
    await Action.insert(raised)
    await _add_line(raised, "raised", by=by, meeting=meeting.id)
    await record("action.raised", raised, by=by, number=raised.number, meeting=meeting.date)
    if held is not None:
        await letters.tell_owner(raised, held, by.panel)
    return raised


@writes
async def raise_alone(
    seen: Meeting, text: str, *, form_key: str, by: Seat, **whose: object
) -> Action:
    """raise_action() as a deed of its own. Raises AlreadyMade for the same form."""
    meeting = await queries.meeting_of(by.panel, seen.id)
    if meeting is None:
        raise Missing("This meeting is no longer here.")
    raised = await raise_action(meeting, text, item=None, by=by, **whose)
    await once(form_key, f"/{by.panel.slug}/actions/{raised.number}")
    return raised


@writes
async def change(
    number: int,
    seen: int,
    *,
    text: str,
    side: str,
    owner: UUID | None,
    owner_role: str,
    due: date | None,
    by: Seat,
) -> None:
    """Mend what is to be done, by whom or by when; what it was stays in its trail."""
    action = await undone(number, seen, by)
    held = await seat_on(by.panel, owner) if owner else None
    before = owner_of(action)
    was = f"{action.text} ({action.due.isoformat() if action.due else '-'})"
    side = side or side_of(held.role)
    changes = {"text": one_line(text), "side": side, "owner_role": one_line(owner_role), "due": due}
    await amend(action, **changes, owner=held.id if held else None)
    await _add_line(action, "changed", was, by=by)
    await record("action.changed", action, by=by, public=action.public, number=number)
    if held is not None and held.id != before:
        await letters.tell_owner(action, held, by.panel)


@writes
async def report(number: int, seen: int, text: str, *, done: bool, by: Seat) -> None:
    """What its owner did so far, or that it is done: the meeting looks before it is over.

    Raises NotNow for somebody whose it is not.
    """
    action = await undone(number, seen, by)
    owner = await owner_person(action)
    convenes, police = may(by.role, Act.ACTION_EDIT), speaks_for_police(by.role)
    if not may_report(by.person.id, owner, action.side, police=police, convenes=convenes):
        raise NotNow("Only the owner of this action says what was done.")
    words = many_lines(text).strip()
    if done:
        await advance(action, MOVES, "reported")
    elif action.stage == Stage.OPEN:
        await advance(action, MOVES, "started")
    else:
        await amend(action)
    await _add_line(action, "reported" if done else "note", words, by=by)
    what = "action.reported" if done else "action.noted"
    await record(what, action, by=by, public=action.public, number=number)
    if done:
        await letters.tell_convenors(action, by)


async def decide(number: int, seen: int, verdict: str, text: str, *, at: Meeting, by: Seat) -> None:
    """Discharged, not accepted or withdrawn, as this meeting agreed. Inside write_tx():
    room.discharging.actions.decide, which asks whether there was a quorum, is the whole deed.
    """
    action = await undone(number, seen, by)
    over = {"discharged_at": at.id} if verdict == "discharged" else {}
    await advance(action, MOVES, verdict, **over)
    await _add_line(action, verdict, many_lines(text).strip(), by=by, meeting=at.id)
    public, day = action.public, at.date
    await record(f"action.{verdict}", action, by=by, public=public, number=number, meeting=day)
    if verdict == "not_accepted" and (owned := owner_of(action)):
        await letters.tell_not_accepted(action, await seat_on(by.panel, owned), by.panel)


async def carry_open(meeting: Meeting, *, by: Seat) -> int:
    """The meeting is over: what it left undone is carried over. Inside write_tx(), once a meeting.

    What was raised at this meeting itself has not been carried yet. Returns how many were.
    """
    undone = await write_sql(CARRY, by.panel.id, meeting.id, tuple(UNDONE))
    if undone:
        lines = [(new_id(), row["id"], "carried", by.id, meeting.id, "", now()) for row in undone]
        await bulk(ActionUpdate, ActionUpdate._meta.columns, lines)
        await record("actions.carried", meeting, by=by, public=True, count=len(undone))
    return len(undone)


CARRY = """
UPDATE action SET carried = carried + 1, version = version + 1
WHERE panel = {} AND meeting <> {} AND stage IN ({}) RETURNING id"""


async def convert(number: int, recommendation: int, *, by: Seat) -> None:
    """It became a recommendation. Inside the write_tx() that drafts that.

    Raises NotNow unless it was carried over twice.
    """
    action = await find(by, by.panel, number)
    if not may_convert(action.stage, action.carried):
        raise NotNow("An action becomes a recommendation once two meetings have carried it over.")
    await advance(action, MOVES, "converted", recommendation=recommendation)
    await _add_line(action, "converted", by=by)
    facts = {"number": number, "recommendation": recommendation}
    await record("action.converted", action, by=by, public=action.public, **facts)


async def undone(number: int, seen: int, by: Seat) -> Action:
    """As it is now, held against what this person saw. Raises NotNow when it is over."""
    action = await find(by, by.panel, number)
    if action.stage not in UNDONE:
        raise NotNow("This action is over. Raise a new one if something is still to be done.")
    action.version = seen
    return action


async def _add_line(
    action: Action, kind: str, text: str = "", *, by: Seat, meeting: UUID | None = None
) -> None:
    line = ActionUpdate(action=action.id, kind=kind, text=text, by=by.id, meeting=meeting, at=now())
    await ActionUpdate.insert(line)
