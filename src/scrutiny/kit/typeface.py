"""How a Word document of ours looks and what it says about itself; for the typist alone."""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

PLUM, INK, QUIET, MAGENTA = (
    RGBColor.from_string(one) for one in ("4A1942", "21131F", "574853", "7A1F63")
)
SAFFRON, LINE, LILAC = "FFC53D", "D9CDD7", "F4EFF4"
FONT, TYPED = "Arial", "Courier New"
STYLES = {"strip": "Quiet", "publisher": "Publisher", "quiet": "Quiet", "box-title": "Box Title"}
"""Class of a paragraph in our templates -> style in Word."""
SIZES = {1: 24, 2: 16, 3: 13, 4: 11, 5: 11, 6: 11}
DRAFT_WORDS = {"cy": "DRAFFT"}
WATERMARK = (
    '<w:pict {w} xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="Draft" '
    'type="#_x0000_t136" alt="{word}" style="position:absolute;width:440pt;height:150pt;'
    "rotation:315;z-index:-251658752;mso-position-horizontal:center;"
    "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" fillcolor="#e9dbe7" stroked="f">'
    '<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string="{word}"/>'
    "</v:shape></w:pict>"
)


def settle(document: Document, order: dict) -> None:
    _describe(document, order)
    _language(document, order["language"])
    _styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin = section.bottom_margin = Mm(26)
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    word = DRAFT_WORDS.get(order["language"].split("-")[0], "DRAFT")
    header.text = f"{word}: {order['title']}" if order["draft"] else order["title"]
    if order["draft"]:
        _watermark(header, word)
    _running_foot(footer, order)


def _describe(document: Document, order: dict) -> None:
    about = document.core_properties
    about.title, about.language = order["title"][:255], order["language"]
    about.author = about.last_modified_by = order["publisher"][:255]
    about.comments, about.revision = "", 1
    about.created = about.modified = order["created"].replace(tzinfo=None)
    links = document.part.package.rels
    for key in [key for key, one in links.items() if one.reltype.endswith("/thumbnail")]:
        del links[key]


def _language(document: Document, language: str) -> None:
    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), language)


def _styles(document: Document) -> None:
    styles = document.styles
    _font(styles["Normal"], 11, INK)
    styles["Normal"].paragraph_format.space_after = Pt(7)
    for level, size in SIZES.items():
        style = styles[f"Heading {level}"]
        _font(style, size, PLUM if level < 4 else INK, bold=True)
        style.font.italic = False
        style.paragraph_format.space_before = Pt(8 if level == 1 else 4 + size)
        style.paragraph_format.space_after = Pt(5)
    _font(styles["Caption"], 11, INK, bold=True)
    styles["Caption"].paragraph_format.keep_with_next = True
    for name, size, colour, bold in (
        ("Quiet", 9, QUIET, False),
        ("Publisher", 13, PLUM, True),
        ("Box Title", 11, PLUM, True),
        ("Table End", 4, INK, False),
    ):
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles["Normal"]
        _font(made, size, colour, bold=bold)
    for name in ("Header", "Footer"):
        _font(styles[name], 8.5, QUIET)


def _font(style, size: float, colour: RGBColor, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.color.rgb = colour
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    fonts.set(qn("w:cs"), FONT)


def _watermark(paragraph: Paragraph, word: str) -> None:
    paragraph.add_run()._r.append(parse_xml(WATERMARK.format(w=nsdecls("w"), word=word)))


def _running_foot(paragraph: Paragraph, order: dict) -> None:
    stops = paragraph.paragraph_format.tab_stops
    for stop in list(paragraph.style.paragraph_format.tab_stops):
        stops.add_tab_stop(stop.position).alignment = 4  # the template's own are cleared
    stops.add_tab_stop(Mm(162), 2)
    paragraph.add_run(f"{order['publisher']}\t{order['page']} ")
    _field(paragraph, "PAGE")
    paragraph.add_run(f" {order['of']} ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def mark(run: Run, marks: set[str], language: str) -> Run:
    run.bold = True if "bold" in marks else None
    run.italic = True if "italic" in marks else None
    if "code" in marks:
        run.font.name = TYPED
    if "link" in marks:
        run.font.color.rgb, run.underline = MAGENTA, True
    if language:
        tag = OxmlElement("w:lang")
        tag.set(qn("w:val"), language)
        run._r.get_or_add_rPr().append(tag)
    return run


def link(paragraph: Paragraph, address: str):
    """An element of the paragraph whose runs lead to the address."""
    made = OxmlElement("w:hyperlink")
    if address.startswith("#"):
        made.set(qn("w:anchor"), address[1:])
    else:
        key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        made.set(qn("r:id"), key)
    paragraph._p.append(made)
    return made


def box(paragraph: Paragraph) -> None:
    """A saffron line at its left: what was decided, what to know."""
    paragraph.paragraph_format.left_indent = Mm(4)
    borders = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="8" '
        f'w:color="{SAFFRON}"/></w:pBdr>'
    )
    _put(paragraph, borders)


def rule(paragraph: Paragraph) -> None:
    line = f'<w:bottom w:val="single" w:sz="4" w:space="1" w:color="{LINE}"/>'
    _put(paragraph, parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>"))


def from_right(paragraph: Paragraph) -> None:
    _put(paragraph, OxmlElement("w:bidi"))


AFTER_BORDERS = [
    *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:bidi", "w:adjustRightInd", "w:snapToGrid"),
    *("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr"),
]
"""What the standard wants after borders in a paragraph's properties (ECMA-376, 17.3.1.26)."""


def _put(paragraph: Paragraph, element) -> None:
    properties = paragraph._p.get_or_add_pPr()
    names = AFTER_BORDERS
    if element.tag == qn("w:bidi"):
        names = AFTER_BORDERS[AFTER_BORDERS.index("w:bidi") + 1 :]
    properties.insert_element_before(element, *names)


def fresh_numbers(document: Document, style: str, start: int) -> int:
    """A list that counts from `start`: without one of its own it would go on from the last."""
    numbering = document.part.numbering_part.element
    like = document.styles[style].element.pPr.numPr.numId.val
    (kind,) = (one.abstractNumId.val for one in numbering.num_lst if one.numId == like)
    made = numbering.add_num(kind)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    return made.numId


def number(paragraph: Paragraph, known: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = known


def frame(table: Table, caption: str | bool) -> None:
    """Lines between rows; the first column heads its rows where the first row heads none."""
    properties = table._tbl.tblPr
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE}"'
    borders = "".join(f"<w:{side} {line}/>" for side in ("top", "bottom", "insideH"))
    look = properties.find(qn("w:tblLook"))
    inside = parse_xml(f"<w:tblBorders {nsdecls('w')}>{borders}</w:tblBorders>")
    look.addprevious(inside) if look is not None else properties.append(inside)
    if caption:
        said = OxmlElement("w:tblCaption")
        said.set(qn("w:val"), str(caption))
        properties.append(said)


def head(row: _Row) -> None:
    """Word repeats it on each page and says it before each cell."""
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader"):
        properties.append(OxmlElement(name))
    for cell in row.cells:
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", LILAC)):
            shade.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shade)
