"""Indexes that Piccolo cannot declare: partial ones, and one over an expression."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from scrutiny.kit.db import database

ID = "2026-11-22T11:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "indexes of the lists of recommendations"

INDEXES = [
    """CREATE INDEX recommendation_issued ON recommendation (panel, number) WHERE issued IS NOT NULL""",
    """CREATE INDEX recommendation_awaited ON recommendation (panel, due, number) WHERE stage = 'issued'""",
    """CREATE INDEX recommendation_grouped ON recommendation (panel, (CASE
WHEN stage IN ('drafting', 'agreed') THEN 'draft'
WHEN issued IS NULL THEN 'dropped'
WHEN stage = 'issued' THEN 'awaited'
WHEN stage = 'withdrawn_by_panel' THEN 'withdrawn'
WHEN stage = 'closed_not_accepted' THEN 'rejected'
WHEN stage = 'closed_implemented' AND answer_type = 'accepted_in_part' THEN 'partly'
WHEN stage = 'closed_implemented' THEN 'implemented'
WHEN stage = 'responded' AND answer_type IN ('rejected', 'not_for_us') THEN 'rejected'
ELSE 'acting' END), number)""",
]


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="scrutiny", description=DESCRIPTION)

    async def make() -> None:
        for sql in INDEXES:
            await database().run_ddl(sql)

    async def drop() -> None:
        for sql in INDEXES:
            await database().run_ddl(f"DROP INDEX {sql.split()[2]}")

    manager.add_raw(make)
    manager.add_raw_backwards(drop)
    return manager
