"""Enter what was published in the public ledger, in its own transaction; sign the whole."""

import hashlib
import secrets
from datetime import date, datetime
from typing import Any

from scrutiny.kit.clock import london, midnight, now
from scrutiny.kit.db import bulk, database, keep, rows, write_sql, write_tx
from scrutiny.kit.errors import Missing
from scrutiny.kit.made import fresh
from scrutiny.kit.seal import keys
from scrutiny.kit.site_key import signing_key
from scrutiny.ledger import merkle, rules
from scrutiny.ledger.queries import (
    known_hashes,
    newest_head,
    root_of,
    tree_size,
    withdrawn_mark,
)
from scrutiny.ledger.tables import Entry, LedgerHead, LedgerNode
from scrutiny.people.tables import Panel
from scrutiny.record.rules import START as EMPTY_RECORD
from scrutiny.record.rules import commitment, end_seal

AT_ONCE = 500
"""Entries from before there was a tree that one transaction takes up."""
LAST = "SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1"
LAST_HEAD = "SELECT number, record_seq FROM ledger_head ORDER BY number DESC LIMIT 1"
THE_SAME = "SELECT seq FROM entry WHERE panel = {} AND sha256 = {} ORDER BY seq"
TAKE_BACK = """
UPDATE entry SET withdrawn = {}, mark = {}, sha256 = '', salt = '', title = ''
WHERE panel = {} AND sha256 = {} AND seq < {}"""
TAKE_UP = "UPDATE entry SET salt = {}, sealed = {}, thing = {} WHERE seq = {}"


async def enter(panel: Panel, kind: str, title: str, address: str, published: bytes) -> Entry:
    """Add an entry with the SHA-256 of exactly the bytes that were published, and sign the head.

    Call it after record(), which makes writers stand in line. Inside write_tx().
    """
    sha256 = hashlib.sha256(published).hexdigest()
    return await _enter(panel, kind, title, address, sha256, "")


async def withdraw(panel: Panel, title: str, address: str, reason: str, sha256: str) -> Entry:
    """Enter a tombstone for what had this SHA-256; its title, fingerprint and salt are erased.

    `title` and `reason` are published, so they name nobody. After record(), inside write_tx().
    Raises Missing when the panel has published nothing of the kind, or has withdrawn it already.
    """
    _must_be_inside()
    found = [row["seq"] for row in await rows(THE_SAME, panel.id, sha256)]
    if not found:
        raise Missing("The ledger has no publication with this fingerprint to withdraw.")
    await take_up()
    note = rules.tombstone(address, reason, found)
    own = hashlib.sha256(note.encode()).hexdigest()
    stone = await _enter(panel, rules.WITHDRAWAL, title, address, own, note)
    mark = withdrawn_mark(sha256)
    await write_sql(TAKE_BACK, stone.seq, mark, panel.id, sha256, stone.seq)
    return stone


def _must_be_inside() -> None:
    if not database().transaction_exists():
        raise RuntimeError("a publication must be entered inside write_tx()")


async def _enter(
    panel: Panel, kind: str, title: str, address: str, sha256: str, note: str
) -> Entry:
    _must_be_inside()
    size = await take_up()
    last = await rows(LAST)
    seq, prev = (last[0]["seq"] + 1, last[0]["hash"]) if last else (1, rules.START)
    salt = secrets.token_hex(32)
    told: dict[str, Any] = {
        **{"seq": seq, "at": now(), "panel": panel.id, "kind": kind, "title": title},
        **{"address": address, "sha256": sha256, "salt": salt, "note": note},
        "sealed": rules.sealed(salt, sha256, title),
        "thing": rules.thing_of(kind, address),
    }
    leaf = rules.leaf(told)
    hash = rules.link(prev, seq, kind, address, leaf.hex())
    entry = fresh(Entry, **told, binds=1, prev=prev, hash=hash)
    await keep(entry)
    await _grow(size, [leaf])
    await sign(told["at"])
    return entry


