"""Proofs as anybody fetches them, checked with the script of docs/verify.md and with ours."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import run
from ledger.steps import publish

from scrutiny.cli import main

DOCS = Path(__file__).parents[2] / "docs"
TITLE = "Paper – naïve"


@pytest.fixture
def held(browse, cast, tmp_path):
    """What somebody has who fetched all of it: the third of five entries, and an old head."""
    run(publish(cast, "1", "2", TITLE, "4"))
    kept = browse().get("/ledger/heads.json").json()["heads"][1]
    run(publish(cast, "5"))
    (tmp_path / "minutes.pdf").write_bytes(TITLE.encode())
    (tmp_path / "proof.json").write_bytes(browse().get("/ledger/3/proof.json").content)
    (tmp_path / "head.json").write_text(json.dumps(kept))
    proof = browse().get(f"/ledger/consistency.json?first={kept['size']}")
    (tmp_path / "consistency.json").write_bytes(proof.content)
    (tmp_path / "key.txt").write_text(browse().get("/verify/key.json").json()["key"] + "\n")
    (tmp_path / "verify.py").write_bytes((DOCS / "verify.py").read_bytes())
    return tmp_path


def steps_of_the_page() -> list[str]:
    return re.findall(r"```sh\n(.*?)```", (DOCS / "verify.md").read_text(), re.S)


def does(folder: Path, step: str) -> subprocess.CompletedProcess:
    """A reader at a terminal: no settings, no database, no network."""
    env = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}/usr/bin:/bin", "LANG": "C.UTF-8"}
    words = ["bash", "-e", "-c", step]
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode == 0:
        words = ["unshare", "-rn", *words]
    return subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, timeout=60)


def test_the_page_is_followed_step_by_step(held):
    steps = steps_of_the_page()
    assert len(steps) == 4
    done = [does(held, step) for step in steps]
    assert [one.returncode for one in done] == [0] * 4, [one.stderr for one in done]
    digest = hashlib.sha256(TITLE.encode()).hexdigest()
    assert done[0].stdout.count(digest) == 2
    assert (done[1].stdout, done[1].stderr) == ("", "")
    assert done[2].stdout.startswith(f"Published: entry 3 of the ledger, {TITLE}, at /lambeth/")
    assert not (held / "var").exists()


def edited(path: Path, *keys: str, value) -> None:
    told = json.loads(path.read_text())
    place = told
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = value
    path.write_text(json.dumps(told))


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("entry", "title"), "Another"),
        (("entry", "address"), "/hackney/x"),
        (("entry", "at"), "2020-01-01T00:00:00.000000Z"),
        (("entry", "seq"), 4),
        (("entry", "salt"), "0" * 64),
        (("head", "root"), "0" * 64),
        (("head", "at"), "2020-01-01T00:00:00.000000Z"),
        (("head", "size"), 6),
        (("path",), []),
    ],
)
def test_a_proof_that_was_changed_holds_with_neither(held, keys, value):
    edited(held / "proof.json", *keys, value=value)
    script = steps_of_the_page()[1]
    assert does(held, script).returncode == 1
    assert check(held).exit_code == 1


def check(held: Path, key: str = ""):
    key = key or (held / "key.txt").read_text().strip()
    words = ["verify", str(held / "minutes.pdf"), "--proof", str(held / "proof.json")]
    return CliRunner().invoke(main, [*words, "--key", key])


def test_a_changed_file_and_another_key(held):
    assert check(held).exit_code == 0
    other = check(held, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    assert "The head was not signed with this key." in other.output
    assert "A public key has 64 characters" in check(held, "xyz").output
    (held / "minutes.pdf").write_bytes(b"Paper 2")
    assert "it was changed" in check(held).output
    assert does(held, steps_of_the_page()[1]).stderr == "It does not hold.\n"
    (held / "proof.json").write_text("[1]")
    assert "This is no proof of ours" in check(held).output


def test_a_head_that_does_not_go_on(held):
    edited(held / "head.json", "root", value="0" * 64)
    assert does(held, steps_of_the_page()[3]).returncode == 1


def test_half_of_what_it_needs(held):
    words = ["verify", str(held / "minutes.pdf"), "--key", "0" * 64]
    assert CliRunner().invoke(main, words).exit_code == 2


def test_proofs_for_each_size_and_of_what_is_not_there(browse, cast):
    run(publish(cast, "1", "2", "3"))
    assert browse().get("/ledger/1/proof.json").json()["size"] == 3
    assert browse().get("/ledger/2/proof.json?size=2").json()["head"]["size"] == 2
    for path in (
        *("/ledger/4/proof.json", "/ledger/0/proof.json", "/ledger/3/proof.json?size=2"),
        *("/ledger/1/proof.json?size=99", "/ledger/consistency.json?first=3&second=2"),
        *("/ledger/consistency.json?first=-1", f"/ledger/{'9' * 30}", "/ledger/4"),
    ):
        assert browse().get(path).status_code == 404, path
    assert browse().get("/ledger/x").status_code == 404
    assert browse().get("/ledger/consistency.json").json()["second"]["size"] == 3


def test_each_entry_has_a_page(browse, cast):
    run(publish(cast, "one.pdf?edition=1", "one.pdf?edition=2"))
    first, second = browse().get("/ledger/1"), browse().get("/ledger/2")
    assert first.headers["x-published"] == "1"
    assert "There is a newer one" in first.text
    assert 'href="/lambeth/one"' in first.text
    assert "The newest edition" in second.text
    assert 'href="/ledger/2/proof.json"' in second.text
