"""The annual report on the desks of those who begin, write, approve and publish it."""

import pytest
from conftest import run
from meetings import steps as meetings
from reports import steps
from reports.steps import YEAR

from desk.steps import desk
from scrutiny.kit.clock import as_of, today
from scrutiny.kit.db import write_tx
from scrutiny.reports.actions import approve
from scrutiny.reports.rules import due
from scrutiny.reports.tables import Report
from scrutiny.web.dates import long_date

LAMBETH = ("amara", "bilal", "grace", "claire", "hana", "ruth")
FIRST, NEXT = "A first annual report to begin", "An annual report to begin"
WRITE, APPROVE = "Annual reports to write a foreword for", "Annual reports to approve"
PUBLISH = "Annual reports to publish"


@pytest.fixture
def waits_for(browse, cast):
    def found(words: str) -> set[str]:
        return {name for name in LAMBETH if words in desk(browse, name)}

    return found


async def met_last_year(cast) -> None:
    with as_of(steps.on(5)):
        row = await meetings.meeting(cast, "in_session")
        there = meetings.roll(cast, "amara", "bilal")
        await steps.record_attendance(row, there, by=cast.seats["grace"])
        await meetings.over_and_done(await meetings.stored(row), by=cast.seats["grace"])


def test_the_first_one_waits_once_a_year_with_a_meeting_is_over(browse, cast, waits_for):
    assert waits_for(FIRST) == set()
    run(met_last_year(cast))
    assert waits_for(FIRST) == {"grace"}
    page = desk(browse, "grace")
    late = (today() - due(YEAR.until)).days
    assert (f"{late} day" if late > 0 else long_date(due(YEAR.until))) in page
    assert 'href="/lambeth/reports/new"' in page


def test_each_step_waits_for_whoever_makes_it(browse, cast, waits_for):
    run(met_last_year(cast))
    run(steps.begun(cast))
    assert waits_for(FIRST) == set()
    assert waits_for(WRITE) == {"amara", "grace"}
    run(steps.written(cast))
    assert (waits_for(WRITE), waits_for(APPROVE)) == (set(), {"amara"})
    run(approve(YEAR.name, by=cast.seats["amara"]))
    assert (waits_for(APPROVE), waits_for(PUBLISH)) == (set(), {"amara", "grace"})
    assert f'href="/lambeth/reports/{YEAR.name}/draft"' in desk(browse, "grace")


def test_the_next_one_waits_when_a_further_year_is_over(cast, waits_for):
    run(steps.begun(cast))
    assert waits_for(NEXT) == set()

    async def long_ago() -> None:
        async with write_tx():
            until = YEAR.until.replace(year=YEAR.until.year - 1)
            await Report.update({Report.until: until}).where(Report.year == YEAR.name)

    run(long_ago())
    assert waits_for(NEXT) == {"grace"}
