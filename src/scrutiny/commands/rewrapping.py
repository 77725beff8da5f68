"""Everything that the host's keys seal, so that a new key can take the place of an old one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from piccolo.columns import Bytea
from piccolo.table import Table

from scrutiny.accounts.tables import Authenticator
from scrutiny.agendas.packs.tables import Pack
from scrutiny.agendas.papers.tables import Paper
from scrutiny.agendas.questions.tables import Question
from scrutiny.archive.tables import OldMinutes
from scrutiny.concerns.tables import ConcernKey
from scrutiny.concerns.vault.tables import Look
from scrutiny.kit.db import rows, write_sql, writes
from scrutiny.kit.errors import Unreadable
from scrutiny.kit.seal import keys, mark_of, seal_again, wrap_again
from scrutiny.letters.tables import Letter
from scrutiny.meetings.registration.tables import Registration
from scrutiny.membership.needs.tables import Need
from scrutiny.membership.recruitment.tables import Application, Score
from scrutiny.piccolo_app import APP_CONFIG
from scrutiny.redaction.tables import Redaction
from scrutiny.verifying.heads.tables import Subscriber

BATCH = 100
FIRST = UUID(int=0)


@dataclass(frozen=True)
class Sealed:
    """A column that the host's keys seal; `context` is that of the code which seals it."""

    table: type[Table]
    column: str
    context: str
    again: Callable[[bytes, str], bytes]

    @property
    def name(self) -> str:
        return self.table._meta.tablename


SEALED = (
    Sealed(ConcernKey, "wrapped", "concern key|{id}", wrap_again),
    Sealed(Letter, "sealed", "letter|{id}", seal_again),
    Sealed(Authenticator, "sealed_seed", "authenticator|{person}", seal_again),
    Sealed(Look, "sealed", "look|{id}|{concern}", seal_again),
    Sealed(Paper, "key", "agenda key|{file}", wrap_again),
    Sealed(OldMinutes, "key", "archive copy key|{file}", wrap_again),
    Sealed(OldMinutes, "sent_key", "archive sent key|{file}", wrap_again),
    Sealed(Pack, "key", "agenda key|{id}", wrap_again),
    Sealed(Redaction, "words", "redaction|{id}", seal_again),
    Sealed(Redaction, "key", "redaction key|{file}", wrap_again),
    Sealed(Redaction, "original_key", "redaction key|{original}", wrap_again),
    Sealed(Application, "sealed", "application|{id}", seal_again),
    Sealed(Application, "sealed_feedback", "application feedback|{id}", seal_again),
    Sealed(Application, "sealed_proposal", "application proposal|{id}", seal_again),
    Sealed(Need, "sealed", "access need|{id}", seal_again),
    Sealed(Registration, "sealed", "registration|{id}", seal_again),
    Sealed(Question, "sealed", "question|{id}", seal_again),
    Sealed(Score, "sealed_note", "score|{application}|{by}", seal_again),
    Sealed(Subscriber, "sealed", "subscriber|{id}", seal_again),
)


@dataclass
class Done:
    """How far it went: re-sealed, and what could not be opened."""

    count: int = 0
    unreadable: int = 0


async def rotate(say: Callable[[str], Any]) -> Done:
    """Seal again under the current key whatever another one seals, a batch at a time.

    What a batch did is kept, so it can be stopped at any moment and begun again. `say` hears of
    each batch.
    """
    done = Done()
    for sealed in SEALED:
        after: UUID | None = FIRST
        while after is not None:
            before = done.count
            after = await _batch(sealed, after, done)
            if done.count > before:
                say(f"{sealed.name}: {done.count - before} more.")
    return done


async def _batch(sealed: Sealed, after: UUID, done: Done) -> UUID | None:
    found, turned, unreadable = await _turn(sealed, after)
    done.count, done.unreadable = done.count + turned, done.unreadable + unreadable
    return found


@writes
async def _turn(sealed: Sealed, after: UUID) -> tuple[UUID | None, int, int]:
    """One batch: the last row of it (None after the end), how many were turned, how many not."""
    found = await _old_ones(sealed, after)
    turned = unreadable = 0
    for row in found:
        try:
            again = sealed.again(bytes(row[sealed.column]), sealed.context.format(**row))
        except Unreadable:
            unreadable += 1
            continue
        sql = f"UPDATE {sealed.name} SET {sealed.column} = {{}} WHERE id = {{}}"
        await write_sql(sql, again, row["id"])
        turned += 1
    return (found[-1]["id"] if found else None), turned, unreadable


async def _old_ones(sealed: Sealed, after: UUID) -> list[dict[str, Any]]:
    mark = mark_of(keys().current)
    sql = (
        f"SELECT * FROM {sealed.name} WHERE id > {{}} AND length({sealed.column}) > 0"
        f" AND substr({sealed.column}, 1, {len(mark)}) <> {{}} ORDER BY id LIMIT {BATCH}"
    )
    return await rows(sql, after, mark)


async def left(kid: str) -> dict[str, int]:
    """What this key still opens, by table: every column of bytes is looked at, known or not."""
    mark, found = mark_of(kid), {}
    for table in APP_CONFIG.table_classes:
        for column in table._meta.columns:
            if isinstance(column, Bytea):
                name, at = table._meta.tablename, column._meta.db_column_name
                sql = (
                    f'SELECT count(*) AS "n" FROM {name} WHERE substr({at}, 1, {len(mark)}) = {{}}'
                )
                count = (await rows(sql, mark))[0]["n"]
                found |= {name: found.get(name, 0) + count} if count else {}
    return found
