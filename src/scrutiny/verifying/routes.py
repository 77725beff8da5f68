import hashlib
from dataclasses import dataclass

from litestar import Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromQuery, MultipartBody
from litestar.response import Template
from msgspec import json

from scrutiny.concerns.proof.actions import public_key
from scrutiny.concerns.proof.rules import check as check_statement
from scrutiny.kit.errors import Unreadable
from scrutiny.kit.settings import settings
from scrutiny.ledger.queries import PAGE, by_hash, entries
from scrutiny.minutes.queries import replaced_by
from scrutiny.policy import Act
from scrutiny.verifying import rules
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit


@get("/ledger", act=Act.ANYONE)
async def ledger(before: FromQuery[int] = 0) -> Template:
    found = await entries(rules.place(before))
    return page(
        "verifying/ledger.html",
        published=True,
        entries=found,
        first=before <= 0,
        older=rules.older_than(found, PAGE),
    )


@get("/ledger.json", act=Act.ANYONE)
async def ledger_as_json(before: FromQuery[int] = 0) -> Response[bytes]:
    """The same entries for machines; `next` is the address of older ones, or null."""
    found = await entries(rules.place(before))
    base, older = settings().base_url, rules.older_than(found, PAGE)
    body = {
        "how": rules.METHOD,
        "entries": [rules.entry(row, base) for row in found],
        "next": f"{base}/ledger.json?before={older}" if older else None,
    }
    kept = {"x-published": "1"} if visit().person is None else {}
    return Response(json.format(json.encode(body)), media_type="application/json", headers=kept)


@dataclass
class Check:
    """A file, the fingerprint of one, or a resident's statement with what they wrote."""

    sha256: str = ""
    file: UploadFile | None = None
    statement: str = ""
    text: str = ""


@get("/verify", act=Act.ANYONE)
async def verify_page(sha256: FromQuery[str] = "") -> Template:
    return await _verified(sha256) if sha256 else _asked()


@post("/verify", act=Act.ANYONE_SENDS, request_max_body_size=rules.LARGEST)
async def verify(data: MultipartBody[Check]) -> Template:
    """The file is hashed as it comes in, and never kept."""
    if data.file is not None and data.file.filename:
        return await _verified(await _digest(data.file), data.file.filename)
    if data.statement.strip() or data.text.strip():
        return _checked(data)
    if not data.sha256.strip():
        return _asked({"file": _("Choose a file, or paste its fingerprint.")})
    return await _verified(data.sha256)


async def _digest(file: UploadFile) -> str:
    found = hashlib.sha256()
    while piece := await file.read(1 << 16):
        found.update(piece)
    return found.hexdigest()


async def _verified(typed: str, name: str = "") -> Template:
    sha256 = rules.fingerprint_in(typed)
    if sha256 is None:
        wrong = _("A fingerprint (SHA-256) has 64 characters: digits, and letters from a to f.")
        return _asked({"sha256": wrong}, typed)
    entry = await by_hash(sha256)
    return page(
        "verifying/answer.html",
        sha256=sha256,
        file_name=name,
        entry=entry,
        edition=await replaced_by(sha256) if entry else None,
    )


def _checked(data: Check) -> Template:
    """Whether we signed this statement, and for these words. Nothing of either is kept."""
    try:
        found = check_statement(data.statement, data.text, public_key())
    except Unreadable as why:
        return _asked({"statement": _(str(why))}, sent=data)
    return page("verifying/statement.html", found=found, key=public_key())


def _asked(
    problems: dict[str, str] | None = None, typed: str = "", sent: Check | None = None
) -> Template:
    return page(
        "verifying/verify.html",
        status=422 if problems else 200,
        problems=problems or {},
        typed=typed,
        sent=sent or Check(),
        key=public_key(),
    )


@get("/verify/key.json", act=Act.ANYONE)
async def key_as_json() -> dict[str, str | int]:
    """The public key that statements to residents are signed with, and how."""
    return {"v": 1, "algorithm": "Ed25519", "key": public_key(), "how": rules.STATEMENTS}


router = Router("/", route_handlers=[ledger, ledger_as_json, verify_page, verify, key_as_json])
