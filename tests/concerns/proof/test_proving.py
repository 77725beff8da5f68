"""A resident who asked for it gets a statement, and anybody can check it, here or elsewhere."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import run

from concerns.steps import SAID, concern_of, raised
from scrutiny.concerns.proof.actions import public_key, statement
from scrutiny.kit.clock import today

BACK = "/concerns/return"
DOCS = Path(__file__).parents[3] / "docs" / "verifying-a-statement.md"


@pytest.fixture
def proved(cast):
    return raised(cast.lambeth, proof="yes")


def proof_of(receipt):
    return run(statement(concern_of(receipt)))


def test_only_who_asked_gets_one(browse, concern, proved):
    assert proof_of(concern) == ""
    assert "Proof that you sent it" not in browse().post(BACK, {"code": concern.code}).text
    reply = browse().post(f"{BACK}/statement", {"code": concern.code})
    assert "content-disposition" not in reply.headers
    assert "Proof that you sent it" in browse().post(BACK, {"code": proved.code}).text


def test_it_says_the_day_and_nothing_of_the_text(proved):
    found = json.loads(proof_of(proved))
    assert found["key"] == public_key()
    assert {**found["statement"], "salt": "", "text_sha256": ""} == {
        "v": 1,
        "panel": "lambeth",
        "reference": proved.reference,
        "day": today().isoformat(),
        "text_sha256": "",
        "salt": "",
    }
    assert "Zebedee" not in str(found)


def test_the_same_concern_always_gives_the_same_and_another_another(cast, proved):
    assert proof_of(proved) == proof_of(proved)
    twin = raised(cast.lambeth, proof="yes")
    salts = {json.loads(proof_of(one))["statement"]["salt"] for one in (proved, twin)}
    assert len(salts) == 2


def test_a_correction_leaves_it_as_it_was(browse, proved):
    before = proof_of(proved)
    more = {"code": proved.code, "kind": "corrected", "words": "On Tuesday.", "last": "0"}
    browse().post(f"{BACK}/more", more)
    assert proof_of(proved) == before


def test_it_can_be_downloaded(browse, proved):
    reply = browse().post(f"{BACK}/statement", {"code": proved.code})
    assert reply.headers["content-disposition"] == 'attachment; filename="statement.json"'
    assert reply.text == proof_of(proved)


def test_once_erased_it_is_gone_here_but_still_holds(browse, proved):
    kept = proof_of(proved)
    browse().post(f"{BACK}/withdrawal", {"code": proved.code, "sure": "yes"})
    assert proof_of(proved) == ""
    reply = browse().post("/verify", {"statement": kept, "text": SAID["words"]})
    assert "We signed this" in reply.text


def test_checked_here(browse, proved):
    kept = proof_of(proved)
    good = browse().post("/verify", {"statement": kept, "text": f"{SAID['words']}\r\n"})
    assert good.status_code == 200
    assert "We signed this" in good.text and "exactly the one that was sent" in good.text
    assert proved.reference in good.text
    assert "set-cookie" not in good.headers and good.headers["cache-control"] == "no-store"
    assert SAID["words"] not in good.text
    alone = browse().post("/verify", {"statement": kept})
    assert "You gave no text" in alone.text
    other = browse().post("/verify", {"statement": kept, "text": "Something else"})
    assert "The text is not the one that was sent" in other.text


def test_a_changed_one_is_found_out(browse, proved):
    changed = proof_of(proved).replace("lambeth", "hackney")
    reply = browse().post("/verify", {"statement": changed, "text": SAID["words"]})
    assert reply.status_code == 200
    assert "We did not sign this" in reply.text
    assert proved.reference not in reply.text


def test_what_is_no_statement_is_kept_in_the_form(browse, cast):
    reply = browse().post("/verify", {"statement": "hello", "text": "My own words"})
    assert reply.status_code == 422
    assert "This is not a statement of ours." in reply.text
    assert "My own words" in reply.text
    only_text = browse().post("/verify", {"text": "My own words"})
    assert only_text.status_code == 422


def test_the_key_is_published(browse, cast):
    reply = browse().get("/verify/key.json")
    assert reply.json()["key"] == public_key()
    assert "set-cookie" not in reply.headers
    assert public_key() in browse().get("/verify").text


@pytest.fixture
def files(tmp_path, proved):
    (tmp_path / "statement.json").write_text(proof_of(proved))
    (tmp_path / "words.txt").write_text(SAID["words"] + "\n")
    (tmp_path / "other.txt").write_text("Something else")
    return tmp_path


def check_alone(files, text, key):
    """The script of the documentation, run by itself."""
    (script,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL)
    (files / "check.py").write_text(script)
    command = [sys.executable, "-I", "check.py", "statement.json", text, key]
    return subprocess.run(command, cwd=files, capture_output=True, text=True, timeout=60)


def test_checked_with_the_script_of_the_documentation(files, proved):
    good = check_alone(files, "words.txt", public_key())
    assert (good.returncode, good.stderr) == (0, "")
    assert proved.reference in good.stdout
    assert "NOT the text" in check_alone(files, "other.txt", public_key()).stderr
    assert check_alone(files, "other.txt", public_key()).returncode == 1
    stranger = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert "NOT signed" in check_alone(files, "words.txt", stranger).stderr


def check_by_command(files, text, key):
    scrutiny = Path(sys.executable).with_name("scrutiny")
    command = [scrutiny, "verify-statement", "statement.json", "--text", text, "--key", key]
    env = {"SCRUTINY_DATA_DIR": str(files / "nothing"), "PATH": "/usr/bin:/bin"}
    how = {"cwd": files, "capture_output": True, "text": True, "timeout": 60, "env": env}
    return subprocess.run(command, **how)


def test_checked_with_the_command_and_no_database(files, proved):
    good = check_by_command(files, "words.txt", public_key())
    assert good.returncode == 0, good.stderr
    assert f"the text is the same: {proved.reference}" in good.stdout
    assert not (files / "nothing").exists()
    other = check_by_command(files, "other.txt", public_key())
    assert other.returncode == 1
    assert "this is not the text that was sent" in other.stderr
    assert "64 characters" in check_by_command(files, "words.txt", "zz").stderr
