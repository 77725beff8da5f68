"""A panel at the beginning of its year, on a day that is always the same one."""

import pytest
from cast import Cast, seat_everybody
from conftest import run

from year.steps import BEGIN, Year, at, seat_more


@pytest.fixture
def cast(tables) -> Cast:
    """Everybody, and two more: Vera, who stands in for the chair, and Efua."""
    with at(BEGIN):
        found = run(seat_everybody())
        run(seat_more(found))
    return found


@pytest.fixture
def year(cast, browse, post) -> Year:
    return Year(cast, browse, post)
