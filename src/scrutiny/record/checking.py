"""Whether the record is still what was written: every line, its end, and the heads signed of it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from scrutiny.kit.seal import keys
from scrutiny.record.queries import PAGE
from scrutiny.record.rules import START, commitment, end_seal, length_seal, mark
from scrutiny.record.tables import Event, Head
from scrutiny.record.tampering import Chain, Fault, Kind

NEAR = 20_000
"""Lines by which the end may have been moved for its seal still to tell by how many."""


class Promise(NamedTuple):
    """What a signed head says of the record. `seq` is 0 where only the commitment is known."""

    seq: int
    commitment: str


class Report(NamedTuple):
    """`missing` are commitments that belong to no line that is there now."""

    lines: int
    faults: list[Fault]
    missing: list[str]


async def check(promises: Sequence[Promise] = (), *, sealed: bool = False) -> Report:
    """Read the whole record. `sealed` is true where its end must have been sealed."""
    pepper, chain = keys().pepper, Chain(mark, START)
    kept = {one.seq: one.commitment for one in promises if one.seq}
    open_ones = {one.commitment for one in promises if not one.seq}
    broken_promises = set()
    while rows := await _page(chain.seq):
        for row in rows:
            chain.read(row)
            if open_ones or row["seq"] in kept:
                found = commitment(pepper, row["seq"], row["hash"])
                open_ones.discard(found)
                if kept.get(row["seq"], found) != found:
                    broken_promises.add(row["seq"])
    faults = chain.ended()
    touched = {line for fault in faults for line in (fault.first, fault.last)}
    for seq in sorted(broken_promises - touched):
        faults.append(Fault(Kind.REPLACED, seq, seq))
    await _look_at_end(chain, faults, max(kept, default=0), sealed, pepper)
    return Report(chain.seq, faults, sorted(open_ones - {commitment(pepper, 0, START)}))


async def _page(after: int) -> list[dict[str, Any]]:
    return await Event.select().where(Event.seq > after).order_by(Event.seq).limit(PAGE)


async def _look_at_end(
    chain: Chain, faults: list[Fault], promised: int, sealed: bool, pepper: bytes
) -> None:
    head: Mapping[str, Any] | None = await Head.select().where(Head.id == 1).first()
    known = head or {"seq": 0, "hash": START, "seal": ""}
    length, end = _length(known, pepper), end_seal(pepper, chain.seq, chain.hash)
    most = max(length or known["seq"], promised)
    if most > chain.seq:
        faults.append(Fault(Kind.CUT, chain.seq + 1, most))
    elif chain.seq and (head is None or (length is None and (known["seal"] or sealed))):
        faults.append(Fault(Kind.UNSEALED, chain.seq, chain.seq))
    elif most < chain.seq:
        faults.append(Fault(Kind.ADDED, most + 1, chain.seq))
    elif not _is_end(chain, known, end) and not _names_end(chain, faults):
        faults.append(Fault(Kind.REPLACED, chain.seq, chain.seq))


def _is_end(chain: Chain, head: Mapping[str, Any], end: str) -> bool:
    return head["hash"] == chain.hash and head["seal"] in ("", end)


def _names_end(chain: Chain, faults: list[Fault]) -> bool:
    return any(chain.seq in (fault.first, fault.last) for fault in faults)


def _length(head: Mapping[str, Any], pepper: bytes) -> int | None:
    """The length for which the end was sealed, or None where that cannot be told."""
    near = range(max(0, head["seq"] - NEAR), head["seq"] + NEAR)
    found = (seq for seq in near if length_seal(pepper, seq) == head["seal"][:32])
    return next(found, None)
