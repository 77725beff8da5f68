"""Reads about meetings; each begins from the panel and from who is asking."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing, Moved
from scrutiny.kit.ical import feed
from scrutiny.kit.made import columns, maker
from scrutiny.kit.seal import keys
from scrutiny.kit.tokens import keyed_hash
from scrutiny.kit.words import N_, sentence
from scrutiny.meetings.calendar import feed_address, happening
from scrutiny.meetings.rules import Answer, Presence, Stage, Turnout, one_seat_each, turnout
from scrutiny.meetings.tables import Attendance, FormerDay, Invitation, Meeting
from scrutiny.people.queries import active_on
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import ACTIVE, AT_THE_TABLE, Act, may

PAGE = 50
FED = 200
FED_PAST = timedelta(days=365)


def known_to_public(panel: Panel):
    """The WHERE of rules.is_known_to_public."""
    asked = (Meeting.stage != Stage.CANCELLED) | (Meeting.sequence > 0)
    return Meeting.objects().where(
        (Meeting.panel == panel.id)
        & Meeting.public.eq(True)
        & (Meeting.stage != Stage.PROPOSED)
        & asked
    )


def visible_to(seat: Seat | None, panel: Panel):
    """Everybody on the panel sees closed meetings too; proposals only those who call meetings."""
    if seat is None:
        return known_to_public(panel)
    rows = Meeting.objects().where(Meeting.panel == panel.id)
    if not may(seat.role, Act.MEETING_CALL):
        rows = rows.where(Meeting.stage != Stage.PROPOSED)
    return rows


async def find(seat: Seat | None, panel: Panel, when: date, known: UUID | None = None) -> Meeting:
    """The meeting of that day; or `known`, which a form names because its day may move.

    Raises Moved when the one that was on that day is on another now, and Missing.
    """
    this = Meeting.id == known if known else Meeting.date == when
    found = await visible_to(seat, panel).where(this).first()
    if found is None and (moved := await _moved_from(seat, panel, when)):
        raise Moved(when.isoformat(), moved.date.isoformat())
    if found is None:
        why = sentence(N_("There is no meeting on {day}."), day=when)
        raise Missing(why)
    return found


async def _moved_from(seat: Seat | None, panel: Panel, when: date) -> Meeting | None:
    """The last meeting moved away from that day, as far as the reader may know of it."""
    former = FormerDay.select(FormerDay.meeting).where(
        (FormerDay.panel == panel.id) & (FormerDay.date == when)
    )
    if seat is None:
        former = former.where(FormerDay.public.eq(True))
    last = await former.order_by(FormerDay.id, ascending=False).first()
    if last is None:
        return None
    return await visible_to(seat, panel).where(Meeting.id == last["meeting"]).first()


async def upcoming(
    seat: Seat | None, panel: Panel, after: date | None = None, most: int = PAGE
) -> list[Meeting]:
    """Today's and later ones, soonest first; `after` is the last day of the page before."""
    since = after + timedelta(days=1) if after else today()
    rows = visible_to(seat, panel).where(Meeting.date >= max(since, today()))
    return await rows.order_by(Meeting.date).limit(most)


async def past(
    seat: Seat | None, panel: Panel, before: date | None = None, most: int = PAGE
) -> list[Meeting]:
    """Those before today, or before the last day of the page before, latest first."""
    until = min(before, today()) if before else today()
    rows = visible_to(seat, panel).where(Meeting.date < until)
    return await rows.order_by(Meeting.date, ascending=False).limit(most)


async def next_public(panel: Panel) -> Meeting | None:
    """The next meeting that the public may come to, for the panel's own page."""
    return await (
        known_to_public(panel)
        .where((Meeting.date >= today()) & Meeting.stage.is_in([Stage.SCHEDULED, Stage.IN_SESSION]))
        .order_by(Meeting.date)
        .first()
    )


async def turnout_of(meeting: Meeting) -> Turnout:
    """Who came, in numbers. One query; a panel has at most some thirty seats.

    Whoever left the room, and did not come back, left early.
    """
    rows = await Attendance.select(Attendance.seat.role, Attendance.status, Attendance.left).where(
        Attendance.meeting == meeting.id
    )
    gone = Presence.LEFT_EARLY
    statuses = [
        (row["seat.role"], gone if row["left"] is not None else row["status"]) for row in rows
    ]
    return turnout(statuses, meeting.quorum)


async def quorum_of(meeting: Meeting) -> tuple[int, int]:
    """(community members recorded as present, how many are needed)."""
    came = await turnout_of(meeting)
    return came.community, came.needed


async def expected_at(meeting: Meeting) -> list[Seat]:
    """Who belongs at it: one seat for each person who holds one on its day, by name.

    Whoever is in the roll already stays in it, as they may have gone on leave since.
    """
    there = Attendance.select(Attendance.seat).where(Attendance.meeting == meeting.id)
    return one_seat_each(
        await Seat.objects(Seat.person)
        .where(_belongs(meeting) | Seat.id.is_in(there))
        .order_by(Seat.person.name, Seat.id)
    )


