"""Set up, change and prove second factors."""

import secrets
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from uuid import UUID

import pyotp

from scrutiny.accounts.factors import letters, rules
from scrutiny.accounts.factors.hashing import slow_hash
from scrutiny.accounts.factors.queries import (
    authenticator_of,
    codes_left,
    has_factor,
    salt_of,
)
from scrutiny.accounts.tables import Authenticator, FactorTry, Passkey, RecoveryCode
from scrutiny.kit.clock import london, now
from scrutiny.kit.db import writes
from scrutiny.kit.errors import NotNow, Unreadable
from scrutiny.kit.seal import seal, unseal
from scrutiny.kit.settings import settings
from scrutiny.kit.tokens import ALPHABET
from scrutiny.people.actions import begin_session, end_other_sessions, session_hash
from scrutiny.people.tables import Person
from scrutiny.record.actions import record

NO_SALT = "00" * 16
SET = "A second factor was set up for your account: an authenticator app."
NEW_CODES = "New recovery codes were made for your account; the old ones no longer work."


@dataclass(frozen=True)
class Offer:
    """A seed that is offered and not yet kept: to scan, to type, and sealed for the form."""

    seed: str
    address: str
    sealed: str


@dataclass(frozen=True)
class Codes:
    """Ten recovery codes as they are shown once, and as they are kept."""

    shown: list[str]
    salt: str
    hashes: list[str]


@dataclass(frozen=True)
class Kept:
    """The session after a factor was set, and the recovery codes to show once."""

    key: str
    codes: list[str]


def offer(person: Person, key: str) -> Offer:
    """A fresh seed for this session alone; looking at the page keeps nothing."""
    seed = pyotp.random_base32(32)
    address = pyotp.TOTP(seed).provisioning_uri(name=person.email, issuer_name=settings().host)
    return Offer(seed, address, b64encode(seal(seed, _offered_to(person, key))).decode())


def offered(sealed: str, person: Person, key: str) -> Offer:
    """The offer again from its sealed seed. Raises Unreadable when it was made for another."""
    try:
        seed = unseal(b64decode(sealed, validate=True), _offered_to(person, key))
    except (NotBase64, ValueError):
        raise Unreadable("This form is not whole. Please open the page again.") from None
    address = pyotp.TOTP(seed).provisioning_uri(name=person.email, issuer_name=settings().host)
    return Offer(seed, address, sealed)


def _offered_to(person: Person, key: str) -> str:
    return f"enrolment|{person.id}|{session_hash(key)}"


async def fresh_codes() -> Codes:
    plain = ["".join(secrets.choice(ALPHABET) for _ in range(rules.LENGTH)) for _ in range(10)]
    salt = secrets.token_hex(16)
    return Codes([rules.in_groups(code) for code in plain], salt, await slow_hash(salt, *plain))


async def set_authenticator(
    person: Person, seed: str, code: str | None, *, key: str, full: bool
) -> Kept | None:
    """Keep this app as the person's own, in place of an older one; None when the code is wrong.

    Every other session ends, this one gets a new key, and new recovery codes are made.
    """
    counter = rules.accepted_counter(seed, code or "", now(), 0)
    if counter is None:
        return None
    codes = await fresh_codes()
    return Kept(await _keep(person, seed, counter, codes, key=key, full=full), codes.shown)


@writes
async def _keep(
    person: Person, seed: str, counter: int, codes: Codes, *, key: str, full: bool
) -> str:
    await must_be_first(person, full=full)
    await Authenticator.delete().where(Authenticator.person == person.id)
    await Authenticator.insert(
        Authenticator(
            person=person.id,
            sealed_seed=seal(seed, _seed_of(person.id)),
            last_counter=counter,
            confirmed=now(),
        )
    )
    await keep_codes(person, codes)
    await record("factor.set", person, by=person, factor="authenticator")
    await letters.tell_of_change(person, SET)
    return await renew_session(person, key)


async def must_be_first(person: Person, *, full: bool) -> None:
    """A letter alone sets up only the first factor. Raises NotNow otherwise."""
    if not full and await has_factor(person.id):
        raise NotNow("A second factor is already set up. Give it first, then change it.")


