"""Whether words are anywhere: in each row of each table, each file, each byte of a file.

A PDF is looked into with its streams in clear and its words read, an archive with its members.
"""

import io
import os
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import quote

import pikepdf
from databases import bytes_of

from scrutiny.kit.db import database, rows

TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgres": "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()",
}


def within(data: bytes) -> bytes:
    """Every byte of it, and of what is packed in it."""
    if data[:5] == b"%PDF-":
        return b"\n".join([data, *_of_pdf(data), _read_words(data)])
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return b"\n".join([data, *(within(packed.read(one)) for one in packed.namelist())])
    return data


def _of_pdf(data: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [_words(pdf.trailer, 0)]
        for one in pdf.objects:
            found.append(_words(one, 0))
            if isinstance(one, pikepdf.Stream):
                found.append(_clear(one))
    return found


def _read_words(data: bytes) -> bytes:
    """As a reader has them: a font may number its letters in a way of its own."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True)
    return done.stdout


def _words(one, depth: int) -> bytes:
    """The strings of an object, as text: in UTF-16 they would not be found."""
    if isinstance(one, pikepdf.String):
        return str(one).encode()
    if depth > 40:
        return b""
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        below = [one[key] for key in one.keys()]  # noqa: SIM118
    else:
        below = list(one) if isinstance(one, pikepdf.Array) else []
    inside = [child for child in below if isinstance(child, pikepdf.Object)]
    return b"\n".join(_words(child, depth + 1) for child in inside if not child.is_indirect)


def _clear(stream: pikepdf.Stream) -> bytes:
    try:
        content = stream.read_bytes()
    except pikepdf.PdfError:  # a picture that only a reader of pictures unpacks
        return stream.read_raw_bytes()
    return content + (within(content) if content[:5] == b"%PDF-" else b"")


def holds(data: bytes, *words: str) -> list[str]:
    """Those of the words that are in it, written as they are or in one of the usual other ways."""
    low = b" ".join(within(data).lower().split())
    ways = {one: (one, quote(one), one.replace(" ", "-"), "".join(one.split())) for one in words}
    return [
        one
        for one, said in ways.items()
        if any(
            form in low
            for way in said
            for form in (way.lower().encode(), way.lower().encode("utf-16-be"))
        )
    ]


async def in_tables(*words: str) -> list[str]:
    """Tables of which a row holds one of the words, as text or in a file kept there."""
    kind, found = database().engine_type, []
    for table in await rows(TABLES["sqlite" if kind == "sqlite" else "postgres"]):
        for row in await rows(f'SELECT * FROM "{table["name"]}"'):
            for value in row.values():
                data = (
                    bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                )
                found += [table["name"]] if holds(data, *words) else []
    return sorted(set(found))


def on_disk(folder: Path, *words: str) -> list[str]:
    """Files under it that hold one of the words, or are called so."""
    found = []
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place) / name
            if path.is_socket() or path.is_fifo():
                continue
            if holds(name.encode() + b"\n", *words) or holds(_read(path), *words):
                found.append(str(path))
    return found


def _read(path: Path) -> bytes:
    data = bytes_of(path)
    try:
        within(data)
    except Exception:  # sealed, or none of ours: its bytes as they are
        return b" " + data
    return data


def in_database_file(*words: str) -> list[str]:
    """SQLite's own files, pages that were freed too. PostgreSQL has no file to look into."""
    if database().engine_type != "sqlite":
        return []
    path = Path(database().path)
    return [one.name for one in path.parent.glob(f"{path.name}*") if holds(_read(one), *words)]


__all__ = ["holds", "in_database_file", "in_tables", "on_disk", "within"]
