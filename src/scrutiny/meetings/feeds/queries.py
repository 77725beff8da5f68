"""Calendars to subscribe to: of all panels, and of one person."""

from datetime import timedelta

from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.kit.ical import feed
from scrutiny.kit.made import columns, maker
from scrutiny.kit.seal import keys
from scrutiny.kit.settings import settings
from scrutiny.kit.tokens import keyed_hash
from scrutiny.meetings.calendar import happening
from scrutiny.meetings.feeds.tables import FeedToken
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Person
from scrutiny.policy import ACTIVE, AT_THE_TABLE

FED = 500
FED_PAST = timedelta(days=365)

PUBLIC = f"""
SELECT {columns(Meeting)}, {columns(Panel)} FROM meeting JOIN panel ON panel.id = meeting.panel
WHERE meeting.date >= {{}} AND meeting.public AND meeting.stage <> 'proposed'
  AND (meeting.stage <> 'cancelled' OR meeting.sequence > 0)
ORDER BY meeting.date DESC LIMIT {FED}"""

OWN = f"""
SELECT {columns(Meeting)}, {columns(Panel)} FROM meeting JOIN panel ON panel.id = meeting.panel
WHERE meeting.date >= {{}} AND meeting.stage <> 'proposed'
  AND (meeting.stage <> 'cancelled' OR meeting.sequence > 0)
  AND EXISTS (SELECT 1 FROM seat WHERE seat.panel = meeting.panel AND seat.person = {{}}
    AND seat.role IN ({{}}) AND seat.stage = '{ACTIVE}' AND seat.since <= {{}}
    AND (seat.until IS NULL OR seat.until >= {{}}))
ORDER BY meeting.date DESC LIMIT {FED}"""

with_panel = maker(Meeting, panel=Panel)


async def all_public() -> bytes:
    """The public meetings of every panel, each named after its panel."""
    found = await rows(PUBLIC, today() - FED_PAST, into=with_panel)
    entries = [happening(one.panel, one, title=f"{one.panel.name} meeting") for one in found]
    return feed(entries, "Meetings of scrutiny panels", f"{settings().base_url}/meetings.ics")


async def of_person(token: str) -> bytes:
    """All meetings, closed ones too, of the panels on which the owner of this address sits today.

    Raises Missing for an address that is none or was taken back. Titles are neutral, and of a
    closed meeting no place is in it: calendars are read on other people's screens.
    """
    person = await owner(token)
    day = today()
    given = (day - FED_PAST, person.id, tuple(sorted(AT_THE_TABLE)), day, day)
    found = await rows(OWN, *given, into=with_panel)
    entries = [happening(one.panel, one) for one in found]
    return feed(entries, "Your panel meetings", f"{settings().base_url}/account/calendar")


async def owner(token: str) -> Person:
    wanted = (FeedToken.token_hash == token_hash(token)) & FeedToken.revoked.is_null()
    found = await FeedToken.objects(FeedToken.person).where(wanted).first()
    if found is None:
        raise Missing("There is no calendar at this address.")
    return found.person


async def token_of(person: Person) -> FeedToken | None:
    """The one that stands; its address was shown once, when it was made."""
    standing = (FeedToken.person == person.id) & FeedToken.revoked.is_null()
    return await FeedToken.objects().where(standing).first()


def token_hash(token: str) -> str:
    return keyed_hash(keys().pepper, "calendar feed", token)
