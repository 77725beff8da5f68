"""`scrutiny routes` and `scrutiny docs`: what the application itself can say about itself."""

import json
from pathlib import Path

import click

from scrutiny.app import create_app
from scrutiny.commands.pages import stages_page, who_page
from scrutiny.web.gate import routes as all_routes

DOCS = Path(__file__).parents[3] / "docs"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
def routes(as_json: bool) -> None:
    """Every address with its method and the act it needs."""
    found = all_routes(create_app())
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    for row in found:
        click.echo(f"{row['method']:6} {row['path']:50} {row['act']}")


@click.command()
def docs() -> None:
    """Write the two generated pages: who may do what, and the stages of everything."""
    for name, text in (("who-may-do-what.md", who_page()), ("stages.md", stages_page())):
        (DOCS / name).write_text(text)
        click.echo(f"Wrote docs/{name}.")
