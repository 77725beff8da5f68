"""Add a passkey, prove who one is with it, take it away."""

import secrets
from uuid import UUID

from scrutiny.accounts.factors import letters
from scrutiny.accounts.factors.actions import (
    Codes,
    Kept,
    fresh_codes,
    keep_codes,
    let_in,
    must_be_first,
    refuse,
    renew_session,
    take_try,
)
from scrutiny.accounts.factors.queries import codes_left, factors_of, passkeys_of
from scrutiny.accounts.passkeys import rules
from scrutiny.accounts.tables import Challenge, Passkey
from scrutiny.kit.clock import now
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.settings import settings
from scrutiny.people.actions import end_other_sessions
from scrutiny.people.tables import Person
from scrutiny.record.actions import record

ADD, PROVE = "add", "prove"
ADDED = "A passkey was added to your account."
REMOVED = "A passkey was removed from your account."


async def ask_to_add(person: Person, session: UUID) -> str:
    """What the browser needs to make a passkey, as JSON."""
    held = [one.credential for one in await passkeys_of(person.id)]
    challenge = await _new_challenge(person, session, ADD)
    names = (person.email, person.name)
    return rules.to_add(settings().host, person.id.bytes, names, challenge, held)


async def ask_to_prove(person: Person, session: UUID) -> str:
    held = [one.credential for one in await passkeys_of(person.id)]
    challenge = await _new_challenge(person, session, PROVE)
    return rules.to_prove(settings().host, challenge, held)


@writes
async def _new_challenge(person: Person, session: UUID, purpose: str) -> bytes:
    """One open challenge for each session: asking again voids the one before."""
    old = (Challenge.session == session) | (Challenge.asked < now() - rules.ANSWER_WITHIN)
    await Challenge.delete().where(old)
    challenge = secrets.token_bytes(32)
    await Challenge.insert(
        Challenge(
            person=person.id, session=session, purpose=purpose, challenge=challenge, asked=now()
        )
    )
    return challenge


@writes
async def _use_challenge(person: Person, session: UUID, purpose: str) -> bytes | None:
    """Deleted before the answer is looked at: a passkey without a counter could be replayed."""
    mine = (Challenge.session == session) & (Challenge.person == person.id)
    fresh = (Challenge.purpose == purpose) & (Challenge.asked > now() - rules.ANSWER_WITHIN)
    found = await Challenge.delete().where(mine & fresh).returning(Challenge.challenge)
    return bytes(found[0]["challenge"]) if found else None


async def add(
    person: Person, answer: str, name: str, *, session: UUID, key: str, full: bool
) -> Kept | None:
    """Keep a new passkey; None when the answer cannot be believed.

    Other sessions end and this one gets a new key. Recovery codes are made when there are none.
    """
    challenge = await _use_challenge(person, session, ADD)
    made = challenge and rules.added(answer, challenge, settings().host, settings().base_url)
    if not made:
        return None
    credential = rules.written(made.credential_id)
    if len(credential) > rules.LONGEST_CREDENTIAL:
        return None
    passkey = Passkey(
        person=person.id,
        credential=credential,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name,
        added=now(),
    )
    codes = None if await codes_left(person.id) else await fresh_codes()
    return Kept(await _keep(person, passkey, codes, key, full), codes.shown if codes else [])


@writes
async def _keep(person: Person, passkey: Passkey, codes: Codes | None, key: str, full: bool) -> str:
    await must_be_first(person, full=full)
    if await Passkey.exists().where(Passkey.credential == passkey.credential):
        raise NotNow("This passkey was added before.")
    if len(await passkeys_of(person.id)) >= rules.MOST:
        raise NotNow(f"You have {rules.MOST} passkeys. Remove one first.")
    await Passkey.insert(passkey)
    if codes:
        await keep_codes(person, codes)
    await record("factor.set", person, by=person, factor="passkey")
    await letters.tell_of_change(person, ADDED)
    return await renew_session(person, key)


async def prove(person: Person, answer: str, *, session: UUID, key: str) -> str | None:
    """Begin a whole session with a passkey; None when the answer cannot be believed."""
    challenge = await _use_challenge(person, session, PROVE)
    return await _check(person, answer, challenge, key) if challenge else None


@writes
async def _check(person: Person, answer: str, challenge: bytes, key: str) -> str | None:
    taken = await take_try(person)
    credential = rules.credential_of(answer)
    mine = (Passkey.person == person.id) & (Passkey.credential == (credential or ""))
    held = await Passkey.objects().where(mine).first()
    if held is None:
        return await refuse(person, "passkey")
    said = rules.proved(
        answer,
        challenge,
        settings().host,
        settings().base_url,
        bytes(held.public_key),
        held.sign_count,
    )
    if said is None:
        return await refuse(person, "passkey")
    await Passkey.update({Passkey.sign_count: said.new_sign_count}).where(Passkey.id == held.id)
    return await let_in(person, taken, "passkey", key)


@writes
async def remove(person: Person, passkey: UUID, *, key: str) -> None:
    """Take one of one's own passkeys away. Raises NotNow when nothing else would be left."""
    factors = await factors_of(person.id)
    if passkey not in [one.id for one in factors.passkeys]:
        raise Missing("That passkey is not there any more.")
    if factors.authenticator is None and len(factors.passkeys) == 1:
        raise NotNow("This is your only second factor. Set up another one first.")
    await Passkey.delete().where((Passkey.id == passkey) & (Passkey.person == person.id))
    await record("factor.removed", person, by=person, factor="passkey")
    await letters.tell_of_change(person, REMOVED)
    await end_other_sessions(person, keep=key)
