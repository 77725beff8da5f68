"""The settings: read once from the environment, checked, and never changed."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

LONGEST_HOLD = 1_440  # minutes: a day
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class BadSetting(Exception):
    """A setting that cannot be used; the message names it and says what to write."""


@dataclass(frozen=True)
class Settings:
    database_url: str
    data_dir: Path
    base_url: str
    secret_file: Path
    smtp_url: str
    demo: bool
    clamd: str = ""
    """Where files that residents send are scanned: host:port, or the path of a socket."""
    inbox: str = ""
    """A folder into which the post lays answers to invitations: a Maildir, or one of .eml files."""
    inbound_smtp: str = ""
    """host:port on which answers to invitations are taken by SMTP."""
    hold_minutes: int = 15
    """For how long what is published can be called back before anybody sees it."""
    signing_keys: Path | None = None
    """A folder with the keys that sign published documents: see kit/signing.py."""

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""


def read(env: Mapping[str, str]) -> Settings:
    """Settings from environment variables. Raises BadSetting with a sentence."""
    data_dir = Path(env.get("SCRUTINY_DATA_DIR") or "var").resolve()
    found = Settings(
        database_url=env.get("SCRUTINY_DATABASE_URL") or f"sqlite:///{data_dir}/scrutiny.sqlite",
        data_dir=data_dir,
        base_url=(env.get("SCRUTINY_BASE_URL") or "http://127.0.0.1:8000").rstrip("/"),
        secret_file=Path(env.get("SCRUTINY_SECRET_FILE") or data_dir / "secret.json"),
        smtp_url=env.get("SCRUTINY_SMTP_URL") or "",
        demo=_switch(env, "SCRUTINY_DEMO"),
        clamd=env.get("SCRUTINY_CLAMD") or "",
        inbox=env.get("SCRUTINY_INBOX") or "",
        inbound_smtp=env.get("SCRUTINY_INBOUND_SMTP") or "",
        hold_minutes=_minutes(env, "SCRUTINY_HOLD_MINUTES", 15),
        signing_keys=_folder(env, "SCRUTINY_SIGNING_KEYS"),
    )
    _check(found)
    return found


def _folder(env: Mapping[str, str], name: str) -> Path | None:
    return Path(env[name]).resolve() if env.get(name) else None


def _switch(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "0")
    if value not in ("", "0", "1"):
        raise BadSetting(f"{name} is {value!r}; write 1 for yes or 0 for no.")
    return value == "1"


def _minutes(env: Mapping[str, str], name: str, usual: int) -> int:
    value = env.get(name) or str(usual)
    if not (value.isascii() and value.isdecimal() and int(value) <= LONGEST_HOLD):
        raise BadSetting(f"{name} is {value!r}; write whole minutes from 0 to {LONGEST_HOLD}.")
    return int(value)


def _check(found: Settings) -> None:
    _check_database(found.database_url)
    url = _address(found.base_url)
    if url is None or url.scheme not in ("http", "https") or not url.hostname or _goes_on(url):
        raise BadSetting(
            "SCRUTINY_BASE_URL must be the address people use, without a path, "
            "for example https://scrutiny.example.org."
        )
    if found.demo and url.hostname not in LOOPBACK:
        raise BadSetting(
            "SCRUTINY_DEMO=1 lets anybody sign in as anybody, so it only works "
            "when SCRUTINY_BASE_URL is on 127.0.0.1 or localhost."
        )
    if found.smtp_url:
        _check_post(found.smtp_url)
    if found.clamd:
        _check_scanner(found.clamd)
    if found.signing_keys is not None and not found.signing_keys.is_dir():
        raise BadSetting("SCRUTINY_SIGNING_KEYS must be a folder, for example /etc/scrutiny/keys.")
    if found.inbound_smtp and not is_endpoint(found.inbound_smtp):
        raise BadSetting("SCRUTINY_INBOUND_SMTP must be host:port, for example 127.0.0.1:8025.")


def _check_database(url: str) -> None:
    if not url.startswith(("sqlite:///", "postgresql://")) or url == "sqlite:///":
        raise BadSetting(
            "SCRUTINY_DATABASE_URL must begin with sqlite:/// or postgresql://, "
            "for example sqlite:////srv/scrutiny/scrutiny.sqlite."
        )


def _check_post(smtp_url: str) -> None:
    url = _address(smtp_url)
    known = url is not None and url.scheme in ("smtp", "smtps")
    if not known or not url.hostname or url.path.strip("/") or url.query or url.fragment:
        raise BadSetting(
            "SCRUTINY_SMTP_URL must begin with smtp:// or smtps:// and name a host, "
            "for example smtps://user:password@mail.example.org:465."
        )


def is_endpoint(text: str) -> bool:
    url = _address(f"tcp://{text}")
    return url is not None and bool(url.hostname and url.port)


def _check_scanner(clamd: str) -> None:
    if not clamd.startswith("/") and not is_endpoint(clamd):
        raise BadSetting(
            "SCRUTINY_CLAMD must be host:port or the path of clamd's socket, "
            "for example /run/clamav/clamd.ctl."
        )


def _address(url: str) -> SplitResult | None:
    """The parts of an address, or None where it, or its port, cannot be read."""
    try:
        found = urlsplit(url)
        return None if found.port == 0 else found
    except ValueError:
        return None


def _goes_on(url: SplitResult) -> bool:
    """Whether there is more to it than scheme, host and port."""
    return bool(url.path or url.query or url.fragment or "@" in url.netloc)


@cache
def settings() -> Settings:
    return read(os.environ)
