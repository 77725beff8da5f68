"""The list of concerns, and one of them, for those who may read what residents wrote."""

from litestar import Router, get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from scrutiny.concerns import actions, queries, rules
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.triage import queries as triage
from scrutiny.concerns.triage.sheet import row, sheet
from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing
from scrutiny.policy import Act
from scrutiny.web.gate import Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

UNSCREENED = "unscreened"


@get("/{panel:str}/concerns", act=Act.CONCERNS_READ)
async def show_all(
    seat: Seated,
    stage: FromQuery[str] = rules.Stage.SUBMITTED.value,
    before: FromQuery[int] = 0,
    hurries: FromQuery[str] = "",
) -> Template:
    """Those at one stage, or that wait behind a flood; `before` leads on, and `hurries` says that
    more of what is urgent comes first."""
    flood = stage == UNSCREENED
    if stage not in rules.NAMES and not flood:
        raise Missing(_("Concerns have no such stage."))
    at = rules.Stage.SUBMITTED.value if flood else stage
    past = {"screened": not flood, "others": before > 0 and hurries != "yes"}
    found = await triage.listed(seat, at, before or None, **past)
    shown, day = found[: queries.PAGE], today()
    there = await triage.clusters_of(shown)
    return page(
        "concerns/triage/all.html",
        stage=stage,
        title=_("Waiting behind a flood") if flood else _(rules.NAMES[stage]),
        stages=rules.NAMES,
        rows=[row(one, seat.panel, there, day) for one in shown],
        unscreened=flood or await triage.any_unscreened(seat),
        flood=flood,
        older=_older(shown[-1]) if len(found) > queries.PAGE else None,
        first=not before,
    )


def _older(last: Concern) -> str:
    """The part of an address that leads to the page after the one that ends here."""
    more = rules.is_urgent(last.flags) and last.stage not in triage.OVER
    return f"{last.number}&hurries=yes" if more else f"{last.number}"


@get("/{panel:str}/concerns/{number:int}", act=Act.CONCERNS_READ)
async def show(seat: Seated, number: FromPath[int], veils: FromQuery[str] = "") -> Template:
    """`veils=off` shows also what was folded away as abusive."""
    concern = await queries.find(seat, number)
    await actions.note_reading(concern, by=seat)
    shown = await sheet(seat, concern, today())
    return page("concerns/triage/show.html", **shown, show=veils == "off", problems={})


router = Router("/", route_handlers=[show_all, show])
