"""The rows of an annual report's lists: plain values from the record, each with its address."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from scrutiny.agendas.questions.rules import is_overdue as question_is_overdue
from scrutiny.kit.suppression import SMALL, shown
from scrutiny.meetings.figures.rules import AGENDA, DRAFT, PUBLISHED, Clock
from scrutiny.meetings.rules import Stage, Turnout, is_inquorate
from scrutiny.membership.rules import shown as named
from scrutiny.people.rules import role_name
from scrutiny.policy import rank_in_the_chair
from scrutiny.recommendations.rules import Standing, reference, standing
from scrutiny.reports.rules import Year

Row = dict[str, Any]
HELD_PLACE, VACANT = "Held", "Vacant"
YES, NO = "Yes", "No"
HELD, CANCELLED = "Held", "Cancelled"
BECAME = {
    Stage.HELD: HELD,
    Stage.MINUTED: HELD,
    Stage.CANCELLED: CANCELLED,
    Stage.POSTPONED: "Postponed",
    Stage.IN_SESSION: "Not closed yet",
    Stage.SCHEDULED: "Not held",
}
IN_TIME, LATE, NOT_DONE, TIME_LEFT = "In time", "Late", "Not done", "Still time"
STANDS: Mapping[str, str] = {
    Standing.WAITING: "Waiting for an answer",
    Standing.LATE: "No answer",
    Standing.ASKED_BACK: "The police asked for more",
    Standing.ACTING: "Accepted, not done yet",
    Standing.REPORTED: "Reported done, not checked yet",
    Standing.IMPLEMENTED: "Done, and checked",
    Standing.PARTLY: "Done in part, and checked",
    Standing.REJECTED: "Rejected",
    Standing.UNMET: "Accepted, and not done",
    Standing.WITHDRAWN: "Withdrawn by the panel",
}
VERIFIED = (STANDS[Standing.IMPLEMENTED], STANDS[Standing.PARTLY])
REFUSED = (STANDS[Standing.REJECTED], STANDS[Standing.UNMET])


class Sat(NamedTuple):
    """One seat of the community side in or just before the year."""

    person: UUID
    name: str
    choice: str
    role: str
    since: date
    until: date | None


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def members(
    seats: Iterable[Sat], often: Mapping[UUID, tuple[int, int, int]], year: Year
) -> list[Row]:
    """Everybody who sat in the year, once, with the office if they held one."""
    people: dict[UUID, list[Sat]] = {}
    for seat in seats:
        people.setdefault(seat.person, []).append(seat)
    found = [_member(mine, often, year) for mine in people.values() if _sat_in(mine, year)]
    found.sort(key=lambda row: (row["since"], row["name"], row["role"]))
    return [{"key": str(at), **row} for at, row in enumerate(found, start=1)]


def _sat_in(seats: Iterable[Sat], year: Year) -> list[Sat]:
    return [one for one in seats if one.until is None or one.until >= year.since]


def _member(seats: Sequence[Sat], often: Mapping[UUID, tuple[int, int, int]], year: Year) -> Row:
    """`seats` may begin with one that ended the day before: whoever changes seats never left."""
    seat = max(_sat_in(seats, year), key=lambda one: (_rank(one.role), one.since))
    last = None if any(one.until is None for one in seats) else max(one.until for one in seats)
    sat = last is None or last >= year.until
    held, came, apologies = often.get(seat.person, (0, 0, 0))
    return {
        "name": named(seat.name, seat.choice, seat.role),
        "role": role_name(seat.role),
        "since": iso(min(one.since for one in seats))[:7],
        "until": "" if sat else iso(last)[:7],
        "sat": "yes" if sat else "no",  # on the last day of the year
        "joined": "yes" if min(one.since for one in seats) >= year.since else "no",
        "held": held,
        "came": came,
        "apologies": apologies,
        "at": "",
    }


def _rank(role: str) -> int:
    rank = rank_in_the_chair(role)
    return -9 if rank is None else -rank


def places(how_many: int, held: int) -> list[Row]:
    return [
        {"key": str(at), "place": at, "stands": HELD_PLACE if at <= held else VACANT, "at": ""}
        for at in range(1, max(how_many, held) + 1)
    ]


def composition(published: Mapping[str, Mapping[str, int | None]], words: Any) -> list[Row]:
    """`published`: question -> answer -> count, or None where it is not shown."""
    return [
        {
            "key": f"{question}.{answer}",
            "question": words[question].label,
            "answer": words[question].answers.get(answer, answer),
            "members": count,
            "at": "",
        }
        for question, counts in published.items()
        for answer, count in counts.items()
    ]


# -- meetings -------------------------------------------------------------------------------------


def meeting(
    slug: str,
    day: date,
    title: str,
    stage: str,
    came: Turnout,
    clocks: Iterable[Clock],
    today: date,
) -> Row:
    """One public meeting with the panel's own deadlines; of no clock, nothing is said."""
    told = {one.what: _kept(one, today) for one in clocks}
    met = stage in (Stage.HELD, Stage.MINUTED)
    quorum = "" if not met or not came.recorded else NO if is_inquorate(stage, came) else YES
    return {
        "key": iso(day),
        "date": iso(day),
        "title": title,
        "became": BECAME.get(Stage(stage), "Not held"),
        "quorum": quorum,
        "agenda": told.get(AGENDA, "") if met else "",
        "draft": told.get(DRAFT, ""),
        "published": told.get(PUBLISHED, ""),
        "at": f"/{slug}/meetings/{iso(day)}",
    }


