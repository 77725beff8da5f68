"""What an annual report counts, from the rows as they stand; as many queries for any year."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from scrutiny.actions.queries import owner_words, visible_to
from scrutiny.actions.rules import SIDES
from scrutiny.actions.rules import standing as action_standing
from scrutiny.actions.tables import Action
from scrutiny.agendas.questions.rules import PUBLISHED as PUBLISHED_QUESTIONS
from scrutiny.composition import queries as composition
from scrutiny.composition.rules import QUESTIONS, published
from scrutiny.concerns.rules import GONE
from scrutiny.concerns.video import queries as video
from scrutiny.concerns.video.rules import NAMES
from scrutiny.concerns.vocabulary import CATEGORIES
from scrutiny.kit.clock import london, midnight, today
from scrutiny.kit.db import rows
from scrutiny.meetings.figures.queries import KEPT, OFTEN
from scrutiny.meetings.figures.rules import Kept, clocks
from scrutiny.meetings.rules import CAME, Presence, turnout
from scrutiny.membership.standing.queries import HELD
from scrutiny.membership.terms.rules import PUBLIC
from scrutiny.people.constitution import constitution_of
from scrutiny.people.tables import Panel
from scrutiny.policy import COMMUNITY, ONBOARDING
from scrutiny.reports import parts
from scrutiny.reports.lists import listed
from scrutiny.reports.parts import Asked, Promised, Put, Row, Sat
from scrutiny.reports.rules import Year, number_of, tidied
from scrutiny.reports.sections import SECTIONS

A_DAY = timedelta(days=1)


async def composed(
    panel: Panel, year: Year, edition: int, corrections: Iterable[tuple[int, str]], words: dict
) -> dict[str, Any]:
    """The report of a year as data, counted today: what page, PDF and file are made of."""
    lists, totals = await _lists(panel, year)
    sections = [
        {
            "title": section.title,
            "note": section.note,
            "lists": list(section.lists),
            "figures": [_figure(one, lists, totals) for one in section.figures],
        }
        for section in SECTIONS
    ]
    return {
        "title": f"Annual report of {panel.name}, {year.words}",
        "edition": edition,
        "corrections": [{"edition": number, "note": note} for number, note in corrections],
        "panel": panel.name,
        "code": panel.code,
        "force": panel.force.name,
        "area": panel.area,
        "year": {"name": year.name, "from": parts.iso(year.since), "to": parts.iso(year.until)},
        "counted": parts.iso(today()),
        "words": tidied(words),
        "sections": sections,
        "lists": {name: listed(name, panel.slug, found) for name, found in lists.items()},
    }


def _figure(one: Any, lists: dict[str, list[Row]], totals: dict[str, int | None]) -> Row:
    where = {key: list(wanted) for key, wanted in one.where.items()}
    found = {"name": one.name, "words": one.words, "of": one.of, "where": where, "sum": one.sum}
    known = one.name in totals
    return {**found, "number": totals[one.name] if known else number_of(lists[one.of], found)}


async def _lists(panel: Panel, year: Year) -> tuple[dict[str, list[Row]], dict[str, int | None]]:
    """List -> its rows, and the numbers that are no count of rows that anybody may see."""
    counts = await _themes(panel, year)
    outcomes = await video.figures(panel, today())
    return {
        "members": await _members(panel, year),
        "places": await _places(panel, year),
        "composition": await _composition(panel),
        "meetings": await _meetings(panel, year),
        "draws": await _draws(panel, year),
        "cases": await _cases(panel, year),
        "themes": parts.themes(counts, CATEGORIES),
        "video": parts.video(outcomes.counts, NAMES),
        "recommendations": await _recommendations(panel, year),
        "actions": await _actions(panel, year),
        "questions": await _questions(panel, year),
        "terms": await _terms(panel, year),
    }, {"concerns": parts.total(counts.values())}


# -- who ------------------------------------------------------------------------------------------

SAT = """
SELECT seat.person, person.name, seat.public_name, seat.role, seat.since, seat.until
FROM seat JOIN person ON person.id = seat.person
WHERE seat.panel = {} AND seat.role IN ({}) AND seat.stage <> {} AND seat.since <= {}
AND (seat.until IS NULL OR seat.until >= {}) ORDER BY seat.since, seat.id"""


async def _members(panel: Panel, year: Year) -> list[Row]:
    """Under the names that they chose; how often they came as /attendance has it."""
    community, before = tuple(sorted(COMMUNITY)), year.since - A_DAY
    seats = await rows(SAT, panel.id, community, ONBOARDING, year.until, before, into=Sat)
    came, word = tuple(sorted(CAME)), Presence.APOLOGIES.value
    days = (before, year.until)
    often = await rows(OFTEN, came, word, panel.id, *days, panel.id, community, into=_often)
    return parts.members(seats, dict(often), year)


def _often(person: UUID, *counts: int) -> tuple[UUID, tuple[int, ...]]:
    return person, counts


async def _places(panel: Panel, year: Year) -> list[Row]:
    found = await rows(HELD, panel.id, tuple(sorted(COMMUNITY)), year.until, year.until)
    return parts.places(constitution_of(panel).places, found[0]["held"])


async def _composition(panel: Panel) -> list[Row]:
    """As /composition shows it today."""
    counts = await composition.counts(panel)
    return parts.composition({name: published(one) for name, one in counts.items()}, QUESTIONS)


# -- meetings -------------------------------------------------------------------------------------

MET = """
SELECT meeting.id, meeting.date, meeting.title, meeting.stage, meeting.quorum FROM meeting
WHERE panel = {} AND public AND stage <> 'proposed' AND (stage <> 'cancelled' OR sequence > 0)
AND date BETWEEN {} AND {} ORDER BY date"""
ROLLS = """
SELECT attendance.meeting, seat.role,
  CASE WHEN attendance."left" IS NULL THEN attendance.status ELSE 'left_early' END AS status
