"""Reads of what was suggested and signed, and of the meetings that may approve minutes."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.meetings.queries import turnout_of
from scrutiny.meetings.rules import Stage as MeetingStage
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes.queries import gone_for, reads_drafts
from scrutiny.minutes.rules import fingerprint
from scrutiny.minutes.tables import Minutes, Suggestion
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Seat
from scrutiny.policy import speaks_for_police

LATER = 6  # meetings that are looked at, soonest first


class Signed(NamedTuple):
    seat: UUID
    role: str
    name: str

    @property
    def words(self) -> str:
        return role_name(self.role)


async def signed_by(minutes: Minutes) -> list[Signed]:
    """Who signed exactly the document as it is now, in the order of their names."""
    mark = fingerprint(minutes.document.encode())
    return await rows(SIGNED, minutes.id, mark, into=Signed)


SIGNED = """
SELECT seat.id, seat.role, person.name FROM minutes_signature signature
JOIN seat ON seat.id = signature.seat JOIN person ON person.id = seat.person
WHERE signature.minutes = {} AND signature.sha256 = {} ORDER BY person.name, seat.id"""


async def open_suggestions(minutes: Minutes) -> int:
    found = Suggestion.count().where(Suggestion.minutes == minutes.id)
    return await found.where(Suggestion.stage == "open")


async def approving_meetings(held: Meeting) -> list[Meeting]:
    """Later meetings of the panel that are under way, or were held, with a quorum."""
    came = [MeetingStage.IN_SESSION, MeetingStage.HELD, MeetingStage.MINUTED]
    found = await (
        Meeting.objects()
        .where((Meeting.panel == held.panel) & (Meeting.date > held.date))
        .where((Meeting.date <= today()) & Meeting.stage.is_in(came))
        .order_by(Meeting.date)
        .limit(LATER)
    )
    return [one for one in found if (await turnout_of(one)).quorate]


class Suggested(NamedTuple):
    number: int
    item: UUID | None
    seat: UUID
    name: str
    role: str
    at: datetime
    text: str
    stage: str
    answer: str
    version: int

    @property
    def words(self) -> str:
        return role_name(self.role)


async def last_number(minutes: Minutes) -> int:
    return (await rows(LAST, minutes.id))[0]["last"] or 0


LAST = "SELECT max(number) AS last FROM minutes_suggestion WHERE minutes = {}"


async def suggestions(minutes: Minutes, seat: Seat) -> list[Suggested]:
    """All for the panel; whoever speaks for the police reads their side's own. Nothing about an
    item in which the reader takes no part."""
    found = await rows(SUGGESTED, minutes.id, MOST, into=Suggested)
    gone = (await gone_for(seat, minutes)).items
    if not reads_drafts(seat):
        found = [one for one in found if speaks_for_police(one.role)]
    return [one for one in found if one.item not in gone]


MOST = 200
SUGGESTED = """
SELECT s.number, s.item, seat.id, person.name, seat.role, s.at AS "at [TIMESTAMPTZ]", s.text,
  s.stage, s.answer, s.version
FROM minutes_suggestion s JOIN seat ON seat.id = s."by" JOIN person ON person.id = seat.person
WHERE s.minutes = {} ORDER BY s.number DESC LIMIT {}"""
