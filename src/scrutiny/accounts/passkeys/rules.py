"""HOW a passkey is asked for and believed: the user verified, our own address, a challenge once."""

from datetime import timedelta

import webauthn
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import base64url_to_bytes, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

ANSWER_WITHIN = timedelta(minutes=5)
MOST = 10
"""Passkeys of one person."""
LONGEST_ANSWER, LONGEST_NAME, LONGEST_CREDENTIAL = 20_000, 60, 400
NO_PASSKEY = (
    "No passkey was given. It needs JavaScript and a browser that knows passkeys; "
    "an authenticator app needs neither."
)
MALFORMED = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What an answer that is no answer makes the library raise."""


def _known(credentials: list[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in credentials]


def to_add(
    host: str, person: bytes, names: tuple[str, str], challenge: bytes, held: list[str]
) -> str:
    """What the browser needs to make a passkey, as JSON; `names` are the address and the name."""
    return options_to_json(
        webauthn.generate_registration_options(
            rp_id=host,
            rp_name="Scrutiny",
            user_id=person,
            user_name=names[0],
            user_display_name=names[1],
            challenge=challenge,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=_known(held),
        )
    )


def to_prove(host: str, challenge: bytes, held: list[str]) -> str:
    """What the browser needs to use one of the passkeys in `held`, as JSON."""
    return options_to_json(
        webauthn.generate_authentication_options(
            rp_id=host,
            challenge=challenge,
            allow_credentials=_known(held),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


def added(answer: str, challenge: bytes, host: str, origin: str) -> VerifiedRegistration | None:
    """The new passkey, or None when the answer cannot be believed."""
    try:
        return webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            require_user_verification=True,
        )
    except MALFORMED:
        return None


def proved(
    answer: str, challenge: bytes, host: str, origin: str, public_key: bytes, count: int
) -> VerifiedAuthentication | None:
    """What the passkey signed, or None when the answer cannot be believed."""
    try:
        return webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            credential_public_key=public_key,
            credential_current_sign_count=count,
            require_user_verification=True,
        )
    except MALFORMED:
        return None


def credential_of(answer: str) -> str | None:
    """Which passkey an answer says it is from."""
    try:
        return webauthn.helpers.parse_authentication_credential_json(answer).id
    except MALFORMED:
        return None
