"""Giving a second factor after the letter, setting one up, and new recovery codes."""

from dataclasses import dataclass

from litestar import Response, Router, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.accounts.factors import actions
from scrutiny.accounts.factors.queries import factors_of, must_prove_again
from scrutiny.accounts.factors.rules import proof_address, qr_picture
from scrutiny.accounts.passkeys import actions as passkeys
from scrutiny.accounts.passkeys.rules import LONGEST_ANSWER, NO_PASSKEY
from scrutiny.accounts.rules import HOME, digits, own_path
from scrutiny.kit.errors import NotNow
from scrutiny.policy import Act
from scrutiny.web.gate import known
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.sessions import carry, session_cookie
from scrutiny.web.visit import visit

SET = "/account/second-factor"


@dataclass
class ProofForm:
    code: str = ""
    recovery: str = ""
    next: str = ""

    def problems(self) -> dict[str, str]:
        if self.recovery.strip() or digits(self.code):
            return {}
        return {"code": _("Enter the six digits that your app shows now.")}


@dataclass
class AnswerForm:
    answer: str = ""
    next: str = ""


@dataclass
class SetForm:
    code: str = ""
    sealed: str = ""


@get("/sign-in/second-factor", act=Act.ANYONE)
async def proof_page(next: FromQuery[str] = "") -> Template | Redirect:
    here = known()
    if not (await factors_of(here.person.id)).any:
        return Redirect(SET, status_code=303)
    return await _ask(ProofForm(next=next), {})


@post("/sign-in/second-factor", act=Act.ANYONE_SENDS)
async def prove(data: URLEncodedBody[ProofForm]) -> Template | Redirect:
    here = known()
    if problems := data.problems():
        return await _ask(data, problems, 422)
    by_app = not data.recovery.strip()
    try:
        if by_app:
            key = await actions.prove_code(here.person, digits(data.code), key=here.key)
        else:
            key = await actions.prove_recovery(here.person, data.recovery, key=here.key)
    except NotNow as wait:
        return await _ask(data, {"code" if by_app else "recovery": str(wait)}, 409)
    if key is None:
        return await _ask(data, _wrong(by_app), 422)
    address = own_path(data.next) if by_app else "/account"
    return Redirect(address, status_code=303, cookies=[session_cookie(key)])


def _wrong(by_app: bool) -> dict[str, str]:
    if by_app:
        return {"code": _("That code is wrong or was used before. Wait for the next one.")}
    return {"recovery": _("That is not one of your unused recovery codes.")}


async def _ask(form: ProofForm, problems: dict[str, str], status: int = 200) -> Template:
    factors = await factors_of(visit().person.id)
    form.next = own_path(form.next)
    return page(
        "accounts/second_factor.html", status=status, form=form, problems=problems, factors=factors
    )


@post("/sign-in/passkey/options", act=Act.ANYONE_SENDS, status_code=200)
async def passkey_options() -> Response[str]:
    here = known()
    asked = await passkeys.ask_to_prove(here.person, here.session.id)
    return Response(asked, media_type="application/json")


@post("/sign-in/passkey", act=Act.ANYONE_SENDS)
async def prove_by_passkey(data: URLEncodedBody[AnswerForm]) -> Template | Redirect:
    here = known()
    form = ProofForm(next=data.next)
    if not 0 < len(data.answer) <= LONGEST_ANSWER:
        return await _ask(form, {"answer": NO_PASSKEY}, 422)
    try:
        key = await passkeys.prove(here.person, data.answer, session=here.session.id, key=here.key)
    except NotNow as wait:
        return await _ask(form, {"answer": str(wait)}, 409)
    if key is None:
        told = {"answer": _("That passkey could not be checked. Please try once more.")}
        return await _ask(form, told, 422)
    return Redirect(own_path(data.next), status_code=303, cookies=[session_cookie(key)])


@get(SET, act=Act.ANYONE)
async def set_page() -> Template | Redirect:
    here = known()
    if await must_prove_again(here.session):
        return Redirect(proof_address(SET), status_code=303)
    return _set(actions.offer(here.person, here.key), {})


@post(SET, act=Act.ANYONE_SENDS)
async def set_factor(data: URLEncodedBody[SetForm]) -> Template | Redirect:
    here = known()
    if await must_prove_again(here.session):
        return Redirect(proof_address(SET), status_code=303)
    offer = actions.offered(data.sealed, here.person, here.key)
    kept = await actions.set_authenticator(
        here.person, offer.seed, digits(data.code), key=here.key, full=here.signed_in
    )
    if kept is None:
        told = {
            "code": _("That is not the code your app shows now. Check the clock of your phone.")
        }
        return _set(offer, told, 422)
    return _show_codes(kept.codes, kept.key)


def _set(offer: actions.Offer, problems: dict[str, str], status: int = 200) -> Template:
    spaced = " ".join(offer.seed[at : at + 4] for at in range(0, len(offer.seed), 4))
    return page(
        "accounts/enrol.html",
        status=status,
        picture=qr_picture(offer.address),
        seed=spaced,
        sealed=offer.sealed,
        problems=problems,
    )


def _show_codes(codes: list[str], key: str) -> Template:
    """The recovery codes, this once."""
    return carry(page("accounts/recovery_codes.html", codes=codes, home=HOME), key)


@post("/account/recovery-codes", act=Act.SIGNED_IN_SENDS)
async def new_codes() -> Template | Redirect:
    here = visit()
    if await must_prove_again(here.session):
        return Redirect(proof_address("/account"), status_code=303)
    codes = await actions.new_codes(here.person, key=here.key)
    return _show_codes(codes, here.key)


router = Router(
    "/",
    route_handlers=[
        *(proof_page, prove, passkey_options, prove_by_passkey),
        *(set_page, set_factor, new_codes),
    ],
)
