"""Sites for commands to be tried on, each made once by commands and left as it is by most."""

import pytest

from commands.operating import GRACE, PANEL, Operator


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Operator:
    """A site with one panel and its secretariat."""
    found = Operator(tmp_path_factory.mktemp("ops") / "site", "commands_site")
    found.does("migrate")
    found.does(*PANEL)
    found.does(*GRACE)
    return found


@pytest.fixture(scope="session")
def empty(tmp_path_factory) -> Operator:
    """A site whose tables are made and have nothing in them."""
    found = Operator(tmp_path_factory.mktemp("ops") / "empty", "commands_empty")
    found.does("migrate")
    return found
