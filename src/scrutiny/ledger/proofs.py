"""Proofs as files: what stands in proof.json and consistency.json, and checking one without us."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from scrutiny.kit.errors import NotNow, Unreadable
from scrutiny.kit.site_key import is_signed, public_key
from scrutiny.ledger import merkle, rules
from scrutiny.ledger.heads import as_plain, from_plain
from scrutiny.ledger.queries import Tree
from scrutiny.ledger.rules import SignedHead

TEXT = ("at", "panel", "kind", "address", "title", "sha256", "salt")
DIGEST = re.compile("[0-9a-f]{64}")
NO_PROOF = "This is no proof of ours: fetch proof.json again from the entry's page."


def entry_as_plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """What of an entry goes into its leaf; of a withdrawn one only the sealed part is left."""
    told = {name: row[name] for name in ("seq", "kind", "address", "title", "sha256", "salt")}
    return {
        **told,
        "at": rules.moment(row["at"]),
        "panel": str(row["panel"]),
        "sealed": row["sealed"],
        "leaf": rules.leaf(row).hex(),
    }


def tree_as_plain(tree: Tree) -> dict[str, Any]:
    return {
        "size": tree.size,
        "root": tree.root,
        "head": as_plain(tree.head) if tree.head else None,
    }


def inclusion_as_plain(
    row: Mapping[str, Any], path: Sequence[str], tree: Tree, key: str
) -> dict[str, Any]:
    entry = {"entry": entry_as_plain(row), "path": list(path)}
    return {"v": 1, "proof": "inclusion", **entry, **tree_as_plain(tree), "key": key}


def consistency_as_plain(
    path: Sequence[str], first: Tree, second: Tree, key: str
) -> dict[str, Any]:
    trees = {"first": tree_as_plain(first), "second": tree_as_plain(second)}
    return {"v": 1, "proof": "consistency", **trees, "path": list(path), "key": key}


def check_inclusion(published: bytes, text: str, key: str) -> tuple[dict[str, Any], SignedHead]:
    """(entry, signed head): these bytes are the entry's, and it is in the tree that was signed.

    `text` is a proof.json, `key` the site's public key in hexadecimal; the key in the file proves
    nothing and is not looked at. Raises NotNow with the first thing that does not hold, Unreadable
    when it is no proof, ValueError when `key` is no key.
    """
    public = public_key(key)
    entry, path, head = _read(text)
    if hashlib.sha256(published).hexdigest() != entry["sha256"]:
        raise NotNow("The file is not the one that this proof is about: it was changed.")
    sealed = rules.sealed(entry["salt"], entry["sha256"], entry["title"])
    leaf = rules.leaf({**entry, "sealed": sealed})
    root = merkle.root_from(leaf, entry["seq"] - 1, head.size, path)
    if root is None or root.hex() != head.root:
        raise NotNow("The proof does not lead from this file to the signed head.")
    if not is_signed(head.message, bytes.fromhex(head.signature), public):
        raise NotNow("The head was not signed with this key.")
    return entry, head


def _read(text: str) -> tuple[dict[str, Any], list[bytes], SignedHead]:
    try:
        told = json.loads(text)
        entry = {name: told["entry"][name] for name in ("seq", *TEXT)}
        path = [bytes.fromhex(one) for one in told["path"]]
        head = told["head"]
        right = type(entry["seq"]) is int and all(type(entry[name]) is str for name in TEXT)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Unreadable(NO_PROOF) from None
    if not right or any(len(one) != 32 for one in path) or not isinstance(head, dict):
        raise Unreadable(NO_PROOF)
    if not DIGEST.fullmatch(entry["salt"]) or not DIGEST.fullmatch(entry["sha256"]):
        raise Unreadable("This entry was withdrawn, so no file can be held against it any more.")
    return entry, path, from_plain(head)