FROM attendance JOIN meeting ON meeting.id = attendance.meeting
JOIN seat ON seat.id = attendance.seat
WHERE meeting.panel = {} AND meeting.public AND meeting.date BETWEEN {} AND {}"""
DEADLINES = KEPT + "AND meeting.panel = {} AND meeting.public AND meeting.date BETWEEN {} AND {}"


def _kept(*row: Any) -> Kept:
    return Kept(*(one if isinstance(one, str | bool | type(None)) else _day(one) for one in row))


def _day(value: Any) -> date:
    return london(value).date() if hasattr(value, "hour") else value


async def _meetings(panel: Panel, year: Year) -> list[Row]:
    """As the panel's pages tell of them: what the public may know, and the panel's own clocks."""
    days, notice = (panel.id, year.since, year.until), constitution_of(panel).notice_days
    kept = {one.date: one for one in await rows(DEADLINES, *days, into=_kept)}
    rolls: dict[UUID, list[tuple[str, str]]] = {}
    for row in await rows(ROLLS, *days):
        rolls.setdefault(row["meeting"], []).append((row["role"], row["status"]))
    return [
        parts.meeting(
            panel.slug,
            row["date"],
            row["title"],
            row["stage"],
            turnout(rolls.get(row["id"], []), row["quorum"]),
            clocks(kept[row["date"]], notice) if row["date"] in kept else [],
            today(),
        )
        for row in await rows(MET, *days)
    ]


DRAWS = """
SELECT number, at, month, certificate FROM draw
WHERE panel = {} AND at >= {} AND at < {} ORDER BY number"""
MINUTED = """
SELECT meeting.date, minutes.document FROM minutes JOIN meeting ON meeting.id = minutes.meeting
WHERE minutes.panel = {} AND minutes.stage = 'published' AND meeting.public
AND meeting.date BETWEEN {} AND {} ORDER BY meeting.date, minutes.edition"""


async def _draws(panel: Panel, year: Year) -> list[Row]:
    found = await rows(DRAWS, panel.id, midnight(year.since), midnight(year.until + A_DAY))
    return [
        parts.draw(panel.slug, row["number"], _day(row["at"]), row["month"], _drawn(row))
        for row in found
    ]


def _drawn(row: dict[str, Any]) -> int:
    """How many records came out of it."""
    told = row["certificate"]
    return len((json.loads(told) if isinstance(told, str) else told)["sample"])


async def _cases(panel: Panel, year: Year) -> list[Row]:
    """Those that the newest published minutes of each meeting name, each once."""
    newest = {
        row["date"]: row["document"]
        for row in await rows(MINUTED, panel.id, year.since, year.until)
    }
    found = {}
    for day, document in newest.items():
        for one in json.loads(document)["cases"]:
            found[one["number"]] = parts.case(panel.slug, one, day)
    return [found[number] for number in sorted(found)]


# -- what residents raised and asked --------------------------------------------------------------

THEMES = """
SELECT concern.category, count(*) AS "many [INTEGER]" FROM concern
JOIN consent ON consent.concern = concern.id AND consent.cell = 'statistics.public'
WHERE concern.panel = {} AND concern.received BETWEEN {} AND {} AND concern.screened
AND concern.kind <> 'compliment' AND concern.stage NOT IN ({}) AND consent.given
AND consent.version = (SELECT max(version) FROM consent later WHERE later.concern = concern.id)
GROUP BY concern.category"""
ASKED = """
SELECT meeting.date, question.number, question.shown_as, question.text, question.answer,
  question.stage, question.due, question.answered
