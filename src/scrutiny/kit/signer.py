"""The signer: a process of its own that signs one PDF with a panel's key (PAdES B-B).

Run as `python -m scrutiny.kit.signer` by kit/signing.py and by nobody else. A line of JSON says
where key and passphrase lie, and the PDF follows. It is changed by adding to its end alone
(ISO 32000-1, 12.8; ETSI EN 319 142-1), and the signature allows no further change.
"""

import asyncio
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import tzlocal
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

from scrutiny.kit.apart import Refused, answer

FIELD = "Seal"
UNCLEAR_END = re.compile(rb"[\r\n]\nendstream")
TOLD = "Digital signature of the panel"
"""What a screen reader says of the field, which shows nothing on the page (PDF/UA-1, 7.18.4)."""


def opened(file: Path, passphrase: Path) -> SimpleSigner:
    """The key. Raises Refused with a sentence."""
    try:
        secret = passphrase.read_bytes().strip()
        return SimpleSigner.load_pkcs12_data(file.read_bytes(), [], secret)
    except OSError as fault:
        raise Refused(f"{Path(fault.filename).name} cannot be read: {fault.strerror}.") from fault
    except Exception as fault:  # pyHanko, cryptography and asn1crypto each have their own
        raise Refused(f"{file.name} does not open with its passphrase.") from fault


def refuse_unless_it_holds(key: SimpleSigner, name: str, now: datetime) -> None:
    """Raises Refused outside the days of the certificate: readers would call it no signature."""
    days = key.signing_cert["tbs_certificate"]["validity"]
    first, last = days["not_before"].native, days["not_after"].native
    if now > last:
        raise Refused(f"The certificate in {name} ran out on {last:%-d %B %Y}.")
    if now < first:
        raise Refused(f"The certificate in {name} holds from {first:%-d %B %Y} only.")


async def with_signature(pdf: bytes, key: SimpleSigner, reason: str) -> bytes:
    """Tried again with more room for the signature while a stream that is added ends in a line
    end of its own, which some readers would not count (ISO 19005-3, 6.1.7.1; see pdf_tags)."""
    for room in (None, *range(20_000, 20_064, 2)):
        made = await _with_signature(pdf, key, reason, room)
        if not UNCLEAR_END.search(made, len(pdf)):
            return made
    raise Refused("No place was found for the signature.")


async def _with_signature(pdf: bytes, key: SimpleSigner, reason: str, room: int | None) -> bytes:
    about = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason or None,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    field = SigFieldSpec(FIELD, on_page=0, box=None, readable_field_name=TOLD)
    writer, made = IncrementalPdfFileWriter(io.BytesIO(pdf)), io.BytesIO()
    writer._update_meta = lambda: None  # it would write what the file claims to be anew, and less
    signer = PdfSigner(about, signer=key, new_field_spec=field)
    await signer.async_sign_pdf(writer, bytes_reserved=room, output=made)
    return made.getvalue()


def sign(order: bytes) -> Callable[[], bytes]:
    line, _, pdf = order.partition(b"\n")
    told = json.loads(line)
    file = Path(told["file"])
    key = opened(file, Path(told["passphrase"]))
    refuse_unless_it_holds(key, file.name, datetime.now(UTC))
    tzlocal.get_localzone()  # it reads files, and a loop has sockets: the wall would refuse both
    loop = asyncio.new_event_loop()
    return lambda: loop.run_until_complete(with_signature(pdf, key, told["reason"]))


if __name__ == "__main__":
    answer(sign)
