"""A meeting as an entry in a calendar, and the letters that carry it there."""

from dataclasses import replace
from datetime import date, datetime
from urllib.parse import quote

from scrutiny.kit.clock import london
from scrutiny.kit.ical import Happening, cancellation, invitation
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.seal import keys
from scrutiny.kit.settings import settings
from scrutiny.kit.tokens import keyed_hash
from scrutiny.letters.actions import Words
from scrutiny.letters.worker import sender
from scrutiny.meetings.replies.rules import MARK_LENGTH, with_mark
from scrutiny.meetings.rules import Stage, is_discreet
from scrutiny.meetings.tables import Invitation, Meeting
from scrutiny.people.tables import Panel, Person

NEUTRAL = "Panel meeting"  # somebody else may see the screen, or share the calendar


def subject(day: date, what: str = "") -> str:
    """Whoever has two meetings to come must see which one a letter is about."""
    return f"{NEUTRAL} on {day:%-d %B %Y}" + (f": {what}" if what else "")


def address(panel: Panel, meeting: Meeting) -> str:
    return f"/{panel.slug}/meetings/{meeting.date.isoformat()}"


def feed_address(panel: Panel) -> str:
    return f"{settings().base_url}/{panel.slug}/meetings.ics"


def link(panel: Panel, meeting: Meeting) -> str:
    """Where to read about it: behind sign-in when the public may not know of it."""
    path = address(panel, meeting)
    if not meeting.public:
        path = f"/sign-in?next={quote(path)}"
    return settings().base_url + path


def reply_token(invitation: Invitation) -> str:
    """The secret of one person's reply link: worked out anew for each letter, never stored."""
    return keyed_hash(keys().pepper, "meeting reply", str(invitation.id))


def reply_link(invitation: Invitation) -> str:
    return f"{settings().base_url}/meetings/replies/{reply_token(invitation)}"


def reply_mark(invitation: Invitation) -> str:
    """What makes the address of one invitation its own: whoever answers there has had it."""
    return keyed_hash(keys().pepper, "calendar reply", str(invitation.id))[:MARK_LENGTH]


def organiser_of(invitation: Invitation) -> Mailbox:
    """From whom one person's invitation comes, and to whom their calendar answers."""
    house = sender()
    return Mailbox(house.name, with_mark(house.address, reply_mark(invitation)))


def happening(
    panel: Panel, meeting: Meeting, *, title: str = NEUTRAL, organiser: Mailbox | None = None
) -> Happening:
    """The same uid for ever; of a closed meeting neither title nor place is in calendars.

    A postponed one is off until it has a new day.
    """
    if is_discreet(meeting.kind, meeting.public):
        title = NEUTRAL
    return Happening(
        uid=f"{meeting.id}@{settings().host}",
        sequence=meeting.sequence,
        stamp=meeting.changed,
        created=meeting.called,
        title=title,
        starts=london(meeting.starts),
        ends=london(meeting.ends),
        place="" if is_discreet(meeting.kind, meeting.public) else meeting.venue,
        url=link(panel, meeting),
        note=panel.name,
        organiser=organiser or sender(),
        cancelled=meeting.stage in (Stage.CANCELLED, Stage.POSTPONED),
    )


def when_and_where(meeting: Meeting) -> str:
    starts, ends = london(meeting.starts), london(meeting.ends)
    times = f"{starts:%A %-d %B %Y}, {starts:%H:%M} to {ends:%H:%M}"
    if is_discreet(meeting.kind, meeting.public):
        return f"{times}\nSign in to see where it is."
    return "\n".join(filter(None, [times, meeting.venue, meeting.access]))


def letter_of_invitation(panel: Panel, meeting: Meeting, asked: Invitation, to: Person) -> Words:
    text = (
        f"{panel.name} asks you to a meeting.\n\n{when_and_where(meeting)}\n\n"
        f"Tell us whether you can come:\n{reply_link(asked)}\n\n"
        f"About the meeting:\n{link(panel, meeting)}\n"
    )
    return _with_entry(subject(meeting.date), text, panel, meeting, asked, to)


def changed_to(panel: Panel, meeting: Meeting, was: datetime | None) -> str:
    """How a letter begins that tells of a change; `was` is when they had been told it begins."""
    words = f"A meeting of {panel.name} has changed. It is now:\n\n{when_and_where(meeting)}\n\n"
    return f"{words}It was {london(was):%A %-d %B %Y at %H:%M}.\n\n" if was else words


def letter_of_change(
    panel: Panel, meeting: Meeting, asked: Invitation, to: Person, was: datetime | None = None
) -> Words:
    text = (
        f"{changed_to(panel, meeting, was)}"
        f"Tell us whether you can still come:\n{reply_link(asked)}\n\n"
        f"About the meeting:\n{link(panel, meeting)}\n"
    )
    return _with_entry(subject(meeting.date, "changed"), text, panel, meeting, asked, to)


def _with_entry(
    title: str, text: str, panel: Panel, meeting: Meeting, asked: Invitation, to: Person
) -> Words:
    organiser = organiser_of(asked)
    entry = happening(panel, meeting, organiser=organiser)
    return Words(title, text, invitation(entry, _mailbox(to)), sender=organiser.address)


def letter_of_cancellation(panel: Panel, meeting: Meeting, asked: Invitation, to: Person) -> Words:
    text = f"{_off(panel, meeting)} is cancelled.\n\nWhy, and what happens next:\n"
    return _taken_out(panel, meeting, asked, to, "cancelled", text)


def letter_of_postponement(panel: Panel, meeting: Meeting, asked: Invitation, to: Person) -> Words:
    text = (
        f"{_off(panel, meeting)} is postponed. It has left your calendar, and you will be asked "
        "again when it has a new day.\n\nWhy:\n"
    )
    return _taken_out(panel, meeting, asked, to, "postponed", text)


def known_start(meeting: Meeting) -> datetime:
    """When it begins as far as those asked know: a change may wait for its letter still."""
    return london(meeting.told_starts or meeting.starts)


def _off(panel: Panel, meeting: Meeting) -> str:
    starts = known_start(meeting)
    return f"The meeting of {panel.name} on {starts:%A %-d %B %Y at %H:%M}"


def _taken_out(
    panel: Panel, meeting: Meeting, asked: Invitation, to: Person, what: str, text: str
) -> Words:
    """A calendar drops an entry only for the organiser from whom it came."""
    organiser = organiser_of(asked)
    part = cancellation(off(happening(panel, meeting, organiser=organiser), meeting), _mailbox(to))
    text = f"{text}{link(panel, meeting)}\n"
    title = subject(known_start(meeting).date(), what)
    return Words(title, text, part, sender=organiser.address)


def off(entry: Happening, meeting: Meeting) -> Happening:
    """The entry that calendars hold, to be taken out of them: at the time that was told."""
    starts = known_start(meeting)
    return replace(entry, starts=starts, ends=starts + (entry.ends - entry.starts))


def _mailbox(to: Person) -> Mailbox:
    return Mailbox(to.name, to.email)
