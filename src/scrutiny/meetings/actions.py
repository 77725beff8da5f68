"""Writes about meetings. Each deed reads its rows itself, as it may run twice (kit.db.writes)."""

from collections.abc import Mapping
from uuid import UUID

from scrutiny.kit.clock import now, today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.stages import advance, amend, step
from scrutiny.kit.words import many_lines
from scrutiny.letters.actions import write
from scrutiny.meetings import calendar, queries
from scrutiny.meetings.plan import Plan
from scrutiny.meetings.rules import (
    AHEAD,
    ATTENDANCE_TAKEN,
    MOVES,
    Answer,
    Stage,
    is_known_to_public,
    may_open_on,
)
from scrutiny.meetings.tables import Attendance, FormerDay, Invitation, Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record


async def call(panel: Panel, plan: Plan, *, by: Seat) -> Meeting:
    """Set a day. Inside write_tx(); the whole deed, with its agenda, is agendas.actions.call."""
    await _day_is_free(panel, plan)
    meeting = Meeting(
        panel=panel.id,
        stage=Stage.PROPOSED,
        quorum=panel.quorum,
        called=now(),
        changed=now(),
        **vars(plan),
    )
    await Meeting.insert(meeting)
    await record("meeting.called", meeting, by=by, date=plan.date, quorum=panel.quorum)
    return meeting


@writes
async def invite(seen: Meeting, *, by: Seat) -> int:
    """Ask everybody with a seat who has not been asked yet; returns how many letters left."""
    meeting = await _as_seen(seen)
    if meeting.stage == Stage.PROPOSED:
        await advance(meeting, MOVES, "scheduled", changed=now())
    elif meeting.stage != Stage.SCHEDULED:
        step(MOVES, meeting.stage, "scheduled")
    guests = await queries.not_asked(meeting)
    if not guests and await Invitation.exists().where(Invitation.meeting == meeting.id):
        raise NotNow("Everybody has been asked already.")
    await record("meeting.invited", meeting, by=by, public=_is_public(meeting), letters=len(guests))
    for seat in guests:
        await _invite(meeting, seat, by.panel)
    return len(guests)


async def _invite(meeting: Meeting, seat: Seat, panel: Panel) -> None:
    asked = Invitation(meeting=meeting.id, seat=seat.id, reply=Answer.AWAITED)
    asked.token_hash = queries.token_hash(calendar.reply_token(asked))
    await Invitation.insert(asked)
    words = calendar.letter_of_invitation(panel, meeting, asked, seat.person)
    key = f"meeting.invitation|{meeting.id}|{seat.person.id}"
    await write("meeting.invitation", seat.person, words, key=key, panel=panel)


@writes
async def reply(token: str, answer: str) -> None:
    """Somebody invited says whether they mean to come; the latest answer counts."""
    asked = await queries.invitation_by_token(token)
    if asked.meeting.stage != Stage.SCHEDULED:
        raise NotNow("Answers are taken until the meeting begins, and not when it is cancelled.")
    await Invitation.update({Invitation.reply: answer, Invitation.replied: now()}).where(
        Invitation.id == asked.id
    )
    about = asked.meeting
    await record("meeting.reply", about, by=asked.seat, panel=about.panel, answer=answer)


@writes
async def change(seen: Meeting, plan: Plan, *, by: Seat) -> Meeting:
    """Move or mend a meeting that is still ahead. Those asked hear of a new time or place.

    Raises Stale when it was changed since it was seen, NotNow when the new day is taken.
    """
    meeting = await _as_seen(seen)
    if meeting.stage not in AHEAD:
        step(MOVES, meeting.stage, "changed")
    await _day_is_free(by.panel, plan, meeting.id)
    was_public, was_on = _is_public(meeting), meeting.date
    fields = [name for name, value in vars(plan).items() if getattr(meeting, name) != value]
    moved = {"starts", "ends"} & set(fields)
    told = meeting.stage == Stage.SCHEDULED and (moved or {"venue", "public"} & set(fields))
    changes = vars(plan) | ({"sequence": meeting.sequence + 1} if told else {})
    await amend(meeting, **changes, changed=now())
    public = was_public or _is_public(meeting)
    await record("meeting.changed", meeting, by=by, public=public, fields=sorted(fields))
    if was_on != meeting.date:
        left = FormerDay(panel=by.panel.id, date=was_on, meeting=meeting.id, public=was_public)
        await FormerDay.insert(left)
    if moved:
        again = {Invitation.reply: Answer.AWAITED, Invitation.replied: None}
        await Invitation.update(again).where(Invitation.meeting == meeting.id)
    if told:
        await _tell_of_change(meeting, by.panel)
    return meeting


