"""A Word file made safe to hand out: what is read stays, who wrote it and what would act does not.

Belongs to the reader (reader.py): the web process does not import it.
"""

import io
import zipfile
from typing import Any, BinaryIO

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from lxml import etree

from scrutiny.concerns.evidence.kinds import Refused
from scrutiny.concerns.evidence.papers import bare_jpeg

KEPT = {RT.STYLES, RT.NUMBERING, RT.FONT_TABLE, RT.THEME, RT.IMAGE, RT.HEADER, RT.FOOTER,
        RT.FOOTNOTES, RT.ENDNOTES}  # fmt: skip
NAMED = {RT.IMAGE, RT.HEADER, RT.FOOTER}
"""Of those the ones that stand in the words by name: no longer named, no longer there."""
STRUCK = {qn(f"w:{name}") for name in ("del", "moveFrom", "cellDel")}
ADDED = {qn(f"w:{name}") for name in ("ins", "moveTo", "cellIns")}
NOTED = {qn(f"w:{name}") for name in ("commentReference", "commentRangeStart", "commentRangeEnd")}
CHANGED = {
    qn(f"w:{name}")
    for name in (
        *("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"),
        *("tblGridChange", "tblPrExChange", "numberingChange", "cellMerge", "delText"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
        *("customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart"),
        *("customXmlDelRangeEnd",),
    )
}
GONE = {
    qn(f"w:{name}")
    for name in (
        *("instrText", "delInstrText", "fldChar", "object", "control", "altChunk", "dataBinding"),
        *("permStart", "permEnd", "subDoc", "attachedTemplate", "docVars", "embedRegular"),
        *("embedBold", "embedItalic", "embedBoldItalic", "proofErr", "ffData", "printerSettings"),
        *("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"),
    )
}
UNWRAPPED = {
    qn(f"w:{name}") for name in ("fldSimple", "smartTag", "customXml", "sdt", "sdtContent")
}
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TRACES = ("rsid", "author", "initials", "date", "paraId", "textId")
PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"sRGB", b"gAMA", b"pHYs"}
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def scrub(document: Document) -> set[str]:
    """Take out of it whatever is not read; returns the words of rules.FOUND for what was there."""
    package, found = document.part.package, set()
    for key, rel in list(package.rels.items()):
        if rel.reltype != RT.OFFICE_DOCUMENT:
            del package.rels[key]
    for part in _parts(document.part, found):
        root = getattr(part, "element", None)
        if root is not None:
            found |= _scrub_tree(root, set(part.rels))
            _forget_unused(part, root)
        elif part.blob:
            part._blob = _scrub_blob(part)
    return found


def _parts(main: Any, found: set[str]) -> list[Any]:
    """The part with the words and those that it needs; all other links are cut."""
    waiting, seen = [main], []
    while waiting:
        part = waiting.pop()
        if part in seen:
            continue
        seen.append(part)
        for key, rel in list(part.rels.items()):
            if why := _is_cut(rel):
                found |= {why} - {"quietly"}
                del part.rels[key]
            else:
                waiting.append(rel.target_part)
    return seen


def _is_cut(rel: Any) -> str:
    """Why this link from one part to another is cut; nothing where it is not."""
    kind = rel.reltype.rsplit("/", 1)[-1]
    if rel.is_external:
        return "links"
    if kind.startswith("comments"):
        return "comments"
    if kind in ("vbaProject", "control", "attachedTemplate"):
        raise Refused("acts")
    if rel.reltype == RT.IMAGE and not _picture(rel.target_part):
        return "pictures"
    return "" if rel.reltype in KEPT else "quietly"


def _picture(part: Any) -> bytes:
    """The picture with nothing said about it, or nothing where we cannot tell."""
    raw = part.blob
    try:
        if raw[:2] == b"\xff\xd8":
            return bare_jpeg(raw)
        return bare_png(raw) if raw[:8] == b"\x89PNG\r\n\x1a\n" else b""
    except Refused:
        return b""


def bare_png(raw: bytes) -> bytes:
    """The same PNG with the chunks that draw it and no others."""
    kept, at = [raw[:8]], 8
    while at + 12 <= len(raw):
        end = at + 12 + int.from_bytes(raw[at : at + 4], "big")
        if raw[at + 4 : at + 8] in PNG_KEPT:
            kept.append(raw[at:end])
        if raw[at + 4 : at + 8] == b"IEND":
            return b"".join(kept)
        at = end
    raise Refused("damaged")


