"""What the command says about itself and about the application."""

import json

import pytest
from click.testing import CliRunner

from commands.operating import Operator
from scrutiny.cli import COMMANDS, main
from scrutiny.commands.pages import stages_page

FAMILIES = {
    "person": ["add", "list"],
    "panel": ["add"],
    "force": ["list", "set"],
    "keys": ["forget", "new", "rotate"],
    "import": ["areas", "census", "stops"],
    "draw": ["verify"],
    "minutes": ["pdf"],
    "record": ["heads", "verify"],
}


def helped(*words: str) -> str:
    done = CliRunner().invoke(main, [*words, "--help"], prog_name="scrutiny")
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_says_how_it_is_used(name):
    said = helped(name)
    assert said.startswith(f"Usage: scrutiny {name}")
    assert [line.split()[0] for line in said.partition("Commands:\n")[2].splitlines()] == (
        FAMILIES.get(name, [])
    )
    for deed in FAMILIES.get(name, []):
        usage, _, sentence = helped(name, deed).splitlines()[:3]
        assert usage.startswith(f"Usage: scrutiny {name} {deed}")
        assert sentence.endswith(".")


def test_every_route_is_told_with_its_method_and_act(tmp_path):
    told = json.loads(Operator(tmp_path, "commands_routes").does("routes", "--json"))
    assert {"method": "GET", "path": "/sign-in", "act": "anyone"} in told
    assert {"method": "POST", "path": "/sign-in", "act": "anyone.sends"} in told
    assert all(row["method"] and row["path"].startswith("/") and row["act"] for row in told)


def test_what_is_no_command_is_refused(tmp_path):
    done = Operator(tmp_path, "commands_none").types("nosuch")
    assert done.returncode == 2
    assert "No such command 'nosuch'" in done.stderr


def test_the_stages_of_every_room_are_told():
    told = stages_page()
    for name in ("Cases", "Concerns", "Concerns: hand-off", "Concerns: look", "Concerns: video"):
        assert f"\n## {name}\n" in told
    assert told.count("\n## Concerns\n") == 1
    assert "| asked | agreed | open |" in told
