"""Ask for a Word document: the same page that the press prints, for chairs who live in Word.

Nothing here imports python-docx, so the web process stays small.
"""

import hashlib
from collections import OrderedDict

from scrutiny.kit.apart import NotDone, done
from scrutiny.kit.pdf import Document

__all__ = ["MEDIA_TYPE", "NotDone", "docx"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ROOM = 16
_kept: OrderedDict[bytes, bytes] = OrderedDict()
"""The last few by what they were made of: asking again for the same costs nothing."""


async def docx(document: Document) -> bytes:
    """The document for Word; the same document gives the same bytes. Raises NotDone."""
    order = document.order()
    mark = hashlib.sha256(order).digest()
    if mark not in _kept:
        _kept[mark] = await done("scrutiny.kit.typist", order)
    _kept.move_to_end(mark)
    while len(_kept) > ROOM:
        _kept.popitem(last=False)
    return _kept[mark]
