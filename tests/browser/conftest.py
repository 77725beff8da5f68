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
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from browser.walk import walk
from playwright.sync_api import sync_playwright

SCRUTINY = Path(sys.executable).with_name("scrutiny")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
         "--disable-component-update", "--no-first-run"]  # fmt: skip
PATIENCE_S = 60


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a demo server of our own, on its own database."""
    home = tmp_path_factory.mktemp("site")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    env = os.environ | {
        "SCRUTINY_DATABASE_URL": f"sqlite:///{home}/site.sqlite",
        "SCRUTINY_DATA_DIR": str(home),
        "SCRUTINY_BASE_URL": address,
        "SCRUTINY_DEMO": "1",
    }
    for command in ("migrate", "demo"):
        subprocess.run([SCRUTINY, command], env=env, check=True, timeout=300)
    log = (home / "server.log").open("wb")
    server = subprocess.Popen(
        [SCRUTINY, "serve", "--port", str(port)], env=env, stdout=log, stderr=subprocess.STDOUT
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

    def open_as(who="", width=1280, height=900, **more):
        size = {"width": width, "height": height}
        window = browser.new_context(base_url=site, viewport=size, reduced_motion="reduce", **more)
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
def pages(open_as):
    """One page of every kind that a visitor, the secretariat and the force can walk to."""
    listed = subprocess.run(
        [SCRUTINY, "routes", "--json"], capture_output=True, check=True, timeout=60
    )
    routes = [route["path"] for route in json.loads(listed.stdout) if route["method"] == "GET"]
    found = []
    for who in ("", "Grace", "Claire", "Amara", "Owen"):
        start = "/desk" if who else "/"
        window = open_as(who)
        found += walk(window.request, who, start, routes, {page.kind for page in found})
    return found
