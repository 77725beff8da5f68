"""What a fault in a library written in C could reach from within the cleaner: nothing of ours."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scrutiny.concerns.evidence import cleaner, fence
from scrutiny.concerns.evidence.washing import SOURCE

BREAK_OUT = """
import ctypes, json, os, sys
from scrutiny.concerns.evidence import cleaner
cleaner.narrow()
libc = ctypes.CDLL(None)
code, secret, made, parent = sys.argv[1:]
print(json.dumps([
    libc.open(code.encode(), os.O_RDONLY) >= 0,
    libc.open(secret.encode(), os.O_RDONLY) >= 0,
    libc.open(made.encode(), os.O_RDWR | os.O_CREAT, 0o600) >= 0,
    libc.open(f"/proc/{parent}/environ".encode(), os.O_RDONLY) >= 0,
    libc.unlink(secret.encode()) == 0,
]))
"""


@pytest.fixture
def kernel():
    asked = [sys.executable, "-c", "from scrutiny.concerns.evidence.fence import *;"
             "sys.exit(0 if fence(places()) else 9)"]  # fmt: skip
    if subprocess.run(asked, env=os.environ | {"PYTHONPATH": str(SOURCE)}).returncode == 9:
        pytest.skip("this kernel has no Landlock: the other walls are tested elsewhere")


def test_native_code_opens_libraries_and_nothing_else(tmp_path, kernel):
    secret, made = tmp_path / "secret.json", tmp_path / "made"
    secret.write_text("the host's keys")
    tried = (str(Path(cleaner.__file__)), str(secret), str(made), str(os.getpid()))
    done = subprocess.run(
        [sys.executable, "-c", BREAK_OUT, *tried],
        env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert json.loads(done.stdout) == [True, False, False, False, False], done.stderr
    assert secret.read_text() == "the host's keys" and not made.exists()


def test_where_the_kernel_has_none_it_says_so(monkeypatch):
    monkeypatch.setattr(fence, "CREATE", 9_999)
    assert fence.fence([]) is False
