"""HOW the vault is locked, and WHEN somebody may look into it.

Everything is sealed to a public key (libsodium's sealed box, X25519), with the SHA-256 of its place
in front of the content: what was sealed for one row is refused at another.
"""

import hashlib
import hmac
import re
import unicodedata
from datetime import timedelta
from enum import StrEnum

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from scrutiny.kit.errors import Unreadable
from scrutiny.kit.tokens import ALPHABET, MISREAD
from scrutiny.kit.words import N_

OPEN_FOR = timedelta(minutes=30)
ANSWERED_WITHIN = timedelta(days=7)
"""After this a request to look is closed unanswered: its reason may be gone."""
FEWEST_WORDS, FEWEST_LETTERS, LONGEST = 4, 15, 200
DIGEST, KEY, CHECK = 32, 32, 3
GROUPS = 14  # of four characters: 35 bytes


class LookStage(StrEnum):
    ASKED = "asked"
    OPEN = "open"
    DECLINED = "declined"
    CLOSED = "closed"


LOOK_MOVES: dict[tuple[str, str], str] = {
    (LookStage.ASKED, "agreed"): LookStage.OPEN,
    (LookStage.ASKED, "declined"): LookStage.DECLINED,
    (LookStage.ASKED, "closed"): LookStage.CLOSED,
    (LookStage.OPEN, "closed"): LookStage.CLOSED,
}
WAITING = (LookStage.ASKED, LookStage.OPEN)

DECLINES = {
    "thread": N_("The resident can be asked through their code instead"),
    "reason": N_("The reason is not good enough"),
    "consent": N_("The resident did not agree to be contacted for this"),
    "done": N_("It is no longer needed"),
}
"""Why a second custodian says no."""


def seal_to(public_key: bytes, content: bytes, place: str = "") -> bytes:
    """Encrypt for the holders of the private key alone; opens again only for the same `place`."""
    box = SealedBox(PublicKey(bytes(public_key)))
    return box.encrypt(hashlib.sha256(place.encode()).digest() + content)


def open_sealed(private_key: PrivateKey, sealed: bytes, place: str = "") -> bytes:
    """Raises Unreadable when it was sealed to another key or for another place."""
    try:
        found = SealedBox(private_key).decrypt(bytes(sealed))
    except (CryptoError, ValueError, TypeError):
        raise Unreadable(N_("This cannot be opened: it was sealed to another key.")) from None
    if not hmac.compare_digest(found[:DIGEST], hashlib.sha256(place.encode()).digest()):
        raise Unreadable(N_("This cannot be opened: it was sealed for another place."))
    return found[DIGEST:]


def seal_again(old: PrivateKey, public_key: bytes, sealed: bytes) -> bytes:
    """The same content, for the same place, under a new key. Raises Unreadable."""
    try:
        return SealedBox(PublicKey(bytes(public_key))).encrypt(
            SealedBox(old).decrypt(bytes(sealed))
        )
    except (CryptoError, ValueError, TypeError):
        raise Unreadable(N_("This cannot be opened: it was sealed to another key.")) from None


def tidy(passphrase: str) -> str:
    """The same words however they were typed: one space between them, one form of each letter."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).split())


def passphrase_problem(typed: str) -> str:
    """What is wrong with a new passphrase, or nothing."""
    found = tidy(typed)
    words = [word for word in found.split() if len(word) >= 3]
    if len(found) > LONGEST:
        return N_("This is too long. Use at most 200 characters.")
    if len(words) < FEWEST_WORDS and len(found) < FEWEST_LETTERS:
        return N_("Use at least four words of three letters or more, or 15 characters.")
    if len(set(found)) < 6:
        return N_("This is too easy to guess. Use words that do not belong together.")
    return ""


def sheet(private_key: bytes) -> list[str]:
    """A private key as 14 groups of four characters, for paper; the last ones check the others."""
    whole = int.from_bytes(private_key + _check(private_key), "big")
    text = "".join(ALPHABET[whole >> 5 * at & 31] for at in reversed(range(4 * GROUPS)))
    return [text[at : at + 4] for at in range(0, len(text), 4)]


def of_sheet(typed: str) -> bytes | None:
    """The private key that was typed from a sheet, or None when something in it is wrong."""
    text = re.sub(r"[\s-]", "", typed.upper()).translate(MISREAD)
    if len(text) != 4 * GROUPS or any(letter not in ALPHABET for letter in text):
        return None
    whole = 0
    for letter in text:
        whole = whole << 5 | ALPHABET.index(letter)
    found = whole.to_bytes(KEY + CHECK, "big")
    return found[:KEY] if found[KEY:] == _check(found[:KEY]) else None


def _check(private_key: bytes) -> bytes:
    return hashlib.sha256(b"vault sheet|" + private_key).digest()[:CHECK]
