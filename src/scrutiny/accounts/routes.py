"""Signing in with a letter, signing out, and the page about one's own account."""

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from litestar import Request, Router, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.accounts import actions, queries, rules
from scrutiny.accounts.actions import Entered
from scrutiny.accounts.factors.queries import factors_of
from scrutiny.kit.errors import NotNow
from scrutiny.kit.settings import settings
from scrutiny.people.queries import seats_of
from scrutiny.people.rules import role_name
from scrutiny.policy import Act
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.sessions import session_cookie
from scrutiny.web.visit import visit

EVEN = 0.1
"""Seconds that an answer takes at least, so that its time does not tell who has an account."""
LONGEST_KEY = 200
FORGET = {"clear-site-data": '"cache", "cookies", "storage"'}


@dataclass
class SignInForm:
    email: str = ""
    next: str = ""

    def problems(self) -> dict[str, str]:
        if not rules.is_address(self.email):
            return {"email": _("Enter an e-mail address, like name@example.org.")}
        return {}


@dataclass
class CodeForm:
    code: str = ""


def asked_cookie(key: str) -> Cookie:
    """Binds a letter to the browser that asked for it; forgotten when `key` is empty."""
    return Cookie(
        key="__Host-asked" if settings().secure else "asked",
        value=key,
        path="/",
        httponly=True,
        secure=settings().secure,
        samesite="lax",
        max_age=int(rules.LIVES.total_seconds()) if key else 0,
    )


def _browser(request: Request) -> str:
    return request.cookies.get(asked_cookie("").key, "")[:LONGEST_KEY]


@get("/sign-in", act=Act.ANYONE)
async def sign_in_page(next: FromQuery[str] = "") -> Template | Redirect:
    if visit().signed_in:
        return Redirect(rules.own_path(next), status_code=303)
    return page("accounts/sign_in.html", form=SignInForm(next=next), problems={})


@post("/sign-in", act=Act.ANYONE_SENDS)
async def sign_in(data: URLEncodedBody[SignInForm]) -> Template | Redirect:
    started = time.monotonic()
    if problems := data.problems():
        return page("accounts/sign_in.html", status=422, form=data, problems=problems)
    try:
        browser = await actions.ask(data.email, rules.own_path(data.next))
    except NotNow as wait:
        told = {"email": str(wait)}
        return page("accounts/sign_in.html", status=409, form=data, problems=told)
    finally:
        await asyncio.sleep(max(0.0, started + EVEN - time.monotonic()))
    return Redirect("/sign-in/code", status_code=303, cookies=[asked_cookie(browser)])


@get("/sign-in/code", act=Act.ANYONE)
async def code_page(request: Request) -> Template | Redirect:
    if not _browser(request):
        return Redirect("/sign-in", status_code=303)
    return page("accounts/code.html", form=CodeForm(), problems={}, over=False)


@post("/sign-in/code", act=Act.ANYONE_SENDS)
async def enter_code(request: Request, data: URLEncodedBody[CodeForm]) -> Template | Redirect:
    code = rules.digits(data.code)
    if code is None:
        told = {"code": _("Enter the six digits from the letter.")}
        return page("accounts/code.html", status=422, form=data, problems=told, over=False)
    try:
        entered = await actions.enter_code(_browser(request), code, old=visit().key)
    except NotNow as closed:
        told = {"code": str(closed)}
        return page("accounts/code.html", status=409, form=data, problems=told, over=True)
    if isinstance(entered, Entered):
        return _welcome(entered)
    told = {"code": _("That is not the code in the newest letter. Check it and try again.")}
    if not entered:
        told = {"code": _("That was the fifth wrong code. Ask for a new letter.")}
    return page("accounts/code.html", status=422, form=data, problems=told, over=not entered)


@get("/sign-in/link/{token:str}", act=Act.ANYONE)
async def link_page(request: Request, token: FromPath[str]) -> Template:
    """Changes nothing, because programs that look at letters open every link in them."""
    if await queries.request_of(_browser(request), token):
        return page("accounts/link.html", fits=True)
    return page("accounts/link.html", status=409, fits=False)


@post("/sign-in/link/{token:str}", act=Act.ANYONE_SENDS)
async def follow_link(request: Request, token: FromPath[str]) -> Template | Redirect:
    try:
        entered = await actions.follow_link(_browser(request), token, old=visit().key)
    except NotNow:
        return page("accounts/link.html", status=409, fits=False)
    return _welcome(entered)


def _welcome(entered: Entered) -> Redirect:
    """On to the page that was wanted, by way of the second factor where one is needed."""
    address = entered.next
    if not entered.full:
        address = f"/sign-in/second-factor?next={quote(entered.next)}"
    cookies = [session_cookie(entered.key), asked_cookie("")]
    return Redirect(address, status_code=303, cookies=cookies)


@post("/sign-out", act=Act.ANYONE_SENDS)
async def sign_out() -> Redirect:
    here = visit()
    if here.person is not None:
        await actions.leave(here.person, here.key)
    return Redirect("/", status_code=303, cookies=[session_cookie("")], headers=FORGET)


# -- one's own account ------------------------------------------------------------------------


@get("/account", act=Act.SIGNED_IN)
async def account() -> Template:
    here = visit()
    return page(
        "accounts/account.html",
        seats=await seats_of(here.person.id),
        factors=await factors_of(here.person.id),
        sessions=await queries.sessions_of(here.person.id),
        this=here.session.id,
        role_name=role_name,
    )


@post("/account/sessions/{session:uuid}/end", act=Act.SIGNED_IN_SENDS)
async def end_session(session: FromPath[UUID]) -> Redirect:
    await actions.end_session(visit().person, session)
    return Redirect("/account", status_code=303)


@post("/account/sessions/end", act=Act.SIGNED_IN_SENDS)
async def end_others() -> Redirect:
    await actions.end_others(visit().person, visit().key)
    return Redirect("/account", status_code=303)


router = Router(
    "/",
    route_handlers=[
        *(sign_in_page, sign_in, code_page, enter_code, link_page, follow_link, sign_out),
        *(account, end_session, end_others),
    ],
)
