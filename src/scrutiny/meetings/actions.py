"""Writes about meetings. Each deed reads its rows itself, as it may run twice (kit.db.writes)."""

from collections.abc import Mapping
from uuid import UUID

from scrutiny.kit.clock import now, today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.stages import advance, amend, step
from scrutiny.kit.words import many_lines
from scrutiny.letters.actions import Words, write
from scrutiny.meetings import calendar, changes, queries
from scrutiny.meetings.plan import Plan
from scrutiny.meetings.registration import telling
from scrutiny.meetings.rules import (
    ANNOUNCED,
    ATTENDANCE_TAKEN,
    CAME,
    CHANGEABLE,
    MOVES,
    Answer,
    Mode,
    Presence,
    Stage,
    is_known_to_public,
    is_short_notice,
    may_open_on,
)
from scrutiny.meetings.tables import Attendance, FormerDay, Invitation, Meeting
from scrutiny.people.constitution import constitution_of
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
async def invite(seen: Meeting, *, by: Seat, why_short: str = "") -> int:
    """Ask everybody with a seat who has not been asked yet; returns how many letters left.

    `why_short` is the reason, for everybody to read, where the notice is short.
    """
    meeting = await _as_seen(seen)
    await changes.tell(meeting, by.panel)
    short = is_short_notice(meeting.date, today(), constitution_of(by.panel).notice_days)
    if meeting.stage == Stage.PROPOSED:
        said = {"short_notice": many_lines(why_short).strip()} if short and why_short else {}
        said["told_starts"] = meeting.starts
        await advance(meeting, MOVES, "scheduled", changed=now(), **said)
    elif meeting.stage != Stage.SCHEDULED:
        step(MOVES, meeting.stage, "scheduled")
    guests = await queries.not_asked(meeting)
    if not guests and await Invitation.exists().where(Invitation.meeting == meeting.id):
        raise NotNow("Everybody has been asked already.")
    facts = {"letters": len(guests)} | ({"short_notice": True} if short else {})
    await record("meeting.invited", meeting, by=by, public=_is_public(meeting), **facts)
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
    said = {Invitation.reply: answer, Invitation.replied: now(), Invitation.reply_by: "link"}
    await Invitation.update(said).where(Invitation.id == asked.id)
    about = asked.meeting
    await record("meeting.reply", about, by=asked.seat, panel=about.panel, answer=answer)


@writes
async def change(seen: Meeting, plan: Plan, *, by: Seat) -> Meeting:
    """Move or mend a meeting that is still ahead, or give a postponed one its new day.

    Those asked hear of a new time or place once nobody has changed it for ten minutes.
    Raises Stale when it was changed since it was seen, NotNow when the new day is taken.
    """
    meeting = await _as_seen(seen)
    if meeting.stage not in CHANGEABLE:
        step(MOVES, meeting.stage, "changed")
    await _day_is_free(by.panel, plan, meeting.id)
    was_public, was_on = _is_public(meeting), meeting.date
    fields = [name for name, value in vars(plan).items() if getattr(meeting, name) != value]
    again = meeting.stage == Stage.POSTPONED
    moved = again or {"starts", "ends"} & set(fields)
    told = meeting.stage in ANNOUNCED and (moved or {"venue", "public"} & set(fields))
    new = vars(plan) | (changes.put_off(meeting) if told else {}) | {"changed": now()}
    if again:
        await advance(meeting, MOVES, "rescheduled", **new, reason="")
    else:
        await amend(meeting, **new)
    public = was_public or _is_public(meeting)
    what = "meeting.rescheduled" if again else "meeting.changed"
    await record(what, meeting, by=by, public=public, fields=sorted(fields))
    if was_on != meeting.date:
        left = FormerDay(panel=by.panel.id, date=was_on, meeting=meeting.id, public=was_public)
        await FormerDay.insert(left)
    if moved:
        await _ask_again(meeting)
    return meeting


