"""Checks a publication with Python and openssl alone, as verify.md says. Shares no code with us."""

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

OPENSSL = "openssl pkeyutl -verify -pubin -rawin -keyform DER -inkey key -in text -sigfile signed"


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root(leaf, place, size, path):  # RFC 6962, 2.1.1
    if size == 1:
        return leaf
    half = 1 << ((size - 1).bit_length() - 1)
    if place < half:
        return sha(b"\1", root(leaf, place, half, path[:-1]), path[-1])
    return sha(b"\1", path[-1], root(leaf, place - half, size - half, path[:-1]))


def roots(first, second, path, old):  # RFC 6962, 2.1.2: of the first tree, and of the second
    if first == second:
        return (old or path[0],) * 2
    half = 1 << ((second - 1).bit_length() - 1)
    if first <= half:
        one, two = roots(first, half, path[:-1], old)
        return one, sha(b"\1", two, path[-1])
    one, two = roots(first - half, second - half, path[:-1], None)
    return sha(b"\1", path[-1], one), sha(b"\1", path[-1], two)


def signed(head, key):  # Ed25519; the hexadecimal in front makes a key file of the bare key
    text = "scrutiny-head 1\n{size}\n{root}\n{at}\n{record}\n".format(**head)
    given = {"key": "302a300506032b6570032100" + key, "signed": head["signature"]}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in {**given, "text": text.encode().hex()}.items():
            Path(folder, name).write_bytes(bytes.fromhex(content))
        return subprocess.run(OPENSSL.split(), cwd=folder, capture_output=True).returncode == 0


what, key, *files = sys.argv[1:]
about, proof = (Path(one).read_bytes() for one in files)
path = [bytes.fromhex(one) for one in json.loads(proof)["path"]]
if what == "file":
    entry, head = (json.loads(proof)[name] for name in ("entry", "head"))
    sealed = sha(bytes.fromhex(entry["salt"]), sha(about), entry["title"].encode()).hex()
    text = "scrutiny-entry 1\n{seq}\n{at}\n{panel}\n{kind}\n{address}\n".format(**entry) + sealed
    leaf = sha(b"\0", text.encode(), b"\n")
    good = root(leaf, entry["seq"] - 1, head["size"], path).hex() == head["root"]
else:  # "head": one that was kept, as it stands in heads.json or in a letter
    kept, head = json.loads(about), json.loads(proof)["second"]["head"]
    both = roots(kept["size"], head["size"], path, bytes.fromhex(kept["root"]))
    good = [one.hex() for one in both] == [kept["root"], head["root"]] and signed(kept, key)
sys.exit(None if good and signed(head, key) else "It does not hold.")