def _belongs(meeting: Meeting):
    """Seats that are active on its day: nobody on leave is asked to anything."""
    return (
        (Seat.panel == _panel_of(meeting))
        & Seat.role.is_in(list(AT_THE_TABLE))
        & active_on(meeting.date)
    )


async def not_asked(meeting: Meeting) -> list[Seat]:
    """Who belongs at it and has no invitation: all before they go out, then whoever came since."""
    asked = Invitation.select(Invitation.seat.person).where(Invitation.meeting == meeting.id)
    return one_seat_each(
        await Seat.objects(Seat.person)
        .where(_belongs(meeting) & Seat.person.not_in(asked))
        .order_by(Seat.person.name, Seat.id)
    )


async def not_to_ask(meeting: Meeting) -> list[Seat]:
    """Who holds a seat at the table on its day and is not asked, as it is not active; by name.

    Without those who hold another that is. Two queries.
    """
    asked = {seat.person.id for seat in await expected_at(meeting)}
    day, seat = meeting.date, Seat
    held = (seat.since <= day) & (seat.until.is_null() | (seat.until >= day))
    mine = (seat.panel == _panel_of(meeting)) & seat.role.is_in(list(AT_THE_TABLE))
    found = await seat.objects(seat.person).where(mine & held & (seat.stage != ACTIVE))
    left = [one for one in found if one.person.id not in asked]
    return sorted(one_seat_each(left), key=lambda one: one.person.name)


async def attendance(meeting: Meeting) -> dict[UUID, str]:
    """Seat -> Presence, as recorded so far."""
    return {seat: status for seat, (status, _) in (await roll_of(meeting)).items()}


async def roll_of(meeting: Meeting) -> dict[UUID, tuple[str, str]]:
    """Seat -> (Presence, Mode), as recorded so far; who left the room has left early."""
    asked = (Attendance.seat, Attendance.status, Attendance.mode, Attendance.left)
    rows = await Attendance.select(*asked).where(Attendance.meeting == meeting.id)
    gone = str(Presence.LEFT_EARLY)
    return {
        row["seat"]: (row["status"] if row["left"] is None else gone, row["mode"]) for row in rows
    }


async def invitations(meeting: Meeting) -> list[Invitation]:
    """Those asked whose seat still stands today and is active, with seat and person."""
    return await (
        Invitation.objects(Invitation.seat, Invitation.seat.person)
        .where((Invitation.meeting == meeting.id) & _still_seated(today()))
        .order_by(Invitation.seat.person.name, Invitation.id)
    )


async def invitation_of(meeting: Meeting, seats: Iterable[Seat]) -> Invitation | None:
    """The reader's own invitation."""
    mine = Invitation.seat.is_in([seat.id for seat in seats])
    return await Invitation.objects().where((Invitation.meeting == meeting.id) & mine).first()


async def invitation_by_token(token: str) -> Invitation:
    """The invitation of a reply link, with meeting and panel. Raises Missing."""
    found = await (
        Invitation.objects(Invitation.meeting, Invitation.meeting.panel, Invitation.seat)
        .where((Invitation.token_hash == token_hash(token)) & _still_seated(today()))
        .first()
    )
    if found is None:
        raise Missing("This link is not known here. Use the link in the newest letter.")
    return found


def token_hash(token: str) -> str:
    return keyed_hash(keys().pepper, "meeting reply link", token)


def replies(invited: Iterable[Invitation]) -> dict[str, int]:
    """How many mean to come, by Answer."""
    counted = Counter(one.reply for one in invited)
    return {answer: counted[answer] for answer in Answer}


async def public_feed(panel: Panel) -> bytes:
    """Public meetings of the last year and all that are coming, as a calendar to subscribe to."""
    found = await rows(FED_MEETINGS, panel.id, today() - FED_PAST, into=maker(Meeting))
    title = f"{panel.name} meeting"
    entries = [happening(panel, meeting, title=title) for meeting in found]
    return feed(entries, panel.name, feed_address(panel))


FED_MEETINGS = f"""
SELECT {columns(Meeting)} FROM meeting WHERE panel = {{}} AND date >= {{}}
  AND public AND stage <> 'proposed' AND (stage <> 'cancelled' OR sequence > 0)
ORDER BY date DESC LIMIT {FED}"""
"""As known_to_public(), in SQL: calendar programs ask for it day and night."""


def _still_seated(day: date):
    seat = Invitation.seat
    held = (seat.since <= day) & (seat.until.is_null() | (seat.until >= day))
    return held & (seat.stage == ACTIVE)


def _panel_of(meeting: Meeting) -> UUID:
    return meeting.panel.id if isinstance(meeting.panel, Panel) else meeting.panel
