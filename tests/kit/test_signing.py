"""A panel's signature on a PDF: added to its end, checked by two others' software, never forged."""

import io
import re
import subprocess
from dataclasses import replace

import pytest
from asn1crypto.x509 import Certificate
from conftest import run
from kit.proofs import broken_rules, document, make
from kit.signers import a_key
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from scrutiny.commands.signing_keys import faults, sentences
from scrutiny.kit import signer, signing
from scrutiny.kit.pdf import PdfFailed
from scrutiny.kit.settings import BadSetting, read, settings
from scrutiny.kit.signing import Key, key_of, signed

REASON = "Approved minutes, as they were published"


@pytest.fixture(scope="module")
def plain() -> bytes:
    return make(document())


@pytest.fixture(scope="module")
def made(plain, tmp_path_factory) -> tuple[bytes, bytes]:
    """The signed PDF, and the root that vouches for its key."""
    folder = tmp_path_factory.mktemp("keys")
    root = a_key(folder)
    return run(signed(plain, Key(folder / "site.p12", folder / "site.pass"), REASON)), root


def verdict(pdf: bytes, root: bytes):
    (one,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    trusted = ValidationContext(trust_roots=[Certificate.load(root)], allow_fetching=False)
    return validate_pdf_signature(one, trusted)


def pdfsig(pdf: bytes, folder) -> str:
    path = folder / "signed.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True).stdout


def test_what_was_printed_is_the_beginning_of_what_is_signed(plain, made):
    assert made[0].startswith(plain)
    assert len(made[0]) - len(plain) < 30_000


def test_pyhanko_says_it_is_whole_and_trusted(made):
    found = verdict(*made)
    assert (found.intact, found.valid, found.trusted, found.bottom_line) == (True,) * 4
    assert found.coverage.name == "ENTIRE_FILE"
    (one,) = PdfFileReader(io.BytesIO(made[0])).embedded_signatures
    assert one.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert one.sig_object["/Reason"] == REASON


def test_poppler_agrees(made, tmp_path):
    said = pdfsig(made[0], tmp_path)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "Minutes of site" in said


@pytest.mark.parametrize("at", [600, 20_000, -60_000])
def test_one_bit_turned_is_found_by_both(made, tmp_path, at):
    pdf, root = made
    bad = bytearray(pdf)
    stream = pdf.index(b"stream", at if at > 0 else len(pdf) // 3)
    bad[stream + 40] ^= 1
    assert not verdict(bytes(bad), root).intact
    assert "Signature is Valid." not in pdfsig(bytes(bad), tmp_path)


def test_what_is_added_later_is_found(made):
    pdf, root = made
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/PageMode"] = generic.NameObject("/UseNone")
    writer.update_root()
    writer.write(out := io.BytesIO())
    assert not verdict(out.getvalue(), root).bottom_line


def test_anothers_key_is_not_trusted(made, tmp_path):
    assert not verdict(made[0], a_key(tmp_path)).trusted


def test_it_is_still_valid_for_the_archive_and_for_screen_readers(made, tmp_path):
    """veraPDF says so too (tests/papers). page-validation alone wants a tag for a field that shows
    nothing on the page, where PDF/UA-1 (7.18.1) asks for none."""
    assert broken_rules(made[0], tmp_path) == ["PDFUA1-WIDGET-FORM-TAG-001"]


def test_it_is_tried_again_where_a_stream_would_end_unclearly(plain, made, tmp_path, monkeypatch):
    """One of some two hundred does: here all do that do not have room for 20,004."""
    assert signer.UNCLEAR_END.search(b"stream\nab\r\nendstream")
    assert not signer.UNCLEAR_END.search(made[0], len(plain))
    a_key(tmp_path)
    key = signer.opened(tmp_path / "site.p12", tmp_path / "site.pass")
    wanted = re.compile(rb"/Contents <(?![0-9A-Fa-f]{20004}>)")
    monkeypatch.setattr(signer, "UNCLEAR_END", wanted)
    again = run(signer.with_signature(plain, key, REASON))
    assert re.search(rb"/Contents <[0-9A-Fa-f]{20004}>", again)


# --- keys ---


@pytest.fixture
def keys(tmp_path, monkeypatch):
    told = replace(settings(), signing_keys=tmp_path)
    monkeypatch.setattr(signing, "settings", lambda: told)
    return tmp_path


def test_a_panel_signs_with_its_own_key_or_with_the_sites(keys):
    assert key_of("lambeth") is None
    a_key(keys)
    a_key(keys, "lambeth")
    assert key_of("lambeth").file == keys / "lambeth.p12"
    assert key_of("hackney") == Key(keys / "site.p12", keys / "site.pass")
    assert key_of("../lambeth").file == keys / "site.p12"


def test_without_the_setting_nothing_is_signed():
    assert settings().signing_keys is None
    assert key_of("lambeth") is None
    assert (sentences(), faults()) == ([], [])


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda at: (at / "site.pass").write_text("x"), "site.p12 does not open with its passph"),
        (lambda at: (at / "site.p12").write_text("x"), "site.p12 does not open with its passph"),
        (lambda at: (at / "site.pass").unlink(), "site.pass cannot be read: No such file"),
        (lambda at: a_key(at, days=(-30, -1)), "The certificate in site.p12 ran out on"),
        (lambda at: a_key(at, days=(9, 30)), "The certificate in site.p12 holds from"),
    ],
)
def test_a_key_that_cannot_sign_is_told_in_a_sentence(keys, plain, spoil, why):
    a_key(keys)
    spoil(keys)
    with pytest.raises(PdfFailed, match=f"could not be signed. {why}"):
        run(signed(plain, key_of("lambeth"), REASON))
    assert len(faults()) == 1
    assert why in faults()[0]


def test_what_is_no_pdf_is_refused(keys):
    a_key(keys)
    with pytest.raises(PdfFailed, match="could not be signed"):
        run(signed(b"not a PDF", key_of("lambeth"), REASON))


def test_the_check_says_until_when_a_key_signs(keys):
    a_key(keys)
    a_key(keys, "lambeth", (-1, 20))
    (soon, later) = sentences()
    assert soon.startswith("lambeth.p12 signs until ")
    assert later.startswith("site.p12 signs until ")
    assert len(faults()) == 1
    assert "The certificate in lambeth.p12 runs out in 19 days" in faults()[0]


def test_the_setting_names_a_folder(tmp_path):
    assert read({"SCRUTINY_SIGNING_KEYS": str(tmp_path)}).signing_keys == tmp_path
    with pytest.raises(BadSetting, match="SCRUTINY_SIGNING_KEYS must be a folder"):
        read({"SCRUTINY_SIGNING_KEYS": str(tmp_path / "none")})
