"""Which transaction a task is in: the same answer, and the same refusals, on both databases."""

import asyncio
from typing import Any

from piccolo.engine.base import Engine
from piccolo.engine.exceptions import TransactionError


def current(engine: Engine) -> Any | None:
    """The transaction that this task has open. A task begun inside one inherits its name, but
    must not speak through it: PostgreSQL cannot do two things at once on one connection."""
    now = engine.current_transaction.get()
    if now is None or not now.open:
        return None
    if now.task is not asyncio.current_task():
        raise TransactionError("This transaction belongs to another task.")
    return now


def is_open(engine: Engine) -> bool:
    now = engine.current_transaction.get()
    return now is not None and now.open
