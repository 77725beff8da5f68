"""Security headers on every answer, whatever its status."""

from functools import cache

from litestar.types import Message, Scope

from scrutiny.kit.settings import settings
from scrutiny.web.carrying import carried
from scrutiny.web.language import asked

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; "
    "object-src 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
HSTS = "max-age=31536000; includeSubDomains"


async def headers(message: Message, scope: Scope) -> None:
    """A `before_send` hook: the only one that sees errors of every kind (security.md P7)."""
    if message["type"] != "http.response.start":
        return
    if locale := asked(scope):
        message["headers"] = [_led_on(name, value, locale) for name, value in message["headers"]]
    found = {name for name, _ in message["headers"]}
    message["headers"] = [*message["headers"], *(one for one in usual() if one[0] not in found)]


def _led_on(name: bytes, value: bytes, locale: str) -> tuple[bytes, bytes]:
    """A redirect to a page of ours leads on in the language that was chosen."""
    if name.lower() != b"location" or not value.startswith(b"/"):
        return name, value
    return name, carried(value.decode("latin-1"), locale).encode("latin-1")


@cache
def usual() -> tuple[tuple[bytes, bytes], ...]:
    """What every answer carries unless its route says otherwise."""
    more = {"strict-transport-security": HSTS} if settings().secure else {}
    every = {**HEADERS, **more, "cache-control": "no-store"}
    return tuple((name.encode(), value.encode()) for name, value in every.items())
