"""The binder: a process of its own that makes one PDF of a front and many papers.

Run as `python -m scrutiny.agendas.packs.binder IN OUT` by binding.py and by nobody else. IN holds
all files one after another, an order in JSON comes in, a line for each paper goes out and at the
end one of JSON. It has no network, and only so much memory and time.
"""

import ctypes
import io
import json
import os
import resource
import sys
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from scrutiny.agendas.packs.stamps import Stamps
from scrutiny.agendas.packs.tags import Tags
from scrutiny.concerns.evidence.cleaner import NO_NETWORK, wall
from scrutiny.concerns.evidence.fence import LIBRARIES, fence, places

MEMORY, SECONDS, LARGEST = 3 << 29, 120, 400_000_000
PLACE = b"https://pack.invalid/"


def narrow() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    ctypes.CDLL(None).unshare(NO_NETWORK)  # where the kernel allows it; the wall stands anyway
    fence([*places(), *LIBRARIES])


def bind(given: int, made: int, order: dict[str, Any], stamps: Stamps, say) -> dict[str, int]:
    """Write the pack; returns how many pages it has."""
    pack, tags = Pdf.new(), Tags(order["language"])
    kept = []  # the sources: their streams are read when the pack is saved
    for at, part in enumerate(order["parts"]):
        source = Pdf.open(io.BytesIO(os.pread(given, part["size"], part["at"])))
        kept.append(source)
        first = len(pack.pages)
        pack.add_pages_from(source)
        tags.take(pack, source, first, part["title"])
        stamps.put(pack, first, part["stamps"], low=at == 0)
        say()
    front = order["parts"][0]["pages"]
    _lead(pack, front, order["first"])
    tags.finish(pack)
    _mark(pack, order)
    with os.fdopen(os.dup(made), "w+b") as file:
        pack.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return {"pages": len(pack.pages)}


def _lead(pack: Pdf, front: int, first: int) -> None:
    """The addresses on the front become places in the pack."""
    for page in list(pack.pages)[:front]:
        for note in page.obj.get("/Annots", Array()):
            action = note.get("/A")
            uri = bytes(action.get("/URI", b"")) if isinstance(action, Dictionary) else b""
            if uri.startswith(PLACE):
                to = pack.pages[int(uri.removeprefix(PLACE)) - first].obj
                del note["/A"]
                note.Dest = Array([to, Name.Fit])


def _mark(pack: Pdf, order: dict[str, Any]) -> None:
    """Title, language, bookmarks, and page numbers as the stamps say them."""
    root = pack.Root
    for key in ("/Names", "/Dests", "/AcroForm", "/OpenAction", "/OCProperties"):
        if key in root:
            del root[key]
    root.Lang = String(order["language"])
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageMode = Name.UseOutlines
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=order["first"])]))
    with pack.open_outline() as outline:
        outline.root.clear()
        at = [outline.root]
        for depth, words, page in order["outline"]:
            del at[max(1, min(depth, len(at))) :]
            one = OutlineItem(words, page - order["first"])
            at[-1].append(one)
            at.append(one.children)
    pack.docinfo["/Title"] = order["title"]
    with pack.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        said["dc:title"], said["dc:language"] = order["title"], {order["language"]}


def main() -> None:
    order, stamps = json.load(sys.stdin), Stamps()
    narrow()
    wall()
    print_to = os.dup(1)
    os.dup2(2, 1)  # a stray print must not be taken for an answer
    try:
        done = bind(
            int(sys.argv[1]), int(sys.argv[2]), order, stamps, lambda: os.write(print_to, b"+\n")
        )
    except MemoryError:
        done = {"why": "memory"}
    except Exception as trouble:  # every library has its own
        done = {"why": f"{type(trouble).__name__}: {trouble}"[:300]}
    os.write(print_to, json.dumps(done).encode() + b"\n")


if __name__ == "__main__":
    main()
