"""Reads of the counts, a year at a time, as they may be shown."""

from datetime import date

from scrutiny.concerns.equality.rules import QUESTIONS, Period, Quarter, periods
from scrutiny.kit.db import rows
from scrutiny.people.tables import Panel

OF_A_YEAR = """
SELECT quarter, question, answer, people FROM equality_count
WHERE panel = {} AND quarter >= {} AND quarter <= {} ORDER BY quarter
"""
BEFORE = "SELECT 1 FROM equality_count WHERE panel = {} AND quarter < {} LIMIT 1"


async def shown_in(panel: Panel, year: int, today: date) -> dict[str, list[Period]]:
    """Question -> its periods of this year, oldest first; those not yet over are not there."""
    found = await rows(OF_A_YEAR, panel.id, date(year, 1, 1), date(year, 12, 31))
    quarters: dict[str, dict[date, dict[str, int]]] = {name: {} for name in QUESTIONS}
    for row in found:
        counts = quarters.get(row["question"], {}).setdefault(row["quarter"], {})
        counts[row["answer"]] = row["people"]
    return {
        name: list(periods(asked, [Quarter(*one) for one in quarters[name].items()], today))
        for name, asked in QUESTIONS.items()
    }


async def any_before(panel: Panel, year: int) -> bool:
    """Whether anything was counted in the years before."""
    return bool(await rows(BEFORE, panel.id, date(year, 1, 1)))
