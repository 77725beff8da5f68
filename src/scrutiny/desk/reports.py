"""The annual report: begun, written, approved and published within three months of the year."""

from datetime import date

from scrutiny.desk.rules import Waiting
from scrutiny.people.constitution import Constitution
from scrutiny.policy import Act
from scrutiny.reports.rules import due, due_after, due_first


def _due(until: date, _: Constitution) -> date:
    return due(until)


def _after(last: date, _: Constitution) -> date:
    return due_after(last)


def _first(met: date, _: Constitution) -> date:
    return due_first(met)


NEXT = """
SELECT 'new', 'The year that is over', max(until) AS "last [DATE]" FROM annual_report
WHERE panel = {panel} GROUP BY panel HAVING max(until) < {year_ago}"""
FIRST = """
SELECT 'new', 'The year that is over', min(date) AS "met [DATE]" FROM meeting
WHERE panel = {panel} AND public AND stage IN ('held', 'minuted')
AND NOT EXISTS (SELECT 1 FROM annual_report WHERE annual_report.panel = {panel})
GROUP BY panel HAVING min(date) < {this_year}"""
PREPARED = """
SELECT year, year, until FROM annual_report WHERE panel = {panel} AND stage = """

WORK = [
    Waiting(Act.REPORT_DRAFT, "An annual report to begin", "reports/{}", NEXT, due=_after),
    Waiting(Act.REPORT_DRAFT, "A first annual report to begin", "reports/{}", FIRST, due=_first),
    Waiting(
        Act.REPORT_WRITE,
        "Annual reports to write a foreword for",
        "reports/{}/words",
        PREPARED + "'drafting' AND wording = 0 ORDER BY until",
        due=_due,
    ),
    Waiting(
        Act.REPORT_APPROVE,
        "Annual reports to approve",
        "reports/{}/draft",
        PREPARED + "'drafting' AND wording > 0 ORDER BY until",
        due=_due,
    ),
    Waiting(
        Act.REPORT_PUBLISH,
        "Annual reports to publish",
        "reports/{}/draft",
        PREPARED + "'approved' ORDER BY until",
        due=_due,
    ),
]
