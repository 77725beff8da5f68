"""What a file is, by its content: two libraries must agree, and names are never asked.

Belongs to the cleaner (cleaner.py): the web process does not import it.
"""

from typing import BinaryIO

import filetype
import puremagic

HEAD = 8192
ISO = {"video/mp4", "video/x-m4v", "video/quicktime", "video/3gpp", "audio/mp4", "audio/m4a",
       "audio/x-m4a"}  # fmt: skip
AGREED = {
    "jpeg": ({"image/jpeg"}, {".jpg", ".jpeg", ".jfif"}),
    "png": ({"image/png"}, {".png"}),
    "webp": ({"image/webp"}, {".webp"}),
    "pdf": ({"application/pdf"}, {".pdf"}),
    "docx": (
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {".docx", ".zip"},
    ),
    "odt": ({"application/vnd.oasis.opendocument.text"}, {".odt", ".docx", ".zip"}),
    "mp3": ({"audio/mpeg"}, {".mp3"}),
    "wav": ({"audio/x-wav", "audio/wav"}, {".wav"}),
    "iso": (ISO, {".mp4", ".m4a", ".m4v", ".mov", ".3gp", ".qt"}),
    "webm": ({"video/webm"}, {".webm", ".mkv"}),
}
"""family -> what filetype may call it, and one of the endings that puremagic must know for it."""
HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}


class Refused(Exception):
    """It is not taken; the word says why, as in rules.REFUSED."""


def family_of(file: BinaryIO) -> str:
    """Raises Refused for what is not taken, also when the two do not agree."""
    head = file.read(HEAD)
    file.seek(0)
    if head[4:8] == b"ftyp" and head[8:12] in HEIC:
        raise Refused("heic")
    said = filetype.guess(head)
    if said is None:
        return _text(file)
    endings = _endings(file)
    for family, (mimes, known) in AGREED.items():
        if said.mime in mimes and endings & known:
            return family
    raise Refused("kind")


def _endings(file: BinaryIO) -> set[str]:
    content = file.read()
    file.seek(0)
    try:
        return {found.extension for found in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return set()


def _text(file: BinaryIO) -> str:
    """Text has no mark of its own: it is what holds nothing but text, and no mark of another."""
    content = file.read()
    file.seek(0)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "txt"
    if any(byte in content for byte in (b"\0", b"\x1b")) or content[:4] == b"\x7fELF":
        raise Refused("kind")
    strange = sum(content.count(bytes([n])) for n in range(32) if n not in (9, 10, 12, 13))
    if strange:
        raise Refused("kind")
    return "txt"
