"""Stops where concerns were taken in before each had a key of its own and names had a vault.

Names sealed by the host alone cannot be put into a vault that no custodian has made yet.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from scrutiny.kit.db import rows
from scrutiny.kit.errors import NotNow

ID = "2026-11-22T11:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "no concern from before the vault"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="scrutiny", description=DESCRIPTION)

    async def look() -> None:
        if await rows("SELECT 1 FROM concern LIMIT 1"):
            raise NotNow(
                "This database holds concerns from before names had a vault. They stay as they "
                "are: keep this copy with the release that made it, and begin a new database."
            )

    async def nothing() -> None:
        """There is nothing to take back."""

    manager.add_raw(look)
    manager.add_raw_backwards(nothing)
    return manager
