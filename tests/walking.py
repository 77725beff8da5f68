"""What one needs to walk through a real site: its commands, its server, its post, its people."""

import email
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from email.policy import default
from pathlib import Path

import httpx
import pyotp
from aiosmtpd.controller import Controller
from forms import form
from post import Sink

from scrutiny.kit.clock import now

WENT_ROUND_BEFORE = """
import asyncio
from datetime import timedelta
from scrutiny.kit.clock import now
from scrutiny.kit.db import write_sql, write_tx
async def move():
    async with write_tx():
        await write_sql("UPDATE minutes SET circulated = {}", now() - timedelta(days=28))
asyncio.run(move())
"""
SCRUTINY = str(Path(sys.executable).with_name("scrutiny"))


class Site:
    """One site on its own database and port, with a real mail server."""

    def __init__(self, home: Path, database: str, ports: tuple[int, int]) -> None:
        web, mail = ports
        self.address, self.sink = f"http://127.0.0.1:{web}", Sink()
        self.port, self.mail = web, mail
        self.env = os.environ | {
            "SCRUTINY_DATA_DIR": str(home),
            "SCRUTINY_DATABASE_URL": database,
            "SCRUTINY_BASE_URL": self.address,
            "SCRUTINY_SMTP_URL": f"smtp://127.0.0.1:{mail}",
            "SCRUTINY_SECRET_FILE": str(home / "secret.json"),
            "SCRUTINY_DEMO": "0",
            "SCRUTINY_HOLD_MINUTES": "0",
        }

    def run(self, *words: str) -> str:
        """A command, as an operator types it. Fails the test when it fails."""
        done = subprocess.run([SCRUTINY, *words], env=self.env, capture_output=True, text=True)
        assert done.returncode == 0, f"scrutiny {' '.join(words)}: {done.stderr}"
        return done.stdout

    def four_weeks_later(self) -> None:
        """For minutes that go round: a server's clock cannot be moved, so the day they went is."""
        subprocess.run([sys.executable, "-c", WENT_ROUND_BEFORE], env=self.env, check=True)

    @contextmanager
    def serving(self):
        post = Controller(self.sink, hostname="127.0.0.1", port=self.mail)
        post.start()
        server = subprocess.Popen([SCRUTINY, "serve", "--port", str(self.port)], env=self.env)
        try:
            self._wait(server)
            yield self
        finally:
            server.terminate()
            server.wait(30)
            post.stop()

    def _wait(self, server: subprocess.Popen) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end and server.poll() is None:
            try:
                if httpx.get(f"{self.address}/healthz", timeout=5).text == "ok\n":
                    return
            except httpx.HTTPError:
                time.sleep(0.1)
        raise AssertionError("the server did not come up")

    def letters(
        self, to: str, subject: str = "", part: str = ""
    ) -> list[email.message.EmailMessage]:
        """Letters that the post was handed for this address, oldest first; waits for the first
        that has a part of this type."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            read = [email.message_from_bytes(raw, policy=default) for raw in self.sink.letters]
            found = [one for one in read if to in one["To"] and subject in one["Subject"]]
            if part:
                types = [{each.get_content_type() for each in one.walk()} for one in found]
                found = [one for one, has in zip(found, types, strict=True) if part in has]
            if found:
                return found
            time.sleep(0.1)
        raise AssertionError(f"no letter to {to} with {subject!r} came")


def words_of(letter: email.message.EmailMessage) -> str:
    return letter.get_body(("plain",)).get_content()


def said(page: str) -> str:
    """The words in the middle of a page, for a message."""
    middle = page.partition('id="main-content"')[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", middle).split())[:600]


class Walker:
    """Somebody with a browser: opens pages, fills in the forms they are shown, sends them."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.browser = httpx.Client(base_url=site.address, follow_redirects=True, timeout=60)

    def open(self, path: str) -> str:
        reply = self.browser.get(path)
        assert reply.status_code == 200, f"{path}: {reply.status_code}"
        return reply.text

    def send(self, path: str, having: str = "", action: str = "", **fields: str) -> httpx.Response:
        """Open the page, fill in its form and send it; follows where that leads."""
        found = form(self.open(path), having, action)
        reply = self.browser.post(found.action or path, data=found.fields | fields)
        assert reply.status_code in (200, 201), f"{path}: {reply.status_code} {said(reply.text)}"
        return reply

    def sign_in(self, address: str) -> None:
        """By letter and code, then with an authenticator app that is set up on the way."""
        known = len(self.site.sink.letters)
        self.send("/sign-in", "email", email=address)
        self.site_letter = self._newest(address, known)
        code = re.search(r"\b(\d{6})\b", words_of(self.site_letter))[1]
        page = self.send("/sign-in/code", "code", code=code)
        seed = re.search(r'class="seed">([A-Z2-7 ]+)<', page.text)[1].replace(" ", "")
        found = form(page.text, "sealed")
        digits = pyotp.TOTP(seed).at(now())
        reply = self.browser.post(found.action, data=found.fields | {"code": digits})
        assert reply.status_code == 200, said(reply.text)
        assert "Sign out" in self.open("/desk")

    def _newest(self, address: str, known: int) -> email.message.EmailMessage:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            for raw in self.site.sink.letters[known:]:
                letter = email.message_from_bytes(raw, policy=default)
                if address in letter["To"] and re.search(r"\b\d{6}\b", words_of(letter)):
                    return letter
            time.sleep(0.1)
        raise AssertionError(f"no code came to {address}")
