"""Old minutes as people keep them, made here: good ones, scans, and ones that hide something."""

import io
import zipfile
import zlib
from base64 import b64decode
from functools import cache

import docx
import pikepdf
from agendas.papers.files import pdf, saved
from concerns.evidence.media import drawn, exif, png
from conftest import run
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from pikepdf import Dictionary, Name, Pdf

from scrutiny.kit.clock import midnight, today
from scrutiny.kit.pdf import Document, house_sheet
from scrutiny.kit.pdf import pdf as press

CANARY = "Turnpike-Author"
BODY = """<h1>Harrow Vale Scrutiny Panel</h1>
<p>Minutes of the meeting held on Thursday 14th March 2019 at Harrow Vale Library</p>
<h2>Present</h2><ul><li>Amara Okafor (Chair)</li><li>Bilal Hussain</li></ul>
<h2>Apologies</h2><ul><li>Chidi Eze</li></ul>
<h2>1. Welcome</h2><p>The chair welcomed everybody to the library, where the panel had met before,
and thanked the staff for staying late so that the meeting could be held in the evening.</p>
<h2>2. Search figures</h2><p>The force showed its figures for the winter.</p>
<p>ACTION 1: Inspector Walsh to send the figures by borough.</p>
<h2>Any other business</h2><p>There was none.</p>"""


@cache
def minutes_pdf() -> bytes:
    """By our own press."""
    html = f"<!doctype html><html lang=en><title>x</title><body>{BODY}</body></html>"
    made = Document(html, "Minutes", "en-GB", midnight(today()), css=house_sheet())
    return run(press(made))


def scan() -> bytes:
    """A page that is nothing but a grey picture."""
    new = Pdf.new()
    page = new.add_blank_page(page_size=(595, 842))
    picture = new.make_stream(zlib.compress(bytes([200]) * 100 * 140), Filter=Name.FlateDecode)
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = 100, 140, 8
    picture.ColorSpace = Name.DeviceGray
    page.obj.Resources = Dictionary(XObject=Dictionary(Im0=picture))
    page.obj.Contents = new.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
    new.docinfo["/Author"] = CANARY
    return saved(new)


def locked() -> bytes:
    return saved(Pdf.open(io.BytesIO(pdf())), encryption=pikepdf.Encryption("a", "b"))


def minutes_docx(change=None) -> bytes:
    """Minutes in Word, which say who wrote them; `change` does something to the document."""
    new = docx.Document()
    new.core_properties.author = CANARY
    new.add_heading("Harrow Vale Scrutiny Panel", 0)
    new.add_paragraph("Minutes of the meeting of 14/03/2019")
    new.add_heading("Present", 2)
    for name in ("Amara Okafor (Chair)", "Bilal Hussain"):
        new.add_paragraph(name, style="List Bullet")
    new.add_heading("1. Search figures", 2)
    new.add_paragraph("The force showed *its* figures.")
    table = new.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ("Month", "Searches", "March", "12"), strict=True):
        cell.text = words
    new.add_paragraph("Action: send the figures by borough.")
    new.sections[0].footer.paragraphs[0].text = "Footer words"
    if change:
        change(new)
    made = io.BytesIO()
    new.save(made)
    return made.getvalue()


def with_changes(new) -> None:
    """One word put in and one struck out, by somebody."""
    about = f'{nsdecls("w")} w:id="1" w:author="{CANARY}" w:date="2019-03-15T10:00:00Z"'
    paragraph = new.add_paragraph("It was ")._p
    put_in = f"<w:ins {about}><w:r><w:t>agreed</w:t></w:r></w:ins>"
    struck = f"<w:del {about}><w:r><w:delText>Struckword</w:delText></w:r></w:del>"
    paragraph.append(parse_xml(put_in))
    paragraph.append(parse_xml(struck))


def with_comment(new) -> None:
    run = new.add_paragraph("It was noted.").runs[0]
    new.add_comment(run, text="Commentword", author=CANARY, initials="TA")


def with_hidden(new) -> None:
    run = new.add_paragraph("Seen. ").add_run("Hiddenword")
    run.font.hidden = True


def with_links(new) -> None:
    """A link, and a template that Word would fetch."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    led = new.part.relate_to("https://tracker.test/pixel", f"{kind}hyperlink", is_external=True)
    inside = "<w:r><w:t>our site</w:t></w:r>"
    words = f'<w:hyperlink {nsdecls("w", "r")} r:id="{led}">{inside}</w:hyperlink>'
    new.add_paragraph("See ")._p.append(parse_xml(words))
    settings = new.settings.element
    at = new.part._settings_part.relate_to(
        "https://tracker.test/a.dotm", f"{kind}attachedTemplate", is_external=True
    )
    template = settings.makeelement(qn("w:attachedTemplate"), {qn("r:id"): at})
    settings.insert(0, template)


def with_pictures(new) -> None:
    """A photo that says where it was taken, one that leads out, and a drawing that is none."""
    photo = io.BytesIO()
    drawn().save(photo, "JPEG", exif=exif())
    new.add_picture(photo)
    linked = new.add_paragraph().add_run()
    linked.add_picture(io.BytesIO(png()))
    blip = next(linked._r.iter(qn("a:blip")))
    blip.set(qn("r:link"), "rId999")
    gif = new.add_paragraph("A moving one: ").add_run()
    gif.add_picture(io.BytesIO(b64decode(GIF)))

    struck = new.add_paragraph().add_run()
    struck.add_picture(io.BytesIO(b64decode(PNG)))
    around = parse_xml(f'<w:del {nsdecls("w")} w:id="9" w:author="{CANARY}"/>')
    struck._r.addprevious(around)
    around.append(struck._r)


PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADU"
    "lEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The same file with some of its parts other; `__` in a name is its dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", 8) as new:
        changed = {name.replace("__", "."): part for name, part in parts.items()}
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, part in changed.items():
            new.writestr(name, part)
    return made.getvalue()


def with_macros() -> bytes:
    content = minutes_docx()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        types = packed.read("[Content_Types].xml").decode()
    types = types.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    return repacked(content, **{"[Content_Types].xml": types.encode(),
                                "word/vbaProject.bin": b"Attribute VB_Name"})  # fmt: skip


def bomb() -> bytes:
    """A few kilobytes that unpack to sixty megabytes of spaces."""
    with zipfile.ZipFile(io.BytesIO(minutes_docx())) as packed:
        main = packed.read("word/document.xml")
    return repacked(minutes_docx(), **{"word/document.xml": main + b" " * 60_000_000})


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
