import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.ids import known_id
from scrutiny.kit.words import N_
from scrutiny.membership.clearances import actions, queries, rules
from scrutiny.membership.clearances.rules import KINDS, LEVELS, Outcome, State
from scrutiny.membership.clearances.shown import WORDS, line, lines
from scrutiny.membership.queries import seat_on
from scrutiny.membership.rules import day, version
from scrutiny.people.constitution import Clearing, constitution_of
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.record.queries import history
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

OUTCOMES = {outcome: WORDS[State(outcome.value)] for outcome in Outcome}


@get("/{panel:str}/clearances", act=Act.CLEARANCES_READ)
async def show_all(here: Here, show: FromQuery[str] = "", after: FromQuery[str] = "") -> Template:
    asked, soon = constitution_of(here), show == "soon"
    kinds = rules.asked_for(asked) or list(KINDS)
    found, more = await queries.holders(here, soon=soon, after=known_id(after))
    table = [
        {
            "who": one,
            "roles": [role_name(role) for role in one.roles],
            "cells": [line(kind, one.held.get(kind.value), asked, today()) for kind in kinds],
        }
        for one in found
    ]
    names = [KINDS[kind] for kind in kinds]
    return page(
        "membership/clearances.html",
        kinds=names,
        table=table,
        soon=soon,
        more=more,
        first=not after,
    )


@get("/{panel:str}/clearances/{id:uuid}", act=Act.CLEARANCES_READ)
async def show_one(here: Here, id: FromPath[UUID]) -> Template:
    held = await seat_on(here, id)
    rows = await queries.held_by(here, held.person.id)
    events = {
        KINDS[Clearing(row.kind)]: [
            _event(one) for one in await history(row.id, public_only=False) if one["what"] in SAID
        ]
        for row in rows.values()
    }
    return page(
        "membership/clearances_of.html",
        seat=held,
        lines=lines(rows, constitution_of(here), today(), every=True),
        events={name: found for name, found in events.items() if found},
    )


def _event(row: dict[str, Any]) -> dict[str, Any]:
    """A line of the record in words: what was done, by whom, and how it came out."""
    facts = json.loads(row["facts"])
    outcome = WORDS[State(facts["outcome"])] if "outcome" in facts else ""
    role = role_name(row["role"]) if row["role"] else ""
    return {"at": row["at"], "said": SAID[row["what"]], "outcome": outcome, "role": role}


SAID = {
    "clearance.recorded": N_("Recorded"),
    "vetting.answered": N_("Answered by the force"),
    "agreement.signed": N_("Signed"),
}


@dataclass
class OutcomeForm:
    """Outcome, level and days: nothing in which a reason could be written."""

    outcome: str = ""
    level: str = ""
    granted: str = ""
    expires: str = ""
    version: str = ""

    def problems(self, outcomes: Any, levels: Any) -> dict[str, str]:
        found = {}
        if self.outcome not in outcomes:
            found["outcome"] = _("Choose how it came out.")
        if self.level and self.level not in levels:
            found["level"] = _("Choose one of the levels, or none.")
        days = day(self.granted), day(self.expires)
        return found | rules.dates_problems(self.outcome, *days, self.expires, today())

    def given(self) -> actions.Given:
        days = day(self.granted), day(self.expires)
        return actions.Given(Outcome(self.outcome), self.level, *days)


async def _kept(here: Panel, id: UUID, clearing: str) -> tuple[Seat, Clearing, OutcomeForm]:
    """Whose it is, what kind it is, and what is noted now."""
    held, kind = await seat_on(here, id), rules.clearing(clearing)
    if kind is None or kind in rules.SIGNED:
        raise Missing("There is no such clearance to record.")
    row = (await queries.held_by(here, held.person.id)).get(kind.value)
    if row is None:
        return held, kind, OutcomeForm(granted=today().isoformat(), version="0")
    granted = (row.granted or today()).isoformat()
    expires = row.expires.isoformat() if row.expires else ""
    return held, kind, OutcomeForm(row.outcome, row.level, granted, expires, str(row.version))


@get("/{panel:str}/clearances/{id:uuid}/{clearing:str}", act=Act.CLEARANCE_RECORD_PAGE)
async def note_page(here: Here, id: FromPath[UUID], clearing: FromPath[str]) -> Template:
    return _note(*await _kept(here, id, clearing), {})


@post("/{panel:str}/clearances/{id:uuid}/{clearing:str}", act=Act.CLEARANCE_RECORD)
async def note(
    seat: Seated,
    here: Here,
    id: FromPath[UUID],
    clearing: FromPath[str],
    data: URLEncodedBody[OutcomeForm],
) -> Template | Redirect:
    held, kind, kept = await _kept(here, id, clearing)
    if problems := data.problems(rules.outcomes_of(kind), LEVELS.get(kind, ())):
        return _note(held, kind, data, problems, 422)
    try:
        await actions.note(id, kind, data.given(), version(data.version), by=seat)
    except NotNow as why:
        held, kind, kept = await _kept(here, id, clearing)
        data.version = kept.version
        return _note(held, kind, data, {"outcome": str(why)}, 409, kept)
    return Redirect(f"/{here.slug}/clearances/{id}", status_code=303)


def _note(
    held: Seat,
    kind: Clearing,
    form: OutcomeForm,
    problems: dict[str, str],
    status: int = 200,
    kept: OutcomeForm | None = None,
) -> Template:
    return page(
        "membership/clearance.html",
        status=status,
        seat=held,
        kind=KINDS[kind],
        form=form,
        problems=problems,
        kept=OUTCOMES[Outcome(kept.outcome)] if kept and kept.outcome else "",
        outcomes={one.value: _(OUTCOMES[one]) for one in rules.outcomes_of(kind)},
        levels=LEVELS.get(kind, ()),
    )


@get("/{panel:str}/vetting", act=Act.VETTING_PAGE)
async def vetting(here: Here, told: FromQuery[str] = "") -> Template:
    return page("membership/vetting.html", asked=await queries.requested(here), told=bool(told))


@get("/{panel:str}/vetting/{clearance:uuid}", act=Act.VETTING_PAGE)
async def answer_page(here: Here, clearance: FromPath[UUID]) -> Template:
    row = await queries.requested_one(here, clearance)
    form = OutcomeForm(granted=today().isoformat(), version=str(row.version))
    return _answer(row.person.name, form, {})


@post("/{panel:str}/vetting/{clearance:uuid}", act=Act.VETTING_ANSWER)
async def answer(
    seat: Seated, here: Here, clearance: FromPath[UUID], data: URLEncodedBody[OutcomeForm]
) -> Template | Redirect:
    row = await queries.requested_one(here, clearance)
    data.level = ""
    if problems := data.problems(rules.ANSWERS, ()):
        return _answer(row.person.name, data, problems, 422)
    try:
        await actions.answer(clearance, data.given(), version(data.version), by=seat)
    except NotNow as why:
        fresh = await queries.requested_one(here, clearance)
        data.version = str(fresh.version)
        return _answer(row.person.name, data, {"outcome": str(why)}, 409)
    return Redirect(f"/{here.slug}/vetting?told=yes", status_code=303)


def _answer(name: str, form: OutcomeForm, problems: dict[str, str], status: int = 200) -> Template:
    outcomes = {outcome.value: _(OUTCOMES[outcome]) for outcome in rules.ANSWERS}
    return page(
        "membership/vetting_answer.html",
        status=status,
        whose=name,
        form=form,
        problems=problems,
        outcomes=outcomes,
    )


router = Router(
    "/",
    route_handlers=[show_all, show_one, note_page, note, vetting, answer_page, answer],
)
