"""Which migrations wait, asked without Piccolo's machinery: that is slow to load, and large."""

import re
from pathlib import Path

from piccolo.apps.migrations.tables import Migration

FOLDER = Path(__file__).parents[3] / "migrations"
NAMED = re.compile(r'^ID = "(.+)"$', re.MULTILINE)


async def waiting() -> list[str]:
    """The ids of the migrations that the code has and the database has not, oldest first."""
    has = {found[1] for path in FOLDER.glob("*.py") if (found := NAMED.search(path.read_text()))}
    done = await Migration.get_migrations_which_ran() if await Migration.table_exists() else []
    return sorted(has - set(done))
