from dataclasses import dataclass

from litestar import Router, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.db import write_tx
from scrutiny.letters import queries as letters
from scrutiny.people.actions import begin_session
from scrutiny.policy import Act
from scrutiny.trying import queries
from scrutiny.web.pages import page
from scrutiny.web.sessions import session_cookie
from scrutiny.web.visit import visit


@dataclass
class Choice:
    seat: str = ""


@get("/demo", act=Act.ANYONE)
async def choose() -> Template:
    return page(
        "trying/cast.html",
        panels=await queries.the_cast(),
        residents=await queries.residents(),
        outsiders=await queries.outsiders(),
    )


@post("/demo", act=Act.ANYONE_SENDS)
async def become(data: URLEncodedBody[Choice]) -> Redirect:
    person = await queries.person_in(data.seat)
    async with write_tx():
        key = await begin_session(person, full=True, old=visit().key)
    return Redirect("/desk", status_code=303, cookies=[session_cookie(key)])


@get("/demo/letters", act=Act.ANYONE)
async def outbox() -> Template:
    return page("trying/letters.html", letters=await letters.newest())


router = Router("/", route_handlers=[choose, become, outbox])
"""Only in the app when SCRUTINY_DEMO=1."""
