"""A real demo server, a real Chromium, and the list of pages they are shown.

Playwright keeps an event loop running for the whole session, which other async tests cannot
share: these run as a process of their own, `pytest tests/browser`.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from browser.scene import play_scene
from browser.walk import walk
from browser.way import Step, every_page
from playwright.sync_api import sync_playwright

from scrutiny.kit.clock import today

SCRUTINY = Path(sys.executable).with_name("scrutiny")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
         "--disable-component-update", "--no-first-run"]  # fmt: skip
PATIENCE_S = 60
READERS = ("Grace", "Sol", "Hana")
WALKERS = ("", *READERS, "Claire", "Amara", "Owen", "Bilal", "Kofi")
OWN = {"/desk", "/{panel}/concerns", "/{panel}/concerns/{number}", "/{panel}/video/{number}"}
"""Shown to each who may open it, as it differs by who does."""


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """The directory of a demo: its database, its files and its logs."""
    found = tmp_path_factory.mktemp("site")
    for command in ("migrate", "demo"):
        env = environment(found, "http://127.0.0.1")
        subprocess.run([SCRUTINY, command], env=env, check=True, timeout=300)
    return found


def environment(home: Path, address: str) -> dict[str, str]:
    return os.environ | {
        "SCRUTINY_DATABASE_URL": f"sqlite:///{home}/site.sqlite",
        "SCRUTINY_DATA_DIR": str(home),
        "SCRUTINY_BASE_URL": address,
        "SCRUTINY_DEMO": "1",
    }


@pytest.fixture(scope="session")
def site(home):
    """The address of a demo server of our own, on its own database."""
    with serving(home) as address:
        yield address


@pytest.fixture
def another(home):
    """A second server of the same site: what floods it does not touch the first."""
    with serving(home) as address:
        yield address


@contextmanager
def serving(home: Path):
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = (home / f"server-{port}.log").open("wb")
    server = subprocess.Popen(
        [SCRUTINY, "serve", "--port", str(port)],
        env=environment(home, address),
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_for(address, server, Path(log.name))
        yield address
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and server.poll() is None:
        try:
            urlopen(f"{address}/healthz", timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"The demo server did not come up:\n{log.read_text()[-4000:]}", pytrace=False)


@pytest.fixture(scope="session")
def browser():
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chrome")
    if chromium is None:
        pytest.fail("Chromium is missing: apt-get install chromium, or name it in CHROMIUM.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="session")
def open_as(browser, site):
    """A browser window for one of the cast, or for a visitor: open_as("Grace", width=320)."""
    opened = []

    def open_as(who="", width=1280, height=900, at=site, **more):
        size = {"width": width, "height": height}
        window = browser.new_context(base_url=at, viewport=size, reduced_motion="reduce", **more)
        window.set_default_timeout(10_000)
        opened.append(window)
        if who:
            page = window.new_page()
            page.goto("/demo")
            page.get_by_role("button", name=who).first.click()
            page.wait_for_load_state()
            page.close()
        return window

    yield open_as
    for window in opened:
        window.close()


@pytest.fixture(scope="session")
def routes() -> list[str]:
    """Every address that can be opened, as its route is written."""
    listed = subprocess.run(
        [SCRUTINY, "routes", "--json"], capture_output=True, check=True, timeout=60
    )
    return [route["path"] for route in json.loads(listed.stdout) if route["method"] == "GET"]


@pytest.fixture(scope="session")
def scene(open_as):
    """A concern on which everything waits that can: what the pages of triage are shown with."""
    return play_scene(open_as)


@pytest.fixture(scope="session")
def pages(open_as, routes, scene):
    """One page of every kind that a visitor, and each who holds a seat, can walk to."""
    found = []
    for who in WALKERS:
        window = open_as(who)
        starts = ["/desk", *(scene.paths if who in READERS else [])] if who else ["/"]
        starts += [f"/lambeth/meetings/{today()}/room"] if who == "Amara" else []
        known = {page.kind for page in found} - OWN
        found += walk(window.request, who, starts, routes, known)
    return found


@pytest.fixture(scope="session")
def way(open_as, scene):
    """Each page of a concern that is the answer to a form, as a browser without script has it."""
    tab = open_as(width=390, java_script_enabled=False).new_page()
    return [
        Step(name, answered.status, answered.text())
        for name, answered in every_page(tab, scene.code)
    ]