async def _tell_of_change(meeting: Meeting, panel: Panel) -> None:
    for asked in await queries.invitations(meeting):
        person = asked.seat.person
        words = calendar.letter_of_change(panel, meeting, asked, person)
        key = f"meeting.change|{meeting.id}|{meeting.sequence}|{person.id}"
        await write("meeting.change", person, words, key=key, panel=panel)


@writes
async def cancel(seen: Meeting, reason: str, *, by: Seat) -> None:
    """Call it off, with a reason that the public reads when it knew of the meeting."""
    meeting = await _as_seen(seen)
    asked = meeting.stage == Stage.SCHEDULED
    sequence = meeting.sequence + 1 if asked else meeting.sequence
    await advance(
        meeting,
        MOVES,
        "cancelled",
        reason=many_lines(reason).strip(),
        sequence=sequence,
        changed=now(),
    )
    await record("meeting.cancelled", meeting, by=by, public=_is_public(meeting))
    for one in await queries.invitations(meeting) if asked else []:
        words = calendar.letter_of_cancellation(by.panel, meeting, one.seat.person)
        key = f"meeting.cancellation|{meeting.id}|{one.seat.person.id}"
        await write("meeting.cancellation", one.seat.person, words, key=key, panel=by.panel)


@writes
async def open_session(seen: Meeting, *, by: Seat) -> None:
    """The chair opens it. Raises NotNow before its day."""
    meeting = await _as_seen(seen)
    step(MOVES, meeting.stage, "opened")
    if not may_open_on(meeting.date, today()):
        raise NotNow(f"This meeting is on {meeting.date:%-d %B %Y}. It cannot be opened before.")
    await advance(meeting, MOVES, "opened")
    await record("meeting.opened", meeting, by=by, public=_is_public(meeting))


@writes
async def record_attendance(seen: Meeting, statuses: Mapping[UUID, str], *, by: Seat) -> None:
    """Seat -> present, apologies or absent. Raises Stale when somebody saved it meanwhile."""
    meeting = await _as_seen(seen)
    if meeting.stage not in ATTENDANCE_TAKEN:
        raise NotNow("Who came is recorded once a meeting has been opened, until it has minutes.")
    await amend(meeting)
    await Attendance.delete().where(Attendance.meeting == meeting.id)
    if statuses:
        await Attendance.insert(
            *[
                Attendance(meeting=meeting.id, seat=seat, status=status)
                for seat, status in statuses.items()
            ]
        )
    came = await queries.turnout_of(meeting)
    await record(
        "meeting.attendance",
        meeting,
        by=by,
        public=_is_public(meeting),
        community=came.community,
        police=came.police,
        quorate=came.quorate,
    )


@writes
async def close_session(seen: Meeting, *, by: Seat) -> None:
    """It is over. Raises NotNow while nobody wrote down who came: the quorum rests on that."""
    meeting = await _as_seen(seen)
    step(MOVES, meeting.stage, "closed")
    came = await queries.turnout_of(meeting)
    if not came.recorded:
        raise NotNow("Record who came before you close the meeting.")
    await advance(meeting, MOVES, "closed")
    await record("meeting.closed", meeting, by=by, public=_is_public(meeting), quorate=came.quorate)


async def mark_minuted(meeting: Meeting) -> None:
    """Its minutes are published. Inside write_tx(); minutes.actions.publish is the deed."""
    await advance(meeting, MOVES, "minuted")


async def _as_seen(seen: Meeting) -> Meeting:
    """The row as it is now. Raises Stale when it is not what this person looked at."""
    found = await Meeting.objects().get(Meeting.id == seen.id)
    if found is None:
        raise Missing("This meeting is no longer here.")
    if found.version != seen.version:
        raise Stale("Somebody else changed this meeting a moment ago. Please look again.")
    return found


async def _day_is_free(panel: Panel, plan: Plan, besides: UUID | None = None) -> None:
    there = (
        await Meeting.objects()
        .where((Meeting.panel == panel.id) & (Meeting.date == plan.date))
        .first()
    )
    if there is not None and there.id != besides:
        raise NotNow(f"There is already a meeting on {plan.date:%-d %B %Y}. Choose another day.")


def _is_public(meeting: Meeting) -> bool:
    return is_known_to_public(meeting.stage, meeting.public, meeting.sequence)
