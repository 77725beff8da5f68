"""Reads of the public ledger: its entries, its signed heads, and proofs of both."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.kit.seal import keys
from scrutiny.kit.tokens import keyed_hash
from scrutiny.ledger import merkle
from scrutiny.ledger.rules import START, WITHDRAWAL, SignedHead, first_break
from scrutiny.ledger.tables import Entry, LedgerHead, LedgerNode

PAGE = 50
MANY = 1000
HEAD = "SELECT number, size, root, at, record, signature FROM ledger_head"


def _with_panel():
    return Entry.select(*Entry.all_columns(), Entry.panel.name.as_alias("panel_name"))


async def entries(before: int | None = None) -> list[dict[str, Any]]:
    """A page of the ledger, newest first; `before` is the last number already shown."""
    found = _with_panel()
    if before is not None:
        found = found.where(Entry.seq < before)
    return await found.order_by(Entry.seq, ascending=False).limit(PAGE)


async def entry(seq: int) -> dict[str, Any]:
    """Raises Missing."""
    found = await _with_panel().where(Entry.seq == min(max(seq, 0), 2**31 - 1)).first()
    if found is None:
        raise Missing(f"The ledger has no entry {seq}.")
    return found


async def by_hash(*sha256s: str) -> dict[str, Any] | None:
    """The newest entry whose published bytes had this SHA-256, also if they were withdrawn.

    Of several the one that is named first, in one query.
    """
    marks = [withdrawn_mark(one) for one in sha256s]
    is_it = Entry.sha256.is_in(list(sha256s)) | Entry.mark.is_in(marks)
    found = await _with_panel().where(is_it).order_by(Entry.seq)
    held = {row["sha256"] or row["mark"]: row for row in found}
    pairs = zip(sha256s, marks, strict=True)
    return next((row for pair in pairs for one in pair if (row := held.get(one))), None)


def withdrawn_mark(sha256: str) -> str:
    """By which we know withdrawn bytes again; without our key it tells nothing of them."""
    return keyed_hash(keys().pepper, "withdrawn publication", sha256)


async def newest_of(found: dict[str, Any]) -> dict[str, Any] | None:
    """The newest entry that takes the place of this one, if there is one."""
    later = (Entry.thing == found["thing"]) & (Entry.kind == found["kind"])
    later &= (Entry.seq > found["seq"]) & Entry.withdrawn.is_null()
    if not found["thing"]:  # entered before it was kept what it is an edition of
        return None
    return await _with_panel().where(later).order_by(Entry.seq, ascending=False).first()


async def withdrawal_of(found: dict[str, Any]) -> dict[str, Any] | None:
    if found["withdrawn"] is None:
        return None
    tombstone = (Entry.seq == found["withdrawn"]) & (Entry.kind == WITHDRAWAL)
    return await _with_panel().where(tombstone).first()


async def broken_at() -> int | None:
    """The first entry that does not follow from the one before."""
    seq, prev = 0, START
    while found := await page_after(seq):
        if (bad := first_break(found, seq, prev)) is not None:
            return bad
        seq, prev = found[-1]["seq"], found[-1]["hash"]
    return None


async def page_after(seq: int) -> list[dict[str, Any]]:
    return await Entry.select().where(Entry.seq > seq).order_by(Entry.seq).limit(MANY)


# -- the tree -------------------------------------------------------------------------------------


async def tree_size() -> int:
    """How many entries the tree has: its last leaf has the greatest number of all."""
    found = await rows("SELECT max(id) AS last FROM ledger_node")
    return 0 if found[0]["last"] is None else found[0]["last"] // 2 + 1


async def known_hashes(wholes: Iterable[merkle.Whole]) -> Callable[[merkle.Whole], bytes]:
    """The stored hashes of these whole subtrees, in one query."""
    numbers = tuple(merkle.number(whole) for whole in wholes)
    found = await rows("SELECT id, hash FROM ledger_node WHERE id IN ({})", numbers)
    held = {row["id"]: bytes(row["hash"]) for row in found}
    return lambda whole: held[merkle.number(whole)]


async def hashes_of(spans: list[merkle.Span]) -> list[bytes]:
    known = await known_hashes(one for span in spans for one in merkle.whole_in(span))
    return [merkle.hash_of(span, known) for span in spans]


async def root_of(size: int) -> bytes:
    return (await hashes_of([(0, size)]))[0]


async def nodes_between(first: int, last: int) -> dict[int, bytes]:
    """Every stored hash that entries `first` to `last` made whole."""
    span = (LedgerNode.id >= 2 * (first - 1)) & (LedgerNode.id <= 2 * (last - 1))
    found = await LedgerNode.select().where(span)
    return {row["id"]: bytes(row["hash"]) for row in found}


# -- the signed heads -----------------------------------------------------------------------------


def signed_head(
    number: int, size: int, root: str, at: datetime, record: str, signature: str
) -> SignedHead:
    return SignedHead(number, size, root, at.astimezone(UTC), record, signature)


async def newest_head() -> SignedHead | None:
    """What the site signed last: for footers and letters, so that others hold it."""
    found = await rows(f"{HEAD} ORDER BY number DESC LIMIT 1", into=signed_head)
    return found[0] if found else None


async def heads(before: int | None = None, most: int = PAGE) -> list[SignedHead]:
    """Signed heads, newest first; `before` is the last number already shown."""
    last = 2**31 - 1 if before is None else before
    sql = f"{HEAD} WHERE number < {{}} ORDER BY number DESC LIMIT {{}}"
    return await rows(sql, last, most, into=signed_head)


async def head_of(size: int) -> SignedHead | None:
    """The first head that was signed of so many entries."""
    found = await rows(f"{HEAD} WHERE size = {{}} ORDER BY number LIMIT 1", size, into=signed_head)
    return found[0] if found else None


async def heads_after(number: int) -> list[dict[str, Any]]:
    """All that is kept of heads, a page at a time in their order."""
    later = LedgerHead.select().where(LedgerHead.number > number)
    return await later.order_by(LedgerHead.number).limit(MANY)


# -- proofs ---------------------------------------------------------------------------------------


class Tree(NamedTuple):
    """One size of the ledger: its root, and the head that was signed of it, if one was."""

    size: int
    root: str
    head: SignedHead | None


async def tree_of(size: int) -> Tree:
    return Tree(size, (await root_of(size)).hex(), await head_of(size))


async def inclusion(seq: int, size: int | None = None) -> tuple[list[str], Tree]:
    """(path from the leaf up, in hexadecimal; the tree) that prove entry `seq` among `size`.

    Without a size that of the newest head. Raises Missing where the tree never had that size, or
    the entry is not in it.
    """
    most = await tree_size()
    if size is None:
        newest = await newest_head()
        size = min(newest.size, most) if newest else most
    if not 0 < seq <= size <= most:
        raise Missing(f"The ledger has no proof of entry {seq} among {size}.")
    path = await hashes_of(merkle.beside(seq - 1, size))
    return [one.hex() for one in path], await tree_of(size)


async def consistency(first: int, second: int) -> tuple[list[str], Tree, Tree]:
    """The proof that `second` entries begin with the same `first` ones. Raises Missing."""
    if not 0 < first <= second <= await tree_size():
        raise Missing(f"The ledger never had {first} and then {second} entries.")
    path = await hashes_of(merkle.between(first, second))
    return [one.hex() for one in path], await tree_of(first), await tree_of(second)
