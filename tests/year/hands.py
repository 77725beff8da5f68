"""A page as somebody with a browser uses it: its words, its links, its forms and their buttons."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

CHOSEN = ("radio", "checkbox")
MOST_HOPS = 5


@dataclass
class Button:
    name: str
    value: str
    action: str
    words: str = ""


@dataclass
class Form:
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    """What a browser sends when nobody touches it."""
    choices: dict[str, set[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    buttons: list[Button] = field(default_factory=list)

    def filled(self, typed: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
        """What is sent with these filled in. Fails for a field or a choice that is not there."""
        for name, value in typed.items():
            assert name in self.names, f"no field {name!r}, only {sorted(self.names)}"
            wanted = {value} if isinstance(value, str) else set(value)
            known = self.choices.get(name, wanted)
            assert wanted <= known | {""}, f"{name}: {value!r} is none of {sorted(known)}"
        sent: dict[str, str | list[str]] = {}
        for name, value in self.fields:
            before = sent.get(name)
            together = [before] if isinstance(before, str) else before
            sent[name] = value if together is None else [*together, value]
        return {name: value for name, value in (sent | typed).items() if value != []}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.form: Form | None = None
        self.button: Button | None = None
        self.link = self.area = self.select = ""
        self.said: list[str] = []

    def handle_starttag(self, tag, attrs):
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(told.get("action", "")) if told.get("method") == "post" else None
            self.forms += [self.form] if self.form else []
        elif tag == "a":
            self.link, self.said = told.get("href", ""), []
        elif self.form is not None and "disabled" not in told:
            self._in_form(tag, told)

    def _in_form(self, tag, told):
        name, value = told.get("name", ""), told.get("value", "")
        if tag == "button":
            self.button, self.said = Button(name, value, told.get("formaction", "")), []
        elif tag == "option":
            self.form.choices.setdefault(self.select, set()).add(value)
            first = self.select not in dict(self.form.fields)
            if first or "selected" in told:
                self._set(self.select, value)
        elif name:
            self._field(tag, told, name, value)

    def _field(self, tag, told, name, value):
        self.form.names.add(name)
        if tag == "textarea":
            self.area, self.said = name, []
        elif tag == "select":
            self.select = name
        elif told.get("type") in CHOSEN:
            self.form.choices.setdefault(name, set()).add(value or "on")
            self.form.fields += [(name, value or "on")] if "checked" in told else []
        elif told.get("type") != "file":
            self.form.fields.append((name, value))

    def _set(self, name, value):
        self.form.fields = [one for one in self.form.fields if one[0] != name] + [(name, value)]

    def handle_data(self, data):
        self.said.append(data)

    def handle_endtag(self, tag):
        said = "".join(self.said)
        if tag == "form":
            self.form = None
        elif tag == "a" and self.link:
            self.links.append((_plain(said), self.link))
            self.link = ""
        elif tag == "textarea" and self.form is not None:
            self.form.fields.append((self.area, said.removeprefix("\n")))
        elif tag == "button" and self.button is not None:
            self.button.words = _plain(said)
            self.form.buttons.append(self.button)
            self.button = None


def _plain(words: str) -> str:
    return " ".join(words.split())


def words_of(text: str) -> str:
    """The words in the middle of a page, on one line."""
    middle = text.partition('id="main-content"')[2].partition("</main>")[0]
    bare = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", middle, flags=re.S)
    return _plain(unescape(bare))


class Hands:
    """One person at their browser: goes somewhere, follows links, presses buttons, reads."""

    def __init__(self, browser) -> None:
        self.browser, self.path, self.text = browser, "/", ""

    def go(self, path: str, status: int = 200) -> "Hands":
        for _ in range(MOST_HOPS):
            reply = self.browser.get(path)
            if reply.status_code not in (302, 303):
                break
            path = reply.headers["location"]
        return self._came(path, reply, status)

    def _came(self, path: str, reply, status: int) -> "Hands":
        self.path, self.text = path, reply.text
        assert reply.status_code == status, f"{path}: {reply.status_code} {self.words[:700]}"
        return self

    @property
    def words(self) -> str:
        return words_of(self.text)

    @property
    def links(self) -> list[tuple[str, str]]:
        """(words, address) of each link."""
        return self._read().links

    def follow(self, words: str) -> "Hands":
        """The link with these words. Fails when there is none to be seen."""
        return self.go(self._link(words))

    def _link(self, words: str) -> str:
        links = self.links
        same = [href for said, href in links if said == words]
        found = same or [href for said, href in links if said.startswith(words)]
        assert found, f"{self.path}: no link {words!r}, only {[said for said, _ in links]}"
        return urljoin(self.path, found[0])

    def press(
        self,
        words: str,
        status: int = 200,
        *,
        file: tuple[str, bytes] | None = None,
        **typed: str | list[str],
    ) -> "Hands":
        """The button with these words, after filling in its form; goes where that leads."""
        form, button = self._button(words, typed)
        sent = form.filled(typed)
        if button.name:
            sent[button.name] = button.value
        path = urljoin(self.path, button.action or form.action or self.path)
        enclosed = {"files": {"file": (*file, "application/octet-stream")}} if file else {}
        reply = self.browser.post(path, sent, **enclosed)
        if reply.status_code in (302, 303):
            return self.go(urljoin(path, reply.headers["location"]), status)
        return self._came(path, reply, status)

    def _button(self, words: str, typed: dict) -> tuple[Form, Button]:
        pairs = [(form, button) for form in self._read().forms for button in form.buttons]
        same = [pair for pair in pairs if pair[1].words == words]
        found = same or [pair for pair in pairs if pair[1].words.startswith(words)]
        found = [pair for pair in found if typed.keys() <= pair[0].names] or found
        seen = [button.words for _, button in pairs]
        assert found, f"{self.path}: no button {words!r}, only {seen}; {self.words[:700]}"
        return found[0]

    def _read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.text)
        return reader

    def reads(self, *wanted: str) -> "Hands":
        missing = [one for one in wanted if one not in self.words]
        assert not missing, f"{self.path}: {missing} is not in: {self.words}"
        return self

    def reads_nothing_of(self, *wanted: str) -> "Hands":
        there = [one for one in wanted if one in self.text]
        assert not there, f"{self.path}: {there} is in: {self.words}"
        return self

    def button_of(self, name: str) -> str:
        """What stands on the button of the form that asks for this."""
        return next(form.buttons[0].words for form in self._read().forms if name in form.names)

    def option(self, name: str, words: str) -> str:
        """The value of what stands with these words in the list of that name."""
        listed = self.text.partition(f'<select class="govuk-select" id="{name}"')[2]
        found = re.findall(_OPTION, listed.partition("</select>")[0])
        same = [value for value, said in found if words in _plain(said)]
        assert same, f"{self.path}: no {words!r} to choose, only {[said for _, said in found]}"
        return same[0]

    def value_of(self, name: str, words: str) -> str:
        """The value of the button to choose, of this name, that has these words beside it."""
        found = re.findall(_CHOICE.format(name=re.escape(name)), self.text, re.S)
        same = [value for value, said in found if _plain(said) == words]
        assert same, f"{self.path}: no {words!r} to choose, only {found}"
        return same[0]


_CHOICE = r'name="{name}"[^>]*?value="([^"]*)"[^>]*>\s*<label[^>]*>(.*?)</label>'
_OPTION = r'<option value="([^"]*)"[^>]*>([^<]*)</option>'
