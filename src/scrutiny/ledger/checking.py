"""Whether the ledger is still what was published: entries, tree, and every head ever signed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from scrutiny.kit.seal import keys
from scrutiny.kit.site_key import is_signed, public_hex, public_key, signing_key
from scrutiny.ledger import merkle
from scrutiny.ledger.heads import KeptHead
from scrutiny.ledger.queries import heads_after, nodes_between, page_after
from scrutiny.ledger.rules import START, WITHDRAWAL, SignedHead, leaf, mark, told_by
from scrutiny.record.checking import Promise
from scrutiny.record.tampering import Chain, Fault, Kind

SIGNED = ("number", "size", "root", "at", "record", "signature")


class Report(NamedTuple):
    """`wrong` says in whole sentences what is neither an entry's nor its place's fault."""

    entries: int
    heads: int
    faults: list[Fault]
    wrong: list[str]
    promises: list[Promise]


class Reading:
    """Goes through the entries in order and works out the tree anew beside what is stored."""

    def __init__(self) -> None:
        self.chain = Chain(mark, START)
        self.edge: dict[int, bytes] = {}
        self.roots = {0: merkle.EMPTY.hex()}
        self.in_tree = 0
        self.bent: list[int] = []
        self.taken_back: dict[int, int] = {}
        self.stones: dict[int, list[int]] = {}

    def read(self, row: Mapping[str, Any], stored: Mapping[int, bytes], sizes: set[int]) -> None:
        self.chain.read(row)
        seq = row["seq"]
        if row["sealed"] and seq == self.in_tree + 1:
            self._grow(seq, leaf(row), stored)
            if seq in sizes:
                self.roots[seq] = merkle.hash_of((0, seq), self._known).hex()
        if row["withdrawn"] is not None:
            self.taken_back[seq] = row["withdrawn"]
        if row["kind"] == WITHDRAWAL:
            self.stones[seq] = told_by(row["note"]).get("withdraws", [])

    def _grow(self, size: int, found: bytes, stored: Mapping[int, bytes]) -> None:
        grown = dict(merkle.grown(size - 1, found, self._known))
        if any(stored.get(number) != one for number, one in grown.items()):
            self.bent.append(size)
        self.edge |= grown
        needed = {merkle.number(one) for one in merkle.whole_in((0, size))}
        self.edge = {number: one for number, one in self.edge.items() if number in needed}
        self.in_tree = size

    def _known(self, whole: merkle.Whole) -> bytes:
        return self.edge[merkle.number(whole)]

    def ended(self) -> list[Fault]:
        """What the entries by themselves show; one taken back that no tombstone tells of too."""
        faults = self.chain.ended()
        for seq, stone in self.taken_back.items():
            if seq not in self.stones.get(stone, []) and not _names(faults, seq):
                faults.append(Fault(Kind.EDITED, seq, seq))
        return faults


def _names(faults: Iterable[Fault], upto: int, since: int | None = None) -> bool:
    """Whether one of these is about an entry from `since` (or that very one) to `upto`."""
    first = upto if since is None else since
    return any(fault.first <= upto and fault.last >= first for fault in faults)


async def check(kept: Sequence[KeptHead] = ()) -> Report:
    """Read the whole ledger, and hold it against every head here and those that others kept."""
    public = public_key(public_hex(signing_key(keys().pepper)))
    signed, wrong = await _heads(public)
    sizes = {one.size for one in kept} | {head["size"] for head in signed}
    reading = Reading()
    while found := await page_after(reading.chain.seq):
        stored = await nodes_between(found[0]["seq"], found[-1]["seq"])
        for row in found:
            reading.read(row, stored, sizes)
    faults = reading.ended()
    if signed:
        _hold_against(reading, sorted((one["size"], one["root"]) for one in signed), faults)
    elif reading.in_tree:
        wrong.append("The signed heads of the ledger were deleted.")
    if reading.bent and not faults:
        wrong.append(f"The tree of the ledger was edited where entry {reading.bent[0]} stands.")
    ours = {one["signature"] for one in signed}
    wrong += [said for one in kept if (said := _against(reading, one, ours, public))]
    promises = [Promise(one["record_seq"], one["record"]) for one in signed]
    promises += [Promise(0, one.signed.record) for one in kept if one.signed]
    return Report(reading.chain.seq, len(signed), faults, wrong, promises)


async def _heads(public: Ed25519PublicKey) -> tuple[list[dict[str, Any]], list[str]]:
    """All signed heads, and what is wrong with them themselves."""
    found, wrong, last = [], [], 0
    while page := await heads_after(last):
        for row in page:
            if row["number"] != last + 1:
                wrong.append(f"Signed head {last + 1} of the ledger was deleted.")
            last = row["number"]
            if _is_good(SignedHead(**{name: row[name] for name in SIGNED}), public):
                found.append(row)
            else:
                wrong.append(f"Signed head {last} of the ledger was edited.")
    return found, wrong


def _is_good(head: SignedHead, public: Ed25519PublicKey) -> bool:
    try:
        return is_signed(head.message, bytes.fromhex(head.signature), public)
    except ValueError:
        return False


def _hold_against(reading: Reading, heads: list[tuple[int, str]], faults: list[Fault]) -> None:
    """Name what the signed heads show that the entries by themselves do not."""
    length, longest, good = reading.chain.seq, heads[-1][0], 0
    for size, root in heads:
        if reading.roots.get(size) == root:
            good = size
        elif size <= length and not _names(faults, size, since=1):
            faults.append(Fault(Kind.REPLACED, good + 1, size))
    if longest > length:
        faults.append(Fault(Kind.CUT, length + 1, longest))
    elif longest < length and not faults:
        faults.append(Fault(Kind.ADDED, longest + 1, length))


def _against(reading: Reading, head: KeptHead, ours: set[str], public: Ed25519PublicKey) -> str:
    """What a head that somebody kept says against the ledger, or nothing."""
    if head.signed and not _is_good(head.signed, public):
        return f"This site did not sign {head.name}: its signature does not hold."
    if head.size > reading.chain.seq:
        return f"Entries were cut off the ledger: it is shorter than {head.name}."
    if reading.roots.get(head.size) != head.root:
        doubt = "" if head.signed else ", or that line was not ours"
        return f"Entries up to {head.size} are not those of {head.name}: they were changed{doubt}."
    if not any(one.startswith(head.signature) for one in ours):
        return f"The signed heads do not hold {head.name} any more."
    return ""
