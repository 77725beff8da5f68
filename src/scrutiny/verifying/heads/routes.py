from dataclasses import dataclass

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Template
from msgspec import json

from scrutiny.kit.settings import settings
from scrutiny.ledger.heads import as_plain
from scrutiny.ledger.queries import PAGE, heads
from scrutiny.ledger.rules import SignedHead
from scrutiny.policy import Act
from scrutiny.verifying.heads import actions
from scrutiny.verifying.heads.rules import HOME, HOW, SUBSCRIPTIONS, as_atom
from scrutiny.verifying.rules import place
from scrutiny.web import floods
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page


@dataclass
class Asked:
    email: str = ""
    worked: str = ""


@get(HOME, act=Act.ANYONE)
async def listed(before: FromQuery[int] = 0) -> Template:
    return await _listed(before, Asked(), {})


async def _listed(
    before: int, form: Asked, problems: dict[str, str], status: int = 200
) -> Template:
    found = await heads(place(before))
    return page(
        "verifying/heads/list.html",
        status=status,
        heads=found,
        first=before <= 0,
        older=_older(found),
        form=form,
        problems=problems,
    )


def _older(found: list[SignedHead]) -> int | None:
    return found[-1].number if len(found) == PAGE and found[-1].number > 1 else None


@post(HOME, act=Act.ANYONE_SENDS)
async def subscribe(data: URLEncodedBody[Asked]) -> Template:
    """The answer is the same whether or not letters go to this address already."""
    if not (await floods.verdict(data.worked)).screened:
        busy = _("So much is sent to us just now that we cannot take this. Please try again later.")
        return await _listed(0, data, {"email": busy}, 409)
    try:
        await actions.ask(data.email.strip())
    except ValueError:
        wrong = _("Write an e-mail address, like name@example.org.")
        return await _listed(0, data, {"email": wrong}, 422)
    return page("verifying/heads/said.html", said="asked")


@get(f"{HOME}.json", act=Act.ANYONE)
async def as_json(before: FromQuery[int] = 0) -> Response[bytes]:
    """Every signed head, newest first; `next` is the address of older ones, or null."""
    found = await heads(place(before))
    older = _older(found)
    body = {
        "v": 1,
        "how": HOW,
        "key": f"{settings().base_url}/verify/key.json",
        "heads": [as_plain(head) for head in found],
        "next": f"{settings().base_url}{HOME}.json?before={older}" if older else None,
    }
    return Response(json.format(json.encode(body)), media_type="application/json")


@get(f"{HOME}.atom", act=Act.ANYONE)
async def feed() -> Response[bytes]:
    body = as_atom(await heads(), settings().base_url)
    return Response(body, media_type="application/atom+xml; charset=utf-8")


@get(f"{SUBSCRIPTIONS}/{{token:str}}", act=Act.ANYONE)
async def confirmation(token: FromPath[str]) -> Template:
    """Asks before it does anything: programs open the links in letters too."""
    await actions.subscriber(token)
    return page("verifying/heads/question.html", ends=False)


@post(f"{SUBSCRIPTIONS}/{{token:str}}", act=Act.ANYONE_SENDS)
async def confirm(token: FromPath[str]) -> Template:
    await actions.confirm(token)
    return page("verifying/heads/said.html", said="confirmed")


@get(f"{SUBSCRIPTIONS}/{{token:str}}/end", act=Act.ANYONE)
async def leaving(token: FromPath[str]) -> Template:
    await actions.subscriber(token)
    return page("verifying/heads/question.html", ends=True)


@post(f"{SUBSCRIPTIONS}/{{token:str}}/end", act=Act.ANYONE_SENDS)
async def leave(token: FromPath[str]) -> Template:
    """A form of ours, or one click in a mail program (RFC 8058), which sends no cookie."""
    await actions.leave(token)
    return page("verifying/heads/said.html", said="left")


router = Router(
    "/",
    route_handlers=[listed, subscribe, as_json, feed, confirmation, confirm, leaving, leave],
)
