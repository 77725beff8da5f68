"""The `scrutiny` command. Each subcommand's module is imported only when it is asked for."""

import importlib
import sqlite3

import click

from scrutiny.kit.errors import Missing, NotNow, Unreadable
from scrutiny.kit.settings import BadSetting

COMMANDS = {
    "serve": "serving",
    "worker": "serving",
    "migrate": "storing",
    "demo": "storing",
    "routes": "telling",
    "docs": "telling",
    "person": "people",
    "panel": "people",
    "force": "people",
    "sign-in-link": "people",
    "import": "reading",
    "draw": "reading",
    "minutes": "checking",
    "verify": "checking",
    "verify-statement": "checking",
    "record": "checking",
    "rounds": "rounds",
    "keys": "keyring",
    "backup": "keeping",
    "restore": "keeping",
    "export": "keeping",
    "check": "keeping",
    "words": "words",
}
"""Command -> module of scrutiny.commands that holds it, under the same name."""


class Lazy(click.Group):
    """A group that knows its commands' names without importing them: starting is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"scrutiny.commands.{COMMANDS[cmd_name]}")
        return getattr(module, cmd_name.replace("-", "_").removesuffix("import") or "import_")

    def invoke(self, ctx: click.Context):
        try:
            return super().invoke(ctx)
        except (BadSetting, Missing, NotNow, Unreadable, ValueError) as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            raise click.ClickException(_of_the_system(error)) from None
        except sqlite3.Error as error:
            raise click.ClickException(f"The database cannot be used: {error}.") from None


def _of_the_system(error: OSError) -> str:
    """ "No space left on device: /srv/backup/x", not its number."""
    if error.strerror is None:
        return str(error)
    return f"{error.strerror}: {error.filename}" if error.filename else f"{error.strerror}."


CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Lazy, context_settings=CONTEXT)
@click.version_option(package_name="scrutiny")
def main() -> None:
    """Run and look after scrutiny, the platform for community scrutiny panels of policing."""
