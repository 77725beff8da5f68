"""Several meetings called at once, each with its own agenda."""

from collections.abc import Sequence
from datetime import date

from scrutiny.agendas import actions
from scrutiny.kit.errors import AlreadyMade, NotNow
from scrutiny.meetings.plan import Plan
from scrutiny.people.tables import Panel, Seat


async def call_several(
    panel: Panel, plans: Sequence[Plan], *, by: Seat, form_key: str = ""
) -> list[date]:
    """Call each; returns the days that were taken meanwhile. The same form again calls none.

    Each is a deed of its own, so one day that is taken keeps none of the others from being called.
    """
    refused = []
    for plan in plans:
        own_key = f"{form_key[:48]}-{plan.date.isoformat()}" if form_key else ""
        try:
            await actions.call(panel, plan, by=by, form_key=own_key)
        except AlreadyMade:
            continue
        except NotNow:
            refused.append(plan.date)
    return refused
