"""What the tests of votes do again and again."""

from uuid import UUID

from conftest import run

from scrutiny.kit.db import write_tx
from scrutiny.voting import actions, queries
from scrutiny.voting.rules import usual_choices
from scrutiny.voting.tables import Poll


def do(deed):
    """One deed in a transaction of its own."""

    async def within():
        async with write_tx():
            return await deed

    return run(within())


def ask(cast, *names: str, method: str = "secret", **how) -> Poll:
    """Put a question to these people of Lambeth."""
    electors = [cast.seats[name].id for name in names]
    how = {"majority": "simple", "about": None, "kind": "decision", **how}
    choices = how.pop("choices", usual_choices(method))
    return do(
        actions.open_poll(
            cast.lambeth, "Ask?", choices, method=method, electors=electors,
            by=cast.seats["grace"], **how,
        )
    )  # fmt: skip


def vote(cast, poll: Poll, **chosen: str) -> None:
    for name, choice in chosen.items():
        do(actions.cast_vote(poll.id, choice, by=cast.seats[name]))


def close(cast, poll: Poll, **how) -> Poll:
    return do(actions.close_poll(poll.id, by=cast.seats["grace"], **how))


def stored(poll: Poll | UUID) -> Poll:
    return run(queries.poll(getattr(poll, "id", poll)))
