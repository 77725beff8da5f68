"""The edition that is being prepared, as every deed about minutes finds and holds it."""

from urllib.parse import quote
from uuid import UUID

from scrutiny.kit.clock import now
from scrutiny.kit.db import keep
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.made import fresh
from scrutiny.kit.settings import settings
from scrutiny.letters.actions import write
from scrutiny.letters.rules import Words
from scrutiny.meetings.calendar import NEUTRAL
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import queries
from scrutiny.minutes.document import address, document_of
from scrutiny.minutes.gathering import composed
from scrutiny.minutes.rules import Seen, compare, said
from scrutiny.minutes.tables import Minutes, Version
from scrutiny.people.actions import once
from scrutiny.people.queries import seats_on
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, who_may

OF_ALL_OF_IT = frozenset({Act.MINUTES_CIRCULATE, Act.MINUTES_APPROVE})
"""What is done with the whole of them."""


async def meeting_of(known: UUID) -> Meeting:
    found = await Meeting.objects().get(Meeting.id == known)
    if found is None:
        raise Missing("This meeting is no longer here.")
    return found


async def opened(
    meeting: Meeting, by: Seat, seen: Seen | None = None, form_key: str = ""
) -> tuple[Minutes, Meeting]:
    """The edition that is being prepared, as it is now, and its meeting. Inside write_tx().

    Raises NotNow when there is none, Stale when it is not the one that was seen.
    """
    held = await meeting_of(meeting.id)
    await once(form_key, address(by.panel, held))
    draft = await queries.draft_of(by, held)
    if draft is None:
        raise NotNow("No edition of these minutes is being prepared now.")
    must_be_seen(draft, seen)
    return draft, held


def must_be_seen(row: Minutes, seen: Seen | None) -> None:
    if seen is not None and seen != (row.edition, row.version):
        raise Stale("Somebody else changed these minutes a moment ago. Please look again.")


async def keep_version(minutes: Minutes, how: str, by: Seat) -> None:
    """Keep the document as it is now, unless it is the last version unchanged."""
    found = Version.select(Version.number, Version.document).where(Version.minutes == minutes.id)
    last = await found.order_by(Version.number, ascending=False).first()
    if last and last["document"] == minutes.document:
        return
    number = last["number"] + 1 if last else 1
    kept = {"how": how, "document": minutes.document, "items": minutes.items}
    await keep(fresh(Version, minutes=minutes.id, number=number, at=now(), by=by.id, **kept))


async def must_be_true(draft: Minutes, meeting: Meeting, by: Seat) -> None:
    """Raises NotNow when the notes, or who came, were changed after the minutes were compiled."""
    new = await composed(meeting, by.panel, draft.edition, draft.correction, draft.replaces)
    if compare(document_of(draft), document_of(new)):
        changed = compare(await queries.as_read(by, draft), await queries.as_read(by, new))
        raise NotNow(
            "Something was changed after these minutes were compiled, so they must be compiled "
            f"and approved again: {'; '.join(changed) or 'an item in which you take no part'}."
        )


async def tell(
    deed: str, minutes: Minutes, meeting: Meeting, panel: Panel, act: Act, words: str
) -> None:
    """A neutral letter with a link to everybody who may do `act`; once for each state of them.

    Whoever takes no part in something that they are about is asked to do nothing with them.
    """
    path = address(panel, meeting)
    if deed != "published":
        path = f"/sign-in?next={quote(path)}"
    day = said(meeting.date)
    text = f"The minutes of the meeting of {panel.name} on {day} {words}.\n\n"
    letter = Words(f"{NEUTRAL}: minutes", f"{text}Read them here:\n{settings().base_url}{path}\n")
    for seat in await seats_on(panel.id, who_may(act)):
        if act in OF_ALL_OF_IT and await queries.is_apart(seat, minutes):
            continue
        key = f"minutes.{deed}|{minutes.id}|{seat.person.id}"
        await write(f"minutes.{deed}", seat.person, letter, key=key, panel=panel)
