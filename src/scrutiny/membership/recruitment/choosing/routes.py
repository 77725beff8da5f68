"""One application, as those who run recruitment read it and decide about it."""

from collections.abc import Awaitable, Mapping
from typing import Any
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.kit.ids import known_id
from scrutiny.membership.recruitment import queries, rules
from scrutiny.membership.recruitment.choosing import actions
from scrutiny.membership.recruitment.choosing.actions import Outcome
from scrutiny.membership.recruitment.choosing.forms import (
    InterviewForm,
    OutcomeForm,
    RefusalForm,
    VersionForm,
    interview_form,
)
from scrutiny.membership.recruitment.forms import LONGEST, version_of
from scrutiny.membership.recruitment.showing import said
from scrutiny.membership.recruitment.tables import Application
from scrutiny.people.constitution import constitution_of
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

ONE = "/{panel:str}/recruitment/applications/{application:uuid}"


@get(ONE, act=Act.RECRUIT_PAGE)
async def show(seat: Seated, application: FromPath[UUID]) -> Template:
    return await _one(seat, await queries.find(seat, application))


async def _one(
    seat: Seat,
    row: Application,
    form: RefusalForm | None = None,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    sent, rule = queries.opened(row), constitution_of(seat.panel).eligibility
    people = (await queries.scorers([row.id]))[row.id]
    moves = {move: _(words) for move, words in rules.OUTCOMES.items()
             if (row.stage, move) in rules.MOVES and row.stage != rules.Stage.APPLIED}  # fmt: skip
    return page(
        "membership/recruitment/application.html",
        status=status,
        row=row,
        applicant=sent.name,
        stands=rules.STANDS[rules.Stage(row.stage)],
        said=said(sent, queries.listed(row.call.questions), rule),
        marks=rules.not_eligible(sent, rule) if row.sealed else [],
        scorers=[one.person.name for one in people],
        scored=(await queries.scored(seat.person, [row]))[row.id],
        most=rules.MOST_POINTS * len(queries.listed(row.call.criteria)),
        moves=moves,
        proposal=_worded(queries.proposal(row)),
        feedback=queries.feedback(row),
        reason=rules.REASONS.get(row.reason, ""),
        reasons={
            "": _("Choose"),
            **{one: _(words) for one, words in rules.reasons_at(row.stage).items()},
        },
        mine=row.sealed_proposal is not None and row.proposed.person.id == seat.person.id,
        form=form or OutcomeForm(),
        problems={name: _(words) for name, words in (problems or {}).items()},
        longest=LONGEST["feedback"],
    )


def _worded(told: Mapping[str, str] | None) -> dict[str, str] | None:
    if told is None:
        return None
    reason = rules.REASONS.get(told["reason"], "")
    return {"outcome": rules.OUTCOMES[told["move"]], "reason": reason, "words": told["feedback"]}


async def _try(
    deed: Awaitable[None],
    seat: Seat,
    here: Panel,
    known: UUID,
    form: RefusalForm | None = None,
) -> Template | Redirect:
    """Do it, or redraw the page as it is now, with what was typed."""
    try:
        await deed
    except NotNow as why:
        row = await queries.find(seat, known)
        return await _one(seat, row, form, {"refusal": str(why)}, 409)
    return _back(here, known)


def _back(here: Panel, known: UUID) -> Redirect:
    return Redirect(f"/{here.slug}/recruitment/applications/{known}", status_code=303)


@post(f"{ONE}/shortlist", act=Act.RECRUIT)
async def shortlist(
    seat: Seated, here: Here, application: FromPath[UUID], data: URLEncodedBody[VersionForm]
) -> Template | Redirect:
    deed = actions.shortlist(application, version_of(data.version), by=seat)
    return await _try(deed, seat, here, application)


@post(f"{ONE}/refusal", act=Act.RECRUIT)
async def refuse(
    seat: Seated, here: Here, application: FromPath[UUID], data: URLEncodedBody[RefusalForm]
) -> Template | Redirect:
    row = await queries.find(seat, application)
    if problems := data.problems():
        return await _one(seat, row, data, problems, 422)
    words, seen = data.feedback.strip(), version_of(data.version)
    deed = actions.not_shortlist(application, seen, data.reason, words, by=seat)
    return await _try(deed, seat, here, application, data)


@post(f"{ONE}/outcome", act=Act.RECRUIT)
async def propose(
    seat: Seated, here: Here, application: FromPath[UUID], data: URLEncodedBody[OutcomeForm]
) -> Template | Redirect:
    row = await queries.find(seat, application)
    if problems := data.problems():
        return await _one(seat, row, data, problems, 422)
    reason = data.reason if data.move == "not_selected" else ""
    outcome = Outcome(data.move, reason, data.feedback.strip())
    deed = actions.propose(application, version_of(data.version), outcome, by=seat)
    return await _try(deed, seat, here, application, data)


@post(f"{ONE}/confirmation", act=Act.RECRUIT)
async def confirm(
    seat: Seated, here: Here, application: FromPath[UUID], data: URLEncodedBody[VersionForm]
) -> Template | Redirect:
    deed = actions.confirm(application, version_of(data.version), by=seat)
    return await _try(deed, seat, here, application)


@post(f"{ONE}/refusal-of-outcome", act=Act.RECRUIT)
async def turn_down(
    seat: Seated, here: Here, application: FromPath[UUID], data: URLEncodedBody[VersionForm]
) -> Template | Redirect:
    deed = actions.turn_down(application, version_of(data.version), by=seat)
    return await _try(deed, seat, here, application)


@get(f"{ONE}/interview", act=Act.RECRUIT_PAGE)
async def interview_page(seat: Seated, application: FromPath[UUID]) -> Template:
    row = await queries.find(seat, application)
    asked = (await queries.scorers([row.id]))[row.id]
    return await _interview(seat, row, interview_form(row, [str(o.person.id) for o in asked]), {})


@post(f"{ONE}/interview", act=Act.RECRUIT)
async def set_interview(
    seat: Seated, here: Here, application: FromPath[UUID], data: URLEncodedBody[InterviewForm]
) -> Template | Redirect:
    row = await queries.find(seat, application)
    if problems := data.problems(today()):
        return await _interview(seat, row, data, problems, 422)
    people = [known for one in data.ticked() if (known := known_id(one))]
    when: dict[str, Any] = {"at": data.at(), "place": data.place.strip(), "people": people}
    try:
        await actions.set_interview(application, version_of(data.version), **when, by=seat)
    except NotNow as why:
        now = await queries.find(seat, application)
        if isinstance(why, Stale):
            data.version = str(now.version)
        return await _interview(seat, now, data, {"people": str(why)}, 409)
    return _back(here, application)


async def _interview(
    seat: Seat,
    row: Application,
    form: InterviewForm,
    problems: Mapping[str, str],
    status: int = 200,
) -> Template:
    people = await queries.who_can_score(seat.panel, row)
    return page(
        "membership/recruitment/interview.html",
        status=status,
        row=row,
        applicant=queries.opened(row).name,
        form=form,
        people={str(one.id): one.name for one in people},
        problems={name: _(words) for name, words in problems.items()},
    )


router = Router(
    "/",
    route_handlers=[
        show, shortlist, refuse, propose, confirm, turn_down, interview_page, set_interview
    ],
)  # fmt: skip
