"""Read the forms of a page, so that a test fills in what a person would be shown."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    """Every field with the value that it has when the page opens."""
    names: set[str] = field(default_factory=set)
    """Every field, also boxes that are not ticked."""
    choices: dict[str, list[str]] = field(default_factory=dict)
    """What can be chosen, by the name of the question."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.area = self.select = ""

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form" and told.get("method") == "post":
            self.open = Form(told.get("action") or "")
            self.forms.append(self.open)
        elif self.open is not None:
            self._field(tag, told)

    def _field(self, tag, told):
        name, value = told.get("name") or "", told.get("value") or ""
        self.open.names.add(name)
        if tag == "textarea":
            self.area, self.open.fields[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and ("selected" in told or self.select not in self.open.fields):
            self.open.fields[self.select] = value
        elif tag == "input" and name:
            if told.get("type") in ("radio", "checkbox"):
                self.open.choices.setdefault(name, []).append(value)
            chosen = told.get("type") not in ("radio", "checkbox") or "checked" in told
            if chosen:
                self.open.fields[name] = value

    def handle_data(self, data):
        if self.area and self.open is not None:
            self.open.fields[self.area] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "textarea":
            self.area = ""


def forms(page: str) -> list[Form]:
    """The forms that a page sends by POST, in order."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def form(page: str, having: str = "", action: str = "") -> Form:
    """The first form with a field of that name, or that goes to an address ending so."""
    for found in forms(page):
        asked = having or action or "/sign-out" not in found.action
        if asked and having in ("", *found.names) and found.action.endswith(action):
            return found
    raise AssertionError(f"no form with {having or action!r}: {[f.action for f in forms(page)]}")
