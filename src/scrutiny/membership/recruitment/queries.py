"""Reads of recruitment: calls, one's own application by its code, and those one may see."""

import hmac
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.kit.seal import keys, unseal
from scrutiny.kit.tokens import clean_receipt, keyed_hash, receipt_code
from scrutiny.membership.recruitment.rules import CallStage, Scored, Sent, Stage, sees_scores
from scrutiny.membership.recruitment.tables import Application, Call, Score, Scorer
from scrutiny.people.queries import seats_on
from scrutiny.people.tables import Panel, Person, Seat
from scrutiny.policy import Act, may, who_may

PAGE = 50
LEAST_KEY = 20  # characters of a form's own key, below which it is nobody's secret
NO_CALL, NOT_THERE = "There is no such call.", "There is no such application."
BY_STAGE = """
SELECT call, stage, count(*) AS "n [INTEGER]" FROM application WHERE call IN ({}) GROUP BY 1, 2"""
JOINED = (Application.call, Application.proposed, Application.proposed.person)


# -- calls ----------------------------------------------------------------------------------------


async def current_call(panel: Panel) -> Call | None:
    """The published call that takes applications today, or will; no panel has two."""
    here = (Call.panel == panel.id) & (Call.stage == CallStage.PUBLISHED)
    return await Call.objects().where(here & (Call.closes >= today())).order_by(Call.opens).first()


async def latest_call(panel: Panel) -> Call | None:
    """The call that was published last and is not closed: to it equality answers are counted."""
    here = (Call.panel == panel.id) & (Call.stage == CallStage.PUBLISHED)
    return await Call.objects().where(here).order_by(Call.closes, ascending=False).first()


async def is_filled(call: Call) -> bool:
    """Whether as many took their seat as the call has places."""
    taken = (Application.call == call.id) & (Application.stage == Stage.ACCEPTED)
    return await Application.count().where(taken) >= call.places


async def calls(panel: Panel, before: int | None = None) -> list[Call]:
    """A page and one more, the newest first."""
    here = Call.panel == panel.id
    if before is not None:
        here &= Call.number < before
    return await Call.objects().where(here).order_by(Call.number, ascending=False).limit(PAGE + 1)


async def find_call(panel: Panel, number: int) -> Call:
    found = await Call.objects().where((Call.panel == panel.id) & (Call.number == number)).first()
    if found is None:
        raise Missing(NO_CALL)
    return found


async def by_stage(calls: Iterable[UUID]) -> dict[UUID, Counter[str]]:
    """How many applications of each call stand where; one query."""
    found: dict[UUID, Counter[str]] = {call: Counter() for call in calls}
    for row in await rows(BY_STAGE, tuple(found)):
        found[UUID(str(row["call"]))][row["stage"]] = row["n"]
    return found


async def any_screened_out(call: Call) -> bool:
    """Whether something came with a flood and waits to be looked over."""
    here = (Application.call == call.id) & Application.screened.eq(False)
    return await Application.exists().where(here & (Application.stage == Stage.APPLIED))


def listed(stored: Any) -> list[str]:
    """A column of JSON, as text or as what the database made of it."""
    return json.loads(stored) if isinstance(stored, str) else list(stored)


# -- by the code ----------------------------------------------------------------------------------


def code_for(call: UUID, form_key: str) -> str:
    """The code of one form: the same for the same form sent again, and nobody else's."""
    if len(form_key) < LEAST_KEY:
        return receipt_code()
    said = f"application|{call}|{form_key}".encode()
    return receipt_code(hmac.digest(keys().pepper, said, "sha256"))


def code_hash(typed: str) -> str:
    """The keyed hash under which an application is found; of what is no code, none has it."""
    found = clean_receipt(typed) or f"not a code|{typed}"
    return keyed_hash(keys().pepper, "application code", found)


async def by_code(panel: Panel, typed: str) -> Application | None:
    """With its call. One look, whatever was typed."""
    mine = (Application.code_hash == code_hash(typed)) & (Application.call.panel == panel.id)
    return await Application.objects(*JOINED).where(mine).first()


# -- what is sealed -------------------------------------------------------------------------------


def opened(application: Application) -> Sent:
    """What was sent, or nothing any more. Raises Unreadable when it was sealed for another row."""
    if not application.sealed:
        return Sent()
    return Sent(**json.loads(unseal(bytes(application.sealed), f"application|{application.id}")))


def feedback(application: Application) -> str:
    if application.sealed_feedback is None:
        return ""
    place = f"application feedback|{application.id}"
    return unseal(bytes(application.sealed_feedback), place)


def proposal(application: Application) -> dict[str, str] | None:
    """What waits for a second person: outcome, reason and feedback."""
    if application.sealed_proposal is None:
        return None
    place = f"application proposal|{application.id}"
    return json.loads(unseal(bytes(application.sealed_proposal), place))


