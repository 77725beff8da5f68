"""A passkey made of software (ES256, no attestation), to play the browser's part."""

import hashlib
import json
import secrets
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url as b64

PRESENT, VERIFIED, BACKED_UP, ATTESTED = 0x01, 0x04, 0x18, 0x40


def cbor(what) -> bytes:
    """The few kinds of CBOR that an authenticator writes."""
    if isinstance(what, int):
        return _head(0, what) if what >= 0 else _head(1, -1 - what)
    if isinstance(what, bytes):
        return _head(2, len(what)) + what
    if isinstance(what, str):
        return _head(3, len(what.encode())) + what.encode()
    return _head(5, len(what)) + b"".join(cbor(k) + cbor(v) for k, v in what.items())


def _head(major: int, count: int) -> bytes:
    if count < 24:
        return bytes([major << 5 | count])
    if count < 256:
        return bytes([major << 5 | 24, count])
    return bytes([major << 5 | 25]) + struct.pack(">H", count)


class SoftKey:
    """One passkey. Synced ones never count: `counts=False` always says 0."""

    def __init__(self, *, verified=True, counts=True, origin="https://panel.test") -> None:
        self.verified, self.counts, self.origin = verified, counts, origin
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.credential, self.count = secrets.token_bytes(16), 0

    def create(self, options: str) -> str:
        """The answer to a request to make a passkey."""
        asked = json.loads(options)
        data = self._client_data("webauthn.create", asked["challenge"])
        made = {"fmt": "none", "attStmt": {}, "authData": self._data(asked["rp"]["id"], new=True)}
        return self._answer(clientDataJSON=data, attestationObject=cbor(made))

    def get(self, options: str) -> str:
        """The answer to a request to use one."""
        asked = json.loads(options)
        self.count += self.counts
        data = self._client_data("webauthn.get", asked["challenge"])
        known = self._data(asked["rpId"])
        signed = self.private.sign(known + hashlib.sha256(data).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=data, authenticatorData=known, signature=signed)

    def _answer(self, **response: bytes) -> str:
        return json.dumps(
            {
                "id": b64(self.credential),
                "rawId": b64(self.credential),
                "type": "public-key",
                "clientExtensionResults": {},
                "response": {name: b64(value) for name, value in response.items()},
            }
        )

    def _client_data(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said, separators=(",", ":")).encode()

    def _data(self, host: str, *, new: bool = False) -> bytes:
        flags = PRESENT | BACKED_UP | (VERIFIED if self.verified else 0) | (ATTESTED if new else 0)
        data = hashlib.sha256(host.encode()).digest() + bytes([flags])
        data += struct.pack(">I", self.count)
        return data + self._public() if new else data

    def _public(self) -> bytes:
        point = self.private.public_key().public_numbers()
        x, y = point.x.to_bytes(32, "big"), point.y.to_bytes(32, "big")
        size = struct.pack(">H", len(self.credential))
        key = cbor({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        return bytes(16) + size + self.credential + key
