"""Who keeps the vault: it is made, joined, its passphrases changed, its custodians let go."""

from collections.abc import Mapping
from typing import Any

from nacl.public import PrivateKey

from scrutiny.concerns.vault import letters, queries
from scrutiny.concerns.vault.keys import chosen, unlock, vault_place
from scrutiny.concerns.vault.passphrases import COST, Cost
from scrutiny.concerns.vault.rules import of_sheet, seal_to, sheet
from scrutiny.concerns.vault.tables import CustodianKey, Vault
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.kit.stages import amend
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record

MADE = "The vault has been made already. If the recovery sheet was not kept, make a new pair of "\
    "keys: a new sheet comes with it."  # fmt: skip


async def make(panel: Panel, *, by: Seat, passphrase: str, cost: Cost = COST) -> list[str]:
    """The panel's first vault, with its first custodian; gives the recovery sheet, this once.

    Raises NotNow when there is one.
    """
    private, kept = PrivateKey.generate(), await chosen(passphrase, cost)
    async with write_tx():
        if await queries.has_vault(panel):
            raise NotNow(MADE)
        vault = Vault(panel=panel.id, number=1, public_key=bytes(private.public_key))
        await Vault.insert(vault)
        await give(by, kept, vault, private)
        await record("vault.made", vault, by=by, public=True, number=1)
        await _tell_others("vault.made", by)
    return sheet(bytes(private))


async def give(to: Seat, kept: Mapping[str, Any], vault: Vault, private: PrivateKey) -> None:
    """Keep this custodian's key to the vault, inside write_tx(); `kept` comes from chosen()."""
    locked = seal_to(kept["public"], bytes(private), vault_place(vault))
    since = {"since": today(), **kept}
    await CustodianKey.insert(CustodianKey(vault=vault.id, seat=to.id, locked=locked, **since))


async def _tell_others(kind: str, by: Seat) -> None:
    others = [seat.person for seat in await queries.other_custodians(by)]
    await letters.tell(kind, others, by.panel, "vault")


async def ask_to_join(*, by: Seat, passphrase: str, cost: Cost = COST) -> CustodianKey:
    """Choose a passphrase and ask another custodian to be let in; once more chooses another.

    Only what the passphrase stands for is kept. Raises NotNow without a vault, or with a key to it.
    """
    kept = await chosen(passphrase, cost)
    async with write_tx():
        vault = await queries.newest(by.panel)
        before = await queries.own_key(by, vault)
        if before and before.locked:
            raise NotNow("You hold a key to this vault already.")
        if before:
            await CustodianKey.delete().where(CustodianKey.id == before.id)
        key = CustodianKey(vault=vault.id, seat=by.id, since=today(), **kept)
        await CustodianKey.insert(key)
        await record("vault.join_asked", key, by=by)
        people = [held.seat.person for held in await queries.other_holders(by.panel, by)]
        await letters.tell("vault.join_asked", people, by.panel, "vault")
    return key


async def let_in(asked: CustodianKey, *, by: Seat, passphrase: str) -> bool:
    """Give the key to who asked for it; untrue when the passphrase is wrong.

    `asked` comes from queries.key_on. Raises NotNow when it was given or their seat is over, Stale
    when they chose anew.
    """
    must_wait(asked)
    private = await unlock(by, asked.vault, passphrase)
    if private is None:
        return False
    async with write_tx():
        locked = seal_to(asked.public, bytes(private), vault_place(asked.vault))
        await amend(asked, locked=locked, approved_by=by.id)
        await record("vault.joined", asked, by=by)
        await letters.tell("vault.joined", [asked.seat.person], by.panel, "vault")
    return True


def must_wait(asked: CustodianKey) -> None:
    if asked.locked:
        raise NotNow("This custodian holds a key already.")
    if not queries.is_seated(asked):
        raise NotNow("Whoever asked for this no longer holds a seat on the panel.")


async def change_passphrase(*, by: Seat, old: str, new: str, cost: Cost = COST) -> bool:
    """Untrue when the old one is wrong. Raises NotNow for who holds no key."""
    vault = await queries.newest(by.panel)
    if await queries.older_keys(by.panel, vault):
        raise NotNow("First let the move to the new pair of keys come to its end.")
    private = await unlock(by, vault, old)
    if private is None:
        return False
    fresh, key = await chosen(new, cost), await queries.own_key(by, vault)
    async with write_tx():
        locked = seal_to(fresh["public"], bytes(private), vault_place(vault))
        await amend(key, locked=locked, **fresh)
        await record("vault.passphrase_changed", key, by=by)
    return True


async def remove(key: CustodianKey, *, by: Seat) -> None:
    """Forget the key of a seat that is over, or a request. Raises NotNow for any other."""
    must_be_over(key)
    async with write_tx():
        await CustodianKey.delete().where(CustodianKey.id == key.id)
        await record("vault.custodian_removed", key, by=by, seat=key.seat.id)


def must_be_over(key: CustodianKey) -> None:
    if key.locked and queries.is_seated(key):
        raise NotNow("They hold a seat and a key. End the seat first: their key ends with it.")


async def recover(*, by: Seat, typed: str, passphrase: str, cost: Cost = COST) -> bool:
    """Get a key to the vault from the recovery sheet; untrue when it is not the newest sheet.

    Every other custodian is told. Raises NotNow without a vault.
    """
    vault = await queries.newest(by.panel)
    private = _of_sheet(typed, vault)
    if private is None:
        async with write_tx():
            await record("vault.sheet_refused", vault, by=by)
        return False
    kept = await chosen(passphrase, cost)
    async with write_tx():
        await CustodianKey.delete().where(
            (CustodianKey.vault == vault.id) & (CustodianKey.seat == by.id)
        )
        await give(by, kept, vault, private)
        await record("vault.recovered", vault, by=by)
        await _tell_others("vault.recovered", by)
    return True


def _of_sheet(typed: str, vault: Vault) -> PrivateKey | None:
    found = of_sheet(typed)
    if found is None or bytes(PrivateKey(found).public_key) != bytes(vault.public_key):
        return None
    return PrivateKey(found)
