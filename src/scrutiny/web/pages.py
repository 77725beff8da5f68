"""Turning rows and refusals into pages."""

import json
from collections.abc import Hashable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from jinja2 import Template as JinjaTemplate
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from markupsafe import Markup

from scrutiny.kit import markdown
from scrutiny.kit.settings import settings
from scrutiny.people.actions import new_form_key
from scrutiny.people.tables import Panel
from scrutiny.policy import may
from scrutiny.web import floods
from scrutiny.web.carrying import carry, switches
from scrutiny.web.csrf import csrf_token
from scrutiny.web.dates import clock_time, long_date, month_year
from scrutiny.web.language import LANGUAGES, is_whole, only_english
from scrutiny.web.templates import Templates
from scrutiny.web.visit import visit

STATIC = Path(__file__).parents[3] / "static"


def page(name: str, *, status: int = 200, published: bool = False, **context: Any) -> Template:
    """A page. `published=True` when it holds only what everybody may see: such bytes are kept."""
    here = visit()
    return Template(
        name,
        context={
            "person": here.person if here.signed_in else None,
            "panel": here.panel,
            "may": here.may,
            "path": here.path,
            **context,
        },
        status_code=status,
        headers={"x-published": "1"} if published and here.person is None else None,
        media_type="text/html",
    )


def links_for(panel: Panel | None, path: str) -> Markup:
    """The links under the masthead, for the seats that the reader holds on this panel."""
    here = visit()
    held = frozenset((seat.role, seat.stage) for seat in here.seats)
    return _links(f"/{panel.slug}" if panel else "", path, held, here.locale)


@lru_cache(maxsize=500)
def _links(home: str, path: str, held: frozenset[tuple[str, str]], locale: str) -> Markup:
    """Kept: they are drawn from nothing but what is named here, and no page is without them."""

    def may_any(act: str) -> bool:
        return any(may(role, act, stands) for role, stands in held)

    made = environment().get_template("_navigation.html")
    return Markup(made.render(home=home, path=path, may=may_any))


def kept(name: str, **values: Hashable) -> Markup:
    """A part of a page that is drawn from nothing but these values: the same one is drawn once."""
    return _kept(name, visit().locale, tuple(values.items()))


@lru_cache(maxsize=1_000)
def _kept(name: str, locale: str, values: tuple[tuple[str, Hashable], ...]) -> Markup:
    return Markup(environment().get_template(name).render(dict(values)))


@cache
def manifest() -> dict[str, str]:
    return json.loads((STATIC / "manifest.json").read_text())


def asset(name: str) -> str:
    return f"/static/{manifest()[name]}"


def csrf_field() -> Markup:
    token = csrf_token()  # hexadecimal: nothing in it to escape
    return Markup(f'<input type="hidden" name="_csrf" value="{token}">' if token else "")


def form_key(sent: str = "") -> Markup:
    """A hidden field that makes a form count once; `sent` keeps it when the page is redrawn."""
    key = sent or new_form_key()
    return Markup('<input type="hidden" name="form_key" value="{}">').format(key)


class Pages(JinjaTemplateEngine):
    """What Litestar asks for a template: it comes in the reader's language, or in English."""

    def get_template(self, template_name: str) -> "JinjaTemplate | Carried":
        here = visit()
        if not is_whole(template_name, here.locale):
            here.wanted, here.locale = here.locale, "en"
        made = environment().get_template(template_name)
        return Carried(made, here.asked) if here.asked else made


class Carried:
    """A template whose links lead on in the language that was chosen."""

    def __init__(self, made: JinjaTemplate, locale: str) -> None:
        self.made, self.locale = made, locale

    def render(self, *args: Any, **context: Any) -> str:
        return carry(self.made.render(*args, **context), self.locale)


def environment() -> Environment:
    """The templates in the language of whoever is asking."""
    return _in_language(visit().locale)


@cache
def _in_language(locale: str) -> Environment:
    env = Templates(locale, asset)
    env.globals |= {
        "asset": asset,
        "challenge": floods.challenge,
        "csrf_field": csrf_field,
        "form_key": form_key,
        "kept": kept,
        "links_for": links_for,
        "locale": lambda: visit().locale,
        "languages": LANGUAGES,
        "switches": switches,
        "chosen_language": lambda: visit().wanted or visit().locale,
        "only_english": only_english,
        "demo": settings().demo,
    }
    env.filters |= {
        "long_date": long_date,
        "month_year": month_year,
        "clock_time": clock_time,
        "markdown": markdown.html,
    }
    env.globals |= {"long_date": long_date, "month_year": month_year, "clock_time": clock_time}
    return env
