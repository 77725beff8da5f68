"""WHAT the page about rights says, printed from the policy itself."""

from scrutiny.people.rules import role_name
from scrutiny.policy import POLICY, Act, Role, may

WORDS = {
    "seats": "Seats on the panel",
    "seat": "Seats on the panel",
    "draw": "Choosing what is looked at",
    "cases": "Cases",
    "case": "Cases",
    "concerns": "What residents raise",
    "concern": "What residents raise",
    "meeting": "Meetings",
    "agenda": "Agendas and notes",
    "notes": "Agendas and notes",
    "recommendation": "Recommendations",
    "minutes": "Minutes",
}


def deeds() -> list[tuple[str, list[list[str]]]]:
    """(what it is about, rows of [deed, yes or no for each role]) in the order of the policy."""
    found: dict[str, list[list[str]]] = {}
    for act in POLICY:
        if act.value.endswith("_page") or act.value.endswith(".page"):
            continue  # the form that leads to a deed needs the same right as the deed
        noun, _, verb = act.value.partition(".")
        marks = ["yes" if may(role, act) else "no" for role in Role]
        found.setdefault(WORDS.get(noun, noun), []).append([_deed(act, noun, verb), *marks])
    return list(found.items())


def _deed(act: Act, noun: str, verb: str) -> str:
    return f"{verb.replace('_', ' ').capitalize()} {noun}".strip()


def role_names() -> list[str]:
    return [role_name(role) for role in Role]
