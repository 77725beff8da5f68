"""What applicants do without an account: apply, answer an offer, withdraw.

Only the day is kept of it, and what is recorded names nobody.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID, uuid4

from scrutiny.kit.clock import today
from scrutiny.kit.db import keep, write_sql, writes
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.mail import ADDRESS
from scrutiny.kit.seal import seal
from scrutiny.kit.stages import advance
from scrutiny.leaks.actions import mark_all
from scrutiny.membership.queries import seat_on
from scrutiny.membership.recruitment import letters, queries
from scrutiny.membership.recruitment.retention import erase
from scrutiny.membership.recruitment.rules import MOVES, Sent, Stage, is_open
from scrutiny.membership.recruitment.tables import Application, Call, CallEquality
from scrutiny.membership.standing.actions import appoint
from scrutiny.membership.standing.rules import years_later
from scrutiny.people.actions import add_person, next_number, once
from scrutiny.people.constitution import constitution_of
from scrutiny.people.equality import QUESTIONS, countable
from scrutiny.people.queries import person_by_email
from scrutiny.people.tables import Panel
from scrutiny.policy import RECRUITED
from scrutiny.record.actions import record

NOT_OPEN = "Applications are not taken now."
ONE_MORE = """
UPDATE recruitment_equality SET "count" = "count" + 1
WHERE call = {} AND question = {} AND answer = {} RETURNING id
"""


@writes
async def apply(call: UUID, panel: Panel, sent: Sent, code: str, *, screened: bool = True) -> None:
    """Take an application in, once: the same code again changes nothing.

    `screened` is untrue for what came with a flood. Raises NotNow when the call is not open.
    """
    mark = queries.code_hash(code)
    if await Application.exists().where(Application.code_hash == mark):
        return
    found = await Call.objects().get((Call.id == call) & (Call.panel == panel.id))
    if found is None or not is_open(found.stage, found.opens, found.closes, today()):
        raise NotNow(NOT_OPEN)
    known, day = uuid4(), today()
    number = await next_number(panel.id, f"application of {found.number}")
    sealed = seal(json.dumps(asdict(sent)), f"application|{known}")
    row = Application(id=known, call=found.id, number=number, code_hash=mark, sealed=sealed)
    row.received, row.screened = day, screened
    await Application.insert(row)
    await mark_all(panel, sent.confidential(code), known)
    await record("application.received", panel=panel, day=day, call=found.number)
    await letters.tell_applicant(row, panel, letters.RECEIVED)
    await letters.tell_convenors(panel, "received", f"{found.id}|{day}")


@writes
async def count_equality(
    call: UUID, panel: Panel, answers: Mapping[str, str], form_key: str
) -> None:
    """Add one to each answer (question -> answer). Nothing says whose answers they were."""
    given = countable(QUESTIONS, answers)
    if given and not await CallEquality.exists().where(CallEquality.call == call):
        await _begin(call)
    for question, answer in given.items():
        await write_sql(ONE_MORE, call, question, answer)
    await once(form_key, f"/{panel.slug}/join")


async def _begin(call: UUID) -> None:
    """All counts of a call at once, at nought: their order in the file then tells nothing."""
    for question, asked in QUESTIONS.items():
        for answer in asked.options:
            row = CallEquality(id=uuid4(), call=call, question=question, answer=answer)
            await keep(row, unless_there=True)


async def _mine(panel: Panel, code: str) -> Application:
    found = await queries.by_code(panel, code)
    if found is None:
        raise Missing(queries.NOT_THERE)
    return found


@writes
async def accept(panel: Panel, code: str, email: str) -> None:
    """Take the seat that is offered, by signing in with this address from now on.

    Raises Missing for an unknown code; NotNow when no offer stands, without an address, or where
    whoever has this address cannot hold the seat.
    """
    mine = await _mine(panel, code)
    if mine.stage != Stage.OFFERED or (mine.answer_by and mine.answer_by < today()):
        raise NotNow("No offer waits for your answer.")
    if not ADDRESS.match(email.strip()):
        raise NotNow("Enter an e-mail address, like name@example.org.")
    by = await seat_on(panel, mine.decided)
    person = await person_by_email(email) or await add_person(queries.opened(mine).name, email)
    since = today()
    until = years_later(since, constitution_of(panel).term_years) - timedelta(days=1)
    term = {"since": since, "until": until, "route": "open_recruitment", "represents": ""}
    seat = await appoint(panel, person, RECRUITED, **term, by=by, onboarding=True)
    await advance(mine, MOVES, "accepted", seat=seat.id, settled=since)
    await _answered(mine, panel, "application.accepted")


@writes
async def decline(panel: Panel, code: str) -> None:
    """Say no to an offer; the panel is told, and whoever is next on the reserve list comes up."""
    mine = await _mine(panel, code)
    await advance(mine, MOVES, "declined", settled=today())
    await _answered(mine, panel, "application.declined")


async def _answered(mine: Application, panel: Panel, what: str) -> None:
    facts = {"call": mine.call.number, "number": mine.number}
    await record(what, mine, panel=panel, day=today(), **facts)
    await letters.tell_convenors(panel, "answered", f"{mine.id}")


@writes
async def withdraw(panel: Panel, code: str) -> None:
    """Take back the whole application: all that was sent is erased at once."""
    mine = await _mine(panel, code)
    await advance(mine, MOVES, "withdrawn", settled=today())
    facts = {"call": mine.call.number, "number": mine.number}
    await record("application.withdrawn", mine, panel=panel, day=today(), **facts)
    await letters.tell_convenors(panel, "withdrawn", f"{mine.id}")
    await erase(mine)
