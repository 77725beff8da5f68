"""Reads about second factors."""

from dataclasses import dataclass
from uuid import UUID

from scrutiny.accounts.factors.rules import is_fresh
from scrutiny.accounts.tables import Authenticator, Passkey, RecoveryCode
from scrutiny.kit.clock import now
from scrutiny.people.tables import Session


@dataclass(frozen=True)
class Factors:
    """What a person has to prove who they are with, besides their letters."""

    authenticator: Authenticator | None
    passkeys: list[Passkey]
    codes_left: int

    @property
    def any(self) -> bool:
        return self.authenticator is not None or bool(self.passkeys)


async def authenticator_of(person: UUID) -> Authenticator | None:
    return await Authenticator.objects().where(Authenticator.person == person).first()


async def passkeys_of(person: UUID) -> list[Passkey]:
    return await Passkey.objects().where(Passkey.person == person).order_by(Passkey.added)


async def codes_left(person: UUID) -> int:
    unused = (RecoveryCode.person == person) & RecoveryCode.used.is_null()
    return await RecoveryCode.count().where(unused)


async def factors_of(person: UUID) -> Factors:
    return Factors(
        await authenticator_of(person), await passkeys_of(person), await codes_left(person)
    )


async def has_factor(person: UUID) -> bool:
    return await Authenticator.exists().where(
        Authenticator.person == person
    ) or await Passkey.exists().where(Passkey.person == person)


async def salt_of(person: UUID) -> str | None:
    """The salt of this person's recovery codes."""
    found = (
        await RecoveryCode.select(RecoveryCode.salt).where(RecoveryCode.person == person).first()
    )
    return found["salt"] if found else None


async def must_prove_again(session: Session) -> bool:
    """Before a factor is changed it is given once more, unless that was just now."""
    if session.full and is_fresh(session.begun, now()):
        return False
    return await has_factor(session.person.id)
