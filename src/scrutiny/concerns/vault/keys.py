"""A passphrase at the door of the vault: made into a key, tried, counted when it is wrong."""

import secrets
from typing import Any
from uuid import UUID

from nacl.public import PrivateKey

from scrutiny.concerns.vault import queries
from scrutiny.concerns.vault.passphrases import Cost, cost_of, pair_of
from scrutiny.concerns.vault.rules import open_sealed
from scrutiny.concerns.vault.tables import CustodianKey, Vault
from scrutiny.kit.db import write_sql, write_tx
from scrutiny.kit.errors import NotNow, Unreadable
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record

WRONG = "UPDATE custodian_key SET wrong = {} WHERE id = {}"
SALT = 16
CHANGED = (
    "Somebody has changed the public key of this vault. Names that came since cannot be read, "
    "except by whoever did it. Tell those who run this site at once."
)


async def chosen(passphrase: str, cost: Cost) -> dict[str, Any]:
    """What is kept of a passphrase: the salt, the cost, and the public half it stands for."""
    salt = secrets.token_bytes(SALT)
    pair = await pair_of(passphrase, salt, cost)
    return {"salt": salt, "cost": str(cost), "public": bytes(pair.public_key)}


def vault_place(vault: Vault | UUID) -> str:
    """What the vault's private key is bound to inside its seal."""
    return f"vault|{vault.id if isinstance(vault, Vault) else vault}"


async def unlock(by: Seat, vault: Vault | UUID, passphrase: str) -> PrivateKey | None:
    """The vault's private key, or None when the passphrase is wrong: that is counted and recorded.

    Nobody is locked out: each try is slow. Raises NotNow for who holds no key to this vault,
    Unreadable where its public key is another's.
    """
    key = await queries.own_key(by, vault)
    if key is None or not key.locked:
        raise NotNow("You hold no key to this vault yet. Another custodian has to let you in.")
    pair = await pair_of(passphrase, key.salt, cost_of(key.cost))
    if bytes(pair.public_key) != bytes(key.public):
        await _refuse(key, by)
        return None
    if key.wrong:
        async with write_tx():
            await write_sql(WRONG, 0, key.id)
    private = PrivateKey(open_sealed(pair, key.locked, vault_place(vault)))
    await _check_public(private, vault, by)
    return private


async def _check_public(private: PrivateKey, vault: Vault | UUID, by: Seat) -> None:
    """Names are sealed to the public key of the row: whoever swaps it would read all that follow.

    Raises Unreadable, and records it.
    """
    known = vault.id if isinstance(vault, Vault) else vault
    row = await Vault.objects().get(Vault.id == known)
    if bytes(row.public_key) != bytes(private.public_key):
        async with write_tx():
            await record("vault.key_changed", row, by=by, number=row.number)
        raise Unreadable(CHANGED)


async def _refuse(key: CustodianKey, by: Seat) -> None:
    async with write_tx():
        wrong = "UPDATE custodian_key SET wrong = wrong + 1 WHERE id = {} RETURNING wrong"
        found = await write_sql(wrong, key.id)
        await record("vault.refused", key, by=by, wrong=found[0]["wrong"] if found else 1)
