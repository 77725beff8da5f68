"""Security headers on every answer, whatever its status."""

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from scrutiny.kit.settings import settings

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
    found = MutableScopeHeaders(message)
    for name, value in HEADERS.items():
        found.setdefault(name, value)
    if settings().secure:
        found.setdefault("strict-transport-security", HSTS)
    if "cache-control" not in found:
        found["cache-control"] = "no-store"
