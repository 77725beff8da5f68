"""What applicants and the panel are told; never who applied, nor what was decided about whom."""

from scrutiny.kit.clock import london, today
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.seal import keys
from scrutiny.kit.settings import settings
from scrutiny.kit.tokens import keyed_hash
from scrutiny.letters.actions import Words, write
from scrutiny.letters.tables import Letter
from scrutiny.membership.recruitment.queries import opened
from scrutiny.membership.recruitment.tables import Application
from scrutiny.people.queries import seats_on
from scrutiny.people.tables import Panel, Person
from scrutiny.policy import Act, who_may

NEWS = "notice"
"""The kind of letter whose address the outbox forgets once it has gone."""
SUBJECT = "There is an update"
RECEIVED = "We have what you sent."
UPDATE = "There is news for you."
INTERVIEW = "We invite you to a conversation on {at:%A %-d %B %Y at %H:%M}.\nWhere: {place}"
OFFER = "There is news for you. Please answer by {by:%-d %B %Y}."
OVER = "Everybody who wrote to us has had an answer now. Thank you for the time you gave."
CONVENORS = {
    "received": "Somebody has applied to join {panel}.",
    "proposed": "An outcome was proposed for an application, and waits for a second person.",
    "answered": "An offer of a seat on {panel} was answered.",
    "lapsed": "An offer of a seat on {panel} was not answered in time.",
    "withdrawn": "An application to {panel} was withdrawn.",
}
SCORER = "You are asked to score an interview for {panel} on {at:%A %-d %B %Y at %H:%M}."


def mark_of(application: Application) -> str:
    """Names the letters of one application, and tells nobody without our pepper of which."""
    return f"recruitment:{keyed_hash(keys().pepper, 'recruitment', str(application.id))[:32]}"


def hash_of(text: str) -> str:
    return keyed_hash(keys().pepper, "recruitment letter", text)[:12]


async def tell_applicant(application: Application, panel: Panel, text: str = UPDATE) -> None:
    """Where an address was given. Inside write_tx(); the same words once for each version."""
    address = opened(application).email
    if not address:
        return
    link = f"{settings().base_url}/{panel.slug}/join/return"
    words = Words(SUBJECT, f"{text}\n\nCome back with your code:\n{link}\n")
    key = f"{mark_of(application)}:{application.version}:{hash_of(text)}"
    await write(NEWS, Mailbox("", address), words, key=key, day=today())


async def invite(application: Application, panel: Panel) -> None:
    at = london(application.interview)
    await tell_applicant(application, panel, INTERVIEW.format(at=at, place=application.place))


async def forget(application: Application) -> None:
    """Letters that hold the address, sent or not. Inside write_tx()."""
    await Letter.delete().where(Letter.key.like(f"{mark_of(application)}:%"))


async def tell_convenors(panel: Panel, what: str, key: str, but: Person | None = None) -> None:
    """Those who run recruitment, not the one who did it; of what residents do, once a day."""
    link = f"{settings().base_url}/{panel.slug}/recruitment"
    words = Words("Panel: recruitment", f"{CONVENORS[what].format(panel=panel.name)}\n\n{link}\n")
    seats = await seats_on(panel.id, who_may(Act.RECRUIT))
    for person in {seat.person.id: seat.person for seat in seats}.values():
        if but is None or person.id != but.id:
            more = f"recruitment.{what}|{key}|{person.id}"
            kind = f"recruitment.{what}"
            await write(kind, person, words, key=more, panel=panel, day=today())


async def ask_scorer(application: Application, panel: Panel, person: Person) -> None:
    text = SCORER.format(panel=panel.name, at=london(application.interview))
    words = Words(
        "Panel: an interview", f"{text}\n\n{settings().base_url}/{panel.slug}/interviews\n"
    )
    key = f"recruitment.scorer|{application.id}|{application.version}|{person.id}"
    await write("recruitment.scorer", person, words, key=key, panel=panel)
