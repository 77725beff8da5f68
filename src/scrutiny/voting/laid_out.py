"""A vote as a page shows it: the question, the counts, what came out, who does not agree."""

from typing import Any

from scrutiny.kit.words import N_
from scrutiny.people.constitution import Method
from scrutiny.voting import queries
from scrutiny.voting.rules import ABSTAIN, METHODS, OUTCOMES, Stage
from scrutiny.voting.tables import Poll

VOID = N_("Void: somebody had voted who may not. It has to be put again.")


async def laid_out(poll: Poll) -> dict[str, Any]:
    """For templates/voting/_poll.html. Of a secret vote still open it holds no count."""
    choices, counts = queries.choices_of(poll), await queries.counted(poll)
    secret = poll.method == Method.SECRET
    return {
        "question": poll.question,
        "method": METHODS[Method(poll.method)],
        "secret": secret,
        "open": poll.stage == Stage.OPEN,
        "electors": len(queries.electors_of(poll)),
        "turnout": await queries.turnout(poll),
        "counts": [(words, counts[key]) for key, words in choices.items()] if counts else [],
        "result": outcome(poll, choices),
        "alike": secret and _is_alike(counts),
        "hands": [] if secret else await _hands(poll, choices),
        "dissents": await queries.dissents(poll),
    }


def outcome(poll: Poll, choices: dict[str, str]) -> str:
    """Words for the result; the name of whoever was chosen; nothing while it is open."""
    if poll.stage == Stage.VOID:
        return VOID
    return OUTCOMES.get(poll.result) or choices.get(poll.result, "")


def _is_alike(counts: dict[str, int] | None) -> bool:
    """Whether the counts themselves tell what each chose, which no vote can hide."""
    return bool(counts) and sum(1 for number in counts.values() if number) == 1


async def _hands(poll: Poll, choices: dict[str, str]) -> list[tuple[str, str]]:
    found = await queries.hands(poll)
    order = [key for key in choices if key != ABSTAIN] + [ABSTAIN]
    found.sort(key=lambda hand: order.index(hand.choice))
    return [(hand.seat.person.name, choices[hand.choice]) for hand in found]
