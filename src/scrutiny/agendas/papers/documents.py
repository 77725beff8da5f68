"""A PDF made safe to hand out: what acts, what it encloses and who made it are left behind.

What helps to read it stays, unlike with files of residents: tags, language, bookmarks and links
within it. Belongs to the washer (washer.py): the web process does not import it.
"""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, Stream

from scrutiny.agendas.papers.rules import MOST_PAGES
from scrutiny.concerns.evidence.kinds import Refused
from scrutiny.concerns.evidence.papers import bare_jpeg, bare_jpx

OF_THE_WHOLE = {"/Type", "/Pages", "/Lang", "/MarkInfo", "/StructTreeRoot", "/Outlines",
                "/PageLabels", "/OutputIntents"}  # fmt: skip
OF_PAGES = {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Contents",
            "/UserUnit", "/Group", "/StructParents", "/Tabs", "/Annots"}  # fmt: skip
SAID = ("/Metadata", "/PieceInfo", "/AF", "/LastModified", "/OC", "/AA")
SAID_OF_STREAMS = ("/OPI", "/Alternates", "/Ref", "/Measure", "/PtData", "/F", "/FFilter",
                   "/FDecodeParms")  # fmt: skip
NEVER = ("/JS", "/EF", "/OpenAction", "/JavaScript", "/Launch", "/URI", "/AcroForm", "/XFA")
ACTING = (Name.JavaScript, Name.Launch, Name.SubmitForm, Name.ImportData, Name.Rendition)
DEEPEST = 60
WAYS = ("/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV")


def warm_up() -> None:
    """Let qpdf open its source of chance, which it needs to say that a file is locked."""
    with Pdf.new() as pdf:
        pdf.save(io.BytesIO(), encryption=pikepdf.Encryption(user="x", owner="x"))


def clean(given: BinaryIO, made: BinaryIO, title: str) -> int:
    """Write the clean copy; returns its pages. Raises Refused."""
    try:
        with Pdf.open(given, suppress_warnings=True) as pdf:
            pages = _judge(pdf)
            _rework(pdf)
            _title(pdf, title)
            pdf.save(made, deterministic_id=True, fix_metadata_version=False,
                     object_stream_mode=pikepdf.ObjectStreamMode.generate)  # fmt: skip
    except pikepdf.PasswordError:
        raise Refused("locked") from None
    except pikepdf.PdfError:
        raise Refused("damaged") from None
    made.seek(0)
    _look_over(made, pages)
    return pages


def _judge(pdf: Pdf) -> int:
    if pdf.is_encrypted:
        raise Refused("locked")
    count = len(pdf.pages)
    if not count:
        raise Refused("empty")
    if count > MOST_PAGES:
        raise Refused("pages")
    if "/Collection" in pdf.Root:
        raise Refused("encloses")
    if any(isinstance(one, Dictionary) and _acts(one, 0) for one in pdf.objects):
        raise Refused("acts")
    return count


def _acts(one: Object, depth: int) -> bool:
    if depth > DEEPEST:
        raise Refused("large_inside")
    if isinstance(one, Dictionary) and any(key in one for key in ("/JS", "/XFA")):
        return True
    if isinstance(one, Dictionary) and one.get("/S") in ACTING:
        return True
    return any(_acts(child, depth + 1) for child in children(one) if not child.is_indirect)


def children(one: Object) -> Iterator[Object]:
    if isinstance(one, Array):
        found = list(one)
    elif isinstance(one, Dictionary | Stream):
        found = [one[key] for key in one.keys()]  # noqa: SIM118
    else:
        found = []
    yield from (child for child in found if isinstance(child, Object))


def _rework(pdf: Pdf) -> None:
    places = _places(pdf)
    if "/AcroForm" in pdf.Root or _has_drawn_notes(pdf):
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("print")
    kept = set()
    for page in pdf.pages:
        _keep(page.obj, OF_PAGES)
        kept |= _keep_links(pdf, page.obj, places)
    _keep(pdf.Root, OF_THE_WHOLE)
    _mend_outline(pdf, places)
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    for one in pdf.objects:
        _strip(one, kept, 0)


def _title(pdf: Pdf, title: str) -> None:
    """What a screen reader says first: the title under which it was tabled."""
    pdf.docinfo["/Title"] = title
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        said["dc:title"] = title
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _keep(one: Dictionary, keys: set[str]) -> None:
    for key in set(one.keys()) - keys:
        del one[key]


def _has_drawn_notes(pdf: Pdf) -> bool:
    return any(
        note.get("/Subtype") != Name.Link
        for page in pdf.pages
        for note in page.obj.get("/Annots", Array())
        if isinstance(note, Dictionary)
    )


def _places(pdf: Pdf) -> dict[str, Array]:
    """Named places of the document, which links name instead of a page."""
    found: dict[str, Any] = {}
    if isinstance(old := pdf.Root.get("/Dests"), Dictionary):
        found |= {key.removeprefix("/"): old[key] for key in old.keys()}  # noqa: SIM118
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary) and "/Dests" in names:
        found |= dict(NameTree(names.Dests).items())
    return {name: place for name, one in found.items() if (place := _place(one))}