FROM public_question question JOIN meeting ON meeting.id = question.meeting
WHERE meeting.panel = {} AND meeting.public AND meeting.date BETWEEN {} AND {}
AND question.stage IN ({}) ORDER BY meeting.date, question.number"""


async def _themes(panel: Panel, year: Year) -> dict[str, int]:
    """Category -> concerns that came in the year and whose resident agrees to be counted."""
    gone = tuple(one.value for one in GONE)
    found = await rows(THEMES, panel.id, year.since, year.until, gone)
    return {row["category"]: row["many"] for row in found}


async def _questions(panel: Panel, year: Year) -> list[Row]:
    stages = tuple(one.value for one in PUBLISHED_QUESTIONS)
    found = await rows(ASKED, panel.id, year.since, year.until, stages, into=Put)
    return [parts.question(panel.slug, one, today()) for one in found]


# -- what was asked of others ---------------------------------------------------------------------

SENT = """
SELECT number, title, stage, answer_type, issued, due, answered FROM recommendation
WHERE panel = {} AND issued BETWEEN {} AND {} ORDER BY number"""
TERMS = """
SELECT number, in_force, summary FROM terms_version
WHERE panel = {} AND in_force BETWEEN {} AND {} AND stage IN ({}) ORDER BY number"""


async def _recommendations(panel: Panel, year: Year) -> list[Row]:
    found = await rows(SENT, panel.id, year.since, year.until, into=_asked)
    return [parts.recommendation(panel.slug, panel.code, one, today()) for one in found]


def _asked(*row: Any) -> Asked:
    *told, answered = row
    return Asked(*told, answered and _day(answered))


async def _actions(panel: Panel, year: Year) -> list[Row]:
    """As everybody reads the log: raised in an open part, once the minutes are out."""
    there = (Action.meeting.date >= year.since) & (Action.meeting.date <= year.until)
    found = await (await visible_to(None, panel)).where(there).order_by(Action.number)
    return [parts.action(panel.slug, _promised(one)) for one in found]


def _promised(one: Action) -> Promised:
    owner = owner_words(one) or SIDES.get(one.side, one.side)
    return Promised(
        one.number, one.text, owner, one.due, *action_standing(one.stage, one.due, today())
    )


async def _terms(panel: Panel, year: Year) -> list[Row]:
    stages = tuple(one.value for one in PUBLIC)
    found = await rows(TERMS, panel.id, year.since, year.until, stages)
    return [
        parts.terms(panel.slug, row["number"], row["in_force"], row["summary"]) for row in found
    ]
