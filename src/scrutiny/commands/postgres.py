"""Copies of a PostgreSQL database, with PostgreSQL's own programs."""

import asyncio
import os
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import asyncpg

from scrutiny.commands.programs import run

TABLES = """
SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p', 'v', 'S') AND nspname NOT IN ('pg_catalog', 'information_schema')
  AND nspname NOT LIKE 'pg_toast%'"""


def without_password(url: str) -> tuple[str, dict[str, str]]:
    """The address and the environment to go with it: anybody on the machine can read a program's
    arguments, and nobody its environment."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    name, colon, password = user.partition(":")
    if not colon:
        return url, {}
    told = {"PGPASSWORD": unquote(password)}
    return parts._replace(netloc=f"{quote(unquote(name))}{at}{host}").geturl(), told


def dump(url: str, made: Path, *only: str) -> None:
    """Write a dump; `only` are pg_dump's own words for which part of it."""
    plain, secret = without_password(url)
    env = os.environ | secret
    run("pg_dump", "--format=custom", *only, f"--file={made}", f"--dbname={plain}", env=env)


def read_through(copy: Path) -> None:
    """Unpack all of it and keep nothing. Raises NotNow when it cannot be read to the end."""
    run("pg_restore", f"--file={os.devnull}", str(copy))


def load(copy: Path, url: str) -> None:
    """Restore everything or nothing, owned by whoever the address names."""
    plain, secret = without_password(url)
    how = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    run("pg_restore", *how, f"--dbname={plain}", str(copy), env=os.environ | secret)


def is_empty(url: str) -> bool:
    return asyncio.run(_count(url)) == 0


async def _count(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(TABLES)
    finally:
        await connection.close()
