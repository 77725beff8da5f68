"""HOW a passkey is asked for and believed: the user verified, our own address, a challenge once."""

from datetime import timedelta
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor
    from webauthn.registration.verify_registration_response import VerifiedRegistration

ANSWER_WITHIN = timedelta(minutes=5)
MOST = 10
"""Passkeys of one person."""
LONGEST_ANSWER, LONGEST_NAME, LONGEST_CREDENTIAL = 20_000, 60, 400
NO_PASSKEY = (
    "No passkey was given. It needs JavaScript and a browser that knows passkeys; "
    "an authenticator app needs neither."
)


@cache
def webauthn() -> ModuleType:
    """Loaded when somebody first uses a passkey: it is large, and most visits never need it."""
    return import_module("webauthn")


@cache
def malformed() -> tuple[type[Exception], ...]:
    """What an answer that is no answer makes the library raise."""
    own = webauthn().helpers.exceptions.WebAuthnException
    return (own, ValueError, KeyError, TypeError, AttributeError, IndexError)


def written(credential: bytes) -> str:
    """A credential's id as browsers and our tables write it."""
    return webauthn().helpers.bytes_to_base64url(credential)


def _known(credentials: list[str]) -> list["PublicKeyCredentialDescriptor"]:
    described = webauthn().helpers.structs.PublicKeyCredentialDescriptor
    return [described(id=webauthn().helpers.base64url_to_bytes(one)) for one in credentials]


def to_add(
    host: str, person: bytes, names: tuple[str, str], challenge: bytes, held: list[str]
) -> str:
    """What the browser needs to make a passkey, as JSON; `names` are the address and the name."""
    wish = webauthn().helpers.structs
    return webauthn().helpers.options_to_json(
        webauthn().generate_registration_options(
            rp_id=host,
            rp_name="Scrutiny",
            user_id=person,
            user_name=names[0],
            user_display_name=names[1],
            challenge=challenge,
            authenticator_selection=wish.AuthenticatorSelectionCriteria(
                resident_key=wish.ResidentKeyRequirement.PREFERRED,
                user_verification=wish.UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=_known(held),
        )
    )


def to_prove(host: str, challenge: bytes, held: list[str]) -> str:
    """What the browser needs to use one of the passkeys in `held`, as JSON."""
    return webauthn().helpers.options_to_json(
        webauthn().generate_authentication_options(
            rp_id=host,
            challenge=challenge,
            allow_credentials=_known(held),
            user_verification=webauthn().helpers.structs.UserVerificationRequirement.REQUIRED,
        )
    )


def added(answer: str, challenge: bytes, host: str, origin: str) -> "VerifiedRegistration | None":
    """The new passkey, or None when the answer cannot be believed."""
    try:
        return webauthn().verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            require_user_verification=True,
        )
    except malformed():
        return None


def proved(
    answer: str, challenge: bytes, host: str, origin: str, public_key: bytes, count: int
) -> "VerifiedAuthentication | None":
    """What the passkey signed, or None when the answer cannot be believed."""
    try:
        return webauthn().verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            credential_public_key=public_key,
            credential_current_sign_count=count,
            require_user_verification=True,
        )
    except malformed():
        return None


def credential_of(answer: str) -> str | None:
    """Which passkey an answer says it is from."""
    try:
        return webauthn().helpers.parse_authentication_credential_json(answer).id
    except malformed():
        return None
