"""A realistic document for the press, and the two questions asked of every PDF it makes."""

import asyncio
import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import page
import pikepdf
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scrutiny.kit.pdf import Attached, Document, pdf
from scrutiny.kit.pressroom import Press

TITLE = "Minutes of the meeting of 20 November 2025"
RECORD = b'{"decisions":[{"number":1}],"panel":"northmoor"}'
PROFILES = [page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1]
FOLDERS = [Path(__file__).parent, Path(__file__).parents[2] / "templates"]


def proof(parts: int = 2, language: str = "en-GB") -> str:
    """The HTML of minutes with `parts` agenda items."""
    jinja = Environment(
        loader=FileSystemLoader(FOLDERS),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    jinja.install_null_translations()
    return jinja.get_template("proof.html").render(
        title=TITLE, language=language, publisher="Northmoor Community Scrutiny Panel", parts=parts
    )


def document(html: str | None = None, **changes) -> Document:
    facts = {
        "html": proof() if html is None else html,
        "title": TITLE,
        "language": "en-GB",
        "created": datetime(2026, 1, 8, 19, 30, tzinfo=UTC),
        "attachments": (
            Attached("minutes.json", "application/json", "These minutes as data", RECORD),
        ),
    }
    return Document(**(facts | changes))


def a_page(body: str) -> Document:
    """A small page of its own, for what one element does."""
    return document(f"<!doctype html><html lang=en><title>x</title><h1>x</h1>{body}", css="")


def make(wanted: Document, press: Press | None = None) -> bytes:
    return asyncio.run(pdf(wanted, press))


def broken_rules(made: bytes, folder: Path) -> list[str]:
    """The rules of PDF/A-3a and PDF/UA-1 that the file breaks; none for a good one."""
    path = folder / "made.pdf"
    path.write_bytes(made)
    return [
        failure.rule_id
        for profile in PROFILES
        for failure in page.validate_pdf(str(path), profile=profile).failures
    ]


def text(made: bytes) -> str:
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True
    )
    return done.stdout.decode()


class Tag(NamedTuple):
    kind: str
    scope: str
    language: str


def tags(made: bytes) -> list[Tag]:
    """Every structure element of the file."""
    with pikepdf.open(io.BytesIO(made)) as opened:
        found = [
            thing
            for thing in opened.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem"
        ]
        return [
            Tag(str(tag.S), str(tag.get("/A", {}).get("/Scope", "")), str(tag.get("/Lang", "")))
            for tag in found
        ]


def everything(made: bytes) -> bytes:
    """The file with each stream unpacked, to search for what must not be inside."""
    with pikepdf.open(io.BytesIO(made)) as opened:
        streams = [s.read_bytes() for s in opened.objects if isinstance(s, pikepdf.Stream)]
    return made + b"".join(streams)
