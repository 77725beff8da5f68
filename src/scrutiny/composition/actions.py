"""Rounds in which members describe themselves: opened, answered without a trace, closed."""

from collections.abc import Mapping
from datetime import date

from scrutiny.composition import queries
from scrutiny.composition.rules import OPEN_FOR, countable, may_open
from scrutiny.composition.tables import Answered, Round
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_sql, writes
from scrutiny.kit.errors import AlreadyMade, NotNow
from scrutiny.kit.ids import new_id
from scrutiny.kit.settings import settings
from scrutiny.letters.actions import Words, write
from scrutiny.people.actions import next_number
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import counts_for_quorum
from scrutiny.record.actions import record


@writes
async def open_round(*, by: Seat) -> Round:
    """Ask every member. Raises NotNow while one is open, and within half a year of the last."""
    panel, day = by.panel, today()
    before = await queries.rounds(panel)
    if before and before[0].stage == "open":
        raise NotNow("A round is open already.")
    if not may_open(before[0].opened if before else None, day):
        raise NotNow("There must be half a year between two rounds, so that nobody stands out.")
    asked = await queries.members(panel, day)
    number = await next_number(panel.id, "composition")
    made = Round(panel=panel.id, number=number, opened=day, closes=day + OPEN_FOR)
    made.asked = len(asked)
    await Round.insert(made)
    await record("composition.opened", made, by=by, number=number, asked=len(asked))
    link = f"{settings().base_url}/{panel.slug}/composition/mine"
    text = (
        f"{panel.name} asks its members to describe themselves, so that everybody can see whether "
        f"it is like the people it serves. Nobody has to answer, and no answer is kept with a "
        f"name.\n\nUntil {made.closes:%-d %B %Y}:\n{link}\n"
    )
    for seat in asked:
        key = f"composition|{made.id}|{seat.person.id}"
        words = Words("A notice from your panel", text)
        await write("composition.opened", seat.person, words, key=key, panel=panel)
    return made


@writes
async def answer(given: Mapping[str, str], *, by: Seat) -> None:
    """Count somebody's answers, once: counted up in place, so nothing leads back to them.

    Raises NotNow when no round is open or the seat is none it asks, AlreadyMade the second time.
    """
    found = await queries.open_round(by.panel)
    if found is None or found.closes < today() or not counts_for_quorum(by.role):
        raise NotNow("Members are asked while a round is open.")
    if await queries.has_answered(found, by.person):
        raise AlreadyMade(f"/{by.panel.slug}/composition/mine")
    await Answered.insert(Answered(round=found.id, person=by.person.id))
    for question, said in countable(given).items():
        await write_sql(UP, new_id(), found.id, question, said)


UP = """
INSERT INTO composition_count (id, round, question, answer, count) VALUES ({}, {}, {}, {}, 1)
ON CONFLICT (round, question, answer) DO UPDATE SET count = composition_count.count + 1"""


@writes
async def close_over(day: date) -> int:
    """Close the rounds whose last day has passed; returns how many. Part of the daily round."""
    over = await Round.objects().where((Round.stage == "open") & (Round.closes < day))
    for one in over:
        await Round.update({Round.stage: "closed"}).where(Round.id == one.id)
        panel = await Panel.objects().get(Panel.id == one.panel)
        await record("composition.closed", one, panel=panel, public=True, number=one.number)
        await write_sql(FORGET, one.id)
    return len(over)


FORGET = "DELETE FROM composition_answered WHERE round = {}"
"""Who answered is needed only while the round is open."""
