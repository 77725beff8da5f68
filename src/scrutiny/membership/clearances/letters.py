"""What people are told about clearances: that something changed, never what came out."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from scrutiny.kit.settings import settings
from scrutiny.letters.actions import Words, write
from scrutiny.membership.clearances.tables import Clearance
from scrutiny.people.tables import Panel, Person, Seat

CHANGED = """\
Dear {name},

one of your clearances on {panel} was noted or changed. It is on your own page:

{link}
"""
ASKED = """\
{panel} asks how a vetting came out. Whose it is, and a form for the answer, is here:

{link}
"""
ANSWERED = """\
The force answered about a clearance of {panel}:

{link}
"""
RUNS_OUT = """\
Dear {name},

one of your clearances on {panel} counts until {until:%d %B %Y}. What it opens closes on the next
day, unless it is renewed. It is on your own page:

{link}
"""
RUNS_OUT_TOLD = """\
A clearance of {name} on {panel} counts until {until:%d %B %Y}.

{link}
"""
TO_SIGN = """\
Dear {name},

{panel} has new words for an agreement that its members sign. What you signed before counts until
{until:%d %B %Y}. Please read and sign the new one on your own page:

{link}
"""


def _link(panel: Panel, path: str) -> str:
    return f"{settings().base_url}/{panel.slug}{path}"


async def tell_of_change(row: Clearance, person: Person, panel: Panel) -> None:
    text = CHANGED.format(name=person.name, panel=panel.name, link=_link(panel, "/seats/mine"))
    key = f"clearance|{row.id}|{row.version}"
    words = Words("Your seat", text)
    await write("clearance.changed", person, words, key=key, panel=panel)


async def ask_force(row: Clearance, panel: Panel, liaisons: Iterable[Seat]) -> None:
    text = ASKED.format(panel=panel.name, link=_link(panel, "/vetting"))
    for seat in liaisons:
        key = f"vetting-asked|{row.id}|{row.version}|{seat.person.id}"
        words = Words("A question from the panel", text)
        await write("vetting.asked", seat.person, words, key=key, panel=panel)


async def tell_of_answer(row: Clearance, panel: Panel, readers: Iterable[Seat]) -> None:
    text = ANSWERED.format(panel=panel.name, link=_link(panel, "/clearances"))
    for seat in readers:
        key = f"vetting-answered|{row.id}|{row.version}|{seat.person.id}"
        words = Words("An answer from the force", text)
        await write("vetting.answered", seat.person, words, key=key, panel=panel)


def expiry_key(clearance: UUID, expires: date, days: int) -> str:
    return f"clearance-runs-out|{clearance}|{expires}|{days}"


async def warn(row: dict, person: Person, panel: Panel, days: int, readers: Iterable[Seat]) -> None:
    """The holder, and the secretariat."""
    key = expiry_key(row["id"], row["expires"], days)
    facts = {"name": person.name, "panel": panel.name, "until": row["expires"]}
    words = Words("Your seat", RUNS_OUT.format(**facts, link=_link(panel, "/seats/mine")))
    await write("clearance.runs_out", person, words, key=key, panel=panel)
    text = RUNS_OUT_TOLD.format(**facts, link=_link(panel, "/clearances"))
    for seat in readers:
        more, words = f"{key}|{seat.person.id}", Words("A clearance that runs out", text)
        await write("clearance.runs_out", seat.person, words, key=more, panel=panel)


async def ask_to_sign(
    panel: Panel, kind: str, number: int, until: date, people: Iterable[Person]
) -> None:
    for person in people:
        link = _link(panel, f"/seats/mine/documents/{kind}")
        text = TO_SIGN.format(name=person.name, panel=panel.name, until=until, link=link)
        key = f"to-sign|{panel.id}|{kind}|{number}|{person.id}"
        await write("agreement.new", person, Words("Your seat", text), key=key, panel=panel)
