"""Published pages kept in memory, already compressed, until something public changes.

The outermost layer: a page that everybody may see is rendered once. It is dropped when the
record counts a new public event, when the day changes (lateness is worked out by the day), or
when newer pages need its place.
"""

import gzip
import hashlib
import time
from collections import OrderedDict
from dataclasses import dataclass

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from scrutiny.kit.clock import today
from scrutiny.record.queries import published_count
from scrutiny.web.language import language
from scrutiny.web.sessions import cookie_name, cookies_of

ROOM = 600
CHECK_EVERY = 1.0
"""Seconds within which a page published by another process is seen here."""
LARGEST = 2_000_000


@dataclass(frozen=True)
class Kept:
    mark: tuple[int, str]
    etag: bytes
    headers: list[tuple[bytes, bytes]]
    plain: bytes
    zipped: bytes


class Published:
    """ASGI. HEAD is answered as GET without the body, which Litestar alone does not do."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: OrderedDict[tuple[str, bytes, str], Kept] = OrderedDict()
        self.count = -1
        self.checked = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if scope["method"] == "HEAD":
            scope, send = {**scope, "method": "GET"}, _without_body(send)
        if scope["method"] != "GET":
            self.checked = 0.0  # it may publish something: look before the next page
            await self.app(scope, receive, send)
            self.checked = 0.0
            return None
        await self._get(scope, receive, send)

    async def _get(self, scope: Scope, receive: Receive, send: Send) -> None:
        cookies = cookies_of(scope)
        if cookie_name() in cookies:
            return await self.app(scope, receive, send)
        try:
            mark = await self._mark()
        except Exception:  # the app says what is wrong, on a page
            return await self.app(scope, receive, send)
        place = (scope["path"], scope["query_string"], language(scope))
        found = self.kept.get(place)
        if found is None or found.mark != mark:
            found = await self._render(scope, receive, send, mark)
            if found is None:
                return None
            self._keep(place, found)
        await _answer(found, dict(scope["headers"]), send)

    async def _mark(self) -> tuple[int, str]:
        """What a kept page must still agree with: the public count and the day."""
        if time.monotonic() - self.checked > CHECK_EVERY:
            self.checked = time.monotonic()
            self.count = await published_count()
        return self.count, today().isoformat()

    async def _render(
        self, scope: Scope, receive: Receive, send: Send, mark: tuple[int, str]
    ) -> Kept | None:
        """Run the app. A page that may not be kept goes straight out, and None comes back."""
        start: Message | None = None
        body = b""

        async def catch(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                if _may_keep(message):
                    start = message
                    return
            elif start is not None:
                body += message.get("body", b"")
                return
            await send(message)

        await self.app(scope, receive, catch)
        return None if start is None else _kept(mark, start, body)

    def _keep(self, place: tuple[str, bytes, str], found: Kept) -> None:
        if len(found.plain) > LARGEST:
            return
        self.kept[place] = found
        self.kept.move_to_end(place)
        while len(self.kept) > ROOM:
            self.kept.popitem(last=False)


def _may_keep(start: Message) -> bool:
    names = {name for name, _ in start["headers"]}
    return start["status"] == 200 and b"x-published" in names and b"set-cookie" not in names


def _kept(mark: tuple[int, str], start: Message, body: bytes) -> Kept:
    drop = (b"x-published", b"content-length", b"cache-control", b"vary", b"etag")
    headers = [(name, value) for name, value in start["headers"] if name not in drop]
    headers.append((b"cache-control", b"public, max-age=0, must-revalidate"))
    headers.append((b"vary", b"accept-encoding, accept-language, cookie"))
    etag = b'W/"' + hashlib.sha256(body).hexdigest()[:32].encode() + b'"'
    squeeze = not any(v.startswith((b"application/pdf", b"image/")) for _, v in headers)
    zipped = gzip.compress(body, 6, mtime=0) if squeeze and len(body) > 500 else b""
    return Kept(mark, etag, [*headers, (b"etag", etag)], body, zipped)


async def _answer(found: Kept, asked: dict[bytes, bytes], send: Send) -> None:
    if asked.get(b"if-none-match") == found.etag:
        start = {"type": "http.response.start", "status": 304, "headers": found.headers}
        await send(start)
        return await send({"type": "http.response.body", "body": b""})
    zipped = found.zipped and b"gzip" in asked.get(b"accept-encoding", b"")
    body = found.zipped if zipped else found.plain
    headers = [*found.headers, (b"content-length", str(len(body)).encode())]
    if zipped:
        headers.append((b"content-encoding", b"gzip"))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _without_body(send: Send) -> Send:
    async def only_head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return only_head
