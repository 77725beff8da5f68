"""A meeting is called: the next one of the panel's rhythm, any other, or those of a whole year."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from litestar import Router, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.agendas import actions
from scrutiny.agendas.calling.actions import call_several
from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow
from scrutiny.meetings.calendar import address
from scrutiny.meetings.plan import MeetingForm, day, form_for
from scrutiny.meetings.proposing import next_plan, year_ahead
from scrutiny.meetings.rhythm import bank_holiday
from scrutiny.meetings.rules import is_short_notice
from scrutiny.people.constitution import constitution_of
from scrutiny.people.tables import Panel
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

Typed = dict[str, Any]


@get("/{panel:str}/meetings/new", act=Act.MEETING_CALL_PAGE)
async def call_page(here: Here) -> Template:
    """The form filled in with the next day of the panel's own rhythm, where it gives one."""
    try:
        form = form_for(await next_plan(here))
        return _call(here, form, {}, proposed=True)
    except NotNow:
        form = MeetingForm(title=_("Panel meeting"), starts="18:30", ends="20:30", public="yes")
        return _call(here, form, {})


@post("/{panel:str}/meetings/new", act=Act.MEETING_CALL)
async def call(seat: Seated, here: Here, data: URLEncodedBody[MeetingForm]) -> Template | Redirect:
    if problems := data.problems(today()):
        return _call(here, data, problems, status=422)
    try:
        meeting = await actions.call(here, data.plan(), by=seat, form_key=data.form_key)
    except NotNow as why:
        return _call(here, data, {"date": str(why)}, status=409)
    return Redirect(address(here, meeting), status_code=303)


def _call(
    here: Panel,
    form: MeetingForm,
    problems: Mapping[str, str],
    *,
    status: int = 200,
    proposed: bool = False,
) -> Template:
    when, notice = day(form.date), constitution_of(here).notice_days
    return page(
        "meetings/call.html",
        status=status,
        form=form,
        problems=problems,
        when=when if proposed else None,
        holiday=bank_holiday(when) if when else "",
        short=when is not None and is_short_notice(when, today(), notice),
        notice_days=notice,
    )


@get("/{panel:str}/meetings/year", act=Act.MEETING_CALL_PAGE)
async def year_page(here: Here) -> Template:
    return await _year(here)


@post("/{panel:str}/meetings/year", act=Act.MEETING_CALL)
async def plan_year(seat: Seated, here: Here, data: URLEncodedBody[Typed]) -> Template | Redirect:
    """Calls what was ticked, of the days that the rhythm gives; others are not taken."""
    found = await year_ahead(here)
    plans = [one.plan for one in found if data.get(f"day-{one.plan.date.isoformat()}") == "yes"]
    venue = str(data.get("venue", "")).strip()
    key = str(data.get("form_key", ""))
    if not plans:
        return await _year(here, {"days": _("Tick at least one day.")}, 422, data)
    probe = form_for(plans[0])
    probe.venue = venue
    if problems := {k: v for k, v in probe.problems(today()).items() if k == "venue"}:
        return await _year(here, problems, 422, data)
    plans = [replace(plan, venue=probe.plan().venue) for plan in plans]
    if refused := await call_several(here, plans, by=seat, form_key=key):
        days = ", ".join(f"{one:%-d %B %Y}" for one in refused)
        words = _("There is a meeting on these days already: %(days)s. The others were called.")
        return await _year(here, {"days": words % {"days": days}}, 409, data)
    return Redirect(f"/{here.slug}/meetings", status_code=303)


async def _year(
    here: Panel,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
    typed: Typed | None = None,
) -> Template:
    found = await year_ahead(here)
    names = {f"day-{one.plan.date.isoformat()}" for one in found}
    ticked = {name for name in names if typed is None or typed.get(name) == "yes"}
    return page(
        "meetings/year.html",
        status=status,
        proposed=found,
        ticked=ticked,
        venue=(typed or {}).get("venue", found[0].plan.venue if found else ""),
        form_key_sent=(typed or {}).get("form_key", ""),
        problems=problems or {},
    )


router = Router("/", route_handlers=[call_page, call, year_page, plan_year])