async def _ask_again(meeting: Meeting) -> None:
    """Whoever said yes said it to another time."""
    nothing = {Invitation.reply: Answer.AWAITED, Invitation.replied: None, Invitation.reply_by: ""}
    await Invitation.update(nothing).where(Invitation.meeting == meeting.id)


@writes
async def postpone(seen: Meeting, reason: str, *, by: Seat) -> None:
    """Put it off to a day not known yet, with a reason; it leaves everybody's calendar."""
    meeting = await _call_off(seen, "postponed", reason, by)
    await _ask_again(meeting)


@writes
async def cancel(seen: Meeting, reason: str, *, by: Seat) -> None:
    """Call it off, with a reason that the public reads when it knew of the meeting."""
    await _call_off(seen, "cancelled", reason, by)


LETTERS_OFF = {
    "postponed": ("meeting.postponement", calendar.letter_of_postponement),
    "cancelled": ("meeting.cancellation", calendar.letter_of_cancellation),
}


async def _call_off(seen: Meeting, move: str, reason: str, by: Seat) -> Meeting:
    """At once, with whatever change was waiting to be told: nobody hears of that any more."""
    meeting = await _as_seen(seen)
    asked = meeting.stage in ANNOUNCED
    new = {"reason": many_lines(reason).strip(), "tell_after": None, "changed": now()}
    new["sequence"] = meeting.sequence + asked
    await advance(meeting, MOVES, move, **new)
    await record(f"meeting.{move}", meeting, by=by, public=_is_public(meeting))
    kind, letter = LETTERS_OFF[move]
    for one in await queries.invitations(meeting) if asked else []:
        person = one.seat.person
        words: Words = letter(by.panel, meeting, one, person)
        key = f"{kind}|{meeting.id}|{meeting.sequence}|{person.id}"
        await write(kind, person, words, key=key, panel=by.panel)
    if asked:
        await telling.tell_of_change(meeting, by.panel)
    return meeting


@writes
async def open_session(seen: Meeting, *, by: Seat) -> None:
    """The chair opens it. Raises NotNow before its day."""
    meeting = await _as_seen(seen)
    step(MOVES, meeting.stage, "opened")
    if not may_open_on(meeting.date, today()):
        raise NotNow(f"This meeting is on {meeting.date:%-d %B %Y}. It cannot be opened before.")
    await changes.tell(meeting, by.panel)
    await advance(meeting, MOVES, "opened")
    await record("meeting.opened", meeting, by=by, public=_is_public(meeting))


@writes
async def record_attendance(
    seen: Meeting,
    statuses: Mapping[UUID, str],
    *,
    by: Seat,
    modes: Mapping[UUID, str] | None = None,
) -> None:
    """Seat -> Presence, and how they came. Raises Stale when somebody saved it meanwhile."""
    meeting = await _as_seen(seen)
    if meeting.stage not in ATTENDANCE_TAKEN:
        raise NotNow("Who came is recorded once a meeting has been opened, until it has minutes.")
    await amend(meeting)
    before = {
        row.seat: row for row in await Attendance.objects().where(Attendance.meeting == meeting.id)
    }
    await Attendance.delete().where(Attendance.meeting == meeting.id)
    roll = [
        _written(meeting, before.get(seat), seat, status, (modes or {}).get(seat))
        for seat, status in statuses.items()
    ]
    if roll:
        await Attendance.insert(*roll)
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


def _written(
    meeting: Meeting, before: Attendance | None, seat: UUID, status: str, mode: str | None
) -> Attendance:
    """Their line in the roll; the hours are known only while the meeting is under way."""
    moment = now() if meeting.stage == Stage.IN_SESSION else None
    row = Attendance(meeting=meeting.id, seat=seat, status=status)
    row.mode = mode or (before.mode if before else Mode.IN_PERSON)
    if status in CAME:
        row.came = (before and before.came) or moment
    if status == Presence.LEFT_EARLY:
        row.left = (before and before.left) or moment
    return row


async def close(seen: Meeting, *, by: Seat) -> None:
    """It is over. Inside write_tx(); room.actions.close is the whole deed.

    Raises NotNow while nobody wrote down who came: the quorum rests on that.
    """
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
