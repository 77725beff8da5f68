"""A year of Lambeth with one of everything in it, and its report as far as a test needs it."""

import json
from datetime import UTC, date, datetime, timedelta

from cast import Cast
from concerns.steps import answers
from meetings import steps as meetings

from scrutiny.actions import actions as log
from scrutiny.actions.tables import Action
from scrutiny.agendas.questions.tables import Question
from scrutiny.cases.tables import Draw
from scrutiny.composition.tables import Count, Round
from scrutiny.concerns.intake import take_in
from scrutiny.concerns.video.tables import Preservation
from scrutiny.kit.clock import as_of, today
from scrutiny.kit.db import write_tx
from scrutiny.kit.tokens import receipt_code
from scrutiny.meetings.actions import cancel, record_attendance
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.terms.tables import Terms
from scrutiny.minutes.tables import Minutes
from scrutiny.people.tables import Seat
from scrutiny.recommendations import actions as asking
from scrutiny.recommendations.tables import Recommendation
from scrutiny.reports import actions
from scrutiny.reports.rules import Year, year_named
from scrutiny.reports.tables import Report

YEAR: Year = year_named(str(today().year - 1))
"""The calendar year that ended last: the seats of the cast began before its end."""
AFTER = datetime(today().year, 1, 20, 12, tzinfo=UTC)
"""The day on which it is counted: all that can be late in it is."""
HOME = f"/lambeth/reports/{YEAR.name}"
FOREWORD = "We **listened** in Brixton.\n\n## Three things\n\n- a card\n- a code"
WORDS = {"foreword": FOREWORD, "learned": "Ask twice.", "doing": "Ask again.", "thanks": "Siân."}


def on(month: int, day: int = 10) -> datetime:
    return datetime(YEAR.since.year, month, day, 19, tzinfo=UTC)


async def happen(cast: Cast) -> None:
    """The year itself. Seats begin two months before it, Chidi's in March."""
    began = YEAR.since - timedelta(days=60)
    async with write_tx():
        await Seat.update({Seat.since: began}).where(Seat.panel == cast.lambeth.id)
        await Seat.update({Seat.since: on(3).date()}).where(Seat.id == cast.seats["chidi"].id)
    await _meet(cast)
    await _ask(cast)
    await _raise(cast)
    await _keep(cast)


async def _hold(cast: Cast, title: str, *present: str, **how) -> None:
    """A meeting that is over, of the day that it is taken to be."""
    grace = cast.seats["grace"]
    row = await meetings.meeting(cast, "in_session", title=title, **how)
    await record_attendance(row, meetings.roll(cast, *present), by=grace)
    await meetings.over_and_done(await meetings.stored(row), by=grace)


async def _meet(cast: Cast) -> None:
    """Held with a quorum and minuted, held without one, cancelled, and one the year after."""
    for month, present in ((2, ("amara", "bilal", "claire")), (5, ("amara", "grace"))):
        with as_of(on(month)):
            await _hold(cast, f"Meeting {month}", *present)
    with as_of(on(8)):
        row = await meetings.meeting(cast, days=20, title="Off")
        await cancel(row, "No room.", by=cast.seats["grace"])
        await _hold(cast, "Closed doors", "amara", "bilal", public=False)
    with as_of(AFTER - timedelta(days=5)):
        await _hold(cast, "The year after", "amara", "bilal")
    await _minute(cast, await of_day(on(2).date()))


async def of_day(day: date) -> Meeting:
    return await Meeting.objects().where(Meeting.date == day).first()


async def _minute(cast: Cast, row: Meeting) -> None:
    """An action and a question, then published minutes that name two cases."""
    grace = cast.seats["grace"]
    told = {"owner": None, "owner_role": "Head of custody", "item": None, "by": grace}
    with as_of(on(2)):
        async with write_tx():
            for text, public in (("Send the figures", True), ("Whisper", False)):
                due = on(6).date()
                await log.raise_action(row, text, side="police", due=due, public=public, **told)
    case = {"origin": "Drawn by lot", "power": "Misuse of Drugs Act s23", "month": "2022-10"}
    cases = [{"number": 3, **case}, {"number": 4, **case, "origin": "Raised by a resident"}]
    minutes = Minutes(
        panel=cast.lambeth.id,
        meeting=row.id,
        stage="published",
        document=json.dumps({"cases": cases}),
        compiled_by=grace.id,
        approved=on(2, 20),
        published=on(2, 21),
    )
    asked = Question(meeting=row.id, number=1, code_hash="a", asked=on(2).date(), stage="answered")
    asked.text, asked.shown_as, asked.answer = "Why so many?", "A resident", "We asked the force."
    asked.answered, asked.due = on(2, 15).date(), on(2, 20).date()
    async with write_tx():
        await Minutes.insert(minutes)
        await Question.insert(asked)
        await Meeting.update({Meeting.stage: "minuted"}).where(Meeting.id == row.id)


