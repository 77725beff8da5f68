"""Seven concerns in every state that hides something, an open look, and all addresses to try."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

from agendas import steps as agendas
from cast import PASSPHRASES, Cast, seat_everybody
from conftest import Browser, run, signed_in
from litestar.testing import TestClient

from concerns.steps import answers
from scrutiny.agendas import actions as agenda
from scrutiny.agendas.tables import Item
from scrutiny.cases import actions as casework
from scrutiny.concerns.intake import Sending, take_in
from scrutiny.concerns.queries import find
from scrutiny.concerns.rules import Stage
from scrutiny.concerns.thread.actions import withdraw
from scrutiny.concerns.triage import actions as triage
from scrutiny.concerns.triage.refusals.actions import propose
from scrutiny.concerns.vault.tables import CustodianKey, Look
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.kit.tokens import receipt_code
from scrutiny.people.actions import add_person
from scrutiny.people.tables import Seat
from scrutiny.policy import Role
from scrutiny.web.gate import routes

READERS = ("", "chidi", "dev", "ruth", "kit", "bilal", "amara", "claire", "owen", "sol")
"""Nobody; a former member whose session goes on; a stranger, and chair and secretariat of another
panel; member, chair, liaison, approver. Sol keeps people safe: not told who they are."""
HELD, FLOOD, GONE, OPEN, REFUSED, TAKEN, WITH_VIDEO = 1, 2, 3, 4, 5, 6, 7
"""Concern 1 was a case and on an agenda before it was held; 5 was about to be refused."""
BIRDS = ("Alcedo", "Bubulcus", "Cettia", "Delichon", "Egretta", "Falco", "Gallinula")
OF_THE_CASE_HELD, OF_THE_OTHER = "Wagtail Lane", "Sanderling Street"
OFFICER, TYPED_BY_TRIAGE = "MX-Hirundo", "Jynx torquilla"
THEIR_OWN = {"claire", "owen"}  # who may read where the video is that they should keep
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def told(number: int, **changes) -> dict:
    """Answers in which each word that somebody typed is of this concern alone."""
    bird = BIRDS[number - 1]
    return {
        "words": f"{bird}-words were shouted.",
        "place": f"{bird}-place",
        "name": f"{bird}-name",
        "email": f"{bird.lower()}-mail@example.org",
        "phone": f"07700 90010{number}",
        "notify": "yes",
        **changes,
    }


def identities() -> list[str]:
    found = [told(n)[part] for n in range(1, 8) for part in ("name", "email", "phone")]
    return [*found, OFFICER]


def contents() -> list[str]:
    places = [f"{bird}-place" for bird in BIRDS]
    return (
        [f"{bird}-words" for bird in BIRDS] + places + ["LAM-C-", OF_THE_CASE_HELD, TYPED_BY_TRIAGE]
    )


@dataclass
class World:
    cast: Cast
    site: TestClient
    codes: list[str]
    keys: dict[str, str]
    fills: dict[str, list[str]]

    def browser(self, reader: str) -> Browser:
        return Browser(self.site, self.keys.get(reader, ""))


def build(empty_tables: Callable[[], None], site: TestClient) -> World:
    empty_tables()
    cast = run(seat_everybody())
    run(seat_another_secretariat(cast))
    codes = run(raise_seven(cast))
    day = run(decide(cast, codes))
    keys = {name: run(signed_in(person)) for name, person in cast.people.items()}
    made = World(cast, site, codes, keys, {})
    look(made)
    run(unseat(cast))
    for number in (HELD, REFUSED):
        run(hold(cast, number))
    made.fills = run(fills(cast, day))
    return made


async def seat_another_secretariat(cast: Cast) -> None:
    """Hackney's."""
    async with write_tx():
        kit = cast.people["kit"] = await add_person("Kit Marsh", "kit@panel.test")
        seat = Seat(panel=cast.hackney, person=kit, role=Role.SECRETARIAT, since=today())
        await Seat.insert(seat)


async def raise_seven(cast: Cast) -> list[str]:
    codes = [receipt_code() for _ in BIRDS]
    for number, code in enumerate(codes, 1):
        said = told(number)
        if number == WITH_VIDEO:
            day = (today() - timedelta(days=27)).isoformat()
            said |= {"wants": ["video"], "happened": day, "officer": OFFICER}
            said |= {"consents": ["video.force"]}
        sending = Sending(screened=number != FLOOD)
        await take_in(cast.lambeth, code, answers(**said), sending)
    return codes


