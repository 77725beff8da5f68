"""An action that meeting after meeting left undone becomes a recommendation."""

from typing import Any

from scrutiny.actions import actions as log
from scrutiny.kit.db import writes
from scrutiny.people.actions import once
from scrutiny.people.tables import Seat
from scrutiny.recommendations.actions import draft_inside
from scrutiny.recommendations.papers import address
from scrutiny.recommendations.tables import Recommendation


@writes
async def convert(number: int, *, by: Seat, form_key: str = "", **words: Any) -> Recommendation:
    """Draft a recommendation with these words and end the action, naming the one in the other.

    Raises NotNow unless it was carried over twice, AlreadyMade for the same form.
    """
    await once(form_key, f"/{by.panel.slug}/actions/{number}")
    drafted = await draft_inside(by=by, **words)
    await log.convert(number, drafted.number, by=by)
    return drafted


def where(drafted: Recommendation, slug: str) -> str:
    return address(slug, drafted.number)
