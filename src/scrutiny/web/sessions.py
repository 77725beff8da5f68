"""Turn the cookie into a person. No cookie is ever set for somebody who is not signed in."""

from http.cookies import CookieError, SimpleCookie

from litestar.datastructures import Cookie
from litestar.response import Template
from litestar.types import ASGIApp, Receive, Scope, Send

from scrutiny.kit.clock import now
from scrutiny.kit.db import write_tx
from scrutiny.kit.settings import settings
from scrutiny.people.actions import session_hash, touch_session
from scrutiny.people.queries import session_by_hash
from scrutiny.people.rules import SEEN_EVERY, is_alive
from scrutiny.web.language import asked, language
from scrutiny.web.visit import VISIT, Visit, visit

LONGEST = 200
READ = "scrutiny.cookies"


def cookie_name() -> str:
    """`__Host-` needs https; on http (a demo on one's own machine) browsers would drop it."""
    return "__Host-sid" if settings().secure else "sid"


def session_cookie(key: str) -> Cookie:
    """The cookie that signs in, or signs out when `key` is empty. It ends with the browser."""
    return Cookie(
        key=cookie_name(),
        value=key,
        path="/",
        httponly=True,
        secure=settings().secure,
        samesite="lax",
        max_age=None if key else 0,
    )


def carry(answer: Template, key: str) -> Template:
    """The same page as the first of the whole session that has just begun."""
    here = visit()
    here.key, here.session.full = key, True
    answer.context["person"] = here.person
    answer.cookies.append(session_cookie(key))
    return answer


def cookies_of(scope: Scope) -> dict[str, str]:
    """Read once a request: both the kept pages and the session ask for them."""
    if READ not in scope:
        scope[READ] = _cookies(scope)
    return scope[READ]


def _cookies(scope: Scope) -> dict[str, str]:
    raw = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    if not raw:
        return {}
    try:
        return {name: found.value for name, found in SimpleCookie(raw.decode("latin-1")).items()}
    except CookieError:
        return {}


def sessions(app: ASGIApp) -> ASGIApp:
    async def with_visit(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            VISIT.set(await _visit(scope))
        await app(scope, receive, send)

    return with_visit


def stranger(scope: Scope) -> Visit:
    """What is known of a visit before anybody looks who it is."""
    return Visit(
        path=scope["path"],
        query=scope["query_string"].decode("latin-1"),
        posted=scope["method"] != "GET",
        locale=language(scope),
        asked=asked(scope),
    )


async def _visit(scope: Scope) -> Visit:
    cookies, found = cookies_of(scope), stranger(scope)
    key = cookies.get(cookie_name(), "")
    if not key or len(key) > LONGEST:
        return found
    session = await session_by_hash(session_hash(key))
    if session is None or not is_alive(session.begun, session.seen, now()):
        return found
    if now() - session.seen > SEEN_EVERY:
        async with write_tx():
            await touch_session(session)
    found.key, found.session, found.person = key, session, session.person
    return found