async def decide(cast: Cast, codes: list[str]) -> str:
    """Two become cases on the agenda of a meeting to come, one is withdrawn, one nearly refused.

    Gives the day of that meeting.
    """
    grace = cast.seats["grace"]
    row = await agendas.meeting(cast, "proposed", days=40)
    for number, title in ((HELD, OF_THE_CASE_HELD), (TAKEN, OF_THE_OTHER)):
        await triage.triage(
            await find(grace, number), by=grace, decision="accepted", reply=TYPED_BY_TRIAGE
        )
        case = await casework.take_up(await find(grace, number), by=grace, title=title)
        await agenda.add_case(row, case.number, by=grace)
    await withdraw(codes[GONE - 1])
    why = {"reason": "no_detail", "summary": TYPED_BY_TRIAGE, "reply": TYPED_BY_TRIAGE}
    await propose(await find(grace, REFUSED), by=grace, **why)
    return row.date.isoformat()


async def hold(cast: Cast, number: int) -> None:
    sol = cast.seats["sol"]
    why = {"to": "children", "day": today(), "what": TYPED_BY_TRIAGE, "reply": TYPED_BY_TRIAGE}
    await triage.hold(await find(sol, number), by=sol, **why)


def look(world: World) -> None:
    """Grace has asked who wrote two of them, and Hana agreed: it lies open this very moment."""
    grace, hana = world.browser("grace"), world.browser("hana")
    for number in (OPEN, HELD):
        path = f"/lambeth/concerns/{number}/contact"
        assert grace.post(path, {"why": "safety"}).status_code == 303
        newest_look = run(Look.select().order_by(Look.asked, ascending=False).first().run())
        agree = {"verdict": "agree", "passphrase": PASSPHRASES["hana"]}
        reply = hana.post(f"/lambeth/looks/{newest_look['id']}", agree)
        assert reply.status_code == 303
        assert told(number)["name"] in grace.post(path, {"show": "yes"}).text


async def unseat(cast: Cast) -> None:
    async with write_tx():
        ended = {Seat.until: today() - timedelta(days=1)}
        await Seat.update(ended).where(Seat.id == cast.seats["chidi"].id)


async def fills(cast: Cast, day: str) -> dict[str, list[str]]:
    """What may stand for each part of an address."""
    looks, keys = await Look.select(Look.id), await CustodianKey.select(CustodianKey.id)
    items = await Item.select(Item.id)
    return {
        "number": [str(number) for number in range(1, 8)],
        "move": ["needs_info", "accepted", "safeguarding_hold"],
        "file": ["1"],
        "look": [str(row["id"]) for row in looks],
        "key": [str(keys[0]["id"])],
        "item": [str(row["id"]) for row in items][-2:],
        "day": [day],
        "step": ["begin", "words", "check"],
        "name": ["1", "1.json"],
        "part": ["recommendation"],
        "id": [str(cast.seats["grace"].id)],
    }


def addresses(world: World, method: str, only: str = "") -> list[str]:
    """Every address of the site, with this panel, its concerns and its looks wherever they fit."""
    found = set()
    for row in routes(world.site.app):
        if row["method"] != method or not re.search(only, row["path"]):
            continue
        template = row["path"].replace("{panel}", "lambeth")
        parts = [
            world.fills.get(part[1:-1], [UNKNOWN]) if part[:1] == "{" else [part]
            for part in re.split(r"(\{\w+\})", template)
        ]
        found |= {"".join(one) for one in product(*parts)}
    return sorted(found)


def show_all(world: World) -> list[str]:
    """Every page, and the lists in each of their ways."""
    stages = [stage.value for stage in Stage]
    lists = {
        "concerns": [f"stage={one}" for one in (*stages, "unscreened")] + ["before=9"],
        "cases": ["stage=scheduled", "before=9"],
        "video": ["stage=sent", "before=9"],
        "refusals": ["before=9"],
        "recommendations": ["show=draft", "show=agreed", "after=0"],
    }
    asked = [f"/lambeth/{name}?{query}" for name, queries in lists.items() for query in queries]
    return addresses(world, "GET") + asked + ["/lambeth/concerns/4?veils=off"]
