"""Letters that say only that there is news, to residents who asked for them.

Nothing in one tells of a panel, of police or of a concern: somebody else may read the mailbox.
"""

from datetime import date
from uuid import uuid4

from scrutiny.concerns import parts
from scrutiny.concerns.tables import Concern, Notice
from scrutiny.kit.clock import midnight
from scrutiny.kit.db import keep, rows, scrub, write_tx
from scrutiny.kit.mail import ADDRESS, Mailbox
from scrutiny.kit.seal import keys
from scrutiny.kit.settings import settings
from scrutiny.kit.tokens import keyed_hash
from scrutiny.leaks.actions import mark
from scrutiny.letters.actions import Words, write
from scrutiny.letters.tables import Letter

KIND = "notice"
TELLING = ("hand_off.sent", "video.asked")
"""Letters that say what was written, and by whom where it was allowed: the host's own keys open
the outbox, so they stay in it no longer than the day on which they went."""
SUBJECT = "There is an update"


async def tell_resident(concern: Concern, day: date) -> None:
    """One letter a day at most, inside write_tx(), where the resident asked for letters."""
    address = await address_of(concern)
    if not ADDRESS.match(address):
        return
    key = f"{_mark(concern)}:{day.isoformat()}"
    await Letter.delete().where(Letter.key.like(f"{_mark(concern)}:%") & (Letter.key != key))
    tongue = "" if concern.language == "en" else f"?lang={concern.language}"
    text = f"{SUBJECT}.\n\n{settings().base_url}/concerns/return{tongue}\n"
    await write(KIND, Mailbox("", address), Words(SUBJECT, text), key=key, day=day)


async def address_of(concern: Concern) -> str:
    """Where letters go, or nothing."""
    found = await rows("SELECT sealed FROM notice WHERE concern = {}", concern.id)
    if not found:
        return ""
    key = await parts.key_of(concern)
    return parts.opened(key, concern, "notice", found[0]["sealed"]).decode()


async def begin(concern: Concern, address: str) -> None:
    """Letters go to this address from now on, inside write_tx()."""
    await stop(concern)
    sealed = parts.close(await parts.key_of(concern), concern, "notice", address)
    await keep(Notice(id=uuid4(), concern=concern.id, sealed=sealed))
    await mark(concern.panel, "email", address, concern.id)


async def stop(concern: Concern) -> None:
    """No more letters, inside write_tx(): the address goes, and letters that hold it."""
    await Notice.delete().where(Notice.concern == concern.id)
    await Letter.delete().where(Letter.key.like(f"{_mark(concern)}:%"))


async def forget_sent(today: date) -> int:
    """For the daily round: the outbox keeps no resident's address once a letter has gone, or has
    been given up; returns how many. Those of today stay, as they keep a second from being sent.
    Nor does it keep what was told of a concern to somebody outside.
    """
    over = (Letter.kind == KIND) & Letter.state.is_in(["sent", "failed"])
    told = Letter.kind.is_in(list(TELLING)) & (Letter.state == "sent")
    async with write_tx():
        gone = await (
            Letter.delete()
            .where((over | told) & (Letter.written < midnight(today)))
            .returning(Letter.id)
        )
    if gone:
        await scrub()
    return len(gone)


def _mark(concern: Concern) -> str:
    """Names the letters of one concern, and tells nobody without the host's pepper of which."""
    return f"notice:{keyed_hash(keys().pepper, 'notice', str(concern.id))[:32]}"
