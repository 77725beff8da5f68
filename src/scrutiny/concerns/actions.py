"""Writes. One function a verb; each is one transaction and leaves one line in the record."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from scrutiny.concerns import queries
from scrutiny.concerns.forms import ConcernForm, day_of
from scrutiny.concerns.queries import Said, context, receipt_hash
from scrutiny.concerns.rules import ENDS, LINKS, LOOKS, MOVES, Stage, reference
from scrutiny.concerns.tables import Concern, Contact
from scrutiny.kit.clock import today
from scrutiny.kit.db import keep, scrub, write_tx
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.seal import keys, seal
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import advance, amend
from scrutiny.kit.tokens import receipt_code
from scrutiny.letters.actions import Words, write
from scrutiny.people.actions import new_form_key, next_number
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record


@dataclass(frozen=True)
class Receipt:
    """What somebody who raised a concern takes away. `fresh` is untrue when it came again."""

    reference: str
    code: str
    fresh: bool


def code_for(form_key: str) -> str:
    """The receipt of one form: always the same for it, and no use without the host's pepper."""
    return receipt_code(hmac.digest(keys().pepper, f"receipt of|{form_key}".encode(), "sha256"))


async def submit(panel: Panel, form: ConcernForm) -> Receipt:
    """Take in a concern. The same form again, also at the same moment, gives the same receipt.

    Raises Stale when that form was sent before with other words in it.
    """
    code = code_for(form.form_key or new_form_key())
    raised = Concern(
        id=uuid4(),
        panel=panel.id,
        receipt_hash=receipt_hash(code),
        received=today(),
        category=form.category,
        happened=day_of(form.happened),
    )
    raised.sealed_words = seal(json.dumps(form.what()), context(raised, "words"))
    readers = await queries.readers(panel)
    async with write_tx():
        fresh = not await queries.sent_before(raised.receipt_hash)
        if fresh:
            raised.number = await next_number(panel.id, "concern")
            await _keep(raised, form, panel, readers)
    if not fresh:
        raised = await queries.by_receipt(code)
        await _check_same(raised, form)
    return Receipt(reference(panel.code, raised.number, raised.received), code, fresh)


async def _keep(raised: Concern, form: ConcernForm, panel: Panel, readers: list[Mailbox]) -> None:
    """The row, who wrote it, a line in the record that does not name it, and the letters."""
    await keep(raised)
    if contact := form.contact():
        sealed = seal(json.dumps(contact), context(raised, "contact"))
        may_contact = form.may_contact == "yes"
        await keep(Contact(concern=raised.id, sealed=sealed, may_contact=may_contact))
    await record("concern.received", panel=panel, day=raised.received)
    await _tell(readers, panel, "received", "There is a new concern to read.", raised.received)


async def _tell(readers: list[Mailbox], panel: Panel, deed: str, words: str, day: date) -> None:
    """Neutral letters that name no concern, so that the hour they are sent tells of none."""
    link = f"{settings().base_url}/{panel.slug}/concerns"
    letter = Words(f"{panel.name}: something to read", f"{words}\n\n{link}\n")
    for to in readers:
        key = f"concern.{deed}:{uuid4()}"
        await write(f"concern.{deed}", to, letter, key=key, panel=panel, day=day)


async def _check_same(before: Concern, form: ConcernForm) -> None:
    said = queries.opened(before)
    same = form.what() == {"words": said.words, "place": said.place}
    same = same and (before.category, before.happened) == (form.category, day_of(form.happened))
    if same and await queries.has_contact(before):
        contact = await queries.contact_of(before)
        same = contact == {**form.contact(), "may_contact": form.may_contact == "yes"}
    elif form.contact():
        same = False
    if not same:
        raise Stale(
            "You have sent this form before, with other words in it, and we have that. "
            "Send it now if this is another concern: you will get another code."
        )


async def add_words(code: str, words: str) -> Concern:
    """The resident answers what the secretariat asked. Raises Missing for an unknown code."""
    day = today()
    async with write_tx():
        concern = await _of_receipt(code)
        said = queries.opened(concern)
        if concern.stage != Stage.NEEDS_INFO:
            raise NotNow("The secretariat is not waiting for more from you now.")
        sealed = _sealed_more(concern, said, words)
        await advance(concern, MOVES, Stage.IN_TRIAGE, sealed_words=sealed)
        await record("concern.added", concern, panel=concern.panel, day=day)
        readers = await queries.readers(concern.panel)
        await _tell(readers, concern.panel, "added", "A resident has answered a question.", day)
    return concern


def _sealed_more(concern: Concern, said: Said, words: str) -> bytes:
    what = {"words": f"{said.words}\n\n* * *\n\n{words}", "place": said.place}
    return seal(json.dumps(what), context(concern, "words"))


async def withdraw(code: str) -> Concern:
    """The resident takes it back: words and contact are erased, the count of concerns stays."""
    async with write_tx():
        concern = await _of_receipt(code)
        erased = {"sealed_words": b"", "sealed_reply": b"", "happened": None}
        await advance(concern, MOVES, Stage.WITHDRAWN, **erased)
        await Contact.delete().where(Contact.concern == concern.id)
        await record(
            "concern.withdrawn",
            concern,
            panel=concern.panel,
            day=today(),
            stage=Stage.WITHDRAWN.value,
        )
    await scrub()
    return concern


async def _of_receipt(code: str) -> Concern:
    concern = await queries.by_receipt(code)
    if concern is None:
        raise Missing("We do not know this code.")
    return concern


async def note_reading(concern: Concern, *, by: Seat) -> None:
    """That the words were opened, and by whom: recorded before they are shown."""
    async with write_tx():
        await record("concern.read", concern, by=by, number=concern.number)


async def look(concern: Concern, *, by: Seat, why: str) -> Mapping[str, str]:
    """Open who wrote it. The reason is recorded first, and the resident can read it later."""
    if why not in LOOKS:
        raise ValueError(f"{why} is no reason to look.")
    found = await queries.contact_of(concern)
    async with write_tx():
        await record("concern.contact_read", concern, by=by, number=concern.number, why=why)
    return found


async def triage(
    concern: Concern, *, by: Seat, decision: str, reason: str = "", reply: str = ""
) -> None:
    """Decide what happens with it; an empty reply leaves what was told before."""
    changes: dict[str, str | bytes] = {"reason": reason}
    if reply:
        changes["sealed_reply"] = seal(reply, context(concern, "reply"))
    async with write_tx():
        await advance(concern, MOVES, decision, **changes)
        told = {"number": concern.number, "stage": concern.stage}
        await record("concern.triaged", concern, by=by, **told)
        if concern.stage in ENDS:
            await next_number(by.panel.id, "concern.told")  # so that counts() need not count


async def link(concern: Concern, *, by: Seat, to: str, name: str) -> None:
    """It is now part of a case, a meeting or a recommendation, named as in its address.

    Alone or inside the transaction that makes the other; the first one moves it to linked.
    """
    if to not in LINKS:
        raise ValueError(f"A concern is not linked to a {to}.")
    if concern.stage == Stage.LINKED:
        await amend(concern)
    else:
        await advance(concern, MOVES, Stage.LINKED)
    await record("concern.linked", concern, by=by, to=to, name=name)