def _place(one: Any) -> Array | None:
    """A page of this document and a way to show it, or None."""
    if isinstance(one, Dictionary):
        one = one.get("/D")
    if not isinstance(one, Array) or len(one) < 2:
        return None
    page = one[0]
    if not isinstance(page, Dictionary) or page.get("/Type") != Name.Page:
        return None
    return one if isinstance(one[1], Name) and str(one[1]) in WAYS else None


def _goes_to(one: Dictionary, places: dict[str, Array]) -> Array | None:
    """Where a link or bookmark leads within the document, or None."""
    action = one.get("/A")
    led = one.get("/Dest")
    if led is None and isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
        led = action.get("/D")
    if isinstance(led, Array | Dictionary):
        return _place(led)
    return places.get(str(led).removeprefix("/")) if led is not None else None


def _keep_links(pdf: Pdf, page: Dictionary, places: dict[str, Array]) -> set[tuple[int, int]]:
    """Links within the document stay, as nothing but a place on the page; returns which."""
    kept = []
    for note in page.get("/Annots", Array()):
        if not isinstance(note, Dictionary) or note.get("/Subtype") != Name.Link:
            continue
        place = _goes_to(note, places)
        if place is not None and note.is_indirect:
            _keep(note, {"/Type", "/Subtype", "/Rect", "/QuadPoints", "/StructParent", "/Contents",
                         "/F", "/Border"})  # fmt: skip
            note.Dest = place
            kept.append(note)
    if kept:
        page.Annots = Array(kept)
    elif "/Annots" in page:
        del page["/Annots"]
    return {note.objgen for note in kept}


def _mend_outline(pdf: Pdf, places: dict[str, Array]) -> None:
    outline = pdf.Root.get("/Outlines")
    waiting, seen = [outline], set()
    while waiting:
        one = waiting.pop()
        if not isinstance(one, Dictionary) or one.objgen in seen:
            continue
        seen.add(one.objgen)
        waiting += [one.get("/First"), one.get("/Next")]
        place = _goes_to(one, places)
        _keep(one, {"/Type", "/Title", "/Parent", "/Prev", "/Next", "/First", "/Last", "/Count"})
        if place is not None:
            one.Dest = place


def _strip(one: Object, kept: set[tuple[int, int]], depth: int) -> None:
    if depth > DEEPEST:
        raise Refused("large_inside")
    if isinstance(one, Stream):
        _strip_picture(one)
        _drop(one, SAID_OF_STREAMS)
    if isinstance(one, Dictionary | Stream):
        _drop(one, SAID)
        _forget_layers(one)
    if isinstance(one, Dictionary) and "/K" in one:
        _forget_notes(one, kept)
    for child in children(one):
        if not child.is_indirect:
            _strip(child, kept, depth + 1)


def _drop(one: Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in one:
            del one[key]


def _forget_layers(one: Object) -> None:
    """What is hidden in a layer is shown: nothing is there that nobody sees."""
    about = one.get("/Properties")
    if isinstance(about, Dictionary):
        for key in list(about.keys()):
            if isinstance(about[key], Dictionary) and "/MCID" not in about[key]:
                del about[key]


def _forget_notes(tag: Dictionary, kept: set[tuple[int, int]]) -> None:
    """Tags point at nothing that was taken from its page."""

    def stays(kid: Any) -> bool:
        if not isinstance(kid, Dictionary) or kid.get("/Type") != Name.OBJR:
            return True
        about = kid.get("/Obj")
        return isinstance(about, Stream) or (about is not None and about.objgen in kept)

    kids = tag.K
    if isinstance(kids, Array):
        if not all(map(stays, kids)):
            tag.K = Array([kid for kid in kids if stays(kid)])
    elif not stays(kids):
        del tag.K


def _strip_picture(one: Stream) -> None:
    """A photo in a PDF is a whole JPEG, with the place where it was taken in it."""
    filters = one.get("/Filter", None)
    only = filters[0] if isinstance(filters, Array) and len(filters) == 1 else filters
    if only not in (Name.DCTDecode, Name.JPXDecode):
        return
    raw = one.read_raw_bytes()
    bare = bare_jpeg(raw) if only == Name.DCTDecode else bare_jpx(raw)
    if bare != raw:
        parms = one.get("/DecodeParms", None)
        one.write(bare, filter=only, decode_parms=parms)


def _look_over(made: BinaryIO, pages: int) -> None:
    """The copy is read once more: what must not be in it is not in it."""
    with Pdf.open(made, suppress_warnings=True) as copy:
        if len(copy.pages) != pages or set(copy.docinfo.keys()) - {"/Title"}:
            raise Refused("damaged")
        for one in copy.objects:
            if isinstance(one, Dictionary | Stream) and any(key in one for key in NEVER):
                raise Refused("damaged")
