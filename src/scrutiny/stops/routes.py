import csv
import io
from typing import Any

from litestar import Response, Router, get
from litestar.response import Template

from scrutiny.people.tables import Panel
from scrutiny.policy import Act
from scrutiny.stops import disparity, queries
from scrutiny.stops.charts import Chart, chart
from scrutiny.stops.disparity import Group
from scrutiny.stops.queries import Month
from scrutiny.stops.rules import GROUPS
from scrutiny.web.gate import Here
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import month_year, page

PUBLIC = {"x-published": "1"}
WIDE, NARROW = 680, 280
DRAWN = 12
EVERY_MONTH = 1_200
HIDDEN = "[c]"
"""How official statistics mark a figure kept back because it is too small."""
HEAD = ("month", "force", "area", "group", "searches", "led_to_action", "partial_month")


@get("/stop-and-search", act=Act.ANYONE)
async def show(here: Here) -> Template:
    months = await queries.months(here.force.slug, here.area_code)
    held = [month for month in months if month.searches or month.vehicles]
    whole = next((month for month in held if not month.partial and month.searches), None)
    return page(
        "stops/show.html",
        published=True,
        months=held,
        whole=whole,
        finding=finding(whole) if whole else "",
        rows=[month_row(month) for month in held],
        charts=[month_chart(held[:DRAWN], width) for width in (WIDE, NARROW)],
        drawn=len(held[:DRAWN]),
        groups=await groups_of(here, whole) if whole else None,
        read=await queries.last_read(here.force.slug),
    )


@get("/stop-and-search.csv", act=Act.ANYONE)
async def counts(here: Here) -> Response[bytes]:
    months = await queries.months(here.force.slug, here.area_code, EVERY_MONTH)
    names = tuple(month.month for month in months)
    by_group = await queries.groups(here.force.slug, here.area_code, names)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for month in months:
        found = {row["officer_defined"]: row for row in by_group if row["month"] == month.month}
        writer.writerows(csv_rows(here, month, found))
    return Response(
        out.getvalue().encode(),
        media_type="text/csv",
        headers=PUBLIC
        | {"content-disposition": f'attachment; filename="{here.slug}-stop-and-search.csv"'},
    )


@get("/stop-and-search/boundaries.geojson", act=Act.ANYONE)
async def boundaries(here: Here) -> Response[bytes]:
    """The boundaries by which a record is placed: whoever draws a sample again needs them."""
    return Response(await queries.boundaries(), media_type="application/geo+json", headers=PUBLIC)


def finding(month: Month) -> str:
    """What came of the searches, in words: 'Seven in ten led to no further action.'"""
    stated = month.searches - month.no_outcome
    if stated < disparity.FEW:
        return ""
    tenths = disparity.in_ten(stated - month.acted, stated)
    words = (
        _("Hardly any"),
        _("One in ten"),
        _("Two in ten"),
        _("Three in ten"),
        _("Four in ten"),
        _("Five in ten"),
        _("Six in ten"),
        _("Seven in ten"),
        _("Eight in ten"),
        _("Nine in ten"),
        _("Nearly all"),
    )
    return words[tenths]


def number(count: int | None) -> str:
    return _("not shown") if count is None else f"{count:,}"


def month_row(month: Month) -> list[str]:
    """Month, searches, led to action, share without action, linked, vehicles alone."""
    acted, searches = disparity.parts(month.acted, month.searches)
    share = disparity.percent(month.searches - month.acted - month.no_outcome, month.searches)
    linked, stated = disparity.parts(month.linked, month.link_stated)
    name = month_year(month.month)
    return [
        f"{name} ({_('part of the month')})" if month.partial else name,
        number(searches),
        number(acted),
        _("too few to say") if share is None else f"{share}%",
        _("%(some)s of %(all)s") % {"some": number(linked), "all": number(stated)},
        number(month.vehicles),
    ]


def month_chart(months: list[Month], width: int) -> Chart:
    rows = []
    for month in reversed(months):
        _acted, searches = disparity.parts(month.acted, month.searches)
        value = number(searches) + ("*" if month.partial else "")
        rows.append((month_year(month.month), value, searches or 0, month.partial))
    return chart(rows, width)


async def groups_of(here: Panel, month: Month) -> dict[str, Any]:
    """The five groups in one month: a table, a chart of the rates, and who stands out."""
    counted = await queries.groups(here.force.slug, here.area_code, (month.month,))
    searches = {row["officer_defined"]: row["searches"] for row in counted}
    found = disparity.groups(searches, await queries.people_by_group(here.area_code))
    rated = [group for group in found if group.rate is not None]
    drawn = [(_(group.name), f"{group.rate:.1f}", group.rate, False) for group in rated]
    return {
        "rows": [group_row(group) for group in found],
        "charts": [chart(drawn, width) for width in (WIDE, NARROW)] if drawn else [],
        "stands_out": disparity.stands_out(found),
        "not_stated": disparity.percent(searches.get("", 0), month.searches),
        "people": any(group.people for group in found),
    }


def group_row(group: Group) -> list[str]:
    """Group, searches, residents, searches for each 1,000, times as often as White residents."""
    few = _("too few to say")
    ratio = "–"
    if group.ratio is not None:
        said = {
            "ratio": f"{group.ratio:.1f}",
            "low": f"{group.low:.1f}",
            "high": f"{group.high:.1f}",
        }
        ratio = _("%(ratio)s times (%(low)s to %(high)s)") % said
    elif group.name in GROUPS and group.name != disparity.COMPARED_WITH:
        ratio = few
    return [
        _(group.name) if group.name else _("Not stated"),
        number(group.searches),
        f"{group.people:,}" if group.people else "–",
        f"{group.rate:.1f}" if group.rate is not None else few if group.name else "–",
        ratio,
    ]


def csv_rows(here: Panel, month: Month, found: dict[str, Any]) -> list[list[str]]:
    """One line for each group and one for all, small counts kept back."""
    names = [*GROUPS, ""]
    searches, acted = (
        [found[name][column] if name in found else 0 for name in names]
        for column in ("searches", "acted")
    )
    start = [month.month, here.force.slug, here.area_code]
    partial = "yes" if month.partial else "no"
    rows = [
        [*start, name or "Not stated", plain(count), plain(part), partial]
        for name, count, part in zip(
            names,
            disparity.shown(searches),
            disparity.parts_of_groups(acted, searches),
            strict=True,
        )
    ]
    part, whole = disparity.parts(month.acted, month.searches)
    return [*rows, [*start, "All", plain(whole), plain(part), partial]]


def plain(count: int | None) -> str:
    return HIDDEN if count is None else str(count)


router = Router("/{panel:str}", route_handlers=[show, counts, boundaries])
