"""A concern that is there, for tests that are about what happens to it."""

import pytest

from concerns.steps import raised


@pytest.fixture
def concern(cast):
    """A receipt of a concern of Lambeth, as its resident holds it."""
    return raised(cast.lambeth)
