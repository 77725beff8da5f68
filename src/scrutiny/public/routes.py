from litestar import Response, Router, get
from litestar.response import Template

from scrutiny.kit.clock import today
from scrutiny.kit.room import RED, share_free
from scrutiny.meetings.figures.queries import own_deadlines
from scrutiny.meetings.queries import next_public
from scrutiny.membership.queries import roster
from scrutiny.membership.recruitment.queries import current_call, is_filled
from scrutiny.membership.recruitment.rules import is_open
from scrutiny.membership.standing.queries import vacant
from scrutiny.policy import PANEL, Act
from scrutiny.public import queries, rules
from scrutiny.recommendations import queries as recommendations
from scrutiny.recommendations.figures import Figures, figures, without
from scrutiny.recommendations.register.routes import shown
from scrutiny.web.gate import Here, Viewer
from scrutiny.web.language import gettext as _
from scrutiny.web.language import ngettext
from scrutiny.web.pages import page

LATEST = 3


def on_the_table(found: Figures) -> list[tuple[int, str, bool]]:
    """The figures in words, for the sheet on the table."""
    asked = ngettext("thing asked of the police", "things asked of the police", found.asked)
    late = ngettext("answer late today", "answers late today", found.late)
    return [
        (found.asked, asked, False),
        (found.answered, _("answered, in full and in public"), False),
        (found.done, _("done, and checked by us"), False),
        (found.late, late, found.late > 0),
    ]


@get("/", act=Act.ANYONE)
async def home() -> Template:
    found = on_the_table(await figures(today()))
    panels = await queries.all_panels()
    return page("public/home.html", published=True, figures=found, panels=panels)


@get("/{panel:str}", act=Act.ANYONE)
async def panel_page(seat: Viewer, here: Here) -> Template:
    gone = await recommendations.gone_for(seat, here)
    lines = await recommendations.lines(here, None, today=today(), gone=gone)
    told = await without(await figures(today(), here), here, gone, today())
    coming, call = await next_public(here), await current_call(here)
    invites = call is not None and is_open(call.stage, call.opens, call.closes, today())
    invites = invites and not await is_filled(call)
    return page(
        "public/panel.html",
        published=True,
        today=today(),
        own=await own_deadlines(here),
        call_open=call.closes if invites else None,
        figures=on_the_table(told),
        latest=[shown(line, here.code, today()) for line in lines[:LATEST]],
        next_meeting=coming.date if coming else None,
        roster=await roster(here, PANEL),
        vacant=await vacant(here),
    )


@get("/about", act=Act.ANYONE)
async def about() -> Template:
    return page("public/about.html", published=True)


@get("/about/who-can-do-what", act=Act.ANYONE)
async def who_can_do_what() -> Template:
    groups = [{"title": title, "rows": rows} for title, rows in rules.deeds()]
    head = [_("Deed"), *rules.role_names()]
    return page("public/who.html", published=True, groups=groups, head=head)


@get("/about/safety", act=Act.ANYONE)
async def safety() -> Template:
    return page("public/safety.html", published=True)


@get("/about/open-data", act=Act.ANYONE)
async def open_data() -> Template:
    return page("public/open_data.html", published=True, panels=await queries.all_panels())


@get("/about/accessibility", act=Act.ANYONE)
async def accessibility() -> Template:
    return page("public/accessibility.html", published=True)


@get("/healthz", act=Act.ANYONE, media_type="text/plain")
async def healthz() -> Response[str]:
    """`ok` when the database can be read and there is room: red long before the intake stops."""
    await queries.is_there()
    if share_free() < RED:
        red = f"red: {share_free():.0%} of the disk is free\n"
        return Response(red, status_code=503, media_type="text/plain")
    return Response("ok\n", media_type="text/plain")


router = Router(
    "/",
    route_handlers=[
        home,
        panel_page,
        about,
        who_can_do_what,
        safety,
        open_data,
        accessibility,
        healthz,
    ],
)
