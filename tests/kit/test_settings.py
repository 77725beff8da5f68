"""The settings are read once, and a wrong one is told in a sentence that names it."""

from pathlib import Path

import pytest

from scrutiny.kit.settings import BadSetting, read


def test_nothing_is_needed_to_begin():
    found = read({})
    assert found.data_dir == Path("var").resolve()
    assert found.database_url == f"sqlite:///{found.data_dir}/scrutiny.sqlite"
    assert found.secret_file == found.data_dir / "secret.json"
    assert (found.base_url, found.smtp_url, found.demo) == ("http://127.0.0.1:8000", "", False)
    assert (found.secure, found.host) == (False, "127.0.0.1")


def test_what_is_set_is_taken():
    found = read(
        {
            "SCRUTINY_DATA_DIR": "/srv/scrutiny",
            "SCRUTINY_DATABASE_URL": "postgresql://scrutiny@/scrutiny?host=/run/postgresql",
            "SCRUTINY_BASE_URL": "https://panel.example.org/",
            "SCRUTINY_SECRET_FILE": "/etc/scrutiny/secret.json",
            "SCRUTINY_SMTP_URL": "smtps://user:pass%40word@mail.example.org:465",
        }
    )
    assert found.database_url == "postgresql://scrutiny@/scrutiny?host=/run/postgresql"
    assert (found.base_url, found.host, found.secure) == (
        "https://panel.example.org",
        "panel.example.org",
        True,
    )
    assert found.secret_file == Path("/etc/scrutiny/secret.json")
    assert found.smtp_url.startswith("smtps://")


@pytest.mark.parametrize("name", ["DATA_DIR", "DATABASE_URL", "BASE_URL", "SECRET_FILE", "DEMO"])
def test_an_empty_one_is_as_good_as_none(name):
    assert read({f"SCRUTINY_{name}": ""}) == read({})


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE_URL", "mysql://x", "must begin with sqlite:/// or postgresql://"),
        ("DATABASE_URL", "sqlite:///", "must begin with sqlite:/// or postgresql://"),
        ("DATABASE_URL", "sqlite:x.sqlite", "must begin with sqlite:/// or postgresql://"),
        ("BASE_URL", "panel.example.org", "the address people use, without a path"),
        ("BASE_URL", "ftp://panel.example.org", "the address people use, without a path"),
        ("BASE_URL", "https://panel.example.org/panel", "without a path"),
        ("BASE_URL", "https://panel.example.org?x=1", "without a path"),
        ("BASE_URL", "https://panel.example.org#x", "without a path"),
        ("BASE_URL", "https://ada@panel.example.org", "without a path"),
        ("BASE_URL", "https://panel.example.org:99999", "the address people use"),
        ("BASE_URL", "https://panel.example.org:port", "the address people use"),
        ("BASE_URL", "https://[panel", "the address people use"),
        ("BASE_URL", "https://", "the address people use"),
        ("SMTP_URL", "mail.example.org", "must begin with smtp:// or smtps://"),
        ("SMTP_URL", "smtp://", "name a host"),
        ("SMTP_URL", "smtp://mail.example.org:port", "for example smtps://"),
        ("SMTP_URL", "smtp://mail.example.org/inbox", "for example smtps://"),
        ("DEMO", "yes", "write 1 for yes or 0 for no"),
        ("DEMO", "true", "write 1 for yes or 0 for no"),
    ],
)
def test_a_wrong_one_is_named_with_what_to_write(name, value, said):
    with pytest.raises(BadSetting) as wrong:
        read({f"SCRUTINY_{name}": value})
    assert f"SCRUTINY_{name}" in str(wrong.value)
    assert said in str(wrong.value)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("https://panel.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("http://0.0.0.0:8000", False),
        ("http://192.168.1.10", False),
    ],
)
def test_the_demo_stays_on_this_machine(address, allowed):
    given = {"SCRUTINY_DEMO": "1", "SCRUTINY_BASE_URL": address}
    if allowed:
        assert read(given).demo
        return
    with pytest.raises(BadSetting, match="lets anybody sign in as anybody"):
        read(given)
