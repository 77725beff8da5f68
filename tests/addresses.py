"""Every address of the site as somebody could type it: its parts filled in from the scene."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from uuid import uuid4

import oracle

Choices = list[tuple[str, str]]
"""What may stand for a part of an address, each with what it is about (oracle.SEES)."""
Scene = dict[str, Choices]
UNKNOWN = "00000000-0000-4000-8000-000000000000"
OTHERS = "somebody else's"


class Cell(NamedTuple):
    method: str
    template: str
    path: str
    about: str
    act: str


ALWAYS: Scene = {
    "token": [("unknown-token", OTHERS)],
    "seq": [("1", "public"), ("999", OTHERS)],
    "passkey": [(UNKNOWN, OTHERS)],
    "name": [("1", "public"), ("1.json", "public"), ("9", OTHERS)],
    "part": [("recommendation", "public")],
    "step": [("begin", "public"), ("danger", "public"), ("check", "public")],
    "mine": [(UNKNOWN, OTHERS)],
    "removal": [(UNKNOWN, OTHERS)],
    "recusal": [(UNKNOWN, OTHERS)],
    "document": [("code_of_conduct", "public"), ("vetting", OTHERS)],
    "clearing": [("training", "public"), ("confidentiality", OTHERS)],
    "file": [("9", OTHERS)],
    "supplement": [("0", OTHERS)],  # none is made in this scene
    "move": [("accepted", "public"), ("eaten", OTHERS)],
    "nomination": [(UNKNOWN, OTHERS)],
    "comment": [(UNKNOWN, OTHERS)],
    "figure": [("held", "public"), ("nonsense", OTHERS)],
}
NUMBERED: Scene = {
    "actions": [("1", "a closed action"), ("2", "public"), ("99", OTHERS)],
    "cases": [("1", "a case"), ("2", "a case"), ("99", OTHERS)],
    "concerns": [("1", "a concern"), ("99", OTHERS)],
    "recommendations": [("1", "draft words"), ("2", "draft words"), ("3", "public"),
                        ("99", OTHERS)],
    "recruitment": [("1", "public"), ("99", OTHERS)],
    "refusals": [("1", "a refusal"), ("99", OTHERS)],
    "terms": [("1", "public"), ("2", "draft terms"), ("99", OTHERS)],
    "video": [("1", "a request"), ("99", OTHERS)],
}  # fmt: skip
LISTS = {
    "/{panel}/actions": ("?show=all", "?show=all&before=99"),
    "/{panel}/recommendations": ("?show=draft", "?show=agreed", "?after=0"),
    "/{panel}/concerns": ("?stage=accepted", "?stage=unscreened"),
    "/{panel}/refusals": ("?before=9",),
    "/{panel}/cases": ("?stage=concluded",),
    "/{panel}/video": ("?stage=sent",),
    "/{panel}/backlog": ("?stage=proposed",),
    "/{panel}/questions": ("?stage=accepted",),
}
STEPS = {"elections": "count", "terms": "withdrawal"}


def days(start: int, end: int | None = None) -> Callable[[Scene], Choices]:
    """Those of the days: proposed, closed, closed and over, minuted, the other panel's."""
    return lambda scene: scene["day"][start:end]


def nobodys(part: str) -> Callable[[Scene], Choices]:
    """Whatever stands there, the form that is sent names nothing, and nothing is found."""
    return lambda scene: [(at, OTHERS) for at, _ in scene[part]]


def always(*choices: tuple[str, str]) -> Callable[[Scene], Choices]:
    return lambda _: list(choices)


SPECIAL: list[tuple[str, str, Callable[[Scene], Choices]]] = [
    ("day", r"/agenda\.json$", days(1, 2)),
    ("day", r"/notes/\{item}$", days(2, 3)),
    ("day", r"/agenda/(order|removal)$", nobodys("day")),
    ("day", r"/room/(items|presence)$", nobodys("day")),
    ("day", r"/room/\w+/\{", days(2, 3)),
    ("day", r"/registration\b", days(3)),  # public meetings with places alone are registered for
    ("day", r"/agenda/items/", days(2, 3)),
    ("day", r"/papers/", days(1, 2)),
    ("day", r"/expenses/", days(3, 4)),  # held, and not long ago
    ("day", r"/minutes/.*(/edit/\{item}|/restoration)$", lambda at: at["minutes"][:1]),
    ("day", r"/minutes/.*/(draft\.(pdf|docx)|approval|publication)$", lambda at: at["minutes"][:1]),
    ("day", r"/minutes/.*/suggestions/\{number", lambda at: at["minutes"][:1]),
    ("day", r"/minutes/", lambda at: at["minutes"]),
    ("year", r"/(draft|words|compilation|approval|publication)\b", lambda at: at["year"][::2]),
    ("year", r"/(figures|correction)\b", lambda at: at["year"][1:]),
    ("number", r"/minutes/.*/suggestions/", always(("1", OTHERS))),  # nobody suggested any
    ("number", r"/minutes/.*/versions/", always(("1", "public"), ("99", OTHERS))),
    ("redaction", r"/original$", always((str(uuid4()), OTHERS))),
    ("number", r"/redactions/", always(("1", "old minutes"), ("99", OTHERS))),
    ("number", r"/papers/", always(("1", "a paper"), ("99", OTHERS))),
    ("number", r"/hold/decision$", always(("1", OTHERS))),  # the form names no hold
    ("number", r"/terms/\{number}/published$", always(("1", "public"))),  # was in force
    ("number", r"/recommendations/\{number}/published/", always(("3", "public"))),
    ("token", r"^/sign-in/", always(("unknown-token", "public"))),  # it asks whether to go on
    ("seq", r"/withdrawal\.json$", always(("1", OTHERS))),  # it withdraws nothing
    ("id", r"/proposals/", lambda at: at["proposal"]),
]  # fmt: skip
"""(part, in which addresses, what stands for it there); the first that fits."""


def standing_for(part: str, template: str, scene: Scene) -> Choices:
    """What may stand for one part of this address."""
    for name, where, choices in SPECIAL:
        if name == part and re.search(where, template):
            return choices(scene)
    kind = template.split("/")[2] if template.startswith("/{panel}/") else ""
    if part == "number":
        return NUMBERED[kind]
    if part == "step" and kind in STEPS:
        return [(STEPS[kind], "public"), ("eaten", OTHERS)]
    return scene.get(part) or ALWAYS[part]


def worst(*about: str) -> str:
    return min(about, key=lambda one: len(oracle.SEES[one]))


def filled(template: str, scene: Scene, panel: str = "lambeth") -> Choices:
    """Each way to fill in this address."""
    found = [("", "public")]
    for piece in re.split(r"(\{\w+\})", template.replace("{panel}", panel)):
        choices = standing_for(piece[1:-1], template, scene) if piece[:1] == "{" else ()
        found = [
            (path + at, worst(about, what))
            for path, about in found
            for at, what in choices or [(piece, "public")]
        ]
    return found


def cells(rows: list[dict], scene: Scene) -> Iterator[Cell]:
    for row in rows:
        found = filled(row["path"], scene)
        more = LISTS.get(row["path"], ()) if row["method"] == "GET" else ()
        found += [(path + query, about) for path, about in found for query in more]
        yield from (Cell(row["method"], row["path"], *one, str(row["act"])) for one in found)
