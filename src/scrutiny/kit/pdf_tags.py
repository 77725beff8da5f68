"""The last touches that make WeasyPrint's tagged PDF pass PDF/UA-1 as well as PDF/A-3a.

WeasyPrint 70 takes one profile only, gives header cells no scope, leaves running headers and
footers outside the tags without calling them artifacts, and drops `lang` from inner elements.
The first three are mended in `polish`, its public finisher hook; the last by wrapping a private
function in `keep_inner_languages`, so tests/kit/test_pdf.py fails when that function changes.
pydyf ends every stream with a line feed: where the bytes before it end in a carriage return the
two read as one line end, and the stream as a byte too short (ISO 19005-3, 6.1.7.1).
"""

import zlib
from collections.abc import Iterator
from types import SimpleNamespace

import pydyf
from weasyprint.pdf import tags

# PDF/A lets metadata use only declared names, so the PDF/UA claim brings its own declaration
# (ISO 14289-1, 5; ISO 19005-3, 6.6.2.3).
UA_CLAIM = (
    b'<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""'
    b' pdfuaid:part="1"/>'
    b'<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>PDF/UA part</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
    b"</rdf:Description>"
)
PAGINATION = pydyf.Dictionary({"Type": "/Pagination"})

_build_box_tree = tags._build_box_tree
_stream_data = pydyf.Stream.data
END = b"\nendstream"
LEVEL = 6  # pydyf asks for 9: a tenth of the whole time, for three bytes in a hundred


def polish(_, pdf: pydyf.PDF) -> None:
    """WeasyPrint's finisher: changes `pdf` in place just before it is written."""
    _claim_ua(pdf)
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    elements = list(_walk(pdf, _at(pdf, root["K"][0])))
    _scope_headers(pdf, elements)
    _mark_pagination(pdf, root, {element.reference for element in elements})


def keep_inner_languages() -> None:
    """Put `lang` of inner elements on their tags (WCAG 3.1.2); safe to call again."""
    tags._build_box_tree = _build_with_languages


def end_streams_plainly() -> None:
    """Two signs end a stream whose own bytes end in one of them; safe to call again."""
    pydyf.Stream.data = property(_plainly_ended)


def compress_quickly() -> None:
    """Streams are compressed less hard; safe to call again."""
    pydyf.zlib = SimpleNamespace(
        compress=zlib.compress, compressobj=lambda level: zlib.compressobj(level=LEVEL)
    )


def _plainly_ended(stream: pydyf.Stream) -> bytes:
    written = _stream_data.fget(stream)
    if written.endswith(b"\r" + END):
        return written.removesuffix(END) + b"\r" + END
    return written


def _build_with_languages(box, parent, *rest) -> Iterator[pydyf.Dictionary]:
    source = getattr(box, "element", None)
    language = None
    if source is not None and source.tag not in ("html", "body"):
        language = source.get("lang")
    for element in _build_box_tree(box, parent, *rest):
        if language:
            element["Lang"] = pydyf.String(language)
        yield element


def _claim_ua(pdf: pydyf.PDF) -> None:
    """Left uncompressed, so that any tool can read the claims without unpacking the file."""
    packet = _at(pdf, pdf.catalog["Metadata"])
    text = b"\n".join(packet.stream)
    if text.count(b"</rdf:RDF>") != 1:
        raise ValueError("WeasyPrint's metadata packet has a new shape.")
    packet.stream = [text.replace(b"</rdf:RDF>", UA_CLAIM + b"</rdf:RDF>")]
    packet.compress = False


def _scope_headers(pdf: pydyf.PDF, elements: list[pydyf.Dictionary]) -> None:
    heads = {row for group in elements if group["S"] == "/THead" for row in group["K"]}
    for cell in elements:
        if cell["S"] == "/TH":
            cell["A"]["Scope"] = "/Column" if cell["P"] in heads else "/Row"


def _mark_pagination(pdf: pydyf.PDF, root: pydyf.Dictionary, live: set[bytes]) -> None:
    """Marked content that no tag reaches is a running header or footer: an artifact."""
    numbers = _at(pdf, root["ParentTree"])["Nums"]
    loose = {}
    for key, owners in zip(numbers[::2], numbers[1::2], strict=True):
        if isinstance(owners, list):
            loose[key] = {n for n, owner in enumerate(owners) if owner not in live}
            for n in loose[key]:
                owners[n] = "null"
    for page in pdf.objects:
        if isinstance(page, pydyf.Dictionary) and page.get("Type") == "/Page":
            _as_artifacts(_at(pdf, page["Contents"]).stream, loose[page["StructParents"]])


def _as_artifacts(drawing: list, loose: set[int]) -> None:
    for n in range(2, len(drawing)):
        marks = drawing[n - 1]
        if drawing[n] == b"BDC" and isinstance(marks, dict) and marks.get("MCID") in loose:
            drawing[n - 2], drawing[n - 1] = "/Artifact", PAGINATION


def _walk(pdf: pydyf.PDF, element: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
    yield element
    for kid in element.get("K", ()):
        if isinstance(kid, bytes):
            child = _at(pdf, kid)
            if isinstance(child, pydyf.Dictionary) and child.get("Type") == "/StructElem":
                yield from _walk(pdf, child)


def _at(pdf: pydyf.PDF, reference: bytes):
    return pdf.objects[int(reference.split()[0])]
