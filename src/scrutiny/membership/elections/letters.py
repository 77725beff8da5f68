"""What people are told about elections; the subjects say nothing."""

from collections.abc import Iterable

from scrutiny.kit.settings import settings
from scrutiny.letters.actions import Words, write
from scrutiny.membership.elections.tables import Election, Nomination
from scrutiny.membership.letters import tell
from scrutiny.people.queries import seats_on
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Panel, Person, Seat
from scrutiny.policy import Act, who_may

CALLED = """\
{panel} elects its {office}. Until {by:%d %B %Y} you can put somebody forward, and second them:

{link}
"""
NOMINATED = """\
Dear {name},

you are put forward for {office} of {panel}. Please say whether you stand:

{link}
"""
VOTING = """\
{panel} votes on its {office} until {by:%d %B %Y}. You vote once:

{link}
"""
RESULT = """\
{name} is elected {office} of {panel}, from {since:%d %B %Y}.

{link}
"""
UNDECIDED = """\
The vote on the {office} of {panel} elected nobody yet. What comes next is shown here:

{link}
"""
CALLED_OFF = """\
The election of the {office} of {panel} was called off. Why is said here:

{link}
"""
IN_OFFICE = """\
Dear {name},

you are {office} of {panel} from today, {since:%d %B %Y}. What was handed on to you:

{link}
"""
ENDING = """\
The term of the {office} of {panel} ends on {until:%d %B %Y}. An election takes some weeks:

{link}
"""


def _facts(election: Election, panel: Panel) -> dict[str, str]:
    return {
        "panel": panel.name,
        "office": role_name(election.office).lower(),
        "link": f"{settings().base_url}/{panel.slug}/elections/{election.id}",
    }


async def tell_voters(
    kind: str, text: str, election: Election, panel: Panel, people: Iterable[Person], **facts
) -> None:
    said = text.format(**_facts(election, panel), **facts)
    for person in people:
        await tell(f"election.{kind}", person, panel, said)


async def tell_nominee(put: Nomination, nominee: Person, election: Election, panel: Panel) -> None:
    text = NOMINATED.format(**_facts(election, panel), name=nominee.name)
    await tell("election.nominated", nominee, panel, text)


async def tell_in_office(election: Election, seat: Seat) -> None:
    facts = _facts(election, seat.panel)
    text = IN_OFFICE.format(**facts, name=seat.person.name, since=election.since)
    words, key = Words("A notice from your panel", text), f"election-in-office|{election.id}"
    await write("election.in_office", seat.person, words, key=key, panel=seat.panel)


async def tell_of_ending(seat: Seat, days: int) -> None:
    """The holder, and whoever runs elections there: once for each of these days."""
    panel = seat.panel
    link = f"{settings().base_url}/{panel.slug}/elections"
    office = role_name(seat.role).lower()
    text = ENDING.format(office=office, panel=panel.name, until=seat.until, link=link)
    running = [other.person for other in await seats_on(panel.id, who_may(Act.ELECTION_RUN))]
    for person in {one.id: one for one in [seat.person, *running]}.values():
        key = f"office-ending|{seat.id}|{seat.until}|{days}|{person.id}"
        words = Words("A notice from your panel", text)
        await write("election.office_ending", person, words, key=key, panel=panel)
