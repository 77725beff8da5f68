"""The generated documents: policy and stages, printed from the tables that decide."""

import importlib
import pkgutil
from collections.abc import Iterator

import scrutiny
from scrutiny.people.rules import role_name
from scrutiny.policy import FOR_THE_SIGNED_IN, OPEN_TO_ALL, POLICY, Role, may

MADE = "<!-- Made by `scrutiny docs` from {}. Do not edit. -->\n\n"


TWO = (
    "Some things take two. Whoever decides about a removal or about new second factors "
    "(seat.agree) is anybody whom the table names, but neither the one who proposed it nor the one "
    "it is about.\n\n"
)


def who_page() -> str:
    """docs/who-may-do-what.md, as Markdown."""
    roles = list(Role)
    lines = [
        "# Who may do what\n\n" + MADE.format("src/scrutiny/policy.py"),
        "Rights come from a seat on a panel, from a day until a day. "
        "A platform administrator has no seat and so no right to any content.\n\n",
        "| act | " + " | ".join(role_name(role) for role in roles) + " |\n",
        "|---|" + "---|" * len(roles) + "\n",
    ]
    for act in POLICY:
        marks = " | ".join("yes" if may(role, act) else "" for role in roles)
        lines.append(f"| {act.value} | {marks} |\n")
    lines.append("\n" + TWO + _others())
    return "".join(lines)


def _others() -> str:
    anyone = ", ".join(sorted(act.value for act in OPEN_TO_ALL))
    signed = ", ".join(sorted(act.value for act in FOR_THE_SIGNED_IN))
    return f"Open to everybody: {anyone}. For whoever is signed in, about themself: {signed}.\n"


def all_moves() -> Iterator[tuple[str, dict]]:
    """(what moves, its MOVES) of every slice, and of the rooms inside it, in order."""
    for found in pkgutil.walk_packages(scrutiny.__path__, "scrutiny."):
        if found.name.endswith(".rules"):
            rooms = found.name.split(".")[1:-1]
            for name, moves in vars(importlib.import_module(found.name)).items():
                if name == "MOVES" or name.endswith("_MOVES"):
                    own = name.removesuffix("MOVES").strip("_").lower().replace("_", "-")
                    yield _title(rooms[0], own or " ".join(rooms[1:])), moves


def _title(slice_: str, room: str) -> str:
    """ "Concerns", "Concerns: hand-off"."""
    return f"{slice_.capitalize()}: {room}" if room else slice_.capitalize()


def stages_page() -> str:
    """docs/stages.md, as Markdown."""
    parts = ["# Stages\n\n" + MADE.format("the MOVES of every slice and room")]
    for name, moves in sorted(all_moves()):
        parts.append(f"## {name}\n\n| at | move | then |\n|---|---|---|\n")
        parts += [
            f"| {_words(at)} | {_words(move)} | {_words(then)} |\n"
            for (at, move), then in moves.items()
        ]
        parts.append("\n")
    return "".join(parts).rstrip("\n") + "\n"


def _words(stage: str) -> str:
    return str(stage).replace("_", " ")
