"""Redactions brought as far as a test needs them, and papers with something to take out."""

import io
import re
import zlib

import pikepdf
from agendas.papers import files
from agendas.papers import steps as papers
from cast import Cast
from pikepdf import Array, Dictionary, Name
from PIL import Image

from scrutiny.kit.errors import NotNow  # noqa: F401
from scrutiny.redaction import actions, subjects
from scrutiny.redaction.rules import RedactionForm
from scrutiny.redaction.tables import Redaction

CANARY = "Kingfisher Marmalade"
BROKEN = ("Kingfisher Mar-", "malade, and KINGFISHER   MARMALADE again")
SIDE = 40
"""Pixels along each side of the coloured square, which stands at SQUARE on the page."""
SQUARE = {"page": "1", "x": "50", "y": "50", "width": "20", "height": "15"}
RED = (250, 10, 20)
KEY = re.compile(r'name="version" value="(\d+)"')


def secret_pdf(pages: int = 2) -> bytes:
    """Words on every page, one of them broken over two lines; a red square on the first; the same
    words in the outline, in a note, in a link, in what it says of itself, and behind white."""
    new = files.opened(files.pdf(pages, f"{CANARY} spoke on page"))
    first = new.pages[0]
    lines = "".join(f"0 -20 Td ({line}) Tj " for line in BROKEN)
    hidden = f"1 1 1 rg 0 -20 Td ({CANARY} in white) Tj"
    more = f"BT /F1 14 Tf 72 640 Td {lines} {hidden} ET q 100 0 0 100 310 320 cm /Im0 Do Q"
    picture = new.make_stream(zlib.compress(bytes(RED) * SIDE * SIDE), Filter=Name.FlateDecode)
    picture.Type, picture.Subtype, picture.BitsPerComponent = Name.XObject, Name.Image, 8
    picture.Width = picture.Height = SIDE
    picture.ColorSpace = Name.DeviceRGB
    first.obj.Resources.XObject = Dictionary(Im0=picture)
    first.contents_add(more.encode())
    box = Array([72, 690, 200, 720])
    first.obj.Annots = Array([new.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, Contents=CANARY,
                   Dest=Array([new.pages[-1].obj, Name.Fit])))])  # fmt: skip
    with new.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"What {CANARY} said", pages - 1))
    return files.saved(new)


async def paper(cast: Cast, title: str = f"A letter of {CANARY}", **how):
    row = await papers.meeting(cast)
    return row, await papers.add(row, cast, title, content=secret_pdf(), **how)


def at(kind: str, row, more: str = "") -> str:
    return f"/lambeth/redactions/{kind}-{row.id}{more}"


def filled(**changes) -> dict[str, str]:
    return {"words": CANARY, "reason": "personal", "original": "keep", "then": "save",
            "version": "0", "page": "1"} | changes  # fmt: skip


def prepare(browse, kind: str, row, **changes):
    """Words and the square, offered through the form."""
    return browse("grace").post(at(kind, row), filled(**SQUARE, then="offer") | changes)


def agree(browse, kind: str, row, who: str = "hana", **changes):
    page = browse(who).get(at(kind, row, "/agreement")).text
    found = KEY.search(page)
    sent = {"decision": "agreed", "looked": "yes", "version": found[1] if found else "0"}
    return browse(who).post(at(kind, row, "/agreement"), sent | changes)


async def ready(cast: Cast, kind: str, row, **changes) -> None:
    """Offered, by the deeds themselves."""
    subject = await subjects.find(cast.seats["grace"], cast.lambeth, f"{kind}-{row.id}")
    form = RedactionForm(**{"words": CANARY, "reason": "personal"} | changes)
    await actions.save(subject, 0, form, 2, by=cast.seats["grace"])
    await actions.offer(subject, by=cast.seats["grace"])


async def stored() -> Redaction | None:
    return await Redaction.objects().order_by(Redaction.id, ascending=False).first()


def pictures(pdf: bytes):
    """Every picture in a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            pikepdf.PdfImage(one).as_pil_image().convert("RGB")
            for one in opened.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == Name.Image
        ]


def reddish(image) -> int:
    """How many of its pixels are of the square's colour, or near it."""
    return sum(
        count
        for count, (red, green, blue) in image.getcolors(image.width * image.height)
        if red > 150 and green < 110 and blue < 110
    )


def opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("RGB")
