from litestar import Router, get
from litestar.params import FromQuery
from litestar.response import Template

from scrutiny.concerns.equality import queries
from scrutiny.concerns.equality.rules import QUESTIONS, Period, latest_year
from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing
from scrutiny.people.equality import PREFER_NOT
from scrutiny.policy import Act
from scrutiny.web.gate import Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page


@get("/{panel:str}/equality", act=Act.EQUALITY_READ)
async def show(seat: Seated, year: FromQuery[int] = 0) -> Template:
    """Who is heard from, as counts of a year that say nothing about anybody."""
    day = today()
    latest = latest_year(day)
    year = year or latest
    if not 2000 <= year <= latest:
        raise Missing(_("There are no figures of that year yet."))
    found = await queries.shown_in(seat.panel, year, day)
    return page(
        "concerns/equality/show.html",
        year=year,
        questions=[_question(name, shown) for name, shown in found.items()],
        newer=year + 1 if year < latest else None,
        older=year - 1 if await queries.any_before(seat.panel, year) else None,
    )


def _question(name: str, shown: list[Period]) -> dict:
    """One question as a table: a row an answer, a column a period."""
    asked = QUESTIONS[name]
    rows = []
    for group, answers in asked.groups.items():
        if group:
            rows.append([_(group), *[""] * len(shown)])
        for answer, words in answers.items():
            rows.append([_(words), *(_said(one.counts[answer]) for one in shown)])
    rows.append([_("All who answered"), *(f"{one.people:,}" for one in shown)])
    rows.append([_(PREFER_NOT), *(_said(one.unsaid) for one in shown)])
    return {"label": asked.label, "periods": shown, "rows": rows}


def _said(count: int | None) -> str:
    return _("not shown") if count is None else f"{count:,}"


router = Router("/", route_handlers=[show])
