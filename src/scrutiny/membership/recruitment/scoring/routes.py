"""Interviews, as those who score them see them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import now
from scrutiny.kit.errors import NotNow
from scrutiny.membership.recruitment import queries, rules
from scrutiny.membership.recruitment.choosing.forms import ScoreForm
from scrutiny.membership.recruitment.forms import LONGEST
from scrutiny.membership.recruitment.scoring import actions
from scrutiny.membership.recruitment.showing import said
from scrutiny.membership.recruitment.tables import Application
from scrutiny.people.constitution import constitution_of
from scrutiny.people.tables import Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

HOME = "/{panel:str}/interviews"
ONE = f"{HOME}/{{application:uuid}}"


@get(HOME, act=Act.SCORE_PAGE)
async def show_all(seat: Seated) -> Template:
    found = await queries.to_score(seat)
    given = await queries.scores([one.id for one in found])
    rows = [(one, queries.opened(one).name, seat.person.id in given[one.id]) for one in found]
    return page("membership/recruitment/interviews.html", rows=rows)


@get(ONE, act=Act.SCORE_PAGE)
async def show(seat: Seated, application: FromPath[UUID]) -> Template:
    return await _one(seat, await queries.find(seat, application), ScoreForm())


async def _one(
    seat: Seat,
    row: Application,
    form: ScoreForm,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    rule = constitution_of(seat.panel).eligibility
    asked = [one.person for one in (await queries.scorers([row.id]))[row.id]]
    given = (await queries.scores([row.id]))[row.id]
    sees = rules.sees_scores(seat.person.id, [one.id for one in asked], given)
    sent = queries.opened(row)
    return page(
        "membership/recruitment/scoring.html",
        status=status,
        row=row,
        applicant=sent.name,
        said=said(sent, queries.listed(row.call.questions), rule, contact=False),
        criteria=queries.listed(row.call.criteria),
        given=_given(asked, given) if sees else [],
        waiting=len(asked) - len(given),
        scores=seat.person.id in {one.id for one in asked} and seat.person.id not in given,
        begun=row.interview is not None and row.interview <= now(),
        decided=row.stage != rules.Stage.SHORTLISTED,
        form=form,
        points={str(n): str(n) for n in range(rules.MOST_POINTS + 1)},
        problems={name: _(words) for name, words in (problems or {}).items()},
        longest=LONGEST["note"],
    )


def _given(asked: list, given: Mapping[UUID, list]) -> list[dict[str, Any]]:
    return [
        {
            "name": person.name,
            "points": [one.points for one in given[person.id]],
            "note": queries.score_note(given[person.id][0]),
        }
        for person in asked
        if given.get(person.id)
    ]


@post(f"{ONE}/scores", act=Act.SCORE)
async def score(
    seat: Seated, here: Here, application: FromPath[UUID], data: URLEncodedBody[ScoreForm]
) -> Template | Redirect:
    row = await queries.find(seat, application)
    criteria = len(queries.listed(row.call.criteria))
    if problems := data.problems(criteria):
        return await _one(seat, row, data, problems, 422)
    try:
        await actions.score(application, data.points(criteria), data.note, by=seat)
    except NotNow as why:
        return await _one(seat, row, data, {"points_0": str(why)}, 409)
    return Redirect(f"/{here.slug}/interviews/{application}", status_code=303)


@post(f"{ONE}/tie", act=Act.SCORE)
async def stand_back(seat: Seated, here: Here, application: FromPath[UUID]) -> Redirect:
    await actions.stand_back(application, by=seat)
    return Redirect(f"/{here.slug}/interviews", status_code=303)


router = Router("/", route_handlers=[show_all, show, score, stand_back])
