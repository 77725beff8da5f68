"""Files that a resident sends: taken in, taken back, handed over to the concern, erased.

Files are put on the disk before their row is written and taken off after it is gone, so no row is
without its file; what a crash leaves without a row, sweep() finds.
"""

from uuid import UUID

from scrutiny.concerns import parts, queries
from scrutiny.concerns.actions import tell
from scrutiny.concerns.evidence import shelf
from scrutiny.concerns.evidence.receiving import Sent
from scrutiny.concerns.evidence.rules import MIMES, MOST_FILES
from scrutiny.concerns.evidence.tables import Evidence
from scrutiny.concerns.evidence.washing import Washed, washed
from scrutiny.concerns.rules import GONE, Stage
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.vault import queries as vault
from scrutiny.concerns.vault.rules import seal_to
from scrutiny.kit.clock import today
from scrutiny.kit.db import keep, rows, write_sql, write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.kit.seal import lock, unlock
from scrutiny.kit.words import N_
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record

CLOSED = (*GONE, Stage.CLOSED)
ENDED = N_("This has ended, so no more files can be sent.")
KNOWN = 'SELECT count(*) AS "n", max(number) AS "last" FROM evidence WHERE concern = {}'
TWIN = "SELECT 1 FROM evidence WHERE concern = {} AND sha256 = {}"
REMOVE = """
DELETE FROM evidence WHERE concern = {} AND number = {}
AND concern IN (SELECT id FROM draft) RETURNING id
"""
"""Not of one that was sent a moment ago: its files are no longer the resident's to take back."""
DRAFT = "UPDATE draft SET touched = {} WHERE id = {} RETURNING id"
CONCERN = "UPDATE concern SET touched = {} WHERE id = {} AND stage NOT IN ({}) RETURNING id"


async def add_to_draft(panel: Panel, draft: UUID, code: str, sent: Sent) -> str:
    """Keep a file with what is still being written; returns why not, a word of rules.REFUSED.

    Raises NotNow when the draft was sent or erased meanwhile.
    """

    async def still_there() -> bytes:
        if not await write_sql(DRAFT, today(), draft):
            raise NotNow(N_("You have sent this already. Send the file through your code."))
        return parts.draft_key(code)

    return await _add(panel, draft, sent, still_there)


async def add_to_concern(concern: Concern, sent: Sent) -> str:
    """Keep a file that came later, and tell triage; `concern` comes with its panel. As above."""
    panel, day = concern.panel, today()
    readers = await queries.readers(panel)

    async def still_there() -> bytes:
        if not await write_sql(CONCERN, day, concern.id, tuple(stage.value for stage in CLOSED)):
            raise NotNow(ENDED)
        await record("concern.file_added", concern, panel=panel, day=day)
        await tell(readers, panel, "file_added", "A resident sent a file.", day)
        return await parts.key_of(concern)

    return await _add(panel, concern.id, sent, still_there)


async def _add(panel: Panel, about: UUID, sent: Sent, still_there) -> str:
    """`still_there` looks, inside the transaction, that there is something to add to; gives the key
    under which that of the clean copy is locked."""
    if sent.why:
        return sent.why
    kept = ""
    try:
        if (await rows(KNOWN, about))[0]["n"] >= MOST_FILES:
            return "many"
        found = _honest(sent, await washed(sent.id, sent.key, sent.clean_key, today()))
        row = await _row(panel, about, sent, found)
        if row is None:
            return found.why
        kept = await _keep(row, sent.clean_key, still_there)
        if kept == "yes" and not row.sealed_key:
            shelf.discard([sent.id], shelf.ORIGINAL)
        return "many" if kept == "many" else ""
    except OSError:
        return "room"
    finally:
        if kept != "yes":
            sent.drop()


def _honest(sent: Sent, found: Washed) -> Washed:
    """Refused where its name promised a picture, say, and there is only text in it."""
    return Washed(why="named") if sent.promised and found.mime == "text/plain" else found


async def _row(panel: Panel, about: UUID, sent: Sent, found: Washed) -> Evidence | None:
    """None for what is refused, and for what is harmful where no vault could hold it."""
    has_vault = await vault.has_vault(panel)
    if found.state == "refused" or (found.why == "harmful" and not has_vault):
        return None
    sealed = b""
    if has_vault:
        public_key = (await vault.newest(panel)).public_key
        sealed = seal_to(public_key, sent.half, shelf.context(sent.id, shelf.ORIGINAL))
    return Evidence(
        id=sent.id,
        concern=about,
        kind=MIMES.get(found.mime, ("",))[0],
        mime=found.mime,
        size=sent.size,
        state=found.state,
        why=found.why,
        sha256=sent.digest,
        sealed_key=sealed,
        day=today(),
    )


async def _keep(row: Evidence, clean_key: bytes, still_there) -> str:
    """yes; twin, where the same file is there already; many, where there are too many by now."""
    async with write_tx():
        if await rows(TWIN, row.concern, row.sha256):
            return "twin"
        known = (await rows(KNOWN, row.concern))[0]
        if known["n"] >= MOST_FILES:
            return "many"
        key = await still_there()
        row.number = (known["last"] or 0) + 1
        row.locked_key = lock(key, clean_key, shelf.key_context(row.id))
        await keep(row)
        return "yes"


async def note_reading(concern: Concern, file: Evidence, *, by: Seat) -> None:
    """That a file was opened, and by whom: recorded before it is sent."""
    async with write_tx():
        await record("concern.file_read", concern, by=by, number=concern.number, file=file.number)


async def remove(draft: UUID, number: int) -> None:
    """The resident takes back a file before it is sent; once more does no harm."""
    async with write_tx():
        gone = await write_sql(REMOVE, draft, number)
    shelf.discard(row["id"] for row in gone)


async def adopt(concern: Concern, draft_key: bytes, key: bytes) -> None:
    """What was sent with the draft belongs to the concern now, inside write_tx().

    Its keys are locked again under the concern's own: erasing that erases them too.
    """
    for row in await rows("SELECT id, locked_key FROM evidence WHERE concern = {}", concern.id):
        file, context = row["id"], shelf.key_context(row["id"])
        again = lock(key, unlock(draft_key, bytes(row["locked_key"]), context), context)
        await write_sql("UPDATE evidence SET locked_key = {} WHERE id = {}", again, file)


async def erase(concern: Concern) -> list[UUID]:
    """Erase every file of a concern, inside write_tx(): their keys are gone with their rows.

    The files themselves go with the next round (rounds.sweep), or at once where what this returns
    is given to shelf.discard() after the transaction. Nothing opens them any more either way.
    """
    return await erase_draft(concern.id)


async def erase_draft(draft: UUID) -> list[UUID]:
    """The same for what was never sent."""
    gone = await write_sql("DELETE FROM evidence WHERE concern = {} RETURNING id", draft)
    return [row["id"] for row in gone]