def _kept(clock: Clock, today: date) -> str:
    """Late is what was done after its day; not done is what was not done by now."""
    how = clock.standing(today)
    return {"done": IN_TIME, "wait": TIME_LEFT}.get(how) or (LATE if clock.done else NOT_DONE)


def draw(slug: str, number: int, day: date, month: str, records: int) -> Row:
    return {
        "key": str(number),
        "number": number,
        "day": iso(day),
        "month": month,
        "records": records,
        "at": f"/{slug}/draws/{number}",
    }


def case(slug: str, found: Mapping[str, Any], day: date) -> Row:
    """As published minutes name it; its page is for the panel, so it leads to those minutes."""
    return {
        "key": str(found["number"]),
        **{name: found[name] for name in ("number", "origin", "power", "month")},
        "meeting": iso(day),
        "at": f"/{slug}/minutes/{iso(day)}",
    }


# -- concerns -------------------------------------------------------------------------------------


def themes(counts: Mapping[str, int], words: Mapping[str, str]) -> list[Row]:
    """Category -> how many, the small ones and those that would give them away left out."""
    visible = shown([counts.get(name, 0) for name in words])
    return [
        {"key": name, "theme": said, "concerns": count, "at": ""}
        for (name, said), count in zip(words.items(), visible, strict=True)
        if counts.get(name, 0)
    ]


def total(counts: Iterable[int]) -> int | None:
    """How many in all; None where it is from 1 to 4."""
    found = sum(counts)
    return None if 0 < found < SMALL else found


def video(outcomes: Mapping[str, int | None], words: Mapping[str, str]) -> list[Row]:
    return [
        {"key": name, "outcome": words[name], "requests": count, "at": ""}
        for name, count in outcomes.items()
    ]


# -- what was asked and promised ------------------------------------------------------------------


class Asked(NamedTuple):
    number: int
    title: str
    stage: str
    answer_type: str
    issued: date
    due: date | None
    answered: date | None


def recommendation(slug: str, code: str, one: Asked, today: date) -> Row:
    stands = standing(one.stage, one.answer_type, one.due, today)
    return {
        "key": str(one.number),
        "number": one.number,
        "reference": reference(code, one.number, one.issued),
        "title": one.title,
        "issued": iso(one.issued),
        "due": iso(one.due),
        "answered": iso(one.answered),
        "answer": _answer(one, stands),
        "stands": STANDS[stands],
        "at": f"/{slug}/recommendations/{one.number}",
    }


def _answer(one: Asked, stands: str) -> str:
    if one.answered is not None:
        return LATE if one.due and one.answered > one.due else IN_TIME
    return {Standing.LATE: NOT_DONE, Standing.WAITING: TIME_LEFT}.get(Standing(stands), "")


class Promised(NamedTuple):
    number: int
    text: str
    owner: str
    due: date | None
    state: str  # kind of badge: done, late, wait, acting or no
    stands: str


def action(slug: str, one: Promised) -> Row:
    return {
        "key": str(one.number),
        **one._asdict(),
        "due": iso(one.due),
        "at": f"/{slug}/actions/{one.number}",
    }


class Put(NamedTuple):
    """A question of a resident, as it was published."""

    meeting: date
    number: int
    name: str
    text: str
    answer: str
    stage: str
    due: date | None
    answered: date | None


def question(slug: str, one: Put, today: date) -> Row:
    late = question_is_overdue(one.stage, one.due, today)
    return {
        "key": f"{iso(one.meeting)}.{one.number}",
        "meeting": iso(one.meeting),
        "number": one.number,
        "name": one.name,
        "text": one.text,
        "answer": one.answer,
        "state": "late" if late else "done" if one.answered else "wait",
        "at": f"/{slug}/meetings/{iso(one.meeting)}/questions",
    }


def terms(slug: str, number: int, in_force: date, summary: str) -> Row:
    return {
        "key": str(number),
        "number": number,
        "in_force": iso(in_force),
        "summary": summary,
        "at": f"/{slug}/terms/{number}",
    }
