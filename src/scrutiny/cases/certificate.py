"""The certificate of a draw: enough for anybody to draw the same sample again."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from scrutiny.kit.errors import Unreadable

MOST = 30
METHOD = (
    "The population is every record of a search of a person that the force published for the "
    "month and that lies in the area, but those that are left out. A record's key is the SHA-256 "
    "of its canonical line, a line feed and its number among equal lines of its file, counted "
    "from 1. The canonical line is a JSON list without spaces: the name of the force, then the "
    "fifteen published fields as texts, in their order, the date in UTC and the coordinates "
    "with six decimals. The population hash is the SHA-256 of the sorted keys, a line feed "
    "between each two. The seed was made by a random generator after that hash was fixed. "
    "Drawn are the records for which the SHA-256 of 'seed:key' is smallest."
)
REASONS = {
    "vehicle_only": "Only a vehicle was searched",
    "no_place": "The record lies in no known area (of the whole force)",
    "already_a_case": "It is a case of this panel already",
}
PARTS = {
    "area": dict,
    "excluded": list,
    "force": str,
    "month": str,
    "n": int,
    "population": dict,
    "sample": list,
    "seed": str,
}


@dataclass(frozen=True)
class Population:
    """What can be drawn from, and what cannot, in one area and month."""

    keys: Collection[str]
    vehicles: int
    nowhere: int
    cases: Collection[str]  # keys of records that are cases already
    files: Sequence[Mapping[str, str]]


def draw(keys: Iterable[str], seed: str, n: int) -> list[str]:
    """The `n` keys whose SHA-256 of 'seed:key' is smallest, smallest first."""
    return sorted(set(keys), key=lambda key: (_lot(seed, key), key))[:n]


def _lot(seed: str, key: str) -> bytes:
    return hashlib.sha256(f"{seed}:{key}".encode()).digest()


def population_hash(keys: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()


def certificate(
    population: Population,
    *,
    panel: Mapping[str, str],
    month: str,
    make_seed: Callable[[], str],
    n: int,
    by: str,
    at: datetime,
    number: int,
    earlier: int,
) -> dict[str, Any]:
    """The facts of a draw, and the sample that follows from them.

    The seed is asked for when the hash of the population is fixed: 32 hexadecimal characters.
    `panel` holds slug, name, force, area and area_code; `by` is a role; `earlier` counts the
    draws made before from the same month and area, so that drawing until it suits shows.
    """
    fixed = {"count": len(population.keys), "sha256": population_hash(population.keys)}
    seed = make_seed()
    return {
        "kind": "draw certificate",
        "edition": 1,
        "panel": {"slug": panel["slug"], "name": panel["name"]},
        "number": number,
        "force": panel["force"],
        "month": month,
        "area": {"code": panel["area_code"], "name": panel["area"]},
        "files": [dict(file) for file in population.files],
        "population": fixed,
        "excluded": _left_out(population),
        "seed": seed,
        "n": n,
        "method": METHOD,
        "sample": draw(population.keys, seed, n),
        "drawn_by": by,
        "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "earlier_draws": earlier,
    }


def _left_out(population: Population) -> list[dict[str, Any]]:
    counts = {
        "vehicle_only": population.vehicles,
        "no_place": population.nowhere,
        "already_a_case": len(population.cases),
    }
    found: list[dict[str, Any]] = [
        {"reason": reason, "words": REASONS[reason], "count": count}
        for reason, count in counts.items()
    ]
    found[-1]["keys"] = sorted(population.cases)
    return found


def canonical_bytes(found: Mapping[str, Any]) -> bytes:
    """The bytes that are published and whose hash is in the ledger."""
    text = json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def check(found: Any) -> None:
    """Raises Unreadable when this is not what a certificate looks like."""
    if (
        not isinstance(found, dict)
        or not all(isinstance(found.get(part), kind) for part, kind in PARTS.items())
        or not all(
            isinstance(one, dict) and isinstance(one.get("keys", []), list)
            for one in found["excluded"]
        )
    ):
        raise Unreadable("This is not the certificate of a draw.")
