"""Fills a database with one panel and so many rows: `python -m benchmarks.seeds 50 200 0`."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from nacl.public import PrivateKey

from benchmarks.servers import environment
from scrutiny.concerns import parts
from scrutiny.concerns.answers import Answers, packed
from scrutiny.concerns.journey.merging import whole_mark
from scrutiny.concerns.queries import receipt_hash
from scrutiny.concerns.tables import Draft
from scrutiny.concerns.vault.tables import Vault
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import bulk, close_database, database, new_id, open_database, write_tx
from scrutiny.kit.migrating import migrate
from scrutiny.kit.seal import lock
from scrutiny.kit.tokens import receipt_code
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import parts as made
from scrutiny.minutes import rules as minutes
from scrutiny.minutes.tables import Minutes
from scrutiny.panels.actions import NewPanel, add_panel, seat_person
from scrutiny.people.actions import add_person, begin_session
from scrutiny.people.tables import Counter, Panel, Seat
from scrutiny.recommendations.tables import INDEXES, Recommendation

DAY = timedelta(days=1)
SLUG = "bench"
PANEL = NewPanel(SLUG, "Bench Scrutiny Panel", "BEN", "Bench", "E09000001", "bench",
                 "Bench Police", "liaison@bench.example", "panel@bench.example",
                 "Looks at how stop and search is used in Bench.")  # fmt: skip
STAGES = ("issued", "issued", "responded", "evidence_submitted", "closed_implemented")
ANSWERS = ("", "", "accepted_in_full", "accepted_in_principle", "accepted_in_part")
WORDS = "Give each person searched a receipt that says why, in words they can read. " * 6
RECOMMENDATIONS = (
    "id", "panel", "number", "title", "text", "reason", "drafted_by", "meeting", "votes_for",
    "votes_against", "abstained", "stage", "issued", "due", "due_working", "answer_type",
    "answer", "answered", "reported", "reported_on", "method", "closing_note", "closed", "version",
)  # fmt: skip
MEETINGS = (
    "id", "panel", "date", "starts", "ends", "title", "venue", "access", "public", "stage",
    "quorum", "sequence", "reason", "called", "changed", "version",
)  # fmt: skip


def recommendations(seat: Seat, meetings: list, count: int) -> Iterator[tuple]:
    """The oldest first; the last thousand are no older than some three years."""
    for number in range(1, count + 1):
        issued = today() - DAY * min(1_000, count - number)
        at = number % len(STAGES)
        answered = issued + 30 * DAY if ANSWERS[at] else None
        yield (
            new_id(), seat.panel.id, number, f"Publish what was found in review {number}", WORDS,
            WORDS, seat.id, meetings[number % len(meetings)], 7, 1, 0, STAGES[at], issued,
            issued + 56 * DAY, "", ANSWERS[at], WORDS if ANSWERS[at] else "",
            answered and moment(answered, 12), "", None, "", "", None, 1,
        )  # fmt: skip


def sittings(panel: Panel, count: int) -> Iterator[tuple]:
    """One a day, a tenth of them still to come."""
    first = today() - DAY * (count - count // 10)
    for day in (first + DAY * n for n in range(count)):
        stage = "held" if day < today() else "scheduled"
        yield (
            new_id(), panel.id, day, moment(day, 18), moment(day, 20), "Panel meeting",
            "Bench Town Hall, room 8", "Step-free", True, stage, 3, 0, "", now(), now(), 1,
        )  # fmt: skip


def moment(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


async def count_up(panel: Panel, count: int) -> None:
    kinds = ("recommendation", "recommendation.asked", "recommendation.answered")
    given = [(new_id(), panel.id, kind, count) for kind in kinds]
    await bulk(Counter, ("id", "panel", "kind", "last"), given)


async def publish_minutes(seat: Seat, meeting: Meeting) -> None:
    """Minutes of ten items, as the page shows them; the PDF is only as long as one."""
    made_of = minutes.Gathered(
        panel=seat.panel.name, code=seat.panel.code, force="Bench Police", date=meeting.date,
        starts="18:30", ends="20:30", title=meeting.title, venue=meeting.venue, public=True,
        needed=3, items=[made.Discussed(f"Item {n}", WORDS) for n in range(1, 11)],
        sittings=[made.Sitting(f"Member {n}", "full", "member", "present") for n in range(12)],
    )  # fmt: skip
    document = minutes.canonical(minutes.document(made_of, 1))
    await Minutes.insert(
        Minutes(panel=seat.panel.id, meeting=meeting.id, stage="published", document=document,
                compiled_by=seat.id, approved_by=seat.id, approved=now(), published=now(),
                approved_hash=minutes.fingerprint(document.encode()),
                pdf=b"%PDF-" + bytes(60_000))
    )  # fmt: skip


SAID = Answers(
    danger="no", wants=["patterns", "incident"], whose="me", category="stop_and_search",
    happened=str(today() - 5 * DAY), band="evening", place="By the market",
    words="They said I fitted a description and would not say whose. " * 10, live=["no"],
    reach="email", name="A. Resident", email="a@bench.example",
    consents=["statistics.public", "summary.panel"],
)  # fmt: skip


def code(number: int) -> str:
    """The code of a draft: the same in the process that sends it."""
    return receipt_code(f"a draft of the bench {number:>20}".encode())


def drafts(panel: Panel, count: int) -> Iterator[tuple]:
    """Answered to the last page, ready to be sent."""
    for number in range(count):
        known, mine = uuid4(), code(number)
        sealed = lock(parts.draft_key(mine), packed(SAID), parts.draft_context(known))
        yield known, panel.id, receipt_hash(mine), sealed, today(), 1


async def begin_drafts(panel: Panel, count: int) -> None:
    await Vault.insert(
        Vault(panel=panel.id, number=1, public_key=bytes(PrivateKey.generate().public_key))
    )
    await bulk(Draft, Draft._meta.columns, drafts(panel, count))


async def fill(count: int, meetings: int, unsent: int) -> str:
    """Gives the key of a session of the panel's secretary."""
    for sql in INDEXES:
        await database().run_ddl(sql.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS"))
    panel = await add_panel(PANEL)
    async with write_tx():
        clerk = await add_person("Bench Clerk", "clerk@bench.example")
        seat = await seat_person(clerk, panel, "secretariat", since=today() - 900 * DAY)
        rows = list(sittings(panel, meetings))
        await bulk(Meeting, MEETINGS, rows)
        await bulk(Recommendation, RECOMMENDATIONS,
                   recommendations(seat, [row[0] for row in rows], count))  # fmt: skip
        await count_up(panel, count)
        held = await Meeting.objects().where(Meeting.stage == "held").first()
        await publish_minutes(seat, held)
        await begin_drafts(panel, unsent)
        key = await begin_session(clerk, full=True)
    await database().run_ddl("ANALYZE")
    said = {"cookie": f"sid={key}", "minutes": f"/{SLUG}/minutes/{held.date}"}
    return json.dumps({**said, "was": whole_mark(SAID)})


async def main(count: int, meetings: int, unsent: int) -> None:
    await migrate()
    await open_database()
    try:
        print(await fill(count, meetings, unsent))
    finally:
        await close_database()


def seed(folder: str, count: int = 50, meetings: int = 200, unsent: int = 0) -> dict[str, str]:
    """Fill a database in a process of its own; what it said of the cookie and the minutes."""
    sizes = map(str, (count, meetings, unsent))
    command = [sys.executable, "-m", "benchmarks.seeds", *sizes]
    said = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env=environment(folder)
    )
    return json.loads(said.stdout)


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:4])))
