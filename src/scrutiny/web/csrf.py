"""Forms come from our own pages: Sec-Fetch-Site first, Origin second, a token for the signed-in.

With `Referrer-Policy: no-referrer` a browser sends `Origin: null` even for our own forms, so
Origin alone cannot decide (security.md 3). Where a route takes in files as they come
(`streams=True`), the token is read from the first part of the form (first_part.py).
"""

from litestar import Request
from litestar._parsers import parse_url_encoded_form_data
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException, PermissionDeniedException
from litestar.types import ASGIApp, Receive, Scope, Send

from scrutiny.kit.seal import keys
from scrutiny.kit.settings import settings
from scrutiny.kit.tokens import keyed_hash, same
from scrutiny.web.first_part import first_token
from scrutiny.web.visit import visit

SAFE = {"GET", "HEAD", "OPTIONS"}
FORMS = {RequestEncodingType.MULTI_PART, RequestEncodingType.URL_ENCODED}


class SafeRequest(Request):
    """A request whose form is UTF-8 without NUL bytes, or a plain 400."""

    async def form(self):
        try:
            found = await super().form()
        except (UnicodeDecodeError, LookupError, ValueError):
            raise ClientException("The form could not be read.") from None
        for name, value in found.multi_items():
            if "\0" in name or (isinstance(value, str) and not _storable(value)):
                raise ClientException("The form holds characters that no keyboard types.")
        return found


def _storable(text: str) -> bool:
    """PostgreSQL keeps no NUL, and half a surrogate pair is not text."""
    return "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)


def csrf_token() -> str:
    key = visit().key
    return keyed_hash(keys().pepper, "csrf", key) if key else ""


def csrf(app: ASGIApp) -> ASGIApp:
    async def checked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE:
            try:
                await app(scope, await _check(SafeRequest(scope, receive=receive), receive), send)
            finally:
                parse_url_encoded_form_data.cache_clear()  # Litestar keeps the last 1,024 forms
        else:
            await app(scope, receive, send)

    return checked


async def _check(request: SafeRequest, receive: Receive) -> Receive:
    """Raises PermissionDenied for a form of another site; returns whence the route reads it."""
    _refuse_other_sites(request)
    wanted = csrf_token()
    if request.scope["route_handler"].opt.get("streams"):
        given, receive = await first_token(request, receive) if wanted else ("", receive)
    elif request.content_type[0] in FORMS:
        given = (await request.form()).get("_csrf")
    else:
        given = request.headers.get("x-csrf")
    if wanted and not (isinstance(given, str) and same(given, wanted)):
        raise PermissionDeniedException("csrf")
    return receive


def _refuse_other_sites(request: SafeRequest) -> None:
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise PermissionDeniedException("cross-site")
    elif origin is not None and origin != settings().base_url:
        raise PermissionDeniedException("cross-site")
