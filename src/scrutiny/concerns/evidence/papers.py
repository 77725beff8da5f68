"""PDF, made anew from what is drawn on its pages; what is said about them, or would act, is left.

Belongs to the cleaner (cleaner.py): the web process does not import it.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from scrutiny.concerns.evidence.kinds import Refused

MOST_PAGES = 500
OF_PAGES = {"/Type", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Contents", "/UserUnit"}
SAID = ("/Metadata", "/PieceInfo", "/Properties")
SAID_OF_STREAMS = (*SAID, "/AF", "/OPI", "/Alternates", "/Ref", "/LastModified", "/Measure",
                   "/PtData", "/OC", "/F", "/FFilter", "/FDecodeParms")  # fmt: skip
NEVER = ("/JS", "/EF", "/OpenAction", "/JavaScript", "/Launch", "/GoToR", "/URI", "/Annots")
DEEPEST = 40


def clean(given: BinaryIO, made: BinaryIO, family: str) -> str:
    """Write the clean copy; returns its media type. Raises Refused."""
    try:
        with Pdf.open(given, suppress_warnings=True) as old, Pdf.new() as new:
            if old.is_encrypted:
                raise Refused("locked")
            if len(old.pages) > MOST_PAGES:
                raise Refused("large_inside")
            _copy_pages(old, new)
            for one in new.objects:
                _strip(one, 0)
            new.save(made, deterministic_id=True, fix_metadata_version=False)
    except pikepdf.PasswordError:
        raise Refused("locked") from None
    except pikepdf.PdfError:
        raise Refused("damaged") from None
    made.seek(0)
    _look_over(made)
    return "application/pdf"


def _copy_pages(old: Pdf, new: Pdf) -> None:
    if not len(old.pages):
        raise Refused("empty")
    for page in old.pages:
        for key in list(page.obj.keys()):
            if key not in OF_PAGES | {"/Parent"}:
                del page.obj[key]
        new.pages.append(page)


def _strip(one: Object, depth: int) -> None:
    """Take from `one`, and from what lies directly in it, all that is not drawn."""
    if depth > DEEPEST:
        raise Refused("large_inside")
    if isinstance(one, Stream):
        _strip_picture(one)
        _drop(one, SAID_OF_STREAMS)
    elif isinstance(one, Dictionary):
        _drop(one, SAID)
    for child in _children(one):
        if not child.is_indirect:
            _strip(child, depth + 1)


def _drop(one: Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in one:
            del one[key]


def _children(one: Object) -> Iterator[Object]:
    if isinstance(one, Array):
        found = list(one)
    elif isinstance(one, Dictionary):
        found = [one[key] for key in one.keys()]  # noqa: SIM118
    elif isinstance(one, Stream):
        found = [one.stream_dict] if hasattr(one, "stream_dict") else []
    else:
        found = []
    yield from (child for child in found if isinstance(child, Object))


def _strip_picture(one: Stream) -> None:
    """A photo in a PDF is a whole JPEG, with the place where it was taken in it."""
    filters = one.get("/Filter", None)
    last = filters[-1] if isinstance(filters, Array) and len(filters) else filters
    alone = not isinstance(filters, Array) or len(filters) == 1
    if last not in (Name.DCTDecode, Name.JPXDecode):
        return
    if not alone:
        raise Refused("damaged")
    raw = one.read_raw_bytes()
    bare = bare_jpeg(raw) if last == Name.DCTDecode else bare_jpx(raw)
    if bare != raw:
        one.write(bare, filter=last, decode_parms=one.get("/DecodeParms", None))


def bare_jpeg(raw: bytes) -> bytes:
    """The same JPEG without what is said about it. Raises Refused when it cannot be followed."""
    if raw[:2] != b"\xff\xd8":
        raise Refused("damaged")
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(raw):
        if raw[at] != 0xFF:
            raise Refused("damaged")
        mark = raw[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        length = 2 + struct.unpack(">H", raw[at + 2 : at + 4])[0]
        if mark == 0xDA:  # the picture itself: from here to its end
            end = raw.rfind(b"\xff\xd9")
            return b"".join(kept) + raw[at : end + 2 if end > at else len(raw)]
        kept.append(_bare_part(mark, raw[at : at + length]))
        at += length
    raise Refused("damaged")


def _bare_part(mark: int, part: bytes) -> bytes:
    """One part of a JPEG, or nothing: what draws it, how its colours are meant, its first mark."""
    if mark == 0xE0 and part[4:9] == b"JFIF\0":
        return b"\xff\xe0\0\x10" + part[4:16] + b"\0\0"  # without the small picture in it
    return b"" if mark == 0xFE or (0xE0 <= mark <= 0xEF and mark != 0xEE) else part


def bare_jpx(raw: bytes) -> bytes:
    """The same JPEG 2000 with only the boxes that draw it."""
    if raw[:2] == b"\xff\x4f":
        return raw
    kept, at = [], 0
    while at + 8 <= len(raw):
        size, name = struct.unpack(">I4s", raw[at : at + 8])
        size = size or len(raw) - at
        if size < 8:
            raise Refused("damaged")
        if name in (b"jP  ", b"ftyp", b"jp2h", b"jp2c"):
            kept.append(raw[at : at + size])
        at += size
    return b"".join(kept)


def _look_over(made: BinaryIO) -> None:
    """The copy is read once more: what must not be in it is not in it."""
    with Pdf.open(made, suppress_warnings=True) as copy:
        for one in copy.objects:
            if isinstance(one, Dictionary | Stream) and any(key in one for key in NEVER):
                raise Refused("damaged")
        if copy.docinfo.keys():
            raise Refused("damaged")
