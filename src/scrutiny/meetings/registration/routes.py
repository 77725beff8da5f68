"""Members of the public register for a meeting, and the panel sees who means to come."""

from collections.abc import Mapping
from typing import Any

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.ids import known_id
from scrutiny.meetings import queries as meetings
from scrutiny.meetings.calendar import address
from scrutiny.meetings.plan import day_in_address, seen_version
from scrutiny.meetings.registration import actions, queries
from scrutiny.meetings.registration.rules import (
    LONGEST_NEEDS,
    CodeForm,
    PlacesForm,
    RegistrationForm,
    door,
    last_day,
    places_left,
    places_of,
)
from scrutiny.meetings.registration.tables import Registration
from scrutiny.meetings.rules import ATTENDANCE_TAKEN, CHANGEABLE
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel
from scrutiny.policy import Act
from scrutiny.web import floods
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

HOME = "/{panel:str}/meetings/{day:str}"


@get(f"{HOME}/registration", act=Act.ANYONE)
async def registration_page(here: Here, day: FromPath[str]) -> Template:
    return await _registration(await _open(here, day), RegistrationForm(), {})


@post(f"{HOME}/registration", act=Act.ANYONE_SENDS)
async def register(
    here: Here, day: FromPath[str], data: URLEncodedBody[RegistrationForm]
) -> Template:
    """Answers with the code itself: it is shown once, and the same form sent again shows it."""
    meeting = await _open(here, day)
    hybrid = bool(meeting.online)
    if problems := data.problems(hybrid=hybrid):
        return await _registration(meeting, data, problems, status=422)
    fine = (await floods.verdict(data.worked)).screened
    code = queries.code_for(meeting, data.form_key)
    entry = data.entry(hybrid=hybrid)
    try:
        row = await actions.register(meeting, here, entry, code, screened=fine)
    except NotNow as why:
        return await _registration(meeting, data, {"door": str(why)}, status=409)
    return await _standing(meeting, row, code, fresh=True)


async def _registration(
    meeting: Meeting, form: RegistrationForm, problems: Mapping[str, str], status: int = 200
) -> Template:
    so_far = await queries.counted(meeting)
    return page(
        "meetings/registration/register.html",
        status=status,
        meeting=meeting,
        form=form,
        problems={name: _(words) for name, words in problems.items()},
        door=door(meeting, today()),
        closes=last_day(meeting),
        left=places_left(meeting.capacity or 0, so_far.taken),
        hybrid=bool(meeting.online),
        longest=LONGEST_NEEDS,
    )


async def _standing(
    meeting: Meeting, row: Registration, code: str, *, fresh: bool = False
) -> Template:
    return page(
        "meetings/registration/standing.html",
        meeting=meeting,
        stage=row.stage,
        mode=row.mode,
        ahead=await queries.ahead_of(row),
        code=code,
        fresh=fresh,
        may_give_up=meeting.stage in CHANGEABLE,
    )


@get(f"{HOME}/registration/return", act=Act.ANYONE)
async def return_page(here: Here, day: FromPath[str]) -> Template:
    return _return(await _open(here, day), {})


@post(f"{HOME}/registration/return", act=Act.ANYONE_SENDS)
async def come_back(here: Here, day: FromPath[str], data: URLEncodedBody[CodeForm]) -> Template:
    """Shows where somebody stands, or gives their place up. The code is in no address."""
    meeting = await _open(here, day)
    try:
        if data.give_up:
            await actions.give_up(meeting, here, data.code)
            return page("meetings/registration/given_up.html", meeting=meeting)
        return await _standing(meeting, await queries.by_code(meeting, data.code), data.code)
    except Missing as why:
        return _return(meeting, {"code": str(why)}, status=422)


def _return(meeting: Meeting, problems: Mapping[str, str], status: int = 200) -> Template:
    told = {name: _(words) for name, words in problems.items()}
    return page("meetings/registration/return.html", status=status, meeting=meeting, problems=told)


@get(f"{HOME}/places", act=Act.MEETING_CALL_PAGE)
async def places_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await meetings.find(seat, here, day_in_address(day))
    return _places(meeting, places_of(meeting), {})


@post(f"{HOME}/places", act=Act.MEETING_CALL)
async def set_places(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[PlacesForm]
) -> Template | Redirect:
    meeting = await meetings.find(seat, here, day_in_address(day))
    if problems := data.problems(meeting.date, today(), meeting.registration_closes):
        return _places(meeting, data, problems, status=422)
    meeting.version = seen_version(data.version, meeting.version)
    try:
        await actions.set_places(meeting, data.values(), by=seat)
    except Stale:
        saved = await meetings.find(seat, here, day_in_address(day))
        data.version = str(saved.version)
        return _places(saved, data, {}, status=409, theirs=places_of(saved))
    return Redirect(address(here, meeting), status_code=303)


def _places(
    meeting: Meeting,
    form: PlacesForm,
    problems: Mapping[str, str],
    *,
    status: int = 200,
    theirs: PlacesForm | None = None,
) -> Template:
    return page(
        "meetings/registration/places.html",
        status=status,
        meeting=meeting,
        form=form,
        problems=problems,
        theirs=theirs,
        open=meeting.stage in CHANGEABLE,
    )


@get(f"{HOME}/registrations", act=Act.REGISTRATIONS_READ)
async def listed(
    seat: Seated, here: Here, day: FromPath[str], after: FromQuery[int] = 0
) -> Template:
    return await _listed(await meetings.find(seat, here, day_in_address(day)), after)


@post(f"{HOME}/registrations", act=Act.REGISTRATIONS_RUN)
async def tick(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[dict[str, Any]]
) -> Template | Redirect:
    meeting = await meetings.find(seat, here, day_in_address(day))
    try:
        if chosen := known_id(str(data.get("place", ""))):
            await actions.admit(meeting, chosen, by=seat)
        else:
            await actions.tick(meeting, _ticked(data), by=seat)
    except NotNow as why:
        return await _listed(meeting, 0, str(why), 409)
    return Redirect(f"{address(here, meeting)}/registrations", status_code=303)


def _ticked(data: Mapping[str, Any]) -> dict:
    """Whose box is another now than when the page was drawn."""
    found = {}
    for name, was in data.items():
        known = known_id(name.removeprefix("was-")) if name.startswith("was-") else None
        here = data.get(f"came-{known}") == "yes"
        if known and here != (was == "yes"):
            found[known] = here
    return found


async def _listed(meeting: Meeting, after: int, problem: str = "", status: int = 200) -> Template:
    found = await queries.listed(meeting, after)
    return page(
        "meetings/registration/listed.html",
        status=status,
        meeting=meeting,
        people=found[: queries.PAGE],
        more=found[queries.PAGE - 1][0].number if len(found) > queries.PAGE else None,
        so_far=await queries.counted(meeting),
        after=after,
        problem=problem,
        may_tick=meeting.stage in ATTENDANCE_TAKEN,
        may_admit=meeting.stage in CHANGEABLE | ATTENDANCE_TAKEN,
    )


async def _open(here: Panel, day: str) -> Meeting:
    """A meeting that the public knows of and registers for, or did."""
    found = await meetings.find(None, here, day_in_address(day))
    if found.capacity is None:
        raise Missing(_("Nobody needs to register for this meeting."))
    return found


router = Router(
    "/",
    route_handlers=[
        registration_page,
        register,
        return_page,
        come_back,
        places_page,
        set_places,
        listed,
        tick,
    ],
)
