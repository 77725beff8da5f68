"""Writes about the place of a meeting and the link to join it online."""

import json

from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.stages import amend
from scrutiny.meetings.rules import CHANGEABLE, Stage, is_known_to_public
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record

DESCRIBED_WHILE = CHANGEABLE | {Stage.IN_SESSION}


@writes
async def describe(seen: Meeting, details: dict[str, str], online: str, *, by: Seat) -> None:
    """Say how to get in and take part. Nobody is written to. Raises Stale, NotNow once over."""
    meeting = await Meeting.objects().get(Meeting.id == seen.id)
    if meeting is None:
        raise Missing("This meeting is no longer here.")
    if meeting.stage not in DESCRIBED_WHILE:
        raise NotNow("This meeting can no longer be changed.")
    meeting.version = seen.version
    written = json.dumps(details, sort_keys=True, ensure_ascii=False)
    await amend(meeting, details=written, online=online.strip())
    public = is_known_to_public(meeting.stage, meeting.public, meeting.sequence)
    told = {"fields": sorted(details), "online": bool(online.strip())}
    await record("meeting.described", meeting, by=by, public=public, **told)
