"""Which language a page is in: the one its address asks for, or the browser's own wish.

No cookie keeps the choice: it travels from page to page in the addresses (see carrying.py).
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from babel.support import NullTranslations, Translations
from litestar.types import Scope

from scrutiny.kit.words import N_, Meant, Sentence
from scrutiny.web.dates import long_date
from scrutiny.web.visit import visit

HERE = Path(__file__).parents[1] / "locale"
NAMES = {"en": "English", "cy": "Cymraeg"}
RESIDENTS = {
    "cy": (
        *("base.html", "_navigation.html", "refused.html", "parts/"),
        *("concerns/_leave.html", "concerns/journey/", "concerns/thread/", "concerns/evidence/"),
        *("concerns/equality/", "concerns/video/figures.html"),
        *("public/home.html", "public/panel.html", "public/about.html", "public/safety.html"),
        *(
            "public/_about_panel.html",
            "meetings/figures/_own.html",
            "meetings/figures/_clocks.html",
        ),
        *("recommendations/_meta.html", "recommendations/_words.html"),
        *("public/accessibility.html", "public/open_data.html", "verifying/"),
        *("meetings/_meeting.html", "meetings/registration/register.html"),
        *(f"meetings/registration/{name}.html" for name in ("return", "standing", "given_up")),
        "agendas/_lines.html",
        *(f"agendas/questions/{name}.html" for name in ("all", "ask", "own", "return", "sent")),
        "composition/show.html",
        *(f"membership/recruitment/{name}.html" for name in ("_said", "apply", "check", "counted")),
        *(f"membership/recruitment/{name}.html" for name in ("equality", "join", "own")),
        *(f"membership/recruitment/{name}.html" for name in ("return", "sent", "withdrawn")),
    ),
}
"""The templates, and folders of them, that are whole in a language. All others are shown in
English, with a notice in the reader's language that says so. tests/test_catalogue.py sees to it."""
ONLY_ENGLISH = N_("This page is only in English so far.")


def _catalogues() -> dict[str, NullTranslations]:
    found: dict[str, NullTranslations] = {"en": NullTranslations()}
    for code in NAMES:
        if (HERE / code / "LC_MESSAGES" / "messages.mo").exists():
            found[code] = Translations.load(str(HERE), [code])
    return found


CATALOGUES = _catalogues()
LANGUAGES = {code: NAMES[code] for code in NAMES if code in CATALOGUES}
"""Only languages that have words are offered."""


def gettext(text: str) -> str:
    """In the reader's language; a Sentence has its figures and days put in afterwards."""
    words = CATALOGUES[visit().locale]
    if not text:
        return text  # gettext keeps the catalogue's own header there
    if isinstance(text, Sentence):
        return words.ugettext(text.pattern).format(**_said(text.facts))
    if isinstance(text, Meant):
        return pgettext(text.context, text)
    return words.ugettext(text)


def _said(facts: dict) -> dict:
    return {name: _fact(fact) for name, fact in facts.items()}


def _fact(fact: Any) -> Any:
    """Days are written out, and our own words within our own words are translated as well."""
    if isinstance(fact, date):
        return long_date(fact)
    return gettext(fact) if isinstance(fact, Sentence) else fact


def pgettext(context: str, text: str) -> str:
    """A word in one of its meanings: see words.NC_."""
    return CATALOGUES[visit().locale].upgettext(context, text)


def ngettext(one: str, many: str, count: int) -> str:
    return CATALOGUES[visit().locale].ungettext(one, many, count)


def is_said(text: str, locale: str) -> bool:
    """Whether a sentence is there in this language; in English every one is."""
    if locale == "en" or text in _said_in(locale):
        return True
    pattern = text.pattern if isinstance(text, Sentence) else text
    return CATALOGUES[locale].ugettext(pattern) != pattern


@cache
def _said_in(locale: str) -> frozenset[str]:
    """Every sentence of a language: what has been translated already is one of them."""
    return frozenset(CATALOGUES[locale]._catalog.values())


def is_whole(template: str, locale: str) -> bool:
    """Whether everything on this page has been put into the language."""
    return locale == "en" or template.startswith(RESIDENTS[locale])


def only_english() -> str:
    """What stands above a page that is not there in the reader's language; else nothing."""
    wanted = visit().wanted
    return CATALOGUES[wanted].ugettext(ONLY_ENGLISH) if wanted else ""


def asked(scope: Scope) -> str:
    """The language that the address asks for, if it asks for one that is here."""
    query = scope["query_string"]
    found = parse_qs(query.decode("latin-1")).get("lang", [""])[0] if b"lang=" in query else ""
    return found if found in LANGUAGES else ""


def language(scope: Scope) -> str:
    if found := asked(scope):
        return found
    return _wished(dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1"))


def _wished(header: str) -> str:
    """The best of what Accept-Language lists, by its q values; English when none fits."""
    wishes = []
    for part in header.split(","):
        code, _, q = part.strip().partition(";q=")
        wishes.append((_number(q), code.strip().lower()[:2]))
    fitting = [(q, code) for q, code in wishes if code in LANGUAGES]
    return max(fitting, key=lambda wish: wish[0])[1] if fitting else "en"


def _number(q: str) -> float:
    try:
        return float(q or 1)
    except ValueError:
        return 0.0
