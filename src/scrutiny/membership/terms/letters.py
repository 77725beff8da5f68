"""What people are told about the terms of reference; the subjects say nothing."""

from scrutiny.kit.mail import Mailbox
from scrutiny.kit.settings import settings
from scrutiny.letters.actions import Words, write
from scrutiny.membership.letters import tell
from scrutiny.membership.terms.tables import Terms
from scrutiny.people.queries import seats_on
from scrutiny.people.tables import Panel, Person
from scrutiny.policy import SEATED, Act, who_may

CONSULTED = """\
{panel} proposes new terms of reference and asks what you think, until {until:%d %B %Y}:

{link}

You can comment there when you are signed in, or write to {contact}.
"""
VOTE = """\
{panel} votes on its new terms of reference until {until:%d %B %Y}. You vote once:

{link}
"""
IN_FORCE = """\
New terms of reference of {panel} are in force from today. Please read and sign them:

{link}
"""
ENDED = """\
The vote on the new terms of reference of {panel} is over. They are not in force. What was voted:

{link}
"""
WITHDRAWN = """\
The proposed terms of reference of {panel} were withdrawn. Those in force stay as they are.

{link}
"""
REVIEW = """\
The terms of reference of {panel} are due for their review. The public sees when it is overdue.

{link}
"""
SUBJECT = "A notice from your panel"


def _facts(found: Terms, panel: Panel) -> dict[str, str]:
    link = f"{settings().base_url}/{panel.slug}/terms/{found.number}"
    return {"panel": panel.name, "contact": panel.contact, "link": link}


async def tell_all(kind: str, text: str, found: Terms, panel: Panel, roles=SEATED, **facts) -> None:
    """Everybody who holds a seat in one of these roles, each once."""
    said = text.format(**_facts(found, panel), **facts)
    people: dict[object, Person] = {s.person.id: s.person for s in await seats_on(panel.id, roles)}
    for person in people.values():
        await tell(f"terms.{kind}", person, panel, said)


async def ask_the_force(found: Terms, panel: Panel) -> None:
    """Once for each version and consultation."""
    facts = {**_facts(found, panel), "until": found.consult_until}
    words, to = (
        Words(SUBJECT, CONSULTED.format(**facts)),
        Mailbox(panel.force.name, panel.force.contact),
    )
    key = f"terms-consulted|{found.id}|{found.consult_until}"
    await write("terms.consulted", to, words, key=key, panel=panel)


async def tell_of_review(found: Terms, panel: Panel) -> None:
    await tell_all("review", REVIEW, found, panel, who_may(Act.TERMS_DRAFT))