# -- the tree -------------------------------------------------------------------------------------


async def _grow(size: int, leaves: list[bytes]) -> None:
    """Add leaves to a tree of `size`, and the hash of every subtree that they make whole."""
    held = {number: one for number, one in await _right_edge(size)}
    made: dict[int, bytes] = {}
    for place, leaf in enumerate(leaves, start=size):
        made.update(merkle.grown(place, leaf, lambda one: (made | held)[merkle.number(one)]))
    await bulk(LedgerNode, [LedgerNode.id, LedgerNode.hash], made.items())


async def _right_edge(size: int) -> list[tuple[int, bytes]]:
    """The whole subtrees of which a tree of `size` is made: all that an append needs to know."""
    wholes = merkle.whole_in((0, size))
    known = await known_hashes(wholes)
    return [(merkle.number(one), known(one)) for one in wholes]


async def take_up(most: int = 0) -> int:
    """Put into the tree what was entered before there was one; returns the tree's size then.

    Inside write_tx(). All of it, or `most` entries.
    """
    size = await tree_size()
    while rest := await _after(size, most or AT_ONCE):
        await _grow(size, [await _taken_up(row) for row in rest])
        size += len(rest)
        if most:
            break
    return size


async def _after(size: int, most: int) -> list[dict[str, Any]]:
    return await Entry.select().where(Entry.seq > size).order_by(Entry.seq).limit(most)


async def _taken_up(row: dict[str, Any]) -> bytes:
    """The leaf of an early entry, which is given its salt now."""
    salt = secrets.token_hex(32)
    sealed = rules.sealed(salt, row["sha256"], row["title"])
    await write_sql(TAKE_UP, salt, sealed, rules.thing_of(row["kind"], row["address"]), row["seq"])
    return rules.leaf({**row, "sealed": sealed})


# -- the signed heads -----------------------------------------------------------------------------


async def sign(at: datetime) -> None:
    """Sign the tree as it is, with the end of the record, inside write_tx()."""
    size, pepper = await tree_size(), keys().pepper
    root, (seq, end) = (await root_of(size)).hex(), await _end_of_record()
    held = commitment(pepper, seq, end)
    signature = signing_key(pepper).sign(rules.head_message(size, root, at, held)).hex()
    last = await rows(LAST_HEAD)
    said = {"number": last[0]["number"] + 1 if last else 1, "size": size, "root": root, "at": at}
    await keep(fresh(LedgerHead, **said, record=held, record_seq=seq, signature=signature))


async def _end_of_record() -> tuple[int, str]:
    found = await rows("SELECT seq, hash FROM head WHERE id = 1")
    return (found[0]["seq"], found[0]["hash"]) if found else (0, EMPTY_RECORD)


async def sign_due(today: date) -> None:
    """The round: take up what is not in the tree, and sign what no head holds yet.

    A publication is signed with itself. For the record alone one head a day is signed, as of the
    day's beginning: the hour could tell when a resident wrote.
    """
    size = await _taken_in_turns()
    async with write_tx():
        newest, (seq, end) = await newest_head(), await _end_of_record()
        if newest is None or newest.size < size:
            if newest is not None or size or seq:
                await _seal_end(seq, end)
                await sign(now() if size else midnight(today))
        elif london(newest.at).date() < today and seq > (await rows(LAST_HEAD))[0]["record_seq"]:
            await sign(midnight(today))


async def _taken_in_turns() -> int:
    """Each turn is a transaction of its own, so that nobody waits for all of them."""
    last = await rows(LAST)
    while (size := await tree_size()) < (last[0]["seq"] if last else 0):
        async with write_tx():
            await take_up(AT_ONCE)
    return size


async def _seal_end(seq: int, end: str) -> None:
    """The end of a record from before ends were sealed."""
    seal = end_seal(keys().pepper, seq, end)
    await write_sql("UPDATE head SET seal = {} WHERE id = 1 AND seal = ''", seal)
