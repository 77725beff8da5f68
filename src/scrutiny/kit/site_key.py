"""The site's own Ed25519 key: it signs statements to residents, and the heads of the ledger."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"scrutiny|proof of submission|ed25519|v1"
"""Names the key for ever: what was signed with it before there was a second use still holds."""


def signing_key(pepper: bytes) -> Ed25519PrivateKey:
    """The host's key, made from the pepper of its secret file (HKDF-SHA256).

    Made and not stored: the secret file stays as it is, a copy restored from a backup signs as
    before, and the pepper is never changed, as every receipt is found with it. What it signs
    begins differently for each use: a statement with a brace, a head with its own name.
    """
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(pepper)
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_hex(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def public_key(key: str) -> Ed25519PublicKey:
    """The public key that these 64 hexadecimal digits are. Raises ValueError with a sentence."""
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
    except ValueError:
        raise ValueError("A public key has 64 characters: digits, and letters a to f.") from None


def is_signed(message: bytes, signature: bytes, public: Ed25519PublicKey) -> bool:
    try:
        public.verify(signature, message)
    except InvalidSignature:
        return False
    return True
