"""What a database really holds, to compare one that was migrated with one made from the models.

As a program (`python tests/schema.py migrate|create`) it does that to the empty database that
the settings name, and prints what is then there.
"""

import asyncio
import io
import json
import sys
from collections import defaultdict
from contextlib import redirect_stdout
from typing import Any

from piccolo.apps.migrations.commands.new import AutoMigrationManager
from piccolo.table import create_db_tables

from scrutiny.kit.db import database
from scrutiny.kit.migrating import migrate, pending
from scrutiny.kit.sqlite_migrations import install
from scrutiny.piccolo_app import APP_CONFIG, BY_HAND

PG_COLUMNS = """
    SELECT c.relname AS tbl, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS kind,
           a.attnotnull AS required, pg_get_expr(d.adbin, d.adrelid) AS "default"
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"""
PG_CONSTRAINTS = """
    SELECT c.relname AS tbl, k.conname AS name, pg_get_constraintdef(k.oid) AS rule
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE c.relnamespace = 'public'::regnamespace"""
PG_INDEXES = """
    SELECT tablename AS tbl, indexname AS name, indexdef AS rule
    FROM pg_indexes WHERE schemaname = 'public'"""
SQLITE_TABLES = """
    SELECT name, sql FROM sqlite_master
    WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"""
SQLITE_DETAILS = (
    "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('{}')",
    'SELECT "table", "from", "to", on_delete, on_update FROM pragma_foreign_key_list(\'{}\')',
    "SELECT i.\"unique\", i.origin, group_concat(c.name) AS columns FROM pragma_index_list('{0}') i"
    " JOIN pragma_index_info(i.name) c GROUP BY i.name",
)


async def fingerprint() -> dict[str, list[str]]:
    """Every table's columns, rules and indexes as sorted lines; Piccolo's own table left out."""
    found = await (_sqlite() if database().engine_type == "sqlite" else _postgres())
    return {table: sorted(lines) for table, lines in found.items() if table != "migration"}


async def _postgres() -> dict[str, list[str]]:
    found = defaultdict(list)
    for sql in (PG_COLUMNS, PG_CONSTRAINTS, PG_INDEXES):
        for row in await _ask(sql):
            found[row.pop("tbl")].append(str(row))
    return found


async def _sqlite() -> dict[str, list[str]]:
    found = {}
    for table in await _ask(SQLITE_TABLES):
        details = [await _ask(sql.format(table["name"])) for sql in SQLITE_DETAILS]
        rules = [rule.strip(" ,)") for rule in table["sql"].split("CONSTRAINT")[1:]]
        found[table["name"]] = rules + [str(row) for rows in details for row in rows]
    return found


async def _ask(sql: str) -> list[dict[str, Any]]:
    return [dict(row) for row in await database().run_ddl(sql)]


async def missing_migration() -> list[str]:
    """What `piccolo migrations new scrutiny --auto` would write: nothing, when all is well."""
    with redirect_stdout(io.StringIO()):
        changes = await AutoMigrationManager("y").get_alter_statements(app_config=APP_CONFIG)
    return [line for change in changes for line in change.statements]


async def main(how: str) -> dict[str, Any]:
    if how == "create":
        install()
        await create_db_tables(*APP_CONFIG.table_classes)
        for sql in BY_HAND:
            await database().run_ddl(sql)
        return {"schema": await fingerprint()}
    return {
        "applied": await migrate(),
        "pending": await pending(),
        "again": await migrate(),
        "missing": await missing_migration(),
        "schema": await fingerprint(),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(main(sys.argv[1]))))
