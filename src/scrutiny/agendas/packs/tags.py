"""The tags of many PDFs as one tree, so that a pack is read aloud as its papers are.

Belongs to the binder (binder.py). A paper that came without tags stays without: then the pack does
not say of itself that it is tagged throughout.
"""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, String

FAULTS = (ValueError, KeyError, TypeError, AttributeError, RuntimeError)


class Tags:
    def __init__(self, language: str) -> None:
        self.language, self.whole = language, True
        self.parts: list[Object] = []
        self.parents: list[Any] = []
        self.roles: dict[str, Object] = {}
        self.classes: dict[str, Object] = {}
        self.offset = 0

    def take(self, pack: Pdf, source: Pdf, first: int, title: str) -> None:
        """Bring the tags of `source`, whose pages begin at `first`, under one part of the tree."""
        pages, root = list(pack.pages)[first:], source.Root.get("/StructTreeRoot")
        if isinstance(root, Dictionary) and "/ParentTree" in root and "/K" in root:
            try:
                self._take(pack, source, pages, title)
                return
            except FAULTS:
                pass
        self.whole = False
        for page in pages:
            for key in ("/StructParents", "/Tabs"):
                if key in page.obj:
                    del page.obj[key]

    def _take(self, pack: Pdf, source: Pdf, pages: list, title: str) -> None:
        root = source.Root.StructTreeRoot
        mine = pack.copy_foreign(root if root.is_indirect else source.make_indirect(root))
        found = [(key, value) for key, value in NumberTree(mine.ParentTree).items()]
        part = pack.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Part, T=String(title), K=Array())
        )
        if "/Lang" in source.Root:
            part.Lang = String(str(source.Root.Lang))
        for kid in mine.K if isinstance(mine.K, Array) else [mine.K]:
            if kid.get("/S") == Name.Document:
                kid.S = Name.Sect
            kid.P = part
            part.K.append(kid)
        self._rename(part)
        self.roles = {**_entries(mine, "/RoleMap"), **self.roles}
        self.classes = {**_entries(mine, "/ClassMap"), **self.classes}
        self.parts.append(part)
        self._renumber(pages, found)

    def _rename(self, part: Object) -> None:
        """Ids are of one document; in a pack each gets the number of its part before it."""
        before = f"{len(self.parts)}."
        for tag in _walk(part):
            if "/ID" in tag:
                tag.ID = String(before + str(tag.ID))
            about = tag.get("/A")
            for one in about if isinstance(about, Array) else [about]:
                if isinstance(one, Dictionary) and "/Headers" in one:
                    one.Headers = Array([String(before + str(name)) for name in one.Headers])

    def _renumber(self, pages: list, found: list[tuple[int, Object]]) -> None:
        for key, value in found:
            self.parents += [self.offset + key, value]
        for page in pages:
            if "/StructParents" in page.obj:
                page.obj.StructParents = int(page.obj.StructParents) + self.offset
            for note in page.obj.get("/Annots", Array()):
                if "/StructParent" in note:
                    note.StructParent = int(note.StructParent) + self.offset
        self.offset += max((key for key, _ in found), default=-1) + 1

    def finish(self, pack: Pdf) -> None:
        root = pack.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        whole = pack.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array(self.parts))
        )
        for part in self.parts:
            part.P = whole
        root.K = Array([whole])
        root.ParentTree = pack.make_indirect(Dictionary(Nums=Array(self.parents)))
        root.ParentTreeNextKey = self.offset
        for name, entries in (("/RoleMap", self.roles), ("/ClassMap", self.classes)):
            if entries:
                root[name] = Dictionary(entries)
        pack.Root.StructTreeRoot = root
        pack.Root.MarkInfo = Dictionary(Marked=self.whole)
        for page in pack.pages:
            page.obj.Tabs = Name.S


def _entries(root: Object, name: str) -> dict[str, Object]:
    found = root.get(name)
    return {key: found[key] for key in found.keys()} if isinstance(found, Dictionary) else {}  # noqa: SIM118


def _walk(tag: Object) -> Iterator[Object]:
    """Every tag beneath, itself included, each once."""
    waiting, seen = [tag], set()
    while waiting:
        one = waiting.pop()
        if one.is_indirect:
            if one.objgen in seen:
                continue
            seen.add(one.objgen)
        yield one
        kids = one.get("/K")
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and kid.get("/Type") in (None, Name.StructElem):
                waiting.append(kid)
