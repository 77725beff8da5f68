"""Every route, asked by every kind of reader, about one row of everything: who gets in where.

tests/oracle.py says what each should be told. A route it does not know fails the build; so does a
policy that lets one role more in anywhere, which is tried for each of them here.
"""

import hashlib
from datetime import timedelta
from types import SimpleNamespace

import oracle
import pytest
from addresses import Cell, cells
from cast import seat_everybody
from conftest import Browser, run
from scene import happen

from scrutiny.concerns.thread import pace
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.people.actions import begin_session
from scrutiny.people.tables import Seat, Session
from scrutiny.piccolo_app import APP_CONFIG
from scrutiny.policy import POLICY, WITHIN_PAGES, Role
from scrutiny.web.gate import routes

PEOPLE = {
    oracle.HALFWAY: "bilal",
    oracle.STRANGER: "dev",
    oracle.FORMER: "chidi",
    oracle.MEMBER: "bilal",
    oracle.CHAIR: "amara",
    oracle.SECRETARIAT: "grace",
    oracle.LIAISON: "claire",
    oracle.APPROVER: "owen",
    oracle.DATA: "hana",
    oracle.SAFEGUARDING: "sol",
    oracle.VICE_CHAIR: "vera",
}
ROLES = {
    Role.MEMBER: oracle.MEMBER,
    Role.CHAIR: oracle.CHAIR,
    Role.SECRETARIAT: oracle.SECRETARIAT,
    Role.LIAISON: oracle.LIAISON,
    Role.APPROVER: oracle.APPROVER,
    Role.DATA_LEAD: oracle.DATA,
    Role.SAFEGUARDING: oracle.SAFEGUARDING,
    Role.VICE_CHAIR: oracle.VICE_CHAIR,
}
WORDS = {oracle.OPEN: (200, 201, 303, 409, 422), "403": (403,), "404": (404,)}


def told(reply) -> str:
    if reply.status_code == 303 and reply.headers["location"].startswith("/sign-in?next="):
        return oracle.SIGN_IN
    known = (name for name, codes in WORDS.items() if reply.status_code in codes)
    return next(known, str(reply.status_code))


async def everything() -> dict[str, str]:
    """A fingerprint of each table; when a session was last seen is no change."""
    found = {}
    for table in APP_CONFIG.table_classes:
        columns = [one for one in table._meta.columns if one is not Session.seen]
        rows = sorted(repr(sorted(row.items())) for row in await table.select(*columns))
        found[table._meta.tablename] = hashlib.sha256("".join(rows).encode()).hexdigest()
    return found


@pytest.fixture(scope="module")
def world(empty_tables, site, tmp_path_factory):
    """The scene, each reader's browser, and every cell."""
    empty_tables()
    cast = run(seat_everybody())
    scene = run(happen(cast, tmp_path_factory.mktemp("matrix")))

    async def entered(reader: str) -> str:
        async with write_tx():
            return await begin_session(cast.people[PEOPLE[reader]], full=reader != oracle.HALFWAY)

    async def unseat() -> None:
        """The session stays, so that only the seat can refuse them."""
        ended = {Seat.until: today() - timedelta(days=1)}
        async with write_tx():
            await Seat.update(ended).where(Seat.id == cast.seats["chidi"].id)

    def browser(reader: str) -> Browser:
        return Browser(site, run(entered(reader)) if reader in PEOPLE else "")

    async def session_of_another() -> str:
        async with write_tx():
            await begin_session(cast.people["ruth"], full=True)
        return str((await Session.objects().first()).id)

    run(unseat())
    scene["session"] = [(run(session_of_another()), "somebody else's")]
    unhurried = pytest.MonkeyPatch()
    unhurried.setattr(pace, "PAUSE", 0)  # wrong codes are sent by everybody here
    yield SimpleNamespace(
        browser=browser,
        cells=list(cells(routes(site.app), scene)),
        read={reader: set() for reader in oracle.READERS},
    )
    unhurried.undo()


