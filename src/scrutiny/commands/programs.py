"""Other programs that commands call, whose failure becomes one sentence."""

import os
import subprocess
from pathlib import Path

from scrutiny.kit.errors import NotNow

FROM = {"pg_dump": "postgresql-client", "pg_restore": "postgresql-client"}
"""Program -> the Debian package it comes with."""


def run(*command: str, env: dict[str, str] | None = None) -> str:
    """What the program printed. Raises NotNow with its last words when it fails."""
    name = Path(command[0]).name
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=env or os.environ)
    except FileNotFoundError:
        raise NotNow(f"{name} is not installed: it comes with {FROM.get(name, name)}.") from None
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"{name} failed and gave no reason."]
        raise NotNow(said[-1].removeprefix("Error: "))
    return done.stdout
