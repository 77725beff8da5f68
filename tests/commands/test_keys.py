"""The host's keys: a new one, everything sealed again under it, also after a kill, the old gone."""

import json
import os
import re
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from databases import on_postgres

from commands.operating import GRACE, PANEL, Operator

TESTS = Path(__file__).parents[1]
WHOLE = 3
"""Concerns sent with all that hangs on them."""


def fill(site: Operator, concerns: int, keys: int) -> list[str]:
    env = site.env | {"PYTHONPATH": os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])}
    program = str(TESTS / "commands" / "with_concerns.py")
    done = subprocess.run(
        [sys.executable, program, str(concerns), str(keys)],
        env=env, capture_output=True, text=True, timeout=100,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def made(tmp_path_factory, name: str, concerns: int, keys: int) -> Operator:
    site = Operator(tmp_path_factory.mktemp("keys") / name, f"keys_{name}")
    for words in (("migrate",), PANEL, GRACE):
        site.does(*words)
    fill(site, concerns, keys)
    return site


@pytest.fixture(scope="module")
def held(tmp_path_factory) -> Operator:
    """A site with a few concerns and the keys of many more."""
    return made(tmp_path_factory, "held", WHOLE, 2_000)


def ring(site: Operator) -> dict:
    return json.loads((site.home / "secret.json").read_text())


def left(said: str, kid: str) -> int:
    found = re.search(rf"{kid}: (none|[\d,]+) left", said)[1]
    return 0 if found == "none" else int(found.replace(",", ""))


def test_a_new_key_is_added_and_no_old_one_is_lost(tmp_path):
    site = Operator(tmp_path / "new", "keys_new")
    site.does("migrate")
    before = ring(site)
    said = site.does("keys", "new")
    assert said.startswith("k2 is the key from now on")
    after = ring(site)
    assert after["current"] == "k2" and after["pepper"] == before["pepper"]
    assert after["keys"]["k1"] == before["keys"]["k1"] != after["keys"]["k2"]
    assert stat.S_IMODE((site.home / "secret.json").stat().st_mode) == 0o600
    assert [path.name for path in site.home.iterdir() if "secret" in path.name] == ["secret.json"]
    assert "none left" in site.does("keys", "rotate")
    assert site.does("keys", "forget", "k1").startswith("Forgot k1.")
    assert list(ring(site)["keys"]) == ["k2"]
    assert site.does("keys", "new").startswith("k3 "), "no name is given twice"
    assert "is the current key" in site.is_refused("keys", "forget", "k3")
    assert "no key k1" in site.is_refused("keys", "forget", "k1")


def test_two_at_once_lose_none(tmp_path):
    site = Operator(tmp_path / "two", "keys_two")
    site.does("migrate")
    both = [threading.Thread(target=site.does, args=("keys", "new")) for _ in range(3)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert list(ring(site)["keys"]) == ["k1", "k2", "k3", "k4"]


def test_a_rotation_that_was_killed_is_taken_up_again(held):
    held.does("keys", "new")
    refused = held.is_refused("keys", "forget", "k1")
    assert f"{2_000 + WHOLE:,} in concern_key" in refused and "in letter" in refused

    with subprocess.Popen(
        [sys.executable, "-m", "scrutiny", "keys", "rotate"],
        env=held.env, stdout=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        assert running.stdout.readline().startswith("concern_key: ")
        running.kill()
    assert running.returncode == -9
    midway = held.is_refused("keys", "forget", "k1")
    found = re.search(r"([\d,]+) in concern_key", midway)
    assert found and 0 < int(found[1].replace(",", "")) < 2_000, midway

    said = held.does("keys", "rotate")
    assert left(said, "k1") == 0
    assert "Sealed 0 values again" in held.does("keys", "rotate")
    held.does("keys", "forget", "k1")
    assert all_readable(held)


def all_readable(site: Operator) -> bool:
    program = (
        "import asyncio\n"
        "from scrutiny.concerns import parts, queries\n"
        "from scrutiny.concerns.tables import Concern, ConcernKey\n"
        "from scrutiny.letters.queries import newest\n"
        "async def read():\n"
        "    for one in await Concern.objects(Concern.panel):\n"
        "        assert 'Zebedee' in (await queries.opened(one)).words\n"
        "    for row in await ConcernKey.select(): await parts.key_of(row['id'])\n"
        "    print(len(await newest()), await ConcernKey.count())\n"
        "asyncio.run(read())\n"
    )
    env = site.env | {"PYTHONPATH": str(TESTS.parent / "src")}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    letters, keys = map(int, done.stdout.split())
    return letters >= WHOLE and keys == 2_000 + WHOLE


def test_what_cannot_be_opened_is_told_of_and_left(tmp_path_factory):
    site = made(tmp_path_factory, "spoilt", 1, 1)
    junk = "'\\x01026b31ff'" if on_postgres() else "x'01026b31ff'"
    site.sql(f"UPDATE letter SET sealed = {junk}")
    site.does("keys", "new")
    assert "1 could not be opened" in site.is_refused("keys", "rotate")
    assert "k1 is still needed: 1 in letter" in site.is_refused("keys", "forget", "k1")


def test_keys_of_concerns_are_beside_the_copy_and_not_in_it(held, tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    old = [folder / f"scrutiny-20260101T000000Z.{end}" for end in ("keys", "keys.part", "part")]
    for path in old:
        path.write_bytes(b"old")
    held.does("backup", str(folder))
    assert [path for path in old if path.exists()] == [], "older than seven days, or cut short"
    (apart,) = folder.glob("*.keys")
    (copy,) = [path for path in folder.iterdir() if path.suffix in (".sqlite", ".pgdump")]
    assert b"concern_key" in apart.read_bytes()

    there = held.moved("keys_there")
    assert "no longer" not in there.does("restore", str(folder))
    assert all_readable(there)
    held.does("backup", str(folder))
    assert apart.exists(), "younger than seven days"

    for path in folder.glob("*.keys"):
        path.unlink()
    gone = held.moved("keys_gone")
    assert f"{WHOLE} concerns can no longer be opened" in gone.does("restore", str(folder))
    assert copy.exists()


def test_no_byte_of_a_key_is_in_the_copy(held, tmp_path):
    if on_postgres():
        pytest.skip("a dump is compressed: what it restores is looked at above")
    held.does("backup", str(tmp_path / "c"))
    (copy,) = (tmp_path / "c").glob("*.sqlite")
    (apart,) = (tmp_path / "c").glob("*.keys")
    kid = ring(held)["current"].encode()
    mark = bytes([1, len(kid)]) + kid
    assert apart.read_bytes().count(mark) == 2_000 + WHOLE
    assert 0 < copy.read_bytes().count(mark) < 100, "letters alone"


def test_a_file_of_keys_that_was_changed_is_not_believed(held, tmp_path):
    held.does("backup", str(tmp_path / "c"))
    (apart,) = (tmp_path / "c").glob("*.keys")
    data = bytearray(apart.read_bytes())
    data[len(data) // 2] ^= 1
    apart.write_bytes(data)
    said = held.is_refused("restore", str(tmp_path / "c"), "--verify")
    assert said == f"{apart.name} is not what was written: its bytes have changed."


def test_every_place_that_seals_is_known_to_the_rotation():
    """A new use of seal() or wrap() belongs into SEALED of commands/rewrapping.py, and here."""
    src = TESTS.parent / "src" / "scrutiny"
    uses = re.compile(r"(?<![\w.])(?:seal|wrap)\(")
    found = {
        str(path.relative_to(src)) for path in src.rglob("*.py") if uses.search(path.read_text())
    }
    assert found - {"kit/seal.py"} == {
        "accounts/factors/actions.py",
        "agendas/packs/binding.py",
        "agendas/papers/washing.py",
        "archive/reading.py",
        "redaction/putting.py",
        "redaction/queries.py",
        "redaction/shelf.py",
        "agendas/questions/actions.py",
        "concerns/parts.py",
        "concerns/vault/actions.py",
        "letters/actions.py",
        "meetings/registration/actions.py",
        "membership/needs/actions.py",
        "verifying/heads/actions.py",
        "membership/recruitment/applying/actions.py",
        "membership/recruitment/choosing/actions.py",
        "membership/recruitment/scoring/actions.py",
    }
