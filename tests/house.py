"""The shape of the house, as checks that each answer with sentences: no sentence, no fault."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "scrutiny"

STOREYS = [
    *("kit", "acts", "policy", "people", "record", "ledger", "letters", "web", "voting"),
    *("accounts", "panels", "leaks", "membership", "stops", "concerns", "composition"),
    *("cases", "consultations"),
    *(
        "meetings",
        "agendas",
        "actions",
        "room",
        "recommendations",
        "minutes",
        "archive",
        "redaction",
        "reports",
        "desk",
        "importing",
        "verifying",
        "public",
        "rounds",
        "trying",
    ),
    *("piccolo_app", "piccolo_conf", "app", "demo", "commands", "cli", "__main__"),
]
"""A module may import its own storey and any storey before it, never one after."""
ROOMS = ["rules", "tables", "queries", "actions", "routes"]
"""Inside one slice a file may import files before it, never one after."""
FILE, FUNCTION, TEMPLATE = 300, 40, 80


def modules() -> list[Path]:
    return sorted(path for path in SRC.rglob("*.py") if path.name != "__init__.py")


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def storey_of(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def imported(source: str) -> Iterator[tuple[str, str | None]]:
    """Every scrutiny module this source imports, as (storey, room)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("scrutiny"):
            for name in node.names:
                _, storey, *rooms = [*node.module.split("."), name.name]
                yield storey, rooms[0] if rooms else None
        elif isinstance(node, ast.Import):
            for name in node.names:
                if name.name.startswith("scrutiny."):
                    _, storey, *rooms = name.name.split(".")
                    yield storey, rooms[0] if rooms else None


def climbing_imports(path: Path, source: str) -> list[str]:
    """Imports that go up a storey, or up a room inside a slice."""
    storey, room, wrong = storey_of(path), path.stem, []
    for other, their_room in imported(source):
        if other not in STOREYS:
            wrong.append(f"{path.name} imports {other}, which is no storey of the house.")
        elif STOREYS.index(other) > STOREYS.index(storey):
            wrong.append(f"{storey} must not import {other}: imports only go down.")
        elif other == storey and room in ROOMS and their_room in ROOMS:
            if ROOMS.index(their_room) > ROOMS.index(room):
                wrong.append(f"{storey}/{room} must not import {their_room}: rooms have an order.")
        elif their_room == "routes" and storey != "app":
            wrong.append(f"{path.name} imports {other}/routes, which only app.py may.")
    return wrong


def http_out_of_place(path: Path, source: str) -> list[str]:
    """Litestar and web/ belong to routes.py, web/ and app.py."""
    if path.name == "routes.py" or storey_of(path) in {"web", "app", "commands"}:
        return []
    words = [word for word in ("litestar", "scrutiny.web") if f"{word}" in source]
    return [f"{path.name} speaks HTTP ({word}): only routes.py and web/ do." for word in words]


def impure_rules(path: Path, source: str) -> list[str]:
    """rules.py has no await, no tables and no clock: `today` is passed in."""
    if path.name != "rules.py":
        return []
    wrong = [word for word in ("await ", "kit.clock", ".tables", "piccolo") if word in source]
    return [f"{storey_of(path)}/rules.py holds {word.strip()!r}: rules are pure." for word in wrong]


def roles_out_of_place(path: Path, source: str) -> list[str]:
    """Only policy.py names roles."""
    if storey_of(path) == "policy":
        return []
    found = re.findall(r"\bRole\.[A-Z_]+", source)
    return [f"{path.name} names {role}: only policy.py asks about roles." for role in found]


def too_long(path: Path, source: str) -> list[str]:
    wrong = []
    if (lines := len(source.splitlines())) > FILE:
        wrong.append(f"{path.name} has {lines} lines (at most {FILE}): split it by noun.")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > FUNCTION:
                wrong.append(f"{path.name}: {node.name}() has {length} lines (at most {FUNCTION}).")
    return wrong


def without_a_head(path: Path, source: str) -> list[str]:
    """One plain sentence heads each module, except routes, whose name says it."""
    if path.name == "routes.py" or ast.get_docstring(ast.parse(source)):
        return []
    return [f"{path.name} does not say in a sentence what it is."]


def writes_out_of_place(path: Path, source: str) -> list[str]:
    """Writing is for actions (and for what runs them): never for routes, queries or rules."""
    if path.name not in {"routes.py", "queries.py", "rules.py"} and storey_of(path) != "public":
        return []
    found = re.findall(r"\b(?:[A-Z]\w+)\.(?:insert|update|delete)\(", source)
    return [
        f"{storey_of(path)}/{path.name} writes ({call}…): deeds are in actions." for call in found
    ]


MODULE_CHECKS = [
    climbing_imports,
    http_out_of_place,
    impure_rules,
    roles_out_of_place,
    too_long,
    without_a_head,
    writes_out_of_place,
]


def template_faults(path: Path, source: str) -> list[str]:
    wrong = []
    if (lines := len(source.splitlines())) > TEMPLATE:
        wrong.append(f"{path.name} has {lines} lines (at most {TEMPLATE}).")
    if re.search(r"\|\s*safe\b", source):
        wrong.append(f"{path.name} prints something unescaped (| safe).")
    if re.search(r"\s(?:style|on[a-z]+)=\"", source):
        wrong.append(f"{path.name} has an inline style or script, which the browser refuses.")
    return wrong
