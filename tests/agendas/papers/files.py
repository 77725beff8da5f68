"""Papers as people send them, made here: good ones, and ones with something hidden in them."""

import io

import pikepdf
from concerns.evidence.media import CANARY
from kit.proofs import text
from pikepdf import Array, Dictionary, Name, Pdf, String


def pdf(pages: int = 1, words: str = "A paper") -> bytes:
    """A plain one without tags, a line of words on each page."""
    made, new = io.BytesIO(), Pdf.new()
    for number in range(1, pages + 1):
        page = new.add_blank_page(page_size=(595, 842))
        page.obj.Resources = Dictionary(
            Font=Dictionary(
                F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            )
        )
        drawn = f"BT /F1 14 Tf 72 700 Td ({words} {number}) Tj ET"
        page.obj.Contents = new.make_stream(drawn.encode())
    new.save(made, deterministic_id=True)
    return made.getvalue()


def saved(new: Pdf, **how) -> bytes:
    made = io.BytesIO()
    new.save(made, **how)
    return made.getvalue()


def opened(content: bytes) -> Pdf:
    return Pdf.open(io.BytesIO(content))


def talkative(pages: int = 2) -> bytes:
    """Who made it stands everywhere a PDF can say so; it encloses a file and links out."""
    new = opened(pdf(pages))
    new.docinfo["/Author"] = CANARY
    new.docinfo["/Producer"] = CANARY
    new.Root.Metadata = new.make_stream(CANARY.encode())
    new.Root.Lang = String("en-GB")
    new.attachments["notes.txt"] = CANARY.encode()
    first = new.pages[0].obj
    first.PieceInfo = Dictionary(X=Dictionary(Private=CANARY))
    box = Array([72, 690, 200, 720])
    out = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box,
                     A=Dictionary(S=Name.URI, URI=f"https://tracker.test/{CANARY}"))  # fmt: skip
    onward = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box,
                        Dest=Array([new.pages[-1].obj, Name.Fit]))  # fmt: skip
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=box, Contents=CANARY)
    first.Annots = Array([new.make_indirect(one) for one in (out, onward, note)])
    with new.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("The second page", pages - 1))
    return saved(new)


def acting() -> bytes:
    new = opened(pdf())
    new.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    return saved(new)


def launching() -> bytes:
    new = opened(pdf())
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]),
                      A=Dictionary(S=Name.Launch, F="calc.exe"))  # fmt: skip
    new.pages[0].obj.Annots = Array([new.make_indirect(note)])
    return saved(new)


def portfolio() -> bytes:
    new = opened(pdf())
    new.attachments["inside.txt"] = b"the paper itself"
    new.Root.Collection = Dictionary(Type=Name.Collection)
    return saved(new)


def locked(user: str = "", owner: str = "owner") -> bytes:
    return saved(opened(pdf()), encryption=pikepdf.Encryption(user=user, owner=owner))


def filled_in() -> bytes:
    """A form whose answer is drawn in a field and nowhere else."""
    new = opened(pdf())
    font = new.pages[0].obj.Resources.Font
    answer = new.make_stream(b"/Tx BMC BT /F1 12 Tf 2 4 Td (Larkspur) Tj ET EMC")
    answer.Type, answer.Subtype = Name.XObject, Name.Form
    answer.BBox, answer.Resources = Array([0, 0, 200, 20]), Dictionary(Font=font)
    widget = new.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="name", V="Larkspur", F=4,
                   Rect=Array([72, 600, 272, 620]), AP=Dictionary(N=answer), DA="/F1 12 Tf")
    )  # fmt: skip
    new.pages[0].obj.Annots = Array([widget])
    new.Root.AcroForm = Dictionary(Fields=Array([widget]), DR=Dictionary(Font=font))
    return saved(new)


def words(content: bytes) -> str:
    """All words of a PDF on one line."""
    return " ".join(text(content).split())
