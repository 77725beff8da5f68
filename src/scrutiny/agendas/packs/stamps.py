"""Page numbers drawn onto the pages of others: one font for the whole pack, nothing rendered.

Belongs to the binder (binder.py): the web process does not import it.
"""

import io

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from scrutiny.kit.glyphs import fonts

FONT, SIZE, EDGE = "SourceSans3", 8, 22.0
LOW = (68.0, 34.3)  # from the right and the bottom: on the line of our own pages' left foot
LETTERS = range(0x20, 0x7F)
MORE = (0xB7,)
RESOURCE = "/ScrutinyPack"


class Stamps:
    """The font is read when this is made, before the process can open nothing more."""

    def __init__(self) -> None:
        path = next(p for p in sorted(fonts().glob("*.ttf")) if "Regular" in p.name)
        font = TTFont(path, recalcTimestamp=False)  # the same pack, the same bytes
        options = Options(notdef_outline=True, layout_features=[], hinting=False)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[*LETTERS, *MORE])
        subsetter.subset(font)
        self.scale = 1000 / font["head"].unitsPerEm
        names, widths = font.getBestCmap(), font["hmtx"]
        self.widths = [
            round(widths[names[code]][0] * self.scale) if code in names else 0
            for code in range(256)
        ]
        box = font["head"]
        self.box = [round(n * self.scale) for n in (box.xMin, box.yMin, box.xMax, box.yMax)]
        hhea = font["hhea"]
        self.rise = [round(n * self.scale) for n in (hhea.ascent, hhea.descent)]
        kept = io.BytesIO()
        font.save(kept)
        self.font, self.made = kept.getvalue(), None

    def put(self, pack: Pdf, first: int, words: list[str], *, low: bool) -> None:
        """A stamp on each of the pages from `first` on."""
        self.made = self.made or self._embedded(pack)
        for page, said in zip(list(pack.pages)[first:], words, strict=True):
            page.add_resource(self.made, Name.Font, Name(RESOURCE), replace_existing=True)
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(self._drawn(page, said, low))

    def _drawn(self, page: Page, said: str, low: bool) -> bytes:
        raw = said.encode("cp1252", "replace")
        width = sum(self.widths[byte] for byte in raw) * SIZE / 1000
        turned, across, up = placed(page)
        right, y = LOW if low else (EDGE, up - EDGE)
        x = across - right - width
        ground = b"" if low else b"1 g %.2f %.2f %.2f %.2f re f\n" % (x - 3, y - 3, width + 6, 12)
        text = raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        return (
            b"\nQ\n/Artifact <</Type /Pagination>> BDC\nq %b cm\n%b0.34 0.28 0.33 rg\n"
            b"BT %b %d Tf %.2f %.2f Td (%b) Tj ET\nQ\nEMC\n"
        ) % (turned, ground, RESOURCE.encode(), SIZE, x, y, text)

    def _embedded(self, pack: Pdf) -> Object:
        file = pack.make_stream(self.font)
        file.Length1 = len(self.font)
        about = pack.make_indirect(
            Dictionary(
                Type=Name.FontDescriptor, FontName=Name(f"/PACKPG+{FONT}"), Flags=32,
                FontBBox=Array(self.box), ItalicAngle=0, Ascent=self.rise[0],
                Descent=self.rise[1], CapHeight=660, StemV=80, FontFile2=file,
            )
        )  # fmt: skip
        return pack.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(f"/PACKPG+{FONT}"),
                FirstChar=0, LastChar=255, Widths=Array(self.widths),
                Encoding=Name.WinAnsiEncoding, FontDescriptor=about,
            )
        )  # fmt: skip


def placed(page: Page) -> tuple[bytes, float, float]:
    """How to draw on a page as it is looked at: a matrix, and its width and height then."""
    box = [float(n) for n in page.cropbox]
    left, right = sorted((box[0], box[2]))
    bottom, top = sorted((box[1], box[3]))
    across, up = right - left, top - bottom
    turn = int(page.obj.get("/Rotate", 0)) % 360
    if turn == 90:
        return b"0 1 -1 0 %.2f %.2f" % (right, bottom), up, across
    if turn == 180:
        return b"-1 0 0 -1 %.2f %.2f" % (right, top), across, up
    if turn == 270:
        return b"0 -1 1 0 %.2f %.2f" % (left, top), up, across
    return b"1 0 0 1 %.2f %.2f" % (left, bottom), across, up
