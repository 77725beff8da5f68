"""Keeping what was answered so far.

A draft leaves no line in the record: nothing has been sent, and nobody but its writer can know.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from scrutiny.concerns import parts
from scrutiny.concerns.answers import Answers, packed
from scrutiny.concerns.journey import queries
from scrutiny.concerns.queries import receipt_hash, sent_before
from scrutiny.concerns.tables import Draft
from scrutiny.kit.clock import today
from scrutiny.kit.db import keep as insert
from scrutiny.kit.db import write_sql, write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.kit.seal import lock
from scrutiny.people.tables import Panel

SAVE = "UPDATE draft SET sealed = {}, touched = {}, version = {} WHERE id = {}"


class Sent(NotNow):
    """The concern of this code has been sent: nothing of it is a draft any more."""


@dataclass(frozen=True)
class Kept:
    """A draft as it now stands."""

    id: UUID
    version: int
    answers: Answers


async def keep(
    panel: Panel,
    code: str,
    change: Callable[[Answers], Answers],
    also: Callable[[Answers], Awaitable[None]] | None = None,
) -> Kept:
    """Change the answers of this code's draft and keep them; the first change makes the draft.

    `change` is given the newest answers, so that what two windows wrote on different pages is
    kept together; it may raise Stale, and then nothing is kept. `also` writes in the same
    transaction, from the answers before the change. Raises Sent when it was sent meanwhile.
    """
    async with write_tx():
        if await sent_before(receipt_hash(code)):
            raise Sent("You have sent this already.")
        draft = await queries.draft_of(code)
        before = queries.answers_of(draft, code) if draft else Answers()
        answers = change(before)
        if also is not None:
            await also(before)
        if draft is None:
            return await _begin(panel, code, answers)
        return await _save(draft, code, answers)


async def _begin(panel: Panel, code: str, answers: Answers) -> Kept:
    made = uuid4()
    await insert(
        Draft(
            id=made,
            panel=panel.id,
            code_hash=receipt_hash(code),
            sealed=_sealed(made, code, answers),
            touched=today(),
        )
    )
    return Kept(made, 1, answers)


async def _save(draft: Draft, code: str, answers: Answers) -> Kept:
    version = draft.version + 1
    await write_sql(SAVE, _sealed(draft.id, code, answers), today(), version, draft.id)
    return Kept(draft.id, version, answers)


def _sealed(draft: UUID, code: str, answers: Answers) -> bytes:
    return lock(parts.draft_key(code), packed(answers), parts.draft_context(draft))
