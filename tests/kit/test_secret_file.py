"""The secret file: made once, for its owner alone, and told of when it cannot be used."""

import json
import stat

import pytest

from scrutiny.commands.deploying import faults
from scrutiny.kit.seal import new_key_file, read_keys
from scrutiny.kit.settings import BadSetting, read

KEY = "ab" * 32
WHOLE = {"current": "k1", "keys": {"k1": KEY}, "pepper": KEY}


def test_it_is_made_for_its_owner_alone(tmp_path):
    path = tmp_path / "keys" / "secret.json"
    new_key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    found = read_keys(path)
    assert (found.current, len(found.keys["k1"]), len(found.pepper)) == ("k1", 32, 32)


def test_an_old_one_is_never_written_over(tmp_path):
    path = tmp_path / "secret.json"
    new_key_file(path)
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        new_key_file(path)
    assert path.read_bytes() == before


def test_two_are_never_alike(tmp_path):
    for name in ("one", "two"):
        new_key_file(tmp_path / name)
    one, two = read_keys(tmp_path / "one"), read_keys(tmp_path / "two")
    assert one.pepper != two.pepper
    assert one.keys != two.keys


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{",
        "[]",
        '"text"',
        json.dumps({}),
        json.dumps(WHOLE | {"keys": {"k1": "not hexadecimal"}}),
        json.dumps(WHOLE | {"keys": ["k1"]}),
        json.dumps(WHOLE | {"keys": {"k1": 7}}),
        json.dumps(WHOLE | {"pepper": None}),
    ],
)
def test_one_that_cannot_be_read_is_told_of(tmp_path, written):
    path = tmp_path / "secret.json"
    path.write_text(written)
    with pytest.raises(BadSetting, match=r"cannot be read .* Restore it from your safe copy"):
        read_keys(path)


def test_bytes_that_are_no_text_and_no_file_at_all_are_told_of(tmp_path):
    path = tmp_path / "secret.json"
    with pytest.raises(BadSetting, match="FileNotFoundError"):
        read_keys(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadSetting, match="UnicodeDecodeError"):
        read_keys(path)


@pytest.mark.parametrize(
    "changed",
    [
        {"current": "k2"},
        {"keys": {}},
        {"keys": {"k1": KEY, "k2": KEY[:20]}},
        {"pepper": KEY[:20]},
    ],
)
def test_one_with_a_part_missing_is_not_complete(tmp_path, changed):
    path = tmp_path / "secret.json"
    path.write_text(json.dumps(WHOLE | changed))
    with pytest.raises(BadSetting, match="is not complete"):
        read_keys(path)


REAL = {
    "SCRUTINY_BASE_URL": "https://panel.example.org",
    "SCRUTINY_SMTP_URL": "smtp://mail",
    "SCRUTINY_CLAMD": "127.0.0.1:3310",
}


def told_of(path, data_dir) -> list[str]:
    given = {"SCRUTINY_SECRET_FILE": str(path), "SCRUTINY_DATA_DIR": str(data_dir)}
    return faults(read(REAL | given))


def test_others_may_not_read_it(tmp_path):
    path = tmp_path / "secret.json"
    new_key_file(path)
    assert told_of(path, tmp_path / "data") == []
    path.chmod(0o640)
    assert told_of(path, tmp_path / "data") == [
        f"{path} must be readable by its owner alone (chmod 400)."
    ]


def test_it_may_not_lie_with_the_data(tmp_path):
    path = tmp_path / "secret.json"
    new_key_file(path)
    assert told_of(path, tmp_path) == [
        "SCRUTINY_SECRET_FILE must be outside the data folder and its back-ups."
    ]


def test_one_that_is_missing_or_broken_is_not_ready(tmp_path):
    path = tmp_path / "secret.json"
    assert "does not exist yet" in told_of(path, tmp_path / "data")[0]
    path.write_text("{")
    path.chmod(0o600)
    assert "cannot be read" in told_of(path, tmp_path / "data")[0]