def ask(browser: Browser, cell: Cell):
    if cell.method == "GET":
        return browser.get(cell.path)
    parts = {"files": {"none": b""}} if cell.template in oracle.WITH_FILES else {}
    return browser.post(cell.path, **parts)


def expected(cell: Cell, reader: str) -> str:
    return oracle.verdict(cell.method, cell.template, reader, cell.about)


# -- what is checked ------------------------------------------------------------------------------


def words_in(reply) -> set[str]:
    return {word for word in (*oracle.SECRETS, *oracle.CONTACT) if word in reply.text}


def told_wrongly(world, reader: str, cell: Cell, browser: Browser) -> str:
    """What is wrong with the answer to this cell, or nothing."""
    reply, wanted = ask(browser, cell), expected(cell, reader)
    given, read = told(reply), words_in(reply)
    world.read[reader] |= read
    if given != wanted:
        return f"{cell.method} {cell.path}: {given}, should be {wanted}"
    if leaked := read if wanted != oracle.OPEN else read - oracle.may_read(reader):
        return f"{cell.method} {cell.path}: shows {sorted(leaked)}"
    return ""


def faults(found: list[str]) -> str:
    return "\n".join(filter(None, found))


def test_the_oracle_knows_every_route_and_no_other(site):
    there = {(row["method"], row["path"]) for row in routes(site.app)}
    for method, path in there:
        oracle.verdict(method, path, oracle.NOBODY)  # a KeyError: nobody said who may go there
    assert {path for _, path in there} == oracle.ADDRESSES
    assert {act.value for act in WITHIN_PAGES} == set(oracle.WITHIN)


@pytest.mark.parametrize("reader", oracle.READERS)
def test_every_page_and_every_refusal(world, reader):
    browser, before = world.browser(reader), run(everything())
    asked = [c for c in world.cells if c.method != "GET" and expected(c, reader) != oracle.OPEN]
    wrong = [told_wrongly(world, reader, cell, browser) for cell in asked]
    assert not any(wrong), faults(wrong)
    assert run(everything()) == before, "something refused left a trace"
    pages = [cell for cell in world.cells if cell.method == "GET"]
    wrong = [told_wrongly(world, reader, cell, browser) for cell in pages]
    assert not any(wrong), faults(wrong)
    assert world.read[reader] == oracle.may_read(reader), "the scene shows everything it holds"
    assert reader not in oracle.POLICE or not world.read[reader] & set(oracle.NEVER_POLICE)


def how_late(cell: Cell) -> int:
    return next((at for at, end in enumerate(oracle.LAST, 1) if cell.template.endswith(end)), 0)


def asking(world, act: str) -> list[Cell]:
    """The cells that ask for this right, or that show more to whoever has it."""
    within = oracle.WITHIN.get(act, ())
    return [cell for cell in world.cells if cell.act == act or cell.template in within]


@pytest.mark.parametrize("reader", oracle.READERS)
def test_every_deed_that_is_open(world, reader):
    """After the pages, as some of these change what is there, and what shuts doors last of all."""
    asked = [c for c in world.cells if c.method == "POST" and expected(c, reader) == oracle.OPEN]
    browser, wrong = world.browser(reader), []
    for cell in sorted(asked, key=how_late):
        wrong.append(told_wrongly(world, reader, cell, browser))
    assert not any(wrong), faults(wrong)


@pytest.mark.parametrize("role", list(Role))
def test_one_role_more_anywhere_is_noticed(world, monkeypatch, role):
    """Last, as what is let in by mistake may change what is there."""
    reader, survivors = ROLES[role], []
    browser = world.browser(reader)

    def wrong(cells: list[Cell]) -> set[str]:
        return {cell.path for cell in cells if told_wrongly(world, reader, cell, browser)}

    for act in [act for act in POLICY if role not in POLICY[act]]:
        asked = asking(world, act)
        already = wrong(asked) if act in WITHIN_PAGES else set()
        with monkeypatch.context() as mutant:
            mutant.setitem(POLICY, act, POLICY[act] | {role})
            if not wrong(asked) - already:
                survivors.append(act.value)
    assert survivors == []
