"""The stage: settings for tests, a clean database for each, and a browser for each of the cast."""

import asyncio
import os
import tempfile
import threading
from contextvars import copy_context
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="scrutiny-tests-"))
os.environ |= {
    "SCRUTINY_DATA_DIR": str(HOME),
    "SCRUTINY_BASE_URL": "https://panel.test",
    "SCRUTINY_SMTP_URL": "",
    "SCRUTINY_DEMO": "0",
}

import pytest  # noqa: E402
from cast import Cast, seat_everybody  # noqa: E402
from databases import empty_tables, on_postgres, tables  # noqa: E402, F401
from hypothesis import settings as hypothesis  # noqa: E402
from litestar.testing import TestClient  # noqa: E402
from post import post  # noqa: E402, F401

from scrutiny.app import create_app  # noqa: E402
from scrutiny.kit.db import close_database, database, open_database, write_tx  # noqa: E402
from scrutiny.kit.seal import keys  # noqa: E402
from scrutiny.kit.tokens import keyed_hash  # noqa: E402
from scrutiny.people.actions import begin_session  # noqa: E402
from scrutiny.people.tables import Person  # noqa: E402
from scrutiny.web import floods  # noqa: E402
from scrutiny.web.sessions import cookie_name  # noqa: E402

hypothesis.register_profile("house", deadline=None)  # a busy machine is no fault
hypothesis.load_profile("house")


stage = asyncio.Runner()
"""The one event loop of this process's tests, with the database open: to connect anew for every
statement took longer than the tests."""


def run(coroutine):
    """Await something from a test; what it left unfinished is ended."""
    if threading.current_thread() is not threading.main_thread():
        return asyncio.run(coroutine)
    return stage.run(_alone(coroutine), context=copy_context())


async def _alone(coroutine):
    await open_database()
    try:
        return await coroutine
    finally:
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


def pytest_collection_modifyitems(config, items) -> None:
    """On PostgreSQL a file in which nothing touches a database would be the same run twice."""
    if not on_postgres():
        return
    touching = {item.path for item in items if "empty_tables" in item.fixturenames}
    touching |= {item.path for item in items if opens_its_own(item.module)}
    left = [item for item in items if item.path not in touching]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item.path in touching]


def opens_its_own(module) -> bool:
    """Whether it imports what makes databases, or runs our commands, in its own way."""
    homes = {str(getattr(one, "__module__", "")) for one in vars(module).values()}
    return any(home.rpartition(".")[2] in ("databases", "operating", "serving") for home in homes)


def pytest_sessionfinish() -> None:
    if database.cache_info().currsize:
        stage.run(close_database())
    stage.close()


@pytest.fixture
def cast(tables) -> Cast:
    return run(seat_everybody())


@pytest.fixture(scope="session")
def site():
    """The whole application, started once."""
    with TestClient(create_app(), base_url="https://panel.test") as client:
        yield client


@pytest.fixture(autouse=True)
def no_flood():
    """What one test sends is no flood for the next."""
    floods.start_afresh()


class Browser:
    """One person's browser: keeps their cookie, sends forms as a page of ours would."""

    def __init__(self, client: TestClient, key: str) -> None:
        self.client, self.key = client, key

    def _ask(self, method: str, path: str, **how):
        self.client.cookies.clear()
        if self.key:
            self.client.cookies.set(cookie_name(), self.key)
        return self.client.request(method, path, follow_redirects=False, **how)

    def get(self, path: str, **how):
        return self._ask("GET", path, **how)

    def post(self, path: str, data: dict | None = None, **how):
        """Send a form, with the session's own token in it as every page of ours has."""
        return self._ask("POST", path, data={"_csrf": self.token(), **(data or {})}, **how)

    def token(self) -> str:
        return keyed_hash(keys().pepper, "csrf", self.key) if self.key else ""


@pytest.fixture
def browse(site, cast):
    """A browser for a person by name: browse("claire").get("/lambeth/..."); browse() is nobody."""

    def as_person(name: str = "") -> Browser:
        return Browser(site, run(signed_in(cast.people[name])) if name else "")

    return as_person


async def signed_in(person: Person) -> str:
    async with write_tx():
        return await begin_session(person, full=True)
