"""What people are told about how a seat stands; the subjects say nothing."""

from datetime import date
from uuid import UUID

from scrutiny.kit.settings import settings
from scrutiny.letters.actions import Words, write
from scrutiny.people.queries import seats_on
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Seat
from scrutiny.policy import ONBOARDING, Act, who_may

TAKEN = """\
Dear {name},

you now hold a seat on {panel}: {role}, from {since:%d %B %Y}. Sign in with this e-mail address:

{link}
"""
JOINING = """\
Dear {name},

your seat on {panel} ({role}) begins on {since:%d %B %Y}. Before it is active there are things to
sign and to do. They are listed on your own page; sign in with this e-mail address:

{link}
"""
HOLDER = {
    "active": "Your seat on {panel} is active.",
    "leave": "Leave was noted for your seat on {panel}.",
    "back": "The leave from your seat on {panel} is over.",
    "restricted": "How your seat on {panel} stands has changed. Why is written on your own page.",
    "term": "The panel gave your seat on {panel} a further term.",
}
CONVENORS = {
    "leave": "{name} takes leave from their seat on {panel}.",
    "back": "{name} is back from leave, or takes none, on {panel}.",
    "resigned": "{name} gives up their seat on {panel} ({role}). Its last day is {until:%d %B %Y}.",
}
ENDING = """\
Dear {name},

your seat on {panel} ({role}) ends on {until:%d %B %Y}. What the panel's rules say about a further
term is on your own page:

{link}
"""
ENDING_TOLD = """\
The seat of {name} on {panel} ({role}) ends on {until:%d %B %Y}.

{link}
"""
SUBJECT = "Your seat"


def _facts(seat: Seat, path: str) -> dict:
    return {
        "name": seat.person.name,
        "panel": seat.panel.name,
        "role": role_name(seat.role),
        "since": seat.since,
        "until": seat.until,
        "link": f"{settings().base_url}/{seat.panel.slug}{path}",
    }


async def tell_of_seat(seat: Seat) -> None:
    text = JOINING if seat.stage == ONBOARDING else TAKEN
    words = Words(SUBJECT, text.format(**_facts(seat, "/seats/mine")))
    await write("seat.taken", seat.person, words, key=f"seat-taken|{seat.id}", panel=seat.panel)


async def tell_holder(seat: Seat, what: str) -> None:
    """One letter for each version of the seat."""
    facts = _facts(seat, "/seats/mine")
    text = f"Dear {{name}},\n\n{HOLDER[what]}\n\n{{link}}\n".format(**facts)
    key = f"seat-{what}|{seat.id}|{seat.version}"
    await write(f"seat.{what}", seat.person, Words(SUBJECT, text), key=key, panel=seat.panel)


async def tell_convenors(seat: Seat, what: str) -> None:
    """Those who run the panel, but not the one who did it."""
    text = f"{CONVENORS[what]}\n\n{{link}}\n".format(**_facts(seat, "/seats"))
    readers = await seats_on(seat.panel.id, who_may(Act.SEAT_CHANGE))
    for person in {one.person.id: one.person for one in readers}.values():
        if person.id != seat.person.id:
            key = f"seat-{what}|{seat.id}|{seat.version}|{person.id}"
            words = Words("A member's seat", text)
            await write(f"seat.{what}", person, words, key=key, panel=seat.panel)


def ending_key(seat: UUID, until: date, days: int) -> str:
    return f"seat-ending|{seat}|{until}|{days}"


async def warn_of_end(seat: Seat, days: int, told: list[Seat]) -> None:
    """The holder, and each of those who run the panel's papers."""
    key = ending_key(seat.id, seat.until, days)
    words = Words(SUBJECT, ENDING.format(**_facts(seat, "/seats/mine")))
    await write("seat.ending", seat.person, words, key=key, panel=seat.panel)
    words = Words("A seat that ends", ENDING_TOLD.format(**_facts(seat, "/seats")))
    for person in {one.person.id: one.person for one in told}.values():
        if person.id != seat.person.id:
            more = f"{key}|{person.id}"
            await write("seat.ending", person, words, key=more, panel=seat.panel)
