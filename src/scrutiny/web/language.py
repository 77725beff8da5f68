"""Which language a page is in: asked for, remembered, or the browser's own wish."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs

from babel.support import NullTranslations, Translations
from litestar.types import Scope

from scrutiny.web.visit import visit

HERE = Path(__file__).parents[1] / "locale"
NAMES = {"en": "English", "cy": "Cymraeg"}


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
    return CATALOGUES[visit().locale].ugettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    return CATALOGUES[visit().locale].ungettext(one, many, count)


def language(scope: Scope, cookies: Mapping[str, str]) -> str:
    query = scope["query_string"]
    asked = parse_qs(query.decode("latin-1")).get("lang", [""])[0] if b"lang" in query else ""
    if asked in LANGUAGES:
        return asked
    if cookies.get("lang") in LANGUAGES:
        return cookies["lang"]
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
