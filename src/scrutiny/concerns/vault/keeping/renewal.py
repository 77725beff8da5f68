"""A new pair of keys for the vault, and moving to it whatever the old one opens.

The old custodians' keys stay until everything has been moved, so that it can be taken up again
wherever it was cut short.
"""

from dataclasses import dataclass
from uuid import UUID

from nacl.public import PrivateKey

from scrutiny.concerns import parts
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.vault import letters, queries
from scrutiny.concerns.vault.keeping.actions import give
from scrutiny.concerns.vault.keys import unlock
from scrutiny.concerns.vault.rules import seal_again, sheet
from scrutiny.concerns.vault.tables import Contact, CustodianKey, Vault
from scrutiny.kit.db import rows, scrub, write_sql, write_tx
from scrutiny.kit.errors import NotNow, Unreadable
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record

BATCH = 100
FIRST = UUID(int=0)
FILES = """
SELECT id, sealed_key FROM evidence WHERE id > {} AND (
concern IN (SELECT id FROM concern WHERE panel = {})
OR concern IN (SELECT id FROM draft WHERE panel = {})) ORDER BY id LIMIT 100
"""


@dataclass(frozen=True)
class Moved:
    count: int
    unreadable: int


async def renew(*, by: Seat, passphrase: str) -> list[str] | None:
    """A new pair of keys for all who hold the old and still have their seat.

    Gives the new recovery sheet, this once; None when the passphrase is wrong. Raises NotNow
    without a vault or a key, and while an earlier move has not ended.
    """
    old = await queries.newest(by.panel)
    if await unlock(by, old, passphrase) is None:
        return None
    fresh = PrivateKey.generate()
    async with write_tx():
        if (await queries.newest(by.panel)).id != old.id or await queries.older_keys(by.panel, old):
            raise NotNow("A new pair of keys has been made already. First let its move end.")
        vault = Vault(panel=by.panel.id, number=old.number + 1, public_key=bytes(fresh.public_key))
        await Vault.insert(vault)
        held = await queries.holders(old)
        for key in held:
            same = {name: getattr(key, name) for name in ("salt", "cost", "public", "since")}
            await give(key.seat, same, vault, fresh)
        await record("vault.renewed", vault, by=by, number=vault.number, custodians=len(held))
        people = [key.seat.person for key in held if key.seat.person.id != by.person.id]
        await letters.tell("vault.renewed", people, by.panel, "vault")
    return sheet(bytes(fresh))


async def left(panel: UUID, newest: Vault) -> int:
    """How many contacts are still sealed to an older pair."""
    older = (Contact.concern.panel == panel) & (Contact.vault != newest.id)
    return await Contact.count().where(older)


async def move(*, by: Seat, passphrase: str) -> Moved | None:
    """Seal again to the newest pair what the older ones open; None when the passphrase is wrong.

    Raises NotNow when there is nothing to move. May be stopped and called again.
    """
    newest = await queries.newest(by.panel)
    older = sorted({key.vault for key in await queries.older_keys(by.panel, newest)})
    if not older:
        raise NotNow("Everything has been moved to the newest pair of keys.")
    count = unreadable = 0
    for vault in older:
        private = await unlock(by, vault, passphrase)
        if private is None:
            return None
        count += await _move_files(by.panel.id, private, newest)
        moved = await _move_contacts(vault, private, newest)
        count, unreadable = count + moved.count, unreadable + moved.unreadable
        async with write_tx():
            await CustodianKey.delete().where(CustodianKey.vault == vault)
            facts = {"number": newest.number, "moved": count, "unreadable": unreadable}
            await record("vault.moved", newest, by=by, **facts)
    await scrub()
    return Moved(count, unreadable)


async def _move_contacts(old: UUID, private: PrivateKey, newest: Vault) -> Moved:
    """What cannot be opened stays where it is, and is counted."""
    after, count, unreadable = FIRST, 0, 0
    while True:
        async with write_tx():
            here = (Contact.vault == old) & (Contact.id > after)
            found = (
                await Contact.objects(Contact.concern).where(here).order_by(Contact.id).limit(BATCH)
            )
            for contact in found:
                moved = await _move_contact(contact, private, newest)
                count, unreadable = count + moved, unreadable + (not moved)
        if not found:
            return Moved(count, unreadable)
        after = found[-1].id


async def _move_contact(contact: Contact, private: PrivateKey, newest: Vault) -> bool:
    concern: Concern = contact.concern
    try:
        key = await parts.key_of(concern.id)
        inner = parts.opened(key, concern, "contact", contact.sealed)
        sealed = seal_again(private, newest.public_key, inner)
    except Unreadable:
        return False
    again = parts.close(key, concern, "contact", sealed)
    await Contact.update({Contact.vault: newest.id, Contact.sealed: again}).where(
        Contact.id == contact.id
    )
    return True


async def _move_files(panel: UUID, private: PrivateKey, newest: Vault) -> int:
    """Keys of files as they were sent: those that open are of the old pair, the others moved."""
    after, count = FIRST, 0
    while True:
        async with write_tx():
            found = await rows(FILES, after, panel, panel)
            for row in found:
                count += await _move_file(row, private, newest)
        if not found:
            return count
        after = found[-1]["id"]


async def _move_file(row: dict, private: PrivateKey, newest: Vault) -> bool:
    try:
        again = seal_again(private, newest.public_key, row["sealed_key"])
    except Unreadable:
        return False
    await write_sql("UPDATE evidence SET sealed_key = {} WHERE id = {}", again, row["id"])
    return True
