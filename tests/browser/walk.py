"""Walks a site by its links and keeps one page of every kind."""

import re
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import APIRequestContext

MOST_PAGES = 250
MANY = {
    *("/{panel}", "/{panel}/meetings/{day}", "/{panel}/meetings/{day}/papers"),
    *("/{panel}/recruitment/{number}", "/{panel}/recruitment/applications/{application}"),
    *("/{panel}/terms/{number}", "/{panel}/minutes/{day}", "/{panel}/reports/{year}"),
    "/{panel}/minutes/{day}/versions/{number}",
}
"""Kinds of which one page leads where another does not: all are read for their links."""
LEAVE_ALONE = ("/static/", "/sign-out")


@dataclass(frozen=True)
class Page:
    who: str
    """One of the cast by name, or nothing for a visitor."""
    path: str
    kind: str
    """The route it is served by, like /{panel}/meetings/{day}."""
    status: int
    html: str


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def walk(
    request: APIRequestContext,
    who: str,
    starts: list[str],
    routes: list[str],
    known: Collection[str],
) -> list[Page]:
    """Pages found from `starts`, breadth first, one of each kind, leaving out kinds in `known`.

    One page of a known kind is still read, for the links that only this person is shown; where
    it starts is always read.
    """
    read_kinds, kept, met, found = set(), set(known), set(starts), []
    waiting = deque(starts)
    while waiting and len(found) < MOST_PAGES:
        path = waiting.popleft()
        kind = kind_of(path, routes)
        again = kind in read_kinds and path not in starts and kind not in MANY
        page = None if again else read(request, who, path, kind)
        if page is None:
            continue
        read_kinds.add(kind)
        if kind not in kept or path in starts:
            kept |= {kind} if path not in starts else set()
            found += [page] if kind not in known else []
        fresh = [link for link in links(page) if link not in met]
        met.update(fresh)
        waiting.extend(fresh)
    return found


def read(request: APIRequestContext, who: str, path: str, kind: str) -> Page | None:
    """The page at a path, or None if it is a file to keep (a PDF, a feed, a spreadsheet)."""
    answer = request.get(path)
    if answer.ok and "text/html" not in answer.headers.get("content-type", ""):
        return None
    return Page(who, path, kind, answer.status, answer.text())


def links(page: Page) -> list[str]:
    """Paths of this site that the page links to, in order, without what follows ? or #."""
    parser = Links()
    parser.feed(page.html)
    found = [urlsplit(urljoin(f"http://site{page.path}", link)) for link in parser.found]
    paths = dict.fromkeys(link.path for link in found if link.netloc == "site")
    return [path for path in paths if not path.startswith(LEAVE_ALONE)]


def kind_of(path: str, routes: list[str]) -> str:
    """The route that serves a path: of those that fit, the one with the most plain segments.

    Each decision asks for something else, so each is a kind of its own.
    """
    fitting = [route for route in routes if re.fullmatch(pattern(route), path)]
    found = max(fitting, key=lambda route: -route.count("{"), default=path)
    return found.replace("{move}", path.rpartition("/")[2])


def pattern(route: str) -> str:
    """A regular expression for a route such as /{panel:str}/meetings/{number:int}."""
    pieces = re.split(r"(\{[^}]*\})", route)
    return "".join(shape(p) if p.startswith("{") else re.escape(p) for p in pieces)


def shape(hole: str) -> str:
    return {"int": r"\d+", "path": ".+", "date": r"\d{4}-\d\d-\d\d"}.get(
        hole.strip("{}").partition(":")[2], "[^/]+"
    )
