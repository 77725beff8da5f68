"""Writes of residents' questions. Of the asking only the day is kept, and no address in public."""

import json
from dataclasses import asdict
from uuid import UUID, uuid4

from scrutiny.agendas.questions import queries
from scrutiny.agendas.questions.queries import Sent
from scrutiny.agendas.questions.rules import (
    MOVES,
    SOMEBODY,
    answer_due,
    may_be_asked,
    plain,
    shown_as,
)
from scrutiny.agendas.questions.tables import Question
from scrutiny.concerns.thread.notices import KIND, SUBJECT
from scrutiny.kit.clock import today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.seal import keys, seal
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import advance
from scrutiny.kit.tokens import keyed_hash
from scrutiny.leaks import actions as leaks
from scrutiny.letters.actions import Words, write
from scrutiny.meetings.tables import Meeting
from scrutiny.people.queries import seats_on
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, who_may
from scrutiny.record.actions import record


@writes
async def ask(
    panel: Panel, seen: Meeting, code: str, sent: Sent, *, item: UUID | None, screened: bool = True
) -> None:
    """Take a question in, once: the same code again changes nothing.

    Raises NotNow once the meeting has begun.
    """
    found = queries.code_hash(code)
    if await Question.exists().where(Question.code_hash == found):
        return
    meeting = await Meeting.objects().get(Meeting.id == seen.id)
    if meeting is None or not may_be_asked(meeting.stage, meeting.public):
        raise NotNow("Questions are taken until the meeting begins.")
    known, day = uuid4(), today()
    row = Question(id=known, meeting=meeting.id, code_hash=found, asked=day, screened=screened)
    row.item = item if item in await queries.open_lines(meeting) else None
    row.sealed = _sealed(known, sent)
    await Question.insert(row)
    told = [("receipt", code), ("name", sent.name), ("email", sent.email), ("text", sent.words)]
    await leaks.mark_all(panel, told, known)
    await record("question.asked", panel=panel, day=day)
    await _tell_convenors(panel)


def _sealed(known: UUID, sent: Sent) -> bytes:
    return seal(json.dumps(asdict(sent)), queries.place(known))


async def _tell_convenors(panel: Panel) -> None:
    """One letter a day each, however many questions come."""
    day = today()
    text = (
        f"A resident has asked {panel.name} a question.\n\n"
        f"Sign in to read it:\n{settings().base_url}/{panel.slug}/questions\n"
    )
    for seat in await seats_on(panel.id, who_may(Act.QUESTION_DECIDE)):
        key = f"question.asked|{panel.id}|{day}|{seat.person.id}"
        words = Words("Panel: a new question", text)
        await write("question.asked", seat.person, words, key=key, panel=panel, day=day)


@writes
async def accept(
    seen: Question, version: int, text: str, *, by: Seat, nameless: bool = False
) -> None:
    """Publish it in these words; from today the panel owes a written answer.

    The name is the one that whoever asked chose to go by, or none.
    """
    row = await _as_seen(seen, version)
    sent = queries.opened(row)
    name = SOMEBODY if nameless else shown_as(sent.name)
    taken = (Question.meeting == row.meeting) & Question.number.is_not_null()
    number = 1 + await Question.count().where(taken)
    due = answer_due(today())
    kept = [("email", sent.email), ("name", sent.name if name == SOMEBODY else "")]
    await leaks.forget(by.panel, row.id)  # the rest is public from now on
    await leaks.mark_all(by.panel, kept, row.id)
    changes = {"text": plain(text), "shown_as": name, "number": number, "due": due}
    await advance(row, MOVES, "accepted", **changes)
    await record("question.accepted", row, by=by, public=True, number=number, due=due)
    await _tell_asker(row)


@writes
async def refuse(seen: Question, version: int, reason: str, *, by: Seat) -> None:
    """It is not taken; whoever asked reads why by their code, and nobody else reads of it."""
    row = await _as_seen(seen, version)
    await advance(row, MOVES, "refused", reason=plain(reason))
    await record("question.refused", row, by=by)
    await _tell_asker(row)
    await _forget_asker(row, by.panel)


@writes
async def answer(seen: Question, version: int, text: str, *, by: Seat) -> None:
    """The written answer, published beside the question."""
    row = await _as_seen(seen, version)
    late = row.due is not None and today() > row.due
    await advance(row, MOVES, "answered", answer=plain(text), answered=today())
    await record("question.answered", row, by=by, public=True, number=row.number, late=late)
    await _tell_asker(row)
    await _forget_asker(row, by.panel)


async def _as_seen(seen: Question, version: int) -> Question:
    row = await Question.objects().get(Question.id == seen.id)
    if row is None:
        raise Missing(queries.NOT_THERE)
    if row.version != version:
        raise Stale("Somebody else dealt with this question a moment ago. Please look again.")
    return row


async def _tell_asker(row: Question) -> None:
    """Where an address was given: only that there is news, as somebody else may read it."""
    address = queries.opened(row).email
    if not address:
        return
    mark = keyed_hash(keys().pepper, "question notice", str(row.id))[:32]
    text = f"{SUBJECT}.\n\n{settings().base_url}/questions/return\n"
    words = Words(SUBJECT, text)
    key = f"question:{mark}:{row.version}"
    await write(KIND, Mailbox("", address), words, key=key, day=today())


async def _forget_asker(row: Question, panel: Panel) -> None:
    """The last letter is written: the address and the name are kept no longer."""
    told = queries.opened(row)
    await leaks.forget(panel, row.id)
    sealed = _sealed(row.id, Sent(told.words, "", ""))
    await Question.update({Question.sealed: sealed}).where(Question.id == row.id)
