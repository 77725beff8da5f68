import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Router, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromQuery, MultipartBody
from litestar.response import Template

from scrutiny.concerns.proof.actions import public_key
from scrutiny.concerns.proof.rules import check as check_statement
from scrutiny.kit.errors import Unreadable
from scrutiny.ledger.queries import by_hash, newest_of, withdrawal_of
from scrutiny.policy import Act
from scrutiny.verifying import rules
from scrutiny.verifying.copies import fingerprints
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page


@dataclass
class Check:
    """A file, the fingerprint of one, or a resident's statement with what they wrote."""

    sha256: str = ""
    file: UploadFile | None = None
    statement: str = ""
    text: str = ""
    what: str = ""  # which of the two buttons was pressed


@get("/verify", act=Act.ANYONE)
async def verify_page(sha256: FromQuery[str] = "") -> Template:
    return await _verified(sha256) if sha256 else _asked()


@post("/verify", act=Act.ANYONE_SENDS, request_max_body_size=rules.LARGEST)
async def verify(data: MultipartBody[Check]) -> Template:
    """The file is hashed as it comes in, and never kept."""
    if data.file is not None and data.file.filename:
        return await _held(await data.file.read(), data.file.filename)
    if data.what == "statement" or data.statement.strip() or data.text.strip():
        return _checked(data)
    if not data.sha256.strip():
        return _asked({"file": _("Choose a file, or paste its fingerprint.")})
    return await _verified(data.sha256)


async def _held(content: bytes, name: str) -> Template:
    """Of a changed PDF too: whether it begins as one of ours, or holds data that we published."""
    copy = await asyncio.to_thread(fingerprints, content)
    for part, marks in (
        ("all", [copy.whole]),
        ("beginning", copy.beginnings),
        ("inside", copy.inside),
    ):
        if marks and (entry := await by_hash(*marks)) is not None:
            return await _answered(copy.whole, entry, part, name)
    return await _answered(copy.whole, None, name=name)


async def _verified(typed: str) -> Template:
    sha256 = rules.fingerprint_in(typed)
    if sha256 is None:
        wrong = _("A fingerprint (SHA-256) has 64 characters: digits, and letters from a to f.")
        return _asked({"sha256": wrong}, typed)
    return await _answered(sha256, await by_hash(sha256))


async def _answered(
    sha256: str, entry: Mapping[str, Any] | None, part: str = "all", name: str = ""
) -> Template:
    """`part` is what of the file is ours: all of it, its beginning, or data inside it."""
    newer = await newest_of(entry) if entry else None
    return page(
        "verifying/answer.html",
        sha256=sha256,
        file_name=name,
        entry=entry,
        part=part,
        newer=newer,
        corrected=bool(newer) and rules.is_corrected(newer["kind"]),
        editions=rules.editions(entry["address"], newer["address"]) if newer else None,
        changes=rules.changes_at(newer["kind"], newer["address"]) if newer else "",
        stone=await withdrawal_of(entry) if entry else None,
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
    """The public key that statements to residents and heads of the ledger are signed with."""
    return {"v": 1, "algorithm": "Ed25519", "key": public_key(), "how": rules.STATEMENTS}


router = Router("/", route_handlers=[verify_page, verify, key_as_json])
