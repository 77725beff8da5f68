"""Minutes for Word: the same document, seal and template as the page and the PDF."""

from datetime import date, datetime

from scrutiny.kit import word
from scrutiny.kit.clock import midnight
from scrutiny.kit.errors import Unreadable
from scrutiny.minutes.document import Read, Seal, paper

UNSEALED = Seal(approved="", fingerprint="", address="", newest="", closed=False)


async def docx(
    doc: Read, draft: bool, seal: Seal = UNSEALED, *, created: datetime | None = None
) -> bytes:
    """The same document under the same seal gives the same bytes: their time is that of the
    approval, or where none is given the day of the meeting. Raises Unreadable with a sentence."""
    day = date.fromisoformat(doc["meeting"]["date"])
    when = created or midnight(day)
    try:
        return await word.docx(paper(doc, seal, draft=draft, created=when, square=False))
    except word.NotDone as why:
        raise Unreadable(f"These minutes could not be written for Word. {why}") from why
