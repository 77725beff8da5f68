"""Move a row from one stage to the next, by a table of permitted moves."""

from collections.abc import Mapping
from typing import Any

from piccolo.table import Table

from scrutiny.kit.errors import NotNow, Stale

Moves = Mapping[tuple[str, str], str]
"""(stage now, move) -> stage after."""


def open_moves(moves: Moves, stage: str) -> list[str]:
    return [move for (at, move) in moves if at == stage]


def step(moves: Moves, stage: str, move: str) -> str:
    """The stage after `move`. Raises NotNow when the stage does not allow it."""
    if (stage, move) not in moves:
        now, name = stage.replace("_", " "), move.replace("_", " ")
        raise NotNow(f"It stands at “{now}”, and from there it cannot be {name}.")
    return moves[stage, move]


async def advance(row: Table, moves: Moves, move: str, **changes: Any) -> None:
    """Make one move and save it, unless somebody else moved or changed the row first."""
    cls = type(row)
    changes["stage"] = step(moves, row.stage, move)
    changes["version"] = row.version + 1
    moved = (
        await cls.update(changes)
        .where(cls.id == row.id, cls.stage == row.stage, cls.version == row.version)
        .returning(cls.id)
    )
    if not moved:
        raise Stale("Somebody else changed this a moment ago. Please look again.")
    for name, value in changes.items():
        setattr(row, name, value)


async def amend(row: Table, **changes: Any) -> None:
    """Save `changes`, unless somebody else saved this row first (then Stale)."""
    cls = type(row)
    changes["version"] = row.version + 1
    kept = (
        await cls.update(changes)
        .where(cls.id == row.id, cls.version == row.version)
        .returning(cls.id)
    )
    if not kept:
        raise Stale("Somebody else saved this before you. Your text is kept below.")
    for name, value in changes.items():
        setattr(row, name, value)
