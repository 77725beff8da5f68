"""Who opens which paper, asked at the very moment: the public, members, police, the recused."""

from datetime import timedelta

import pytest
from conftest import run
from kit.proofs import text

from agendas import steps as agendas
from agendas.papers import files, steps
from agendas.papers.steps import address
from scrutiny.agendas.access import reader_of
from scrutiny.agendas.papers import queries
from scrutiny.kit import clock
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import write_tx
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.clearances.tables import Clearance
from scrutiny.people.tables import Panel

EVERYBODY = ("", "bilal", "amara", "grace", "claire", "owen", "hana", "dev")
AT_THE_TABLE = {"bilal", "amara", "grace", "claire", "owen"}
ON_THE_PANEL = {"bilal", "amara", "grace"}
VIEWING = '{"clearances": {"closed_part": [], "case_papers": ["confidentiality"], ' \
    '"viewing": ["vetting"]}, "before_active": []}'  # fmt: skip


def openers(browse, row, number: int = 1) -> set[str]:
    path = address(row, f"/papers/{number}")
    found = {who: browse(who).get(path).status_code for who in EVERYBODY}
    assert set(found.values()) <= {200, 404}
    return {who for who, status in found.items() if status == 200}


def test_a_public_one_is_for_everybody_once_the_agenda_is_out(browse, cast):
    row = run(agendas.meeting(cast))
    run(steps.add(row, cast, "Figures", content=files.pdf(1, "Heronsgate")))
    assert openers(browse, row) == {"amara", "grace"}
    assert "Figures" not in browse("").get(address(row)).text
    run(agendas.publish(row, cast))
    assert openers(browse, row) == set(EVERYBODY)
    answer = browse("").get(address(row, "/papers/1"))
    assert answer.headers["content-type"] == "application/pdf"
    assert "Heronsgate" in text(answer.content)
    assert "P1 Figures" in browse("").get(address(row)).text


def test_a_members_one_is_for_those_at_the_table(browse, cast):
    row = run(steps.meeting(cast))
    run(steps.add(row, cast, "Wagtail", "members"))
    assert openers(browse, row) == AT_THE_TABLE
    assert "Wagtail" not in browse("").get(address(row)).text
    assert "Wagtail" in browse("claire").get(address(row)).text


def test_of_a_closed_item_only_the_panel_reads_even_what_is_called_public(browse, cast):
    row = run(agendas.meeting(cast))
    run(steps.close(row, 3))
    run(agendas.publish(row, cast))
    run(steps.add(row, cast, "Wagtail", "public", at=3))
    assert openers(browse, row) == ON_THE_PANEL
    for who in ("", "claire", "hana"):
        assert "Wagtail" not in browse(who).get(address(row)).text


def test_the_police_do_not_read_what_the_panel_has_on_a_case(browse, cast):
    row = run(agendas.meeting(cast))
    case = run(agendas.case(cast))
    run(steps.put_case(row, case))
    run(agendas.publish(row, cast))
    at = next(n for n, item in enumerate(run(agendas.items(row))) if agendas.queries.is_case(item))
    run(steps.add(row, cast, "Assessment", "members", at=at))
    assert openers(browse, row) == ON_THE_PANEL


def test_for_the_recused_it_is_gone_the_chair_too(browse, cast):
    row = run(steps.meeting(cast))
    item = run(agendas.items(row))[1]
    run(steps.add(row, cast, "Wagtail", "members", at=1))
    run(steps.add(row, cast, "Siskin", "public", at=1))
    run(steps.add(row, cast, "Other", "members", at=2))
    for who in ("bilal", "amara"):
        run(steps.recuse(cast, who, item))
        browser = browse(who)
        assert [browser.get(address(row, f"/papers/{n}")).status_code for n in (1, 2, 3)] == [
            404,
            404,
            200,
        ]
        page = browser.get(address(row)).text
        assert "Other" in page and "Wagtail" not in page and "Siskin" not in page
    page = browse("amara").get(address(row, "/papers")).text
    assert "Wagtail" not in page and "Siskin" not in page and item.title not in page
    assert browse("amara").get(address(row, "/papers/1/change")).status_code == 404
    assert browse("amara").post(address(row, "/papers/1/withdrawal")).status_code in (404, 422)
    assert openers(browse, row) == AT_THE_TABLE - {"bilal", "amara"}


def test_a_vetting_that_lapses_this_morning_closes_them_at_the_next_request(browse, cast):
    day = today() + timedelta(30)
    run(_ask_for_vetting(cast, day - timedelta(1)))
    row = run(agendas.meeting(cast, days=30))
    run(_watch_there(row))
    run(steps.close(row, 3))
    run(agendas.publish(row, cast))
    run(steps.add(row, cast, "What to look for", "members", at=3))
    with clock.as_of(clock.midnight(day) - timedelta(hours=1)):
        assert run(_opens(cast, row)) == [1]
    with clock.as_of(clock.midnight(day) + timedelta(hours=9)):
        assert run(_opens(cast, row)) == []
        assert run(_sees_item(cast, row))  # and the meeting goes on


async def _watch_there(row) -> None:
    row.kind = "bwv_viewing"
    async with write_tx():
        await Meeting.update({Meeting.kind: row.kind}).where(Meeting.id == row.id)


async def _ask_for_vetting(cast, last) -> None:
    async with write_tx():
        await Panel.update({Panel.constitution: VIEWING}).where(Panel.id == cast.lambeth.id)
        held = Clearance(
            panel=cast.lambeth.id, person=cast.people["bilal"].id, kind="vetting",
            outcome="cleared", granted=today(), expires=last, changed=now(),
        )  # fmt: skip
        await Clearance.insert(held)
    cast.lambeth.constitution = VIEWING


async def _opens(cast, row) -> list[int]:
    reader = await reader_of(cast.seats["bilal"], cast.lambeth)
    return [paper.number for paper in await queries.papers_of(reader, row)]


async def _sees_item(cast, row) -> bool:
    reader = await reader_of(cast.seats["bilal"], cast.lambeth)
    return len(await agendas.queries.items_for(reader, row)) == 4


@pytest.mark.parametrize("more", ["/papers/9", "/papers/99999999999", "/packs/7"])
def test_what_is_not_there_is_404(browse, cast, more):
    row = run(steps.meeting(cast))
    assert browse("grace").get(address(row, more)).status_code == 404