def _scrub_blob(part: Any) -> bytes:
    if part.content_type.startswith("image/"):
        return _picture(part)
    root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    _scrub_tree(root, set(part.rels))
    _forget_unused(part, root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _forget_unused(part: Any, root: Any) -> None:
    """A picture that was struck out leaves the file, not its page alone."""
    used = {value for one in root.iter() for value in one.attrib.values()}
    for key, rel in list(part.rels.items()):
        if rel.reltype in NAMED and key not in used:
            del part.rels[key]


def _scrub_tree(root: Any, known: set[str]) -> set[str]:
    found: set[str] = set()
    for one in list(root.iter()):
        if not isinstance(one.tag, str):  # comments and instructions of XML itself
            _remove(one)
        elif one.getparent() is not None or one is root:
            found |= _scrub_element(one, known)
    return found


def _scrub_element(one: Any, known: set[str]) -> set[str]:
    tag, found = one.tag, set()
    if tag in STRUCK | CHANGED | ADDED:
        found.add("tracked")
    if tag in NOTED:
        found.add("comments")
    if tag == qn("w:r") and _is_hidden(one):
        found.add("hidden")
        _remove(one)
    elif tag in ADDED | UNWRAPPED and len(one):
        _unwrap(one)
    elif tag in STRUCK | CHANGED | NOTED | GONE | ADDED:
        _remove(one)
    else:
        _scrub_attributes(one, known)
    return found


def _is_hidden(run: Any) -> bool:
    about = run.find(qn("w:rPr"))
    mark = about.find(qn("w:vanish")) if about is not None else None
    return mark is not None and mark.get(qn("w:val"), "1") not in ("0", "false", "off")


def _scrub_attributes(one: Any, known: set[str]) -> None:
    for name in list(one.attrib):
        if name.startswith(REL) and one.attrib[name] not in known:
            del one.attrib[name]
            if _falls_with_it(one, name, known):
                return
        elif name.rsplit("}", 1)[-1].startswith(TRACES):
            del one.attrib[name]
    if one.tag.endswith(("}docPr", "}cNvPr")):
        if "\\" in one.get("descr", ""):
            del one.attrib["descr"]  # the place of the picture on somebody's disk
        one.attrib["name"] = "Picture"


def _falls_with_it(one: Any, name: str, known: set[str]) -> bool:
    """Take out what shows nothing any more, as that which it named is gone."""
    bare = name.rsplit("}", 1)[-1]
    if one.tag.endswith(("}hlinkClick", "}hlinkHover")):
        _remove(one)
        return True
    if bare == "link" and one.get(f"{REL}embed") in known:
        return False  # the picture itself is in the file
    around = _drawing(one)
    if around is one and bare not in ("embed", "link", "pict"):
        return False
    _remove(around)
    return True


def _drawing(one: Any) -> Any:
    """The drawing around a picture that is no longer there."""
    around = (one, *one.iterancestors(qn("w:drawing"), qn("w:pict")))
    return around[-1]


def _remove(one: Any) -> None:
    above = one.getparent()
    if above is None:
        return
    if one.tail and one.tail.strip():
        before = one.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + one.tail
        else:
            above.text = (above.text or "") + one.tail
    above.remove(one)


def _unwrap(one: Any) -> None:
    above = one.getparent()
    at = above.index(one)
    for child in reversed(list(one)):
        above.insert(at, child)
    above.remove(one)


def all_words(document: Document) -> str:
    """Every word in it, those of its heads, feet and boxes too: what a reader of the file finds."""
    found = []
    for part in _parts(document.part, set()):
        root = getattr(part, "element", None)
        if root is None and part.partname.endswith(".xml"):
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False))
        for paragraph in root.iter(qn("w:p")) if root is not None else ():
            found.append("".join(one.text or "" for one in paragraph.iter(qn("w:t"))))
    return "\n".join(filter(None, found))


def save(document: Document, made: BinaryIO) -> None:
    """Write it. Its parts carry no time of their own, so that the same words give the same file."""
    first = io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            about = zipfile.ZipInfo(name, LONG_AGO)
            about.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(about, old.read(name))
