"""Every kind of PDF of this site passes veraPDF, and says of itself what a screen reader needs."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator

import pikepdf
import pytest
from conftest import run
from kit.proofs import everything, text
from minutes import steps

from papers.scenes import HEAD, all_of_them
from papers.vera import ARCHIVE, READERS, verdicts
from scrutiny.agendas.papers import shelf

KINDS = [
    *("minutes", "minutes-long-with-head", "minutes-signed", "minutes-long-signed"),
    *("minutes-draft", "minutes-of-nothing-draft", "minutes-closed", "letter", "pack-front"),
    *("paper-1", "paper-2", "paper-3", "welsh-draft", "with-a-picture"),
]
SPOILED = {
    "spoiled-heading": "7.4.2-1",
    "spoiled-table": "7.2-43",
    "spoiled-see-through": "7.1-3",
}
CLAIM = "5-1"  # that the file says it is PDF/UA-1, which a pack of papers by others never says


@pytest.fixture(scope="module")
def made(empty_tables, tmp_path_factory) -> Iterator[dict[str, bytes]]:
    empty_tables()
    yield run(all_of_them(tmp_path_factory.mktemp("keys")))
    shutil.rmtree(shelf.folder(), ignore_errors=True)


@pytest.fixture(scope="module")
def said(made, tmp_path_factory):
    """veraPDF's answers about all of them, from one process."""
    return verdicts(made, tmp_path_factory.mktemp("papers"))


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", KINDS)
def test_verapdf_passes_it_for_the_archive_and_for_screen_readers(said, kind):
    for profile in (ARCHIVE, READERS):
        found = said[f"{kind}.pdf", profile]
        assert found.broken == []
        assert found.asked > 500


def test_a_pack_lacks_nothing_but_the_claim(said):
    (only,) = said["pack.pdf", READERS].broken
    assert only.startswith(f"{CLAIM} ")


@pytest.mark.parametrize("kind", SPOILED)
def test_verapdf_finds_what_is_spoiled(said, kind):
    broken = [one.split()[0] for one in said[f"{kind}.pdf", READERS].broken]
    assert SPOILED[kind] in broken


# --- what the file says of itself ---


@pytest.mark.parametrize("kind", KINDS)
def test_title_language_and_tags(made, kind):
    with opened(made[f"{kind}.pdf"]) as pdf:
        assert str(pdf.Root.Lang) == ("cy" if kind.startswith("welsh") else "en-GB")
        assert len(str(pdf.docinfo["/Title"])) > 5
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.MarkInfo.Marked
        elements = list(walk(pdf.Root.StructTreeRoot.K[0]))
    kinds = [str(one.S) for one in elements]
    assert kinds.count("/H1") == 1
    assert kinds.count("/TH") == sum(one.S == "/TH" and "/Scope" in one.A for one in elements)
    assert all(str(one.Alt).strip() for one in elements if one.S == "/Figure")


def walk(element: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
    yield element
    for kid in kids(element):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield from walk(kid)


def kids(element: pikepdf.Dictionary) -> list:
    inside = element.get("/K", [])
    return list(inside) if isinstance(inside, pikepdf.Array) else [inside]


def told(content: bytes, folder) -> str:
    """The words as the tags lead a screen reader through them."""
    path = folder / "told.pdf"
    path.write_bytes(content)
    done = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, check=True)
    quoted = re.findall(r'^ *"(.*?)"?$', done.stdout.decode(), re.MULTILINE)
    return steps.words("".join(quoted))


@pytest.mark.parametrize("kind", ["minutes", "minutes-closed", "minutes-of-nothing-draft"])
def test_tags_lead_through_the_words_in_the_order_in_which_they_are_read(made, kind, tmp_path):
    content = made[f"{kind}.pdf"]
    assert told(content, tmp_path) == steps.paper_words(content)


# --- what runs along every page ---


@pytest.mark.parametrize("kind", ["minutes", "minutes-long-with-head", "minutes-signed"])
def test_pages_are_counted_and_named(made, kind):
    pages = text(made[f"{kind}.pdf"]).split("\f")[:-1]
    for number, page in enumerate(pages, start=1):
        words = " ".join(page.split())
        assert f"Page {number} of {len(pages)}" in words
        assert "Lambeth Scrutiny Panel" in words
        assert "Minutes of the meeting of 14 May 2026" in words


def test_the_head_of_the_ledger_stands_at_the_foot_of_every_page(made):
    pages = text(made["minutes-long-with-head.pdf"]).split("\f")[:-1]
    assert len(pages) >= 12
    assert all(HEAD in " ".join(page.split()) for page in pages)
    assert "scrutiny-head" not in text(made["minutes.pdf"])


def test_the_head_is_no_part_of_what_is_read(made):
    assert "scrutiny-head" not in steps.paper_words(made["minutes-long-with-head.pdf"])


def test_the_address_and_its_square_code_are_there(made):
    place = "https://panel.test/lambeth/minutes/2026-05-14"
    said = re.sub(r"\s", "", text(made["minutes.pdf"]))
    assert f"Lookat{place}" in said
    with opened(made["minutes.pdf"]) as pdf:
        alts = [str(one.Alt) for one in walk(pdf.Root.StructTreeRoot.K[0]) if one.S == "/Figure"]
    assert alts == ["Square code that opens the page of these minutes"]


def test_results_are_words(made):
    said = " ".join(text(made["minutes.pdf"]).split())
    assert "Agreed:" in said
    assert "Put to the meeting by a show of hands. Votes for: 2. Votes against: 1." in said


@pytest.mark.parametrize("kind", ["minutes-draft", "welsh-draft"])
def test_a_draft_has_its_mark_behind_every_page(made, kind):
    with opened(made[f"{kind}.pdf"]) as pdf:
        marked = [b" Do" in everything_drawn(page) for page in pdf.pages]
    assert all(marked)
    assert b"Draft" not in everything(made["minutes.pdf"])


def everything_drawn(page: pikepdf.Page) -> bytes:
    return page.Contents.read_bytes()


def test_qpdf_finds_nothing_wrong_with_what_is_signed(made, tmp_path):
    path = tmp_path / "signed.pdf"
    path.write_bytes(made["minutes-long-signed.pdf"])
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    assert (done.returncode, "No syntax or stream encoding errors" in done.stdout) == (0, True)
    assert made["minutes-signed.pdf"].startswith(made["minutes.pdf"])
