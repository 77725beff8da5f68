"""People with browsers of their own, and with second factors."""

import pytest
from conftest import run

from accounts.steps import Visitor, equip


@pytest.fixture
def equipped(cast):
    """Gives somebody of the cast a second factor: seed, recovery_codes = equipped("amara")."""
    return lambda name: run(equip(cast.people[name]))


@pytest.fixture
def visitor(site, cast):
    """A new browser each time it is called."""
    return lambda: Visitor(site)
