"""`scrutiny rounds`: what falls due with the days, done now."""

import click

from scrutiny.commands.running import with_database
from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow
from scrutiny.rounds.actions import DEEDS, go_round


@click.command()
def rounds() -> None:
    """Go the round once: warnings, and what is to be erased. `serve` and `worker` do it too."""
    failed = with_database(go_round, today())
    for name in DEEDS:
        click.echo(f"{'failed' if name in failed else 'done'}: {name}")
    if failed:
        raise NotNow("Something failed; the log says of what type.")
