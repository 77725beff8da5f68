"""Running an election: called, put to the vote, counted, decided by lot, called off."""

from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.membership.elections import actions, queries, rules
from scrutiny.membership.elections.forms import STEPS, DaysForm, StepForm, steps_of, version_of
from scrutiny.membership.elections.tables import Election
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Seat
from scrutiny.policy import Act
from scrutiny.voting import queries as polls
from scrutiny.voting.rules import Result
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

STEP = "/{panel:str}/elections/{election:uuid}/steps/{step:str}"


@get("/{panel:str}/elections/new", act=Act.ELECTION_RUN_PAGE)
async def call_page() -> Template:
    return _call(DaysForm(), {})


@post("/{panel:str}/elections/new", act=Act.ELECTION_RUN)
async def call(seat: Seated, here: Here, data: URLEncodedBody[DaysForm]) -> Template | Redirect:
    if problems := data.problems(today(), calls=True):
        return _call(data, problems, 422)
    try:
        made = await actions.call(data.office, *data.days(), by=seat, form_key=data.form_key)
    except NotNow as why:
        return _call(data, {"office": str(why)}, 409)
    return Redirect(actions.address(here, made.id), status_code=303)


def _call(form: DaysForm, problems: dict[str, str], status: int = 200) -> Template:
    offices = {office: _(role_name(office)) for office in rules.OFFICES}
    name = "membership/elections/new.html"
    return page(name, status=status, form=form, problems=problems, offices=offices)


@get(STEP, act=Act.ELECTION_RUN_PAGE)
async def step_page(here: Here, election: FromPath[UUID], step: FromPath[str]) -> Template:
    held = await queries.election(here, election)
    return await _step(held, step, StepForm(version=str(held.version)), {})


@post(STEP, act=Act.ELECTION_RUN)
async def take_step(
    seat: Seated,
    here: Here,
    election: FromPath[UUID],
    step: FromPath[str],
    data: URLEncodedBody[StepForm],
) -> Template | Redirect:
    held = await queries.election(here, election)
    if step not in STEPS:
        raise Missing(_("There is no such step."))
    if problems := data.step_problems(step, today()):
        return await _step(held, step, data, problems, 422)
    try:
        await _take(step, election, data, seat)
    except NotNow as why:
        held = await queries.election(here, election)
        data.version = str(held.version)
        return await _step(held, step, data, {"step": str(why)}, 409)
    return Redirect(actions.address(here, election), status_code=303)


async def _take(step: str, election: UUID, data: StepForm, by: Seat) -> None:
    seen = version_of(data.version)
    nominate_by, vote_by, since = data.days()
    if step == "vote":
        await actions.put_to_the_vote(election, seen, by=by, vote_by=vote_by)
    elif step == "count":
        await actions.count(election, seen, by=by)
    elif step == "lots":
        await actions.draw_lots(election, seen, by=by)
    elif step == "nominations":
        await actions.reopen(election, seen, nominate_by, vote_by, since, by=by)
    else:
        await actions.call_off(election, seen, data.reason, by=by)


async def _step(
    held: Election, step: str, form: StepForm, problems: dict[str, str], status: int = 200
) -> Template:
    if step not in STEPS:
        raise Missing(_("There is no such step."))
    poll = await polls.poll(held.poll) if held.poll else None
    can = steps_of(held, poll is not None and poll.result == Result.TIED)
    return page(
        "membership/elections/step.html",
        status=status,
        held=held,
        office=role_name(held.office),
        step=step,
        words=can.get(step, STEPS[step][0]),
        can=step in can,
        standing=await queries.standing(held) if step == "vote" else [],
        form=form,
        problems=problems,
        most=rules.LONGEST_REASON,
    )


router = Router("/", route_handlers=[call_page, call, step_page, take_step])
