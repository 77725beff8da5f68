from typing import Any

from litestar import Response, Router, get
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from msgspec import json

from scrutiny.kit.errors import Missing
from scrutiny.kit.seal import keys
from scrutiny.kit.settings import settings
from scrutiny.kit.site_key import public_hex, signing_key
from scrutiny.ledger import proofs, queries
from scrutiny.ledger.queries import PAGE
from scrutiny.ledger.rules import told_by
from scrutiny.policy import Act
from scrutiny.verifying import rules
from scrutiny.web.pages import page
from scrutiny.web.visit import visit


@get("/ledger", act=Act.ANYONE)
async def ledger(before: FromQuery[int] = 0) -> Template:
    found = await queries.entries(rules.place(before))
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
    found = await queries.entries(rules.place(before))
    base, older = settings().base_url, rules.older_than(found, PAGE)
    body = {
        "how": rules.METHOD,
        "entries": [rules.entry(row, proofs.entry_as_plain(row), base) for row in found],
        "next": f"{base}/ledger.json?before={older}" if older else None,
    }
    kept = {"x-published": "1"} if visit().person is None else {}
    return _json(body, kept)


@get("/ledger/{seq:int}", act=Act.ANYONE)
async def entry(seq: FromPath[int]) -> Template:
    found = await queries.entry(seq)
    newer = await queries.newest_of(found)
    return page(
        "verifying/entry.html",
        published=True,
        entry=found,
        newer=newer,
        changes=rules.changes_at(newer["kind"], newer["address"]) if newer else "",
        stone=await queries.withdrawal_of(found),
        told=told_by(found["note"]),
        signed=await queries.head_of(seq),
    )


@get("/ledger/{seq:int}/withdrawal.json", act=Act.ANYONE)
async def tombstone(seq: FromPath[int]) -> Response[bytes]:
    """The bytes that were entered in place of what was withdrawn."""
    found = await queries.entry(seq)
    if not found["note"]:
        raise Missing("This entry withdraws nothing.")
    return Response(found["note"].encode(), media_type="application/json")


@get("/ledger/{seq:int}/proof.json", act=Act.ANYONE)
async def proof(seq: FromPath[int], size: FromQuery[int] = 0) -> Response[bytes]:
    """That the entry is among the first `size`, or among those of the newest signed head."""
    found = await queries.entry(seq)
    path, tree = await queries.inclusion(seq, size if size > 0 else None)
    return _json(proofs.inclusion_as_plain(found, path, tree, _key()))


@get("/ledger/consistency.json", act=Act.ANYONE)
async def consistency(first: FromQuery[int] = 0, second: FromQuery[int] = 0) -> Response[bytes]:
    """That the first `second` entries begin with the same `first` ones; by default all, and 1."""
    newest = await queries.newest_head()
    most = newest.size if newest else 0
    path, old, new = await queries.consistency(first or 1, second or most)
    return _json(proofs.consistency_as_plain(path, old, new, _key()))


def _key() -> str:
    return public_hex(signing_key(keys().pepper))


def _json(body: dict[str, Any], headers: dict[str, str] | None = None) -> Response[bytes]:
    return Response(
        json.format(json.encode(body)), media_type="application/json", headers=headers or {}
    )


router = Router("/", route_handlers=[ledger, ledger_as_json, entry, tombstone, proof, consistency])
