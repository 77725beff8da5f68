"""The language somebody chose goes with them from page to page, in every address we give them.

A cookie would do it too, but visitors get none. Only pages asked for with `?lang=` pay for this.
"""

import re
from urllib.parse import parse_qsl, urlencode

from scrutiny.web.language import LANGUAGES
from scrutiny.web.visit import visit

ADDRESS = re.compile(
    r'(<(?:a|form|button)\b[^>]*?\s(?:href|action|formaction)=")([/?](?!/|static/)[^"]*)"'
)
SEARCH = re.compile(r'<form\b[^>]*\bmethod="get"[^>]*>')


def carry(html: str, locale: str) -> str:
    """The page with the language in each of its own links and forms; a browser drops the query
    of a form that only asks, so that one gets a field."""

    def with_language(found: re.Match) -> str:
        return f'{found[1]}{carried(found[2], locale, "&amp;")}"'

    field = f'<input type="hidden" name="lang" value="{locale}">'
    return SEARCH.sub(lambda found: found[0] + field, ADDRESS.sub(with_language, html))


def carried(address: str, locale: str, join: str = "&") -> str:
    """`/a?b=1#c` -> `/a?b=1&lang=cy#c`; as it is where it names a language already."""
    place, mark, part = address.partition("#")
    if re.search(r"[?&;]lang=", place):
        return address
    return f"{place}{join if '?' in place else '?'}lang={locale}{mark}{part}"


def switches() -> list[tuple[str, str, str]]:
    """(code, name, address of this page in it) to choose from; none on the answer to a form:
    such a page is at no address, and choosing would lose what was typed."""
    here = visit()
    if here.posted or len(LANGUAGES) < 2:
        return []
    rest = [(name, value) for name, value in parse_qsl(here.query) if name != "lang"]
    return [
        (code, name, f"?{urlencode([*rest, ('lang', code)])}") for code, name in LANGUAGES.items()
    ]
