"""Keys made for a test: a root of its own, and a panel's key that it vouches for."""

from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from scrutiny.kit.clock import now

PASSPHRASE = b"a passphrase of the test"
USES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
    "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def certificate(name: str, key, days: tuple[int, int], above=None) -> x509.Certificate:
    """`days`: from and until when, counted from now. `above`: (certificate, key) of the root."""
    own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start: datetime = now()
    may = dict.fromkeys(USES, False) | (
        {"digital_signature": True, "content_commitment": True} if above else
        {"key_cert_sign": True, "crl_sign": True}
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(own)
        .issuer_name(above[0].subject if above else own)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start + timedelta(days=days[0]))
        .not_valid_after(start + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(not above, None), critical=True)
        .add_extension(x509.KeyUsage(**may), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .sign(above[1] if above else key, SHA256())
    )


def a_key(folder: Path, name: str = "site", days: tuple[int, int] = (-1, 365)) -> bytes:
    """Put NAME.p12 and its passphrase into the folder; gives the root's certificate (DER)."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = certificate("Root of the test", root_key, (-800, 4000))
    own = certificate(f"Minutes of {name}", key, days, (root, root_key))
    closed = BestAvailableEncryption(PASSPHRASE)
    packed = pkcs12.serialize_key_and_certificates(name.encode(), key, own, [root], closed)
    for ending, content in ((".p12", packed), (".pass", PASSPHRASE + b"\n")):
        (folder / f"{name}{ending}").write_bytes(content)
        (folder / f"{name}{ending}").chmod(0o600)
    return root.public_bytes(Encoding.DER)
