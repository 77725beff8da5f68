"""Passkeys: shown, added and removed."""

from dataclasses import dataclass
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.accounts.factors.queries import must_prove_again, passkeys_of
from scrutiny.accounts.factors.rules import proof_address
from scrutiny.accounts.passkeys import actions, rules
from scrutiny.accounts.rules import HOME
from scrutiny.kit.words import one_line
from scrutiny.policy import Act
from scrutiny.web.gate import known
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.sessions import carry, session_cookie
from scrutiny.web.visit import visit

HERE = "/account/passkeys"


@dataclass
class PasskeyForm:
    name: str = ""
    answer: str = ""

    def problems(self) -> dict[str, str]:
        if not one_line(self.name):
            return {"name": _("Name this passkey, so that you can tell it from others.")}
        if len(one_line(self.name)) > rules.LONGEST_NAME:
            return {"name": _("Use a name of up to 60 characters.")}
        if not 0 < len(self.answer) <= rules.LONGEST_ANSWER:
            return {"answer": rules.NO_PASSKEY}
        return {}


@get(HERE, act=Act.ANYONE)
async def show_page() -> Template | Redirect:
    here = known()
    if await must_prove_again(here.session):
        return Redirect(proof_address(HERE), status_code=303)
    return await _show(PasskeyForm(), {})


async def _show(form: PasskeyForm, problems: dict[str, str], status: int = 200) -> Template:
    held = await passkeys_of(visit().person.id)
    return page(
        "accounts/passkeys.html", status=status, form=form, problems=problems, passkeys=held
    )


@post(f"{HERE}/options", act=Act.ANYONE_SENDS, status_code=200)
async def options_to_add() -> Response[str]:
    here = known()
    asked = await actions.ask_to_add(here.person, here.session.id)
    return Response(asked, media_type="application/json")


@post(HERE, act=Act.ANYONE_SENDS)
async def add(data: URLEncodedBody[PasskeyForm]) -> Template | Redirect:
    here = known()
    if await must_prove_again(here.session):
        return Redirect(proof_address(HERE), status_code=303)
    if problems := data.problems():
        return await _show(data, problems, 422)
    kept = await actions.add(
        here.person,
        data.answer,
        one_line(data.name),
        session=here.session.id,
        key=here.key,
        full=here.signed_in,
    )
    if kept is None:
        told = {"answer": _("That passkey could not be checked. Please try once more.")}
        return await _show(data, told, 422)
    if kept.codes:
        shown = page("accounts/recovery_codes.html", codes=kept.codes, home=HOME)
        return carry(shown, kept.key)
    return Redirect(HERE, status_code=303, cookies=[session_cookie(kept.key)])


@post(f"{HERE}/{{passkey:uuid}}/removal", act=Act.SIGNED_IN_SENDS)
async def remove(passkey: FromPath[UUID]) -> Redirect:
    here = visit()
    if await must_prove_again(here.session):
        return Redirect(proof_address(HERE), status_code=303)
    await actions.remove(here.person, passkey, key=here.key)
    return Redirect(HERE, status_code=303)


router = Router(
    "/",
    route_handlers=[show_page, options_to_add, add, remove],
)