async def keep_codes(person: Person, codes: Codes) -> None:
    await RecoveryCode.delete().where(RecoveryCode.person == person.id)
    await RecoveryCode.insert(
        *(RecoveryCode(person=person.id, salt=codes.salt, code_hash=h) for h in codes.hashes)
    )


async def renew_session(person: Person, key: str) -> str:
    """End every session of this person and begin a whole one here."""
    await end_other_sessions(person, keep=key)
    return await begin_session(person, full=True, old=key)


def _seed_of(person: UUID) -> str:
    return f"authenticator|{person}"


@writes
async def prove_code(person: Person, code: str | None, *, key: str) -> str | None:
    """Begin a whole session with a code from the app; None when it is wrong or was used.

    Raises NotNow after too many wrong ones.
    """
    taken = await take_try(person)
    held = await authenticator_of(person.id)
    if held is None or code is None:
        return await refuse(person, "authenticator")
    seed = unseal(held.sealed_seed, _seed_of(person.id))
    counter = rules.accepted_counter(seed, code, now(), held.last_counter)
    if counter is None or not await _use_counter(held, counter):
        return await refuse(person, "authenticator")
    return await let_in(person, taken, "authenticator", key)


async def _use_counter(held: Authenticator, counter: int) -> bool:
    """Only the first of many at once moves the counter on."""
    still = (Authenticator.id == held.id) & (Authenticator.last_counter < counter)
    moved = Authenticator.update({Authenticator.last_counter: counter}).where(still)
    return bool(await moved.returning(Authenticator.id))


async def prove_recovery(person: Person, typed: str, *, key: str) -> str | None:
    """Begin a whole session with a recovery code, which is burned; None when it is wrong.

    Ends every other session and writes to the person and their chairs. Raises NotNow after
    too many wrong ones.
    """
    taken = await _take_try_now(person)
    salt = await salt_of(person.id) or NO_SALT
    [code_hash] = await slow_hash(salt, rules.recovery_key(typed) or "")
    return await _burn(person, code_hash, taken, key)


@writes
async def _burn(person: Person, code_hash: str, taken: UUID, key: str) -> str | None:
    this = (RecoveryCode.person == person.id) & (RecoveryCode.code_hash == code_hash)
    unused = RecoveryCode.update({RecoveryCode.used: now()}).where(
        this & RecoveryCode.used.is_null()
    )
    if not await unused.returning(RecoveryCode.id):
        return await refuse(person, "recovery code")
    await letters.tell_of_recovery(person, await codes_left(person.id))
    await end_other_sessions(person, keep=key)
    return await let_in(person, taken, "recovery code", key)


async def take_try(person: Person) -> UUID:
    """Count a try before it is looked at, so that many at once are counted too."""
    await FactorTry.delete().where(FactorTry.at < now() - rules.LIMITS[-1][0])
    found = await FactorTry.select(FactorTry.at).where(FactorTry.person == person.id)
    if wait := rules.wait_until([row["at"] for row in found], now()):
        raise NotNow(f"Too many wrong codes. You can try again at {london(wait):%H:%M:%S}.")
    taken = FactorTry(person=person.id, at=now())
    await FactorTry.insert(taken)
    return taken.id


_take_try_now = writes(take_try)


async def refuse(person: Person, factor: str) -> None:
    await record("sign_in.factor_refused", person, by=person, factor=factor)


async def let_in(person: Person, taken: UUID, factor: str, key: str) -> str:
    await FactorTry.delete().where(FactorTry.id == taken)
    await record("sign_in.done", person, by=person, factor=factor)
    return await begin_session(person, full=True, old=key)


async def new_codes(person: Person, *, key: str) -> list[str]:
    """Ten new recovery codes in place of the old ones; other sessions end."""
    codes = await fresh_codes()
    await _replace_codes(person, codes, key)
    return codes.shown


@writes
async def _replace_codes(person: Person, codes: Codes, key: str) -> None:
    await keep_codes(person, codes)
    await record("factor.set", person, by=person, factor="recovery codes")
    await letters.tell_of_change(person, NEW_CODES)
    await end_other_sessions(person, keep=key)


async def forget_factors(person: Person) -> None:
    """Inside write_tx(): after two others agreed that theirs are lost. Signs them out."""
    for table in (Authenticator, Passkey, RecoveryCode):
        await table.delete().where(table.person == person.id)
    await end_other_sessions(person)
