"""An action as a page shows it: how it stands, its age, whose it is."""

from typing import Any

from scrutiny.actions import queries, rules
from scrutiny.actions.tables import Action
from scrutiny.kit.clock import today
from scrutiny.people.tables import Seat
from scrutiny.policy import speaks_for_police


def line(action: Action, seat: Seat | None = None) -> dict[str, Any]:
    """How it stands today, how old it is, how often it was carried over, and whose it is: who by
    name is for the panel's own side of the table."""
    inside = seat is not None and not speaks_for_police(seat.role)
    day = today()
    return {
        "action": action,
        "stands": rules.standing(action.stage, action.due, day),
        "age": rules.age_words(rules.age(action.meeting.date, None, day)),
        "undone": action.stage in rules.UNDONE,
        "owner": queries.owner_named(action) if inside else queries.owner_words(action),
        "side": rules.SIDES.get(action.side, action.side),
        "convert": rules.may_convert(action.stage, action.carried),
    }
