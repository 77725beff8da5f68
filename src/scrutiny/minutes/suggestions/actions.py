"""Corrections that are suggested while minutes go round, each tracked to its answer."""

from uuid import UUID

from scrutiny.kit.clock import now
from scrutiny.kit.db import keep, writes
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.made import fresh
from scrutiny.kit.stages import advance
from scrutiny.kit.words import many_lines
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import queries
from scrutiny.minutes.document import address
from scrutiny.minutes.editions import opened, tell
from scrutiny.minutes.review.queries import last_number
from scrutiny.minutes.rules import Stage
from scrutiny.minutes.tables import Minutes, Suggestion
from scrutiny.people.actions import once
from scrutiny.people.tables import Seat
from scrutiny.policy import Act
from scrutiny.record.actions import record

MOVES = {
    ("open", "taken"): "taken",
    ("open", "declined"): "declined",
    ("open", "withdrawn"): "withdrawn",
}


@writes
async def suggest(
    meeting: Meeting, item: UUID | None, text: str, *, by: Seat, form_key: str = ""
) -> Suggestion:
    """Raises NotNow unless the minutes are going round the table."""
    draft, held = await opened(meeting, by)
    await once(form_key, f"{address(by.panel, held)}/suggestions")
    if draft.stage != Stage.CIRCULATED:
        raise NotNow("Corrections are suggested while the minutes go round the table.")
    made = fresh(
        Suggestion,
        minutes=draft.id,
        number=await last_number(draft) + 1,
        item=item,
        by=by.id,
        at=now(),
        text=many_lines(text).strip(),
    )
    await keep(made)
    await record("minutes.suggested", draft, by=by, meeting=held.date, number=made.number)
    words = "have a suggestion that waits for an answer"
    await tell(f"suggested.{made.number}", draft, held, by.panel, Act.MINUTES_ANSWER, words)
    return made


@writes
async def take_back(meeting: Meeting, number: int, *, by: Seat) -> None:
    draft, held, row = await _asked(meeting, number, by)
    if row.by != by.id:
        raise Missing("There is no suggestion of yours with this number.")
    await advance(row, MOVES, "withdrawn")
    await record("minutes.suggestion_withdrawn", draft, by=by, meeting=held.date, number=number)


@writes
async def answer(
    meeting: Meeting,
    number: int,
    outcome: str,
    words: str,
    *,
    by: Seat,
    version: int,
    form_key: str = "",
) -> None:
    """`outcome`: taken or declined. The words are mended apart, as any other words of a draft.

    Raises Stale when somebody answered meanwhile.
    """
    draft, held, row = await _asked(meeting, number, by)
    await once(form_key, f"{address(by.panel, held)}/suggestions")
    if row.version != version:
        raise Stale("Somebody else answered this a moment ago. Please look again.")
    said = {"answer": many_lines(words).strip(), "answered_by": by.id, "answered": now()}
    await advance(row, MOVES, outcome, **said)
    await record(f"minutes.suggestion_{outcome}", draft, by=by, meeting=held.date, number=number)


async def _asked(meeting: Meeting, number: int, by: Seat) -> tuple[Minutes, Meeting, Suggestion]:
    draft, held = await opened(meeting, by)
    found = await Suggestion.objects().get(
        (Suggestion.minutes == draft.id) & (Suggestion.number == min(number, 2**31 - 1))
    )
    if found is None or found.item in (await queries.gone_for(by, draft)).items:
        raise Missing("There is no suggestion with this number.")
    return draft, held, found
