"""The secret file: read again when it is replaced, never lost, never made anew over a loss."""

from dataclasses import replace

import pytest

from scrutiny.kit import seal
from scrutiny.kit.settings import BadSetting, settings


@pytest.fixture
def path(tmp_path, monkeypatch):
    """A secret file of this test alone."""
    found = tmp_path / "secret.json"
    monkeypatch.setattr(seal, "settings", lambda: replace(settings(), secret_file=found))
    monkeypatch.setattr(seal, "_held", {})
    return found


def test_a_running_process_sees_a_new_key_at_once(path):
    one = seal.seal("words", "here")
    assert one.startswith(seal.mark_of("k1"))
    assert seal.add_key(path) == "k2"
    two = seal.seal("words", "here")
    assert two.startswith(seal.mark_of("k2"))
    assert seal.unseal(one, "here") == seal.unseal(two, "here") == "words"


def test_what_is_sealed_again_opens_without_the_old_key(path):
    text, key = seal.seal("words", "here"), seal.wrap(b"k" * 32, "there")
    seal.add_key(path)
    text, key = seal.seal_again(text, "here"), seal.wrap_again(key, "there")
    seal.drop_key(path, "k1")
    assert seal.unseal(text, "here") == "words"
    assert seal.unwrap(key, "there") == b"k" * 32


def test_while_the_file_is_away_the_keys_stay_and_no_new_ones_are_made(path):
    sealed = seal.seal("words", "here")
    path.rename(path.with_suffix(".away"))
    assert seal.unseal(sealed, "here") == "words"
    assert not path.exists()


def test_only_an_old_key_can_be_dropped(path):
    seal.keys()
    for kid in ("k1", "k7"):
        with pytest.raises(BadSetting):
            seal.drop_key(path, kid)