async def _ask(cast: Cast) -> None:
    """1 answered in time and done, 2 answered late and rejected, 3 never answered."""
    grace, owen, amara = cast.seats["grace"], cast.seats["owen"], cast.seats["amara"]
    first = await of_day(on(2).date())
    async with write_tx():
        await Meeting.update({Meeting.stage: "held"}).where(Meeting.id == first.id)
    for number in (1, 2, 3):
        with as_of(on(2)):
            row = await asking.draft(
                by=cast.seats["bilal"], title=f"Ask {number}", text="Please.", reason="We saw."
            )
            votes = {"votes_for": 2, "votes_against": 0, "abstained": 0}
            await asking.agree(row, by=amara, meeting=first.id, **votes)
            await asking.issue(row, by=grace)
    one, two, _ = await Recommendation.objects().order_by(Recommendation.number)
    with as_of(on(3)):
        await asking.answer(one, by=owen, answer_type="accepted_in_full", text="Yes.")
        await asking.close(one, "verified", by=amara, note="Seen.", method="evidence_seen")
    with as_of(on(7)):
        await asking.answer(two, by=owen, answer_type="rejected", text="No.")
    async with write_tx():
        await Meeting.update({Meeting.stage: "minuted"}).where(Meeting.id == first.id)


async def _raise(cast: Cast) -> None:
    """Seven about searches and six about custody agree to be counted; two more do not, and one
    about protests is too few."""
    for category, how_many, consents in (
        ("stop_and_search", 7, ["statistics.public"]),
        ("custody", 6, ["statistics.public"]),
        ("protest", 1, ["statistics.public"]),
        ("traffic_stop", 2, []),
    ):
        for _ in range(how_many):
            with as_of(on(4)):
                told = answers(category=category, consents=consents)
                await take_in(cast.lambeth, receipt_code(), told)
    kept = {"sent": on(4).date(), "answer_due": on(4, 14).date(), "stage": "kept"}
    async with write_tx():
        for number in range(1, 7):
            await Preservation.insert(
                Preservation(panel=cast.lambeth.id, number=number, sealed=b"", **kept)
            )


async def _keep(cast: Cast) -> None:
    """A draw of two records, terms of reference, a round in which twelve described themselves."""
    panel, grace = cast.lambeth.id, cast.seats["grace"]
    lot = {"month": "2022-10", "area_code": "E09000022", "sha256": "x"}
    drawn = Draw(panel=panel, number=1, by=grace.id, at=on(3), **lot)
    drawn.certificate = json.dumps({"sample": ["a", "b"]})
    said = {"text": "We check.", "summary": "The first.", "stage": "in_force"}
    when = {"in_force": on(9).date(), "changed": on(9)}
    terms = Terms(panel=panel, number=1, proposer=grace.id, **said, **when)
    days = {"opened": on(4).date(), "closes": on(5).date()}
    over = Round(panel=panel, number=1, stage="closed", asked=12, **days)
    async with write_tx():
        await Draw.insert(drawn)
        await Terms.insert(terms)
        await Round.insert(over)
        for answer, count in (("A1", 6), ("W1", 6)):
            row = Count(round=over.id, question="ethnicity", answer=answer, count=count)
            await Count.insert(row)


# -- the report -----------------------------------------------------------------------------------


async def begun(cast: Cast, year: str = YEAR.name) -> None:
    with as_of(AFTER):
        await actions.begin(year, by=cast.seats["grace"])


async def written(cast: Cast, **words: str) -> None:
    report = await stored()
    seen = (report.edition, report.wording)
    await actions.write_words(YEAR.name, WORDS | words, by=cast.seats["amara"], seen=seen)


async def approved(cast: Cast) -> None:
    await begun(cast)
    await written(cast)
    await actions.approve(YEAR.name, by=cast.seats["amara"])


async def published(cast: Cast) -> None:
    await approved(cast)
    await actions.publish(YEAR.name, by=cast.seats["grace"])


async def stored(edition: int = 1) -> Report:
    return await Report.objects().where(Report.edition == edition).first()


async def document(edition: int = 1) -> dict:
    return json.loads((await stored(edition)).document)


async def numbers() -> dict[str, int | None]:
    told = await document()
    return {one["name"]: one["number"] for part in told["sections"] for one in part["figures"]}


async def discharge(text: str) -> None:
    """As if a meeting had agreed that it is done."""
    async with write_tx():
        await Action.update({Action.stage: "discharged"}).where(Action.text == text)
