"""What people are told about seats; the subjects say nothing."""

from scrutiny.kit.ids import new_id
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.settings import settings
from scrutiny.letters.actions import Words, write
from scrutiny.membership.tables import Invite
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Panel, Person, Seat

OFFERED = """\
Dear {name},

{panel} offers you a seat: {role}. To see what it is and to take it, open this link within
fourteen days:

{link}

It works once. If you did not expect this letter, you need not do anything.
"""
TAKEN = """\
Dear {name},

you now hold a seat on {panel}: {role}, from {since:%d %B %Y}. Sign in with this e-mail address:

{link}
"""
TOLD = """\
{name} took the seat that you offered on {panel}: {role}.

{link}
"""
ENDED = """\
Dear {name},

your seat on {panel} ({role}) ends on {until:%d %B %Y}. If you think that this is a mistake, write
to {contact}.
"""


def _link(path: str) -> str:
    return f"{settings().base_url}{path}"


async def offer(invite: Invite, panel: Panel, token: str) -> None:
    text = OFFERED.format(
        name=invite.name,
        panel=panel.name,
        role=role_name(invite.role),
        link=_link(f"/seats/invites/{token}"),
    )
    to = Mailbox(invite.name, invite.email)
    words = Words("An invitation", text)
    await write("seat.offered", to, words, key=f"invite|{invite.id}", panel=panel)


async def tell_of_taking(seat: Seat, person: Person, panel: Panel, by: Person) -> None:
    role, key = role_name(seat.role), f"seat-taken|{seat.id}"
    text = TAKEN.format(
        name=person.name, panel=panel.name, role=role, since=seat.since, link=_link("/sign-in")
    )
    await write("seat.taken", person, Words("Your seat", text), key=key, panel=panel)
    text = TOLD.format(
        name=person.name, panel=panel.name, role=role, link=_link(f"/{panel.slug}/seats")
    )
    words = Words("An invitation was accepted", text)
    await write("seat.taken", by, words, key=f"{key}|told", panel=panel)


async def tell_of_end(seat: Seat, panel: Panel) -> None:
    text = ENDED.format(
        name=seat.person.name,
        panel=panel.name,
        role=role_name(seat.role),
        until=seat.until,
        contact=panel.contact,
    )
    key = f"seat-ended|{seat.id}|{seat.version}"
    await write("seat.ended", seat.person, Words("Your seat", text), key=key, panel=panel)


async def tell(kind: str, person: Person, panel: Panel, text: str) -> None:
    """A notice about a decision that two people make."""
    words = Words("A notice from your panel", text)
    await write(kind, person, words, key=f"{kind}|{new_id()}", panel=panel)
