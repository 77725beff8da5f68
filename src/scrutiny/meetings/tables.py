"""Meetings: called, people invited, held with a quorum or without."""

from piccolo.columns import JSON, UUID, Boolean, Date, ForeignKey, Integer, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.clock import london
from scrutiny.kit.ids import NewId
from scrutiny.meetings.rules import is_from_before
from scrutiny.people.tables import Panel, Seat


class Meeting(Table):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    date = Date()  # the address of its page; one meeting a panel a day
    starts = Timestamptz()
    ends = Timestamptz()
    title = Varchar(length=120)
    venue = Varchar(length=300)
    access = Varchar(length=500)
    kind = Varchar(length=20, default="ordinary")  # meetings.rules.Kind
    online = Varchar(length=500)  # the link to join: behind sign-in, never in a letter or feed
    details = JSON(default="{}")  # of the venue: step_free, hearing_loop, ...
    capacity = Integer(null=True, default=None)  # places for the public; none: nobody registers
    registration_opens = Date(null=True, default=None)
    registration_closes = Date(null=True, default=None)
    chair_of_day = ForeignKey(Seat, null=True, default=None)
    tell_after = Timestamptz(null=True, default=None)  # changes wait until then for one letter
    told_starts = Timestamptz(null=True, default=None)  # when it begins, as those asked heard last
    was = Timestamptz(null=True, default=None)  # and as they had heard before that, if otherwise
    public = Boolean(default=True)
    stage = Varchar(length=20, default="proposed", index=True)
    quorum = Integer()  # the rule on the day it was called
    sequence = Integer(default=0)  # of the calendar invitation
    reason = Varchar(length=300)  # why it was cancelled or postponed
    short_notice = Varchar(length=300)  # why people were told later than the panel's rules ask
    called = Timestamptz()
    changed = Timestamptz()  # when what stands in people's calendars last changed
    version = Integer(default=1)
    one_a_day = Unique(["panel", "date"])

    @property
    def from_before(self) -> bool:
        return is_from_before(self.date, london(self.called).date())


class FormerDay(Table, tablename="meeting_former_day"):
    """A day that a meeting was moved away from: what was at its address leads to the new day."""

    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    date = Date()
    meeting = ForeignKey(Meeting, null=False)
    public = Boolean()  # whether the public could read it at that day


class Invitation(Table):
    """One person's own invitation: nobody sees who else was asked."""

    id = UUID(primary_key=True, default=NewId())
    meeting = ForeignKey(Meeting, null=False, index=True)
    seat = ForeignKey(Seat, null=False)
    token_hash = Varchar(length=64, unique=True)
    reply = Varchar(length=10, default="awaited")  # awaited, yes, no, perhaps
    replied = Timestamptz(null=True, default=None)
    reply_sequence = Integer(default=0)  # of the calendar entry that was answered
    reply_stamp = Timestamptz(null=True, default=None)  # DTSTAMP of the last answer by mail
    reply_by = Varchar(length=10)  # link or mail
    one_invitation = Unique(["meeting", "seat"])


class Attendance(Table):
    """Who was in the room, as recorded there: a reply is an intention, this is a fact."""

    id = UUID(primary_key=True, default=NewId())
    meeting = ForeignKey(Meeting, null=False, index=True)
    seat = ForeignKey(Seat, null=False)
    status = Varchar(length=12)  # present, apologies, absent, joined_late, left_early
    mode = Varchar(length=10, default="in_person")  # online, phone
    came = Timestamptz(null=True, default=None)
    left = Timestamptz(null=True, default=None)  # while it is empty they are in the room
    one_attendance = Unique(["meeting", "seat"])
