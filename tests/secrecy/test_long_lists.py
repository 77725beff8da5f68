"""Lists that no room measures by itself ask as much of the database for 300 rows as for 3."""

import pytest
from agendas.papers import steps as papers
from conftest import run
from meetings.steps import counted_queries, home, meeting

from scrutiny.kit.clock import now, today
from scrutiny.kit.db import keep, write_tx
from scrutiny.kit.ids import new_id
from scrutiny.kit.seal import seal
from scrutiny.meetings.expenses.tables import Claim
from scrutiny.membership.needs.tables import Need
from scrutiny.people.actions import add_person
from scrutiny.people.tables import Seat


async def claims(cast, count: int) -> None:
    held = await meeting(cast, "held", days=0) if count == 3 else None
    known = held.id if held else (await Claim.objects().first()).meeting
    told = {"kind": "travel", "pence": 450, "at": now(), "meeting": known}
    async with write_tx():
        for _ in range(count):
            await keep(Claim(panel=cast.lambeth.id, seat=cast.seats["bilal"].id, **told))


async def needs(cast, count: int) -> None:
    """Of the few who sit, then of many more."""
    if count > 3:
        await people(cast, count)
    sitting = Seat.select(Seat.person).where(Seat.panel == cast.lambeth.id)
    there = {row["person"] for row in await Need.select(Need.person)}
    async with write_tx():
        for person in {row["person"] for row in await sitting} - there:
            one = Need(id=new_id(), panel=cast.lambeth.id, person=person, changed=today())
            one.sealed = seal("A ramp.", f"access need|{one.id}")
            await keep(one)


async def people(cast, count: int) -> None:
    begun = {"panel": cast.lambeth.id, "role": "member", "since": today()}
    async with write_tx():
        for n in range(count):
            person = await add_person(f"Person {n}", f"p{n}@example.org")
            await keep(Seat(person=person.id, **begun))


def lists(cast) -> dict[str, tuple[str, object]]:
    return {
        "expenses": ("bilal", lambda count: run(claims(cast, count))),
        "expenses/decisions": ("amara", lambda count: run(claims(cast, count))),
        "needs": ("grace", lambda count: run(needs(cast, count))),
    }


@pytest.mark.parametrize("name", ["expenses", "expenses/decisions", "needs"])
def test_the_same_number_of_queries_for_three_and_for_three_hundred(
    browse, cast, monkeypatch, name
):
    reader, more = lists(cast)[name]
    browser, asked, shown = browse(reader), [], []
    for count in (3, 297):
        more(count)
        browser.get(f"/lambeth/{name}")
        with counted_queries(monkeypatch) as queries:
            page = browser.get(f"/lambeth/{name}")
        assert page.status_code == 200
        asked.append(len(queries))
        shown.append(page.text.count("4.50") + page.text.count("A ramp."))
    assert asked[0] == asked[1]
    assert shown[0] < shown[1]


def test_papers_of_a_meeting(browse, cast, monkeypatch):
    row = run(papers.meeting(cast))
    made = run(papers.add(row, cast, "Heron", "members"))
    asked = []
    for count in (2, 297):
        run(papers.copies(made, count) if count == 2 else more_copies(made, count))
        for reader, more in (("bilal", ""), ("grace", "/papers")):
            with counted_queries(monkeypatch) as queries:
                assert browse(reader).get(f"{home(row)}{more}").status_code == 200
            asked.append(len(queries))
    assert asked[:2] == asked[2:]


async def more_copies(paper, count: int) -> None:
    told = paper.to_dict() | {"meeting": paper.meeting, "item": paper.item}
    async with write_tx():
        for at in range(count):
            await keep(type(paper)(**told | {"id": new_id(), "number": 1_000 + at}))
