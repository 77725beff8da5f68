"""Makes a pack: prints its front, hands front and papers to the binder, puts the result away."""

import asyncio
import hashlib
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from scrutiny.agendas.packs import front
from scrutiny.agendas.packs.rules import (
    MOST_BYTES,
    Bound,
    Contents,
    first_pages,
    outline,
    stamp,
)
from scrutiny.agendas.papers import shelf
from scrutiny.agendas.papers.queries import bytes_of
from scrutiny.agendas.papers.tables import Paper
from scrutiny.agendas.papers.washing import Refusal
from scrutiny.concerns.evidence.sealed import CHUNK, Writing
from scrutiny.kit.clock import today
from scrutiny.kit.errors import Unreadable
from scrutiny.kit.glyphs import fonts
from scrutiny.kit.paper import LANGUAGE
from scrutiny.kit.pdf import PdfFailed
from scrutiny.kit.seal import new_key, wrap
from scrutiny.kit.settings import BadSetting

SOURCE = Path(__file__).parents[3]
BINDER = [sys.executable, "-P", "-m", "scrutiny.agendas.packs.binder"]
PATIENCE = 180.0
"""Seconds for the binder, which has 120 of the processor's."""

Told = Callable[[int], Awaitable[None]]


class NotMade(Exception):
    """No pack was made; the message says why, in a sentence for those who asked for it."""


@dataclass(frozen=True)
class Made:
    pages: int
    size: int
    sha256: str
    key: bytes  # wrapped


async def made(pack: UUID, contents: Contents, first: int, told: Told) -> Made:
    """The pack on the shelf, its pages counted from `first`. Raises NotMade.

    `told` hears of each step; what it raises ends the making.
    """
    if contents.size > MOST_BYTES:
        raise NotMade("The papers are more than 200 MB together. Make some of them smaller.")
    try:
        cover, pages = await front.printed(contents, first)
        await told(1)
        async with _in_memory("papers") as given, _in_memory("pack") as done:
            order = await _gathered(given, contents, cover, pages, first)
            count = await _bound(given, done, order, told)
            await told(len(contents.papers) + 2)
            return await asyncio.to_thread(_keep, pack, done, count)
    except (PdfFailed, Refusal, BadSetting) as fault:
        raise NotMade(f"The cover could not be printed. {fault}") from fault
    except Unreadable as fault:
        raise NotMade("A paper was changed or taken away meanwhile. Ask again.") from fault
    except OSError as fault:
        raise NotMade("There was no room to keep the pack. Make room, then ask again.") from fault


@asynccontextmanager
async def _in_memory(name: str) -> AsyncIterator[int]:
    file = os.memfd_create(name, os.MFD_CLOEXEC)
    try:
        yield file
    finally:
        os.close(file)


async def _gathered(
    given: int, contents: Contents, cover: bytes, pages: int, first: int
) -> dict[str, Any]:
    """All files one after another in memory, and the order for the binder."""
    places = first_pages(contents, pages, first)
    at = await asyncio.to_thread(_put, given, [cover])
    stamps = [stamp(first + page) for page in range(pages)]
    parts = [{"at": 0, "size": at, "pages": pages, "title": "Agenda", "stamps": stamps}]
    keys = {str(row.id): row for row in await _rows(contents)}
    for paper in contents.papers:
        row = keys.get(paper.id)
        if row is None or str(row.file) != paper.file:
            raise Unreadable("gone")
        size = await asyncio.to_thread(_put, given, bytes_of(row))
        parts.append(_part(paper, at, size, places[paper.id]))
        at += size
    return {
        "title": front.title_of(contents),
        "language": LANGUAGE,
        "first": first,
        "parts": parts,
        "outline": list(outline(contents, places, first)),
    }


async def _rows(contents: Contents) -> list[Paper]:
    ids = [UUID(paper.id) for paper in contents.papers]
    return await Paper.objects().where(Paper.id.is_in(ids)) if ids else []


def _part(paper: Bound, at: int, size: int, place: int) -> dict[str, Any]:
    stamps = [
        stamp(place + page, paper.number, page + 1, paper.pages) for page in range(paper.pages)
    ]
    title = f"P{paper.number} {paper.title}"
    return {"at": at, "size": size, "pages": paper.pages, "title": title, "stamps": stamps}


def _put(file: int, pieces) -> int:
    size = 0
    for piece in pieces:
        left = memoryview(piece)
        while left:
            wrote = os.write(file, left)
            left, size = left[wrote:], size + wrote
    return size


async def _bound(given: int, done: int, order: dict[str, Any], told: Told) -> int:
    """How many pages the pack has. Whatever happens, the binder does not outlive this."""
    process = await asyncio.create_subprocess_exec(
        *BINDER, str(given), str(done),
        pass_fds=(given, done), stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd="/",
        env={"PYTHONPATH": str(SOURCE), "LC_ALL": "C.UTF-8", "PATH": os.defpath,
             "SCRUTINY_PDF_FONTS": str(fonts())},
        start_new_session=True,
    )  # fmt: skip
    try:
        async with asyncio.timeout(PATIENCE):
            answer = await _heard(process, order, told)
    except TimeoutError:
        raise NotMade("The pack took too long to put together. Make its papers smaller.") from None
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if "pages" not in answer:
        why = "It is too large." if answer.get("why") == "memory" else answer.get("why", "")
        raise NotMade(f"The papers could not be put together. {why}".strip())
    return answer["pages"]


async def _heard(process, order: dict[str, Any], told: Told) -> dict[str, Any]:
    process.stdin.write(json.dumps(order).encode())
    await process.stdin.drain()
    process.stdin.close()
    step, answer = 1, {}
    async for line in process.stdout:
        if line.startswith(b"{"):
            answer = json.loads(line)
        else:
            step += 1
            await told(step)
    return answer


def _keep(pack: UUID, done: int, pages: int) -> Made:
    key, proof, at = new_key(), hashlib.sha256(), 0
    shelf.discard([pack], shelf.PACK)
    shelf.place(pack, shelf.PACK).with_suffix(f".{shelf.PACK}.part").unlink(missing_ok=True)
    writing = Writing(shelf.place(pack, shelf.PACK), key, shelf.context(pack, shelf.PACK))
    try:
        while piece := os.pread(done, CHUNK, at):
            proof.update(piece)
            writing.write(piece)
            at += len(piece)
        writing.finish(today())
    except BaseException:
        writing.abandon()
        raise
    return Made(pages, at, proof.hexdigest(), wrap(key, shelf.key_context(pack)))
