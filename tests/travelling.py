"""A resident's way in as a list of letters to the server: for real servers that may die meanwhile.

What comes next is read off the page that came last, as a browser without JavaScript does it; who
drives this sends each step again until it is answered.
"""

import re
from collections.abc import Generator
from dataclasses import dataclass, field

from forms import forms

CODE = re.compile(r"<span>([0-9A-Z]{6})</span>")
MOST = 60


@dataclass(frozen=True)
class Step:
    path: str
    data: dict[str, str | list[str]] = field(default_factory=dict)
    file: bytes = b""


def way_in(
    panel: str, answers: dict[str, dict[str, str | list[str]]], file: bytes = b""
) -> Generator[Step, str, str]:
    """Gives each step, is sent the page that answered it, and returns the code at the end.

    `answers` has the fields of each page by its name; pages that are not in it are passed by.
    """
    home = f"/{panel}/concerns/new"
    page = yield Step(f"{home}/begin")
    sent = not file
    for _ in range(MOST):
        if code := "".join(CODE.findall(page)):
            return code
        found = forms(page)
        upload = next((one for one in found if "file" in one.names), None)
        if upload is not None and not sent:
            sent = True
            fields = {**upload.fields, "police": "no"}
            fields.pop("file", None)
            page = yield Step(upload.action, fields, file)
            continue
        shown = next(one for one in found if "was" in one.names)
        fields = {name: value for name, value in shown.fields.items() if name != "go"}
        page = yield Step(shown.action, {**fields, **answers.get(shown.action.rsplit("/")[-1], {})})
    raise AssertionError(f"the way never ended: {page[:2000]}")
