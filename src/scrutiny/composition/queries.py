"""Reads of rounds: the counts of those that are over, and nothing of one that is open."""

from scrutiny.composition.rules import QUESTIONS, grouped
from scrutiny.composition.tables import Answered, Round
from scrutiny.kit.db import rows
from scrutiny.people.queries import active_on
from scrutiny.people.tables import Panel, Person, Seat
from scrutiny.policy import COMMUNITY
from scrutiny.stops import queries as stops

MOST = 40


async def rounds(panel: Panel) -> list[Round]:
    """Newest first."""
    found = Round.objects().where(Round.panel == panel.id)
    return await found.order_by(Round.number, ascending=False).limit(MOST)


async def open_round(panel: Panel) -> Round | None:
    return await Round.objects().where((Round.panel == panel.id) & (Round.stage == "open")).first()


async def has_answered(round: Round, person: Person) -> bool:
    return await Answered.exists().where(
        (Answered.round == round.id) & (Answered.person == person.id)
    )


async def answered(round: Round) -> int:
    return await Answered.count().where(Answered.round == round.id)


async def counts(panel: Panel) -> dict[str, list[dict[str, int]]]:
    """Question -> the counts of each closed round, oldest first, as they are grouped. One query."""
    found: dict[str, dict[int, dict[str, int]]] = {name: {} for name in QUESTIONS}
    for row in await rows(COUNTS, panel.id):
        if row["question"] in found:
            per_round = found[row["question"]].setdefault(row["number"], {})
            per_round[row["answer"]] = row["count"]
    return {
        name: [grouped(name, per_round[number]) for number in sorted(per_round)]
        for name, per_round in found.items()
    }


COUNTS = """
SELECT composition_round.number, question, answer, count FROM composition_count
JOIN composition_round ON composition_round.id = composition_count.round
WHERE composition_round.panel = {} AND composition_round.stage = 'closed'
ORDER BY composition_round.number"""


async def searched(panel: Panel) -> dict[str, int]:
    """Searches of people here by the group that officers recorded, in the last twelve months."""
    found = await stops.months(panel.force.slug, panel.area_code, 12)
    if not found:
        return {}
    months = tuple(month.month for month in found)
    totals: dict[str, int] = {}
    for row in await stops.groups(panel.force.slug, panel.area_code, months):
        if group := row["officer_defined"]:
            totals[group] = totals.get(group, 0) + row["searches"]
    return totals


async def residents(panel: Panel) -> dict[str, int]:
    """People of each group who lived here on census day 2021."""
    return await stops.people_by_group(panel.area_code)


async def members(panel: Panel, day) -> list[Seat]:
    """Whom a round asks: everybody on the community side."""
    held = (Seat.panel == panel.id) & Seat.role.is_in(list(COMMUNITY)) & active_on(day)
    found = await Seat.objects(Seat.person).where(held).order_by(Seat.id).limit(200)
    return list({seat.person.id: seat for seat in found}.values())
