"""Reads of files that residents sent: lists for who may know of them, one for triage to open."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from scrutiny.concerns import parts
from scrutiny.concerns.evidence import sealed, shelf
from scrutiny.concerns.evidence.rules import KINDS, MIMES, megabytes, told
from scrutiny.concerns.evidence.tables import Evidence
from scrutiny.concerns.queries import LARGEST, reference_of
from scrutiny.concerns.rules import GONE
from scrutiny.concerns.tables import Concern
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.kit.seal import unlock
from scrutiny.kit.words import N_

ALL = "SELECT number, kind, size, state, why, day FROM evidence WHERE concern = {} ORDER BY number"


@dataclass(frozen=True)
class File:
    """One line of a list of files: never its name, which nobody keeps."""

    number: int
    kind: str  # as people say it
    size: str
    open: bool  # there is a clean copy for triage
    told: str
    day: date


async def of(concern: UUID) -> list[File]:
    """What was sent with this concern, or with this draft, in the order in which it came."""
    return [
        File(
            row["number"],
            KINDS.get(row["kind"], N_("File")),
            megabytes(row["size"]),
            row["state"] == "clean",
            told(row["state"], row["why"]),
            row["day"],
        )
        for row in await rows(ALL, concern)
    ]


async def find(concern: Concern, number: int) -> Evidence:
    """One that may be opened. Raises Missing for what is held back as for what is not there."""
    wanted = (Evidence.concern == concern.id) & (Evidence.number == min(number, LARGEST))
    found = await Evidence.objects().where(wanted & (Evidence.state == "clean")).first()
    if found is None or found.mime not in MIMES or concern.stage in GONE:
        raise Missing(N_("There is no such file."))
    return found


async def clean_copy(concern: Concern, file: Evidence) -> Iterator[bytes]:
    """The clean copy in pieces, read through before. Raises Unreadable where it is not whole."""
    key = unlock(await parts.key_of(concern), bytes(file.locked_key), shelf.key_context(file.id))
    where, context = shelf.place(file.id, shelf.CLEAN), shelf.context(file.id, shelf.CLEAN)
    await asyncio.to_thread(sealed.proved, where, key, context)
    return sealed.read(where, key, context)


async def in_turn(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The same pieces for an answer that is sent as it is read."""
    for piece in pieces:
        yield piece


def name_of(concern: Concern, file: Evidence) -> str:
    """`concern` comes with its panel."""
    return f"{reference_of(concern)}-file-{file.number}.{MIMES[file.mime][1]}"
