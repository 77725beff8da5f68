"""How clearances look to those who may read them: words and a sign for each kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scrutiny.kit.words import N_
from scrutiny.membership.clearances.rules import (
    DEEDS,
    KINDS,
    SIGNED,
    State,
    asked_for,
    opens,
    state,
)
from scrutiny.membership.clearances.tables import Clearance
from scrutiny.people.constitution import Clearing, Constitution

SIGNS = {
    State.NONE: "todo",
    State.REQUESTED: "wait",
    State.PENDING: "wait",
    State.CLEARED: "done",
    State.LATER: "wait",
    State.EXPIRING: "acting",
    State.LAPSED: "late",
    State.REFUSED: "no",
    State.APPEALED: "no",
    State.NOT_REQUIRED: "done",
}
"""The pictures of templates/parts/things.html. The words beside them say the same."""
WORDS = {
    State.NONE: N_("None"),
    State.REQUESTED: N_("Asked for"),
    State.PENDING: N_("In hand"),
    State.CLEARED: N_("Cleared"),
    State.LATER: N_("Not begun yet"),
    State.EXPIRING: N_("Runs out"),
    State.LAPSED: N_("Lapsed"),
    State.REFUSED: N_("Refused"),
    State.APPEALED: N_("Appealed"),
    State.NOT_REQUIRED: N_("Not needed"),
}
UNTIL, ON, AFTER = "until", "on", "after"
SIGNED_WORDS = {
    State.NONE: N_("Not signed"),
    State.CLEARED: N_("Signed"),
    State.EXPIRING: N_("To be signed again"),
}


@dataclass(frozen=True)
class Line:
    """One kind of clearance of one person, as it stands today."""

    kind: Clearing
    name: str
    sign: str
    words: str
    level: str
    day: date | None
    counted: str  # UNTIL it counts, ON which it was signed or runs out, AFTER which it lapsed
    opens: list[str]
    version: int  # 0: nothing was noted yet
    is_signed: bool  # an agreement: it is signed, not recorded


def line(kind: Clearing, row: Clearance | None, rules: Constitution, day: date) -> Line:
    looks = state(row.outcome, row.granted, row.expires, day) if row else State.NONE
    is_signed = kind in SIGNED
    words = (SIGNED_WORDS if is_signed else {}).get(looks, WORDS[looks])
    last = row.expires if row else None
    signed = row.granted if row and is_signed and last is None else None
    return Line(
        kind=kind,
        name=KINDS[kind],
        sign=SIGNS[looks],
        words=words,
        level=row.level if row else "",
        day=last or signed,
        counted=_counted(looks, bool(signed), is_signed),
        opens=[DEEDS[deed] for deed in opens(kind, rules)],
        version=row.version if row else 0,
        is_signed=is_signed,
    )


def _counted(looks: State, signed: bool, is_signed: bool) -> str:
    """Which word stands before the day: it runs out on its last one, and counts until then."""
    if signed or (looks is State.EXPIRING and not is_signed):
        return ON
    return AFTER if looks is State.LAPSED else UNTIL


def lines(
    held: Mapping[str, Clearance], rules: Constitution, day: date, *, every: bool = False
) -> list[Line]:
    """One for each kind that the panel asks for, or that this person has; `every` kind at will."""
    asked = asked_for(rules)
    kinds = [kind for kind in KINDS if every or kind in asked or kind.value in held]
    return [line(kind, held.get(kind.value), rules, day) for kind in kinds]
