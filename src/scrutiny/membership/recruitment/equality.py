"""What may be shown of who applied: counts of a closed call, small ones left out."""

from dataclasses import dataclass

from scrutiny.kit.suppression import SMALL, shown
from scrutiny.membership.recruitment.rules import CallStage, equality_shown
from scrutiny.membership.recruitment.tables import Call, CallEquality
from scrutiny.people.equality import QUESTIONS, UNSAID, Question


@dataclass(frozen=True)
class Answered:
    """One question of a closed call. None stands for a count that is left out."""

    question: Question
    people: int
    counts: dict[str, int | None]
    unsaid: int | None


async def figures(call: Call) -> list[Answered]:
    """The questions of which anything can be shown; none before the call is closed."""
    if call.stage != CallStage.CLOSED:
        return []
    found: dict[str, dict[str, int]] = {name: {} for name in QUESTIONS}
    for row in await CallEquality.objects().where(CallEquality.call == call.id):
        found.setdefault(row.question, {})[row.answer] = row.count
    shown_ones = (answered(asked, found[name]) for name, asked in QUESTIONS.items())
    return [one for one in shown_ones if one is not None]


def answered(asked: Question, counts: dict[str, int]) -> Answered | None:
    """None where nothing can be shown. What was not said is in no total."""
    given = [counts.get(answer, 0) for answer in asked.answers]
    visible = shown(given)
    if not equality_shown(given, visible):
        return None
    unsaid = counts.get(UNSAID, 0)
    return Answered(
        asked,
        sum(given),
        dict(zip(asked.answers, visible, strict=True)),
        None if 0 < unsaid < SMALL else unsaid,
    )
