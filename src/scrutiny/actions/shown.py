"""An action as a page shows it: how it stands, its age, whose it is."""

from typing import Any

from scrutiny.actions import queries, rules
from scrutiny.actions.tables import Action
from scrutiny.kit.clock import today


def line(action: Action) -> dict[str, Any]:
    """How it stands today, how old it is, and how often it was carried over."""
    day = today()
    return {
        "action": action,
        "stands": rules.standing(action.stage, action.due, day),
        "age": rules.age_words(rules.age(action.meeting.date, None, day)),
        "undone": action.stage in rules.UNDONE,
        "owner": queries.owner_words(action),
        "side": rules.SIDES.get(action.side, action.side),
        "convert": rules.may_convert(action.stage, action.carried),
    }
