import hashlib

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from scrutiny.kit.settings import settings
from scrutiny.meetings.feeds import actions, queries
from scrutiny.policy import Act
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

ICS = "text/calendar"


@get("/meetings.ics", act=Act.ANYONE)
async def everybody() -> Response[bytes]:
    """The public meetings of all panels. The ETag and the 304 are web.published's."""
    kept = {"x-published": "1"} if visit().person is None else {}
    name = {"content-disposition": 'inline; filename="panel-meetings.ics"'}
    return Response(await queries.all_public(), media_type=ICS, headers=name | kept)


@get("/calendars/{token:str}", act=Act.ANYONE)
async def own(request: Request, token: FromPath[str]) -> Response[bytes | None]:
    """Whoever knows the address reads it: calendar programs cannot sign in."""
    content = await queries.of_person(token.removesuffix(".ics"))
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {
        "etag": tag,
        "cache-control": "private, max-age=3600",
        "content-disposition": 'inline; filename="your-meetings.ics"',
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(None, status_code=304, headers=headers, media_type=ICS)
    return Response(content, media_type=ICS, headers=headers)


@get("/account/calendar", act=Act.SIGNED_IN)
async def calendar_page() -> Template:
    return await _page()


@post("/account/calendar", act=Act.SIGNED_IN_SENDS)
async def make() -> Template:
    """The address is shown now and never again: only its hash is kept."""
    token = await actions.make(visit().person)
    return await _page(f"{settings().base_url}/calendars/{token}.ics")


@post("/account/calendar/removal", act=Act.SIGNED_IN_SENDS)
async def take_back() -> Redirect:
    await actions.take_back(visit().person)
    return Redirect("/account/calendar", status_code=303)


async def _page(address: str = "") -> Template:
    return page(
        "meetings/feeds/calendar.html",
        status=201 if address else 200,
        token=await queries.token_of(visit().person),
        address=address,
        everybody=f"{settings().base_url}/meetings.ics",
    )


router = Router("/", route_handlers=[everybody, own, calendar_page, make, take_back])
