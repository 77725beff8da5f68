"""Completes Piccolo's migrations on SQLite, which can alter little of a table that exists.

Composite constraints go inside CREATE TABLE, and every change to a table that exists becomes a
rebuild of it (https://sqlite.org/lang_altertable.html#otheralter), as the models say it is after
the migration. Renaming is left to SQLite. As on PostgreSQL, a column cannot become required while
rows leave it empty: fill it in an earlier migration.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine.base import Engine
from piccolo.query.methods.create import Create
from piccolo.query.methods.create_index import CreateIndex
from piccolo.table import Table, create_table_class

from scrutiny.kit.db import database

# Left out on SQLite: the rebuild, which takes the place of the last step, does their work.
STEPS = ("_run_add_columns", "_run_drop_columns", "_run_alter_columns", "_run_add_constraints")
LAST_STEP = "_run_drop_constraints"


class BrokenMigration(Exception):
    """A migration that would leave rows pointing at nothing; it has been undone."""


def install() -> None:
    """Change Piccolo's classes, once; PostgreSQL goes on as before."""
    if isinstance(Create.__dict__.get("sqlite_ddl"), property):
        return
    Create.sqlite_ddl = property(_create_ddl)
    for step in STEPS:
        setattr(MigrationManager, step, _unless_sqlite(getattr(MigrationManager, step), _nothing))
    last = getattr(MigrationManager, LAST_STEP)
    setattr(MigrationManager, LAST_STEP, _unless_sqlite(last, _rebuild_all))


def _unless_sqlite(theirs: Callable, ours: Callable) -> Callable[..., Awaitable[None]]:
    async def step(manager: MigrationManager, backwards: bool = False) -> None:
        sqlite = database().engine_type == "sqlite" and not manager.preview
        await (ours if sqlite else theirs)(manager, backwards=backwards)

    return step


async def _nothing(manager: MigrationManager, backwards: bool) -> None:
    """Done by the rebuild."""


async def _rebuild_all(manager: MigrationManager, backwards: bool) -> None:
    engine = database()
    for name in sorted(_altered(manager)):
        table = await manager.get_table_from_snapshot(
            table_class_name=name, app_name=manager.app_name, offset=-1 if backwards else 0
        )
        await _rebuild(_as_migrated(table), engine)
    if broken := await engine.run_ddl("PRAGMA foreign_key_check"):
        tables = ", ".join(sorted({row["table"] for row in broken}))
        raise BrokenMigration(f"{manager.migration_id} leaves rows of {tables} pointing at nothing")


def _altered(manager: MigrationManager) -> set[str]:
    """The names of the tables that were there before and must change."""
    changes = (
        manager.add_columns,
        manager.drop_columns,
        manager.alter_columns,
        manager.add_constraints,
        manager.drop_constraints,
    )
    new = {table.class_name for table in manager.add_tables + manager.drop_tables}
    return {name for change in changes for name in change.table_class_names} - new


def _as_migrated(table: type[Table]) -> type[Table]:
    """The table with its columns made again: Piccolo's snapshot puts later changes into their
    parameters only, so that a foreign key keeps its first ON DELETE."""
    members: dict[str, Any] = {}
    for column in table._meta.columns:
        again = type(column)(**column._meta.params)
        again._meta.db_column_name = column._meta.db_column_name
        members[column._meta.name] = again
    members |= {constraint._meta.name: constraint for constraint in table._meta.constraints}
    return create_table_class(
        table.__name__, class_kwargs={"tablename": table._meta.tablename}, class_members=members
    )


async def _rebuild(table: type[Table], engine: Engine) -> None:
    name, new = table._meta.tablename, f"_new_{table._meta.tablename}"
    before = await engine.run_ddl(f"SELECT name FROM pragma_table_info('{name}')")
    kept_by_hand = await _made_by_hand(table, engine)
    await engine.run_ddl(_table_ddl(table, new))
    names = {row["name"] for row in before}
    columns = [column._meta.db_column_name for column in table._meta.columns]
    copied = ", ".join(f'"{column}"' for column in columns if column in names)
    await engine.run_ddl(f'INSERT INTO "{new}" ({copied}) SELECT {copied} FROM "{name}"')
    await engine.run_ddl(f'DROP TABLE "{name}"')
    await engine.run_ddl("PRAGMA legacy_alter_table = ON")  # other tables go on naming this one
    await engine.run_ddl(f'ALTER TABLE "{new}" RENAME TO "{name}"')
    await engine.run_ddl("PRAGMA legacy_alter_table = OFF")
    for ddl in [*_index_ddl(table), *kept_by_hand]:
        await engine.run_ddl(ddl)


async def _made_by_hand(table: type[Table], engine: Engine) -> list[str]:
    """The SQL of triggers, and of indexes that no column of the model asks for."""
    name = table._meta.tablename
    made = await engine.run_ddl(
        f"SELECT name, sql FROM sqlite_master WHERE tbl_name = '{name}'"
        " AND type IN ('index', 'trigger') AND sql IS NOT NULL"
    )
    ours = await engine.run_ddl(f"SELECT name FROM pragma_table_info('{name}')")
    by_model = {table._get_index_name([row["name"]]) for row in ours}
    return [row["sql"] for row in made if row["name"] not in by_model]


def _create_ddl(create: Create) -> list[str]:
    table = create.table
    return [_table_ddl(table, table._meta.tablename, create.if_not_exists), *_index_ddl(table)]


def _table_ddl(table: type[Table], name: str, if_not_exists: bool = False) -> str:
    parts = [column.ddl for column in table._meta.columns]
    parts += [f'CONSTRAINT "{c._meta.name}" {c.ddl}' for c in table._meta.constraints]
    unless = "IF NOT EXISTS " if if_not_exists else ""
    return f'CREATE TABLE {unless}"{name}" ({", ".join(parts)})'


def _index_ddl(table: type[Table]) -> list[str]:
    return [
        ddl
        for column in table._meta.columns
        if column._meta.index
        for ddl in CreateIndex(table, [column], if_not_exists=True).ddl
    ]
