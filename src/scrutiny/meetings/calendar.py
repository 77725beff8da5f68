"""A meeting as an entry in a calendar, and the letters that carry it there."""

from urllib.parse import quote

from scrutiny.kit.clock import london
from scrutiny.kit.ical import Happening, cancellation, invitation
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.seal import keys
from scrutiny.kit.settings import settings
from scrutiny.kit.tokens import keyed_hash
from scrutiny.letters.actions import Words
from scrutiny.letters.worker import sender
from scrutiny.meetings.rules import Stage
from scrutiny.meetings.tables import Invitation, Meeting
from scrutiny.people.tables import Panel, Person

NEUTRAL = "Panel meeting"  # somebody else may see the screen, or share the calendar


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


def happening(panel: Panel, meeting: Meeting, *, title: str = NEUTRAL) -> Happening:
    """The same uid for ever; the place of a closed meeting stays out of calendars."""
    return Happening(
        uid=f"{meeting.id}@{settings().host}",
        sequence=meeting.sequence,
        stamp=meeting.changed,
        created=meeting.called,
        title=title,
        starts=london(meeting.starts),
        ends=london(meeting.ends),
        place=meeting.venue if meeting.public else "",
        url=link(panel, meeting),
        note=panel.name,
        organiser=sender(),
        cancelled=meeting.stage == Stage.CANCELLED,
    )


def when_and_where(meeting: Meeting) -> str:
    starts, ends = london(meeting.starts), london(meeting.ends)
    times = f"{starts:%A %-d %B %Y}, {starts:%H:%M} to {ends:%H:%M}"
    if not meeting.public:
        return f"{times}\nSign in to see where it is."
    return "\n".join(filter(None, [times, meeting.venue, meeting.access]))


def letter_of_invitation(panel: Panel, meeting: Meeting, asked: Invitation, to: Person) -> Words:
    text = (
        f"{panel.name} asks you to a meeting.\n\n{when_and_where(meeting)}\n\n"
        f"Tell us whether you can come:\n{reply_link(asked)}\n\n"
        f"About the meeting:\n{link(panel, meeting)}\n"
    )
    return Words(NEUTRAL, text, invitation(happening(panel, meeting), _mailbox(to)))


def letter_of_change(panel: Panel, meeting: Meeting, asked: Invitation, to: Person) -> Words:
    text = (
        f"A meeting of {panel.name} has changed. It is now:\n\n{when_and_where(meeting)}\n\n"
        f"Tell us whether you can still come:\n{reply_link(asked)}\n\n"
        f"About the meeting:\n{link(panel, meeting)}\n"
    )
    return Words(f"{NEUTRAL}: changed", text, invitation(happening(panel, meeting), _mailbox(to)))


def letter_of_cancellation(panel: Panel, meeting: Meeting, to: Person) -> Words:
    starts = london(meeting.starts)
    text = (
        f"The meeting of {panel.name} on {starts:%A %-d %B %Y at %H:%M} is cancelled.\n\n"
        f"Why, and what happens next:\n{link(panel, meeting)}\n"
    )
    part = cancellation(happening(panel, meeting), _mailbox(to))
    return Words(f"{NEUTRAL}: cancelled", text, part)


def _mailbox(to: Person) -> Mailbox:
    return Mailbox(to.name, to.email)
