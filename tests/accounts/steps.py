"""Somebody at their own browser: it keeps cookies and reads the letters that came for them."""

import re
import time
from contextlib import contextmanager
from http.cookies import SimpleCookie

import pyotp
import pytest
from conftest import run

from scrutiny.accounts.factors import actions as factors
from scrutiny.kit.db import database, writes
from scrutiny.kit.seal import keys
from scrutiny.kit.tokens import keyed_hash
from scrutiny.letters.queries import newest
from scrutiny.people.actions import end_session
from scrutiny.people.tables import Person
from scrutiny.record.tables import Event

CODES: dict[str, factors.Codes] = {}
"""Made once for each of the cast, because ten slow hashes are slow."""


def got(query):
    """What the database answers."""

    async def ask():
        return await query

    return run(ask())


class Visitor:
    """A browser of its own, which sends what a page of ours would send."""

    def __init__(self, client) -> None:
        self.client, self.jar = client, {}

    def _ask(self, method: str, path: str, **how):
        self.client.cookies.clear()
        for name, value in self.jar.items():
            self.client.cookies.set(name, value)
        reply = self.client.request(method, path, follow_redirects=False, **how)
        for line in reply.headers.get_list("set-cookie"):
            for name, found in SimpleCookie(line).items():
                self.jar[name] = found.value
                if not found.value:
                    del self.jar[name]
        return reply

    def get(self, path: str, **how):
        return self._ask("GET", path, **how)

    def post(self, path: str, data: dict | None = None, **how):
        return self._ask("POST", path, data={"_csrf": self.token(), **(data or {})}, **how)

    def token(self) -> str:
        key = self.jar.get("__Host-sid", "")
        return keyed_hash(keys().pepper, "csrf", key) if key else ""

    def options(self, path: str) -> str:
        """What the passkey script fetches before it asks the browser."""
        return self._ask("POST", path, headers={"x-csrf": self.token()}).text

    def asks(self, email: str, **more):
        return self.post("/sign-in", {"email": email, **more})

    def enters(self, email: str, **more):
        """Ask for a letter and type its code."""
        self.asks(email, **more)
        return self.post("/sign-in/code", {"code": code_in(latest())})


def latest(address: str = "") -> str:
    """The text of the newest letter (to this address)."""
    found = run(newest(50))
    return next(one.words.text for one in found if address in one.to.address)


def letters() -> list[tuple[str, str]]:
    """Who was written to, and of what kind, the newest first."""
    return [(one.to.address, one.kind) for one in run(newest(50))]


def code_in(text: str) -> str:
    return re.search(r"code is (\d{6})", text)[1]


def link_in(text: str) -> str:
    return re.search(r"https://panel\.test(/sign-in/link/\S+)", text)[1]


def events() -> list[str]:
    found = got(Event.select(Event.what).order_by(Event.seq))
    return [row["what"] for row in found]


def code_of(seed: str, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes from now."""
    return pyotp.TOTP(seed).at(time.time() + 30 * steps)


async def equip(person: Person) -> tuple[str, list[str]]:
    """An authenticator whose code of now is not used up yet, and ten recovery codes."""
    seed = pyotp.random_base32(32)
    codes = CODES[person.email] = CODES.get(person.email) or await factors.fresh_codes()
    counter = int(time.time()) // 30 - 3
    key = await factors._keep(person, seed, counter, codes, key="", full=True)
    await writes(end_session)(key)
    return seed, codes.shown


@contextmanager
def asked_of_database():
    """Every question put to the database meanwhile, which is the same for 1 row and for 30."""
    engine, asked = database(), []
    with pytest.MonkeyPatch.context() as patch:
        for name in ("run_querystring", "rows"):
            patch.setattr(engine, name, _noting(getattr(engine, name), asked))
        yield asked


def _noting(question, asked: list):
    async def noted(what, *args, **how):
        asked.append(what)
        return await question(what, *args, **how)

    return noted
