"""The PDF itself: whole, counted through, with bookmarks, links and tags; the same every time."""

import subprocess

import page
import pikepdf
import pytest
from conftest import run
from kit.proofs import broken_rules, text
from pikepdf import Name

from agendas.packs.steps import content, made, scene
from agendas.papers import files, steps
from scrutiny.agendas.packs import front
from scrutiny.agendas.packs.contents import contents_of, sources_of


@pytest.fixture
def pack(cast) -> bytes:
    """The members' pack of the scene."""

    async def whole():
        row = await scene(cast)
        await made(row, cast)
        return await content(cast, row, "amara")

    return run(whole())


def page_texts(content: bytes) -> list[str]:
    return text(content).split("\f")[:-1]


def test_qpdf_and_poppler_find_nothing_wrong(pack, tmp_path):
    path = tmp_path / "pack.pdf"
    path.write_bytes(pack)
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    assert (done.returncode, "No syntax or stream encoding errors" in done.stdout) == (0, True)
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout
    assert "Title:           Agenda pack: " in told
    assert "Pages:           7" in told
    assert "Author" not in told and "Producer" not in told
    assert "JavaScript:      no" in told


def test_pages_are_counted_through_and_papers_keep_their_own(pack):
    pages = page_texts(pack)
    assert [f"Pack page {n}" in said for n, said in enumerate(pages, start=1)] == [True] * 7
    assert "Pack page 2 · P1, page 1 of 2" in pages[1]
    assert "Pack page 3 · P1, page 2 of 2" in pages[2] and "Heron 2" in pages[2]
    assert "Pack page 7 · P3, page 3 of 3" in pages[6]
    assert "P1 Heron, page 2" in pages[0] and "P3 Marigold, page 5" in pages[0]


def test_bookmarks_labels_and_links_lead_to_the_same_pages(pack):
    with files.opened(pack) as pdf:
        where = {one.obj.objgen: number for number, one in enumerate(pdf.pages, start=1)}
        with pdf.open_outline() as outline:
            found = {
                child.title: where[child.destination[0].objgen]
                for one in outline.root
                for child in one.children
            }
        assert found == {"P1 Heron": 2, "P2 Larkspur": 4, "P3 Marigold": 5}
        led = [where[note.Dest[0].objgen] for note in pdf.pages[0].obj.Annots]
        assert led == [2, 4, 5]
        assert [one.label for one in pdf.pages] == [str(n) for n in range(1, 8)]


def test_the_cover_and_contents_are_pdf_a_and_pdf_ua(cast, tmp_path):
    async def printed():
        row = await scene(cast)
        (one,) = contents_of(await sources_of(cast.lambeth, row), None, "members")
        return await front.printed(one, 1)

    made, pages = run(printed())
    assert pages == 1
    assert broken_rules(made, tmp_path) == []


def test_papers_without_tags_keep_the_pack_from_claiming_any(pack):
    with files.opened(pack) as pdf:
        assert not pdf.Root.MarkInfo.Marked
        assert "pdfuaid:part" not in str(pdf.open_metadata())


def test_papers_with_tags_make_a_pack_with_tags(cast, tmp_path):
    """All that PDF/UA asks for but the claim, which a pack of papers by others never makes."""

    async def whole():
        row = await steps.meeting(cast)
        words = b"# Findings\n\nSome.\n\n| Ward | Searches |\n|---|---|\n| North | 12 |\n"
        await steps.add(row, cast, "Findings", "public", 0, words, "a.md")
        await steps.add(row, cast, "Others", "public", 1, words, "b.md")
        await made(row, cast)
        return await content(cast, row)

    path = tmp_path / "pack.pdf"
    path.write_bytes(run(whole()))
    found = page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1).failures
    assert {one.rule_id for one in found} <= {"PDFUA1-ID-PART-001", "PDFUA1-ID-SCHEMA-001"}
    with pikepdf.open(path) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert len(pdf.Root.StructTreeRoot.K[0].K) == 3


def test_the_same_papers_make_the_same_bytes(cast):
    async def twice():
        row = await scene(cast)
        await made(row, cast)
        first = await content(cast, row)
        await steps.forget_packs()
        await made(row, cast)
        return first, await content(cast, row)

    first, second = run(twice())
    assert first == second


def test_turned_and_odd_pages_are_stamped_upright(cast):
    new = files.opened(files.pdf(4))
    for one, turn in zip(new.pages, (0, 90, 180, 270), strict=True):
        one.obj.Rotate = turn
    new.pages[0].obj.CropBox = pikepdf.Array([100, 100, 400, 500])
    new.pages[1].obj.MediaBox = pikepdf.Array([-20, -20, 575, 822])
    new.pages[2].obj.Contents = new.make_stream(b"0.5 0 0 0.5 9 9 cm q")  # left open, and shrunk

    async def whole():
        row = await steps.meeting(cast)
        await steps.add(row, cast, "Odd", "public", 0, files.saved(new))
        await made(row, cast)
        return await content(cast, row)

    pages = page_texts(run(whole()))
    assert [f"P1, page {n} of 4" in pages[n] for n in range(1, 5)] == [True] * 4


def test_forms_are_counted_as_pages_of_one_font(pack):
    with files.opened(pack) as pdf:
        stamps = {one.obj.Resources.Font["/ScrutinyPack"].objgen for one in pdf.pages}
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)
                 and one.get("/Subtype") == Name.TrueType]  # fmt: skip
    assert len(stamps) == 1 and len(fonts) == 1
