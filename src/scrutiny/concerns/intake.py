"""Taking a concern in: one transaction from the answers to everything that follows from them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from scrutiny.concerns import consents, parts, queries
from scrutiny.concerns.actions import URGENT, tell
from scrutiny.concerns.answers import Answers, packed
from scrutiny.concerns.evidence.actions import adopt
from scrutiny.concerns.queries import receipt_hash
from scrutiny.concerns.rules import is_urgent, reference
from scrutiny.concerns.tables import Concern, ConcernKey, Notice
from scrutiny.concerns.vault.actions import put_away
from scrutiny.concerns.video.actions import ask_for
from scrutiny.kit.clock import today
from scrutiny.kit.db import keep, write_sql, write_tx
from scrutiny.kit.errors import Stale
from scrutiny.kit.made import fresh
from scrutiny.leaks.actions import keep_marks, marks_of
from scrutiny.people.actions import next_number
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record


@dataclass(frozen=True)
class Receipt:
    """What somebody who raised a concern takes away. `fresh` is untrue when it came again."""

    reference: str
    code: str
    number: int
    received: date
    fresh: bool
    concern: Concern  # with its panel


@dataclass(frozen=True)
class Sending:
    """How it came: its draft, if there is one, and who typed it."""

    draft: UUID | None = None
    draft_version: int = 0
    entered: str = "self"
    screened: bool = True
    language: str = "en"  # of the pages on which it was written
    by: Seat | None = None


async def take_in(
    panel: Panel, code: str, answers: Answers, sending: Sending | None = None
) -> Receipt:
    """Take in a concern, once: the same code again gives the same receipt, also at the same moment.

    `panel` comes with its force. Raises Stale when the draft was changed meanwhile.
    """
    sending = sending or Sending()
    raised = _row(panel, code, answers, sending)
    key, kept_key = parts.fresh_key(raised)
    said = packed(answers.told())
    raised.sealed_words = parts.close(key, raised, parts.words_of(raised), said)
    readers = await queries.readers(panel)
    marks = marks_of(panel, answers.confidential(code), raised.id)
    async with write_tx():
        if first := not await queries.sent_before(raised.receipt_hash):
            await _end_draft(sending)
            raised.number = await next_number(panel.id, "concern")
            await _keep(raised, kept_key, key, answers, panel)
            await keep_marks(marks)
            await adopt(raised, parts.draft_key(code), key)
            await record("concern.received", panel=panel, day=raised.received, by=sending.by)
            await tell(readers, panel, *_news(raised), raised.received)
    raised.panel = panel
    if not first:
        raised = await queries.by_receipt(code)
    name = reference(panel.code, raised.number, raised.received)
    return Receipt(name, code, raised.number, raised.received, first, raised)


def _news(raised: Concern) -> tuple[str, str]:
    """The deed of the letter to triage, and its words: what it is about is never in it."""
    if is_urgent(raised.flags):
        return URGENT, "Something that cannot wait has come. Please read it before all else."
    return "received", "There is a new concern to read."


def _row(panel: Panel, code: str, answers: Answers, sending: Sending) -> Concern:
    day = today()
    return fresh(
        Concern,
        id=sending.draft or uuid4(),
        panel=panel.id,
        receipt_hash=receipt_hash(code),
        received=day,
        kind=answers.kind(),
        category=answers.category,
        whose=answers.whose,
        entered="advocate" if answers.advocate and not sending.by else sending.entered,
        happened=answers.day(),
        about=answers.is_guess(),
        language=sending.language,
        flags=f" {' '.join(sorted(answers.flags()))} ",
        screened=sending.screened,
        touched=day,
    )


async def _end_draft(sending: Sending) -> None:
    if sending.draft is None:
        return
    sql = "DELETE FROM draft WHERE id = {} AND version = {} RETURNING id"
    if not await write_sql(sql, sending.draft, sending.draft_version):
        raise Stale("Your answers were changed in another window. Please check them again.")


async def _keep(
    raised: Concern, kept_key: ConcernKey, key: bytes, answers: Answers, panel: Panel
) -> None:
    """The rows of one concern: what was said, what may be done with it, who said it."""
    await keep(raised)
    await keep(kept_key)
    contact, day = answers.contact(), raised.received
    await consents.keep_answers(raised, consents.answered(answers.consents, bool(contact)), day)
    if contact:
        await put_away(raised, contact, key)
    if answers.notify and answers.email:
        sealed = parts.close(key, raised, "notice", answers.email)
        await keep(fresh(Notice, concern=raised.id, sealed=sealed))
    if "video" in answers.wants:
        await ask_for(panel, raised, answers)
