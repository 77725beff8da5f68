"""Offer a seat, take the offer back, take the seat."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from scrutiny.kit.clock import now, today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import NotNow
from scrutiny.kit.tokens import link_token
from scrutiny.membership import letters
from scrutiny.membership.invites.queries import (
    STILL,
    invite_by_token,
    invite_on,
    is_offered,
    token_hash,
)
from scrutiny.membership.queries import roles_held
from scrutiny.membership.rules import clash, is_open
from scrutiny.membership.standing.rules import begins_as
from scrutiny.membership.tables import Invite
from scrutiny.people.actions import add_person, end_other_sessions, once
from scrutiny.people.constitution import constitution_of
from scrutiny.people.queries import person_by_email
from scrutiny.people.rules import email_key
from scrutiny.people.tables import Person, Seat
from scrutiny.record.actions import record

OVER = "This invitation was used, was taken back, or is older than fourteen days."


@dataclass(frozen=True)
class Term:
    """Which seat is offered, and for how long."""

    role: str
    since: date
    until: date | None


@writes
async def invite(name: str, email: str, term: Term, *, by: Seat, form_key: str) -> None:
    """Offer a seat by a letter. Raises NotNow when they hold or were offered it already."""
    panel, key = by.panel, email_key(email)
    person = await person_by_email(email)
    if person is not None:
        await _must_fit(panel.id, person, term.role)
    if await is_offered(panel.id, key, term.role):
        await once(form_key, f"/{panel.slug}/seats")
        raise NotNow("This seat was offered to them a short while ago, and the offer still counts.")
    token = link_token()
    offer = Invite(
        panel=panel.id,
        by=by.id,
        name=name.strip(),
        email=email.strip(),
        email_key=key,
        role=term.role,
        since=term.since,
        until=term.until,
        token_hash=token_hash(token),
        sent=now(),
    )
    await Invite.insert(offer)
    await record("seat.offered", offer, by=by, role=term.role)
    await letters.offer(offer, panel, token)
    await once(form_key, f"/{panel.slug}/seats")


async def _must_fit(panel: UUID, person: Person, role: str) -> None:
    if why := clash(role, await roles_held(panel, person.id, today())):
        raise NotNow(why)


@writes
async def withdraw(invite: UUID, *, by: Seat) -> None:
    """Take an offer back. Raises NotNow when it was answered, and Missing on another panel."""
    offer = await invite_on(by.panel, invite)
    done = Invite.update({Invite.withdrawn: now()}).where((Invite.id == offer.id) & STILL)
    if not await done.returning(Invite.id):
        raise NotNow(OVER)
    await record("seat.offer_withdrawn", offer, by=by)


@writes
async def accept(token: str, public_name: str) -> Seat:
    """Take the seat, as a new person or as the one who has this address.

    Signs them out everywhere: whoever was in with a letter alone has to prove more from now on.
    Raises Missing for a link that is none, and NotNow for one that no longer counts.
    """
    offer = await invite_by_token(token)
    if not is_open(offer.sent, offer.used, offer.withdrawn, now()):
        raise NotNow(OVER)
    await Invite.update({Invite.used: now()}).where((Invite.id == offer.id) & STILL)
    person = await person_by_email(offer.email) or await add_person(offer.name, offer.email)
    await _must_fit(offer.panel.id, person, offer.role)
    seat = Seat(
        panel=offer.panel.id,
        person=person.id,
        role=offer.role,
        since=offer.since,
        until=offer.until,
        public_name=public_name,
        stage=begins_as(offer.role, constitution_of(offer.panel)),
    )
    await Seat.insert(seat)
    await end_other_sessions(person)
    await record(
        "seat.taken", seat, by=seat, public=True, role=seat.role, promised="confidentiality"
    )
    await letters.tell_of_taking(seat, person, offer.panel, offer.by.person)
    return seat
