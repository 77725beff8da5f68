"""A setting that cannot be used stops every command with a sentence that names it."""

import socket
import threading

import pytest

from commands.operating import Operator

PASSWORD = "postgresql://nobody:open-sesame@127.0.0.1:1/x"


def test_a_wrong_setting_is_named(tmp_path):
    said = Operator(tmp_path, "commands_wrong").is_refused(
        "migrate", DEMO="1", BASE_URL="https://panel.example"
    )
    assert said.startswith("SCRUTINY_DEMO=1 lets anybody sign in as anybody")


@pytest.mark.parametrize("url", [PASSWORD, "sqlite:////etc/hostname", "sqlite:////tmp"])
def test_a_database_that_does_not_open_is_told_without_its_password(tmp_path, url):
    said = Operator(tmp_path, "commands_shut").is_refused("migrate", DATABASE_URL=url)
    assert said.startswith("The database that SCRUTINY_DATABASE_URL names cannot be used: ")
    assert "open-sesame" not in said


def test_the_secret_file_is_missed_once_there_are_people(site, tmp_path):
    away = tmp_path / "moved" / "secret.json"
    for words in (("serve",), ("sign-in-link", "grace@panel.test")):
        said = site.is_refused(*words, SECRET_FILE=str(away))
        assert said.startswith(f"The secret file {away} is missing, and this database needs it.")
    assert not away.parent.exists(), "no new secret was made in its place"
    away.parent.mkdir()
    away.write_text("{")
    assert "Restore it from your safe copy" in site.is_refused("serve", SECRET_FILE=str(away))


def test_what_must_be_mended_before_residents_come_is_listed(site):
    done = site.types("check", "--deploy")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "- SCRUTINY_BASE_URL must begin with https://.",
        "- SCRUTINY_BASE_URL must be the address that residents use.",
        "- SCRUTINY_SMTP_URL must be set, or nobody gets a letter or can sign in.",
        "- SCRUTINY_CLAMD must be set, or files that residents send are not scanned.",
        "- SCRUTINY_SECRET_FILE must be outside the data folder and its back-ups.",
    ]
    assert done.stderr == "Error: 5 things must be mended before residents use this.\n"


def test_a_site_with_nothing_to_mend_is_ready(site, tmp_path):
    kept = tmp_path / "secret.json"
    kept.write_bytes((site.home / "secret.json").read_bytes())
    kept.chmod(0o400)
    given = {
        "BASE_URL": "https://panel.example.org",
        "SMTP_URL": "smtps://mail.example.org",
        "SECRET_FILE": str(kept),
    }
    with socket.create_server(("127.0.0.1", 0)) as scanner:
        where = f"127.0.0.1:{scanner.getsockname()[1]}"
        threading.Thread(target=answer_ping, args=[scanner], daemon=True).start()
        assert site.does("check", "--deploy", CLAMD=where, **given) == "Ready.\n"
    assert site.types("check", "--deploy", CLAMD=where, **given).stdout == (
        f"- No clamd answers at {where}: files would all be held back.\n"
    )
    said = site.is_refused("check", "--deploy", CLAMD="clamd", **given)
    assert "SCRUTINY_CLAMD must be host:port or the path of clamd's socket" in said


def answer_ping(scanner: socket.socket) -> None:
    line, _ = scanner.accept()
    with line:
        if line.recv(100) == b"zPING\0":
            line.sendall(b"PONG\0")
