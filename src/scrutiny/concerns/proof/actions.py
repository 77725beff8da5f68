"""Making a proof of submission for the resident who asked for one. Nothing is stored of it."""

import hmac

from scrutiny.concerns import parts, queries
from scrutiny.concerns.proof import rules
from scrutiny.concerns.rules import GONE
from scrutiny.concerns.tables import Concern
from scrutiny.kit.seal import keys
from scrutiny.kit.site_key import public_hex, signing_key

SALT = b"proof of submission"


async def statement(concern: Concern) -> str:
    """The signed statement as text, or nothing where none was asked for or all is erased.

    The same concern always gives the same one: its salt comes from the concern's own key, so
    once that is destroyed nobody can try words against the hash from what we hold. `concern`
    comes with its panel.
    """
    if concern.stage in GONE:
        return ""
    answers = await queries.opened(concern)
    if answers.proof != "yes" or not answers.words.strip():
        return ""
    salt = hmac.digest(await parts.key_of(concern), SALT, "sha256")
    reference = queries.reference_of(concern)
    said = rules.made(concern.panel.slug, reference, concern.received, answers.words, salt)
    return rules.signed(said, signing_key(keys().pepper))


def public_key() -> str:
    """This host's public key for statements, in hexadecimal."""
    return public_hex(signing_key(keys().pepper))
