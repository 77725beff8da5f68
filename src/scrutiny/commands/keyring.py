"""`scrutiny keys`: a new key for the host, everything sealed again under it, old ones forgotten."""

import click

from scrutiny.commands.rewrapping import Done, left, rotate
from scrutiny.commands.running import keyed, with_database
from scrutiny.kit.errors import NotNow
from scrutiny.kit.seal import add_key, drop_key
from scrutiny.kit.seal import keys as ring
from scrutiny.kit.settings import settings


@click.group()
def keys() -> None:
    """The host's keys, in the secret file."""


@keys.command()
def new() -> None:
    """Add a new key: what is sealed from now on is sealed with it."""
    with_database(keyed)
    kid = add_key(settings().secret_file)
    click.echo(
        f"{kid} is the key from now on; the old ones are kept. "
        "Make a safe copy of the secret file before you run `scrutiny keys rotate`."
    )


@keys.command("rotate")
def rotate_all() -> None:
    """Seal everything again under the newest key. May be stopped and run again."""
    done, old = with_database(_rotate)
    values = "1 value" if done.count == 1 else f"{done.count:,} values"
    click.echo(f"Sealed {values} again under {ring().current}.")
    for kid, count in old.items():
        click.echo(
            f"{kid}: {count:,} left." if count else f"{kid}: none left; it can be forgotten."
        )
    if done.unreadable:
        raise NotNow(f"{done.unreadable:,} could not be opened and were left as they are.")


async def _rotate() -> tuple[Done, dict[str, int]]:
    await keyed()
    done = await rotate(click.echo)
    old = [kid for kid in ring().keys if kid != ring().current]
    return done, {kid: sum((await left(kid)).values()) for kid in old}


@keys.command()
@click.argument("kid")
def forget(kid: str) -> None:
    """Take the old key KID out, once nothing needs it."""
    with_database(_forget, kid)
    click.echo(f"Forgot {kid}. Copies of the database from before the rotation need it to be read.")


async def _forget(kid: str) -> None:
    await keyed()
    used = await left(kid)
    if used and kid != ring().current:
        where = ", ".join(f"{count:,} in {name}" for name, count in used.items())
        raise NotNow(f"{kid} is still needed: {where}. Run `scrutiny keys rotate` first.")
    drop_key(settings().secret_file, kid)
