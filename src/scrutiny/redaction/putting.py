"""The result in the place of what was: the file on its shelf, its row, packs, and the ledger.

A file is on the shelf before its row is written and taken off after that row has another.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from scrutiny.agendas.packs import actions as packs
from scrutiny.agendas.packs.rules import read as contents_of
from scrutiny.agendas.packs.tables import Pack
from scrutiny.agendas.papers import shelf as paper_shelf
from scrutiny.archive import guarding
from scrutiny.archive import queries as archive
from scrutiny.archive import shelf as archive_shelf
from scrutiny.archive.actions import published_document
from scrutiny.archive.rules import LONGEST_TITLE, canonical
from scrutiny.kit.clock import now, today
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.seal import new_key, wrap
from scrutiny.kit.stages import amend
from scrutiny.ledger.actions import enter, withdraw
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record
from scrutiny.redaction import shelf
from scrutiny.redaction.matching import cut
from scrutiny.redaction.rules import REASONS, stands_for
from scrutiny.redaction.subjects import PAPER, Subject
from scrutiny.redaction.tables import Redaction


@dataclass
class Placed:
    """Files on their shelves whose row is still to be written."""

    kind: str
    file: UUID = field(default_factory=uuid4)
    key: bytes = b""
    sent_key: bytes = b""

    def drop(self) -> None:
        _discard(self.kind, self.file)


def _discard(kind: str, file: UUID) -> None:
    (paper_shelf if kind == PAPER else archive_shelf).discard([file])


def placed(subject: Subject, made: bytes, sent: bytes) -> Placed:
    """The result on the shelf from which it will be handed out; of old minutes the file that was
    sent beside it, where it is kept. Raises OSError."""
    new = Placed(subject.kind)
    try:
        if subject.kind == PAPER:
            of = (paper_shelf.place(new.file), paper_shelf.context(new.file))
            new.key = _write(*of, paper_shelf.key_context(new.file), made)
            return new
        file = new.file
        for part, content, key in (
            (archive_shelf.COPY, made, archive_shelf.copy_key(file)),
            (archive_shelf.SENT, sent, archive_shelf.sent_key(file)),
        ):
            if content:
                of = (archive_shelf.place(file, part), archive_shelf.context(file, part))
                wrapped = _write(*of, key, content)
                setattr(new, "key" if part == archive_shelf.COPY else "sent_key", wrapped)
        return new
    except BaseException:
        new.drop()
        raise


def _write(place: Any, context: str, key_context: str, content: bytes) -> bytes:
    key = new_key()
    shelf.write(place, key, context, content)
    return wrap(key, key_context)


def clear_away(subject: Subject, gone_packs: Sequence[UUID]) -> None:
    """After the transaction: the old file, and packs that held it."""
    _discard(subject.kind, subject.row.file)
    paper_shelf.discard(gone_packs, paper_shelf.PACK)


# -- inside the transaction -----------------------------------------------------------------------


async def put_paper(
    subject: Subject, row: Redaction, words: Sequence[str], new: Placed, made: bytes, by: Seat
) -> list[UUID]:
    """Gives the packs that held the old file: their rows are gone."""
    paper, boxed, old = subject.row, stands_for(row.reason), subject.sha256
    texts = {name: cut(getattr(paper, name), words, boxed)[:most] for name, most in
             (("title", 200), ("late_reason", 300), ("why", 300))}  # fmt: skip
    file = {"file": new.file, "key": new.key, "size": len(made), "pages": row.pages,
            "sha256": row.sha256}  # fmt: skip
    told = {"redacted": today(), "redaction": REASONS[row.reason]}
    more = {"edition": paper.edition + 1, "added": now(), "day": today()}
    await amend(paper, **file, **texts, **told, **more)
    facts = {"number": paper.number, "sha256": row.sha256, "reason": row.reason}
    day = subject.meeting.date
    await record("paper.redacted", paper, by=by, public=subject.public, meeting=day, **facts)
    if subject.public:
        with suppress(Missing):  # it was entered only if it was redacted before
            why = f"Redacted again: {REASONS[row.reason]}"
            await withdraw(by.panel, subject.called, subject.address, why, old)
        await enter(by.panel, "redaction", subject.called, subject.address, made)
    return await _forget_packs(subject)


async def _forget_packs(subject: Subject) -> list[UUID]:
    mine = await Pack.objects().where(Pack.meeting == subject.meeting.id)
    gone = [
        pack.id
        for pack in mine
        if any(paper.id == str(subject.id) for paper in contents_of(pack.holds).papers)
    ]
    if gone:
        await Pack.delete().where(Pack.id.is_in(gone))
    return gone


async def ask_for_packs(subject: Subject, by: Seat) -> None:
    """Again those that are gone, whatever the day. The worker makes them."""
    with suppress(NotNow):  # the agenda was changed since: its publication asks for them
        await packs.make(subject.meeting, by=by)


async def put_old(
    subject: Subject, row: Redaction, words: Sequence[str], new: Placed, made: bytes, by: Seat
) -> None:
    """Old minutes: their words too, and a new fingerprint for each thing in the ledger."""
    old, panel, boxed = subject.row, by.panel, stands_for(row.reason)
    document, shown, place = old.document.encode(), old.shows != "text", subject.address
    why = f"Redacted: {REASONS[row.reason]}"
    await record("archive.redacted", old, by=by, public=True, number=old.number, day=old.day,
                 reason=row.reason)  # fmt: skip
    await guarding.enter_withdrawal(panel, old, document, shown, place, why)
    texts = {name: cut(getattr(old, name), words, boxed) for name in ("text", "note", "read")}
    title, name = (cut(one, words, boxed)[:LONGEST_TITLE] for one in (old.title, old.name))
    told = {"redacted": today(), "redaction": REASONS[row.reason], "title": title, "name": name}
    changes = {**texts, **told, **_file_of(old, new, made), "shows": _shows(old, made)}
    if changes["shows"] == "text" and not texts["text"].strip():
        changes["text"] = texts["read"]
    for field_name, value in changes.items():
        setattr(old, field_name, value)
    changes["document"] = canonical(published_document(old, panel))
    await amend(old, **changes)
    await enter(panel, "archive", subject.called, f"{place}.json", changes["document"].encode())
    if old.shows != "text":
        await enter(panel, "archive", f"{subject.called}, the file", f"{place}.{old.kind}", made)


def _shows(old: Any, made: bytes) -> str:
    """Without a new file only words are shown: those of a Word file are not drawn anew."""
    return old.shows if made else "text"


def _file_of(old: Any, new: Placed, made: bytes) -> dict[str, Any]:
    kept = {"sent_key": new.sent_key} if new.sent_key else {"sent_key": b"", "sent_size": 0}
    digest = sha256(made).hexdigest() if made else ""
    return {"file": new.file, "key": new.key, "size": len(made), "sha256": digest, **kept}


async def sent_file(subject: Subject) -> bytes:
    """The file as it was sent, where it is there still."""
    row = subject.row
    return b"".join(archive.sent_of(row)) if subject.kind != PAPER and row.sent_size else b""