# -- what the panel may see -----------------------------------------------------------------------


def runs_it(seat: Seat) -> bool:
    return may(seat.role, Act.RECRUIT, seat.stage)


def visible_to(seat: Seat):
    """Those of the panel's applications that this seat may see: all for who runs recruitment,
    those they score for others, and never one of somebody they know."""
    mine = Scorer.person == seat.person.id
    tied = Scorer.select(Scorer.application).where(mine & Scorer.tied.eq(True))
    wanted = (Application.call.panel == seat.panel.id) & Application.id.not_in(tied)
    if not runs_it(seat):
        asked = Scorer.select(Scorer.application).where(mine & Scorer.tied.eq(False))
        wanted &= Application.id.is_in(asked)
    return Application.objects(*JOINED).where(wanted)


async def find(seat: Seat, known: UUID) -> Application:
    """Raises Missing also for one that is not this seat's to see."""
    found = await visible_to(seat).where(Application.id == known).first()
    if found is None:
        raise Missing(NOT_THERE)
    return found


async def applications(seat: Seat, call: Call, after: int = 0) -> list[Application]:
    """A page and one more, in the order in which they came."""
    wanted = (Application.call == call.id) & (Application.number > after)
    found = visible_to(seat).where(wanted & Application.erased.is_null())
    return await found.order_by(Application.number).limit(PAGE + 1)


async def interviewed(seat: Seat, call: Call) -> list[Application]:
    """Those of one call that came to the shortlist and were not erased."""
    beyond = [Stage.SHORTLISTED, Stage.RESERVE, Stage.OFFERED, Stage.ACCEPTED]
    wanted = (Application.call == call.id) & Application.stage.is_in([one.value for one in beyond])
    wanted &= Application.erased.is_null()
    return await visible_to(seat).where(wanted).order_by(Application.number).limit(200)


async def to_score(seat: Seat) -> list[Application]:
    """The interviews that this person is asked to score, the soonest first."""
    asked = Scorer.select(Scorer.application).where(
        (Scorer.person == seat.person.id) & Scorer.tied.eq(False)
    )
    wanted = Application.id.is_in(asked) & (Application.stage == Stage.SHORTLISTED)
    found = visible_to(seat).where(wanted & Application.interview.is_not_null())
    return await found.order_by(Application.interview, Application.number).limit(PAGE)


async def scorers(known: Iterable[UUID]) -> dict[UUID, list[Scorer]]:
    """Application -> who scores it, without those who know the applicant; with the person."""
    found: dict[UUID, list[Scorer]] = {one: [] for one in known}
    if not found:
        return found
    wanted = Scorer.application.is_in(list(found)) & Scorer.tied.eq(False)
    for one in await Scorer.objects(Scorer.person).where(wanted).order_by(Scorer.id):
        found[one.application].append(one)
    return found


async def scores(known: Iterable[UUID]) -> dict[UUID, dict[UUID, list[Score]]]:
    """Application -> person -> their points, in the order of the criteria."""
    found: dict[UUID, dict[UUID, list[Score]]] = {one: {} for one in known}
    if not found:
        return found
    wanted = Score.application.is_in(list(found))
    for one in await Score.objects().where(wanted).order_by(Score.criterion):
        found[one.application].setdefault(one.by, []).append(one)
    return found


def score_note(score: Score) -> str:
    if score.sealed_note is None:
        return ""
    return unseal(bytes(score.sealed_note), f"score|{score.application}|{score.by}")


async def scored(reader: Person, found: Iterable[Application]) -> dict[UUID, Scored]:
    """How far the scoring of each has come, and the totals that this reader may see."""
    ids = [one.id for one in found]
    asked, given = await scorers(ids), await scores(ids)
    shown = {}
    for known in ids:
        people = [one.person.id for one in asked[known]]
        totals = [sum(one.points for one in points) for points in given[known].values()]
        open_now = sees_scores(reader.id, people, given[known])
        shown[known] = Scored(len(people), len(totals), tuple(totals) if open_now else ())
    return shown


async def who_can_score(panel: Panel, application: Application) -> list[Person]:
    """Whoever sits on the panel and does not know the applicant."""
    tied = Scorer.select(Scorer.person).where(
        (Scorer.application == application.id) & Scorer.tied.eq(True)
    )
    out = {row["person"] for row in await tied}
    seats = await seats_on(panel.id, who_may(Act.SCORE))
    return list({s.person.id: s.person for s in seats if s.person.id not in out}.values())


async def convenors_of(panel: Panel, application: Application) -> list[Seat]:
    """The seats that may decide about it: those that run recruitment and are not tied."""
    free = {person.id for person in await who_can_score(panel, application)}
    seats = await seats_on(panel.id, who_may(Act.RECRUIT))
    return [seat for seat in seats if seat.person.id in free]
