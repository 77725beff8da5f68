"""Reads of annual reports: what is published, what is drafted, and what of it a reader sees."""

import json
from typing import Any, NamedTuple

from scrutiny.agendas.access import reader_of
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, may
from scrutiny.reports.rules import OPEN, PARTS, Gone, Stage, overlap, without
from scrutiny.reports.rules import Year as ReportYear
from scrutiny.reports.tables import Report, Wording

MOST = 40
VERSIONS = 50


class Edition(NamedTuple):
    """What is said of one published edition beside the newest."""

    number: int
    published: Any
    correction: str


def reads_drafts(seat: Seat | None) -> bool:
    return seat is not None and may(seat.role, Act.REPORT_PAGE, seat.stage)


def visible_to(seat: Seat | None, panel: Panel):
    """Published editions for everybody; drafts for the panel."""
    found = Report.objects(Report.compiled_by, Report.approved_by)
    found = found.where(Report.panel == panel.id)
    return found if reads_drafts(seat) else found.where(Report.stage == Stage.PUBLISHED)


async def final(seat: Seat | None, panel: Panel, year: str, edition: int = 0) -> Report | None:
    """The newest published edition, or the one asked for. Raises Missing when that is not there."""
    mine = (Report.year == year) & (Report.stage == Stage.PUBLISHED)
    found = visible_to(seat, panel).where(mine)
    if not edition:
        return await found.order_by(Report.edition, ascending=False).first()
    one = await found.where(Report.edition == min(edition, 2**31 - 1)).first()
    if one is None:
        raise Missing(f"There is no edition {edition} of this report.")
    return one


async def draft_of(seat: Seat, panel: Panel, year: str) -> Report | None:
    """The edition that is still being prepared, if there is one."""
    mine = (Report.year == year) & Report.stage.is_in(list(OPEN))
    return await visible_to(seat, panel).where(mine).first()


async def draft(seat: Seat, panel: Panel, year: str) -> Report:
    found = await draft_of(seat, panel, year)
    if found is None:
        raise Missing("There is no draft of this report.")
    return found


class Line(NamedTuple):
    """One year in the list of reports: its newest edition at this stage."""

    year: str
    stage: str
    edition: int
    published: Any


async def listed(panel: Panel, *, drafts: bool) -> list[Line]:
    """The published reports of a panel, newest year first; or those being prepared."""
    stages = tuple(one.value for one in (OPEN if drafts else (Stage.PUBLISHED,)))
    return await rows(LISTED, panel.id, stages, into=Line)


LISTED = f"""
SELECT year, stage, edition, published FROM annual_report mine
WHERE panel = {{}} AND stage IN ({{}}) AND NOT EXISTS (SELECT 1 FROM annual_report newer
  WHERE newer.panel = mine.panel AND newer.year = mine.year AND newer.stage = mine.stage
  AND newer.edition > mine.edition)
ORDER BY until DESC LIMIT {MOST}"""


async def editions(panel: Panel, year: str) -> list[Edition]:
    """The published editions, newest first."""
    found = await rows(EDITIONS, panel.id, year)
    return [Edition(one["edition"], one["published"], one["correction"]) for one in found]


EDITIONS = f"""
SELECT edition, published, correction FROM annual_report
WHERE panel = {{}} AND year = {{}} AND stage = 'published' ORDER BY edition DESC LIMIT {MOST}"""


async def corrections(panel: Panel, year: str, before: int) -> list[tuple[int, str]]:
    """(edition, what it corrects) of the editions before this one."""
    found = reversed(await editions(panel, year))
    return [(one.number, one.correction) for one in found if one.correction and one.number < before]


async def in_the_way(panel: Panel, year: ReportYear) -> str:
    """The name of another year of this panel's reports that shares a day with this one."""
    found = await rows(
        "SELECT DISTINCT year, since, until FROM annual_report WHERE panel = {}", panel.id
    )
    others = [row for row in found if row["year"] != year.name]
    return next((o["year"] for o in others if overlap(o["since"], o["until"], year)), "")


# -- what people typed ----------------------------------------------------------------------------


async def wordings(report: Report) -> list[Wording]:
    """Every saved version with who saved it, newest first."""
    found = Wording.objects(Wording.by, Wording.by.person).where(Wording.report == report.id)
    return await found.order_by(Wording.number, ascending=False).limit(VERSIONS)


async def wording(report: Report, number: int) -> Wording:
    mine = (Wording.report == report.id) & (Wording.number == min(number, 2**31 - 1))
    found = await Wording.objects(Wording.by, Wording.by.person).where(mine).first()
    if found is None:
        raise Missing("There is no such version.")
    return found


def typed(of: Report | Wording) -> dict[str, str]:
    """The parts that people type, as they are in a report or were in a version."""
    if isinstance(of, Report):
        return {part: json.loads(of.document)["words"][part] for part in PARTS}
    return {part: of[part] for part in PARTS}


# -- who sees what --------------------------------------------------------------------------------


async def as_read(seat: Seat | None, report: Report) -> dict[str, Any]:
    """The report as far as it is there for this reader; what is published is there for all."""
    document = json.loads(report.document)
    if seat is None or report.stage == Stage.PUBLISHED:
        return document
    return without(document, await gone_for(seat))


async def is_apart(seat: Seat, report: Report) -> bool:
    """Whether they take no part in something that this draft names."""
    return await as_read(seat, report) != json.loads(report.document)


async def gone_for(seat: Seat) -> Gone:
    """What is not there for this reader, by list; four queries where they are recused at all."""
    gone = tuple((await reader_of(seat, seat.panel)).recused)
    if not gone:
        return {}
    return {
        name: frozenset(row["key"] for row in await rows(sql, seat.panel.id, *[gone] * times))
        for name, (sql, times) in GONE.items()
    }


GONE = {
    "recommendations": (
        "SELECT CAST(number AS VARCHAR) AS key FROM recommendation WHERE panel = {}"
        " AND (id IN ({}) OR item IN ({}))",
        2,
    ),
    "actions": (
        "SELECT CAST(number AS VARCHAR) AS key FROM action WHERE panel = {}"
        " AND (id IN ({}) OR item IN ({}))",
        2,
    ),
    "cases": (
        'SELECT CAST(number AS VARCHAR) AS key FROM "case" WHERE panel = {} AND id IN ({})',
        1,
    ),
    "questions": (
        "SELECT CAST(meeting.date AS VARCHAR) || '.' || question.number AS key"
        " FROM public_question question JOIN meeting ON meeting.id = question.meeting"
        " WHERE meeting.panel = {} AND question.number IS NOT NULL"
        " AND (question.id IN ({}) OR question.item IN ({}))",
        2,
    ),
}
