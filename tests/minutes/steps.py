"""Minutes brought as far as a test needs them, by the deeds themselves."""

import html
import json
import re
import subprocess

from cast import Cast
from meetings import steps as meetings

from scrutiny.agendas.tables import Item
from scrutiny.cases.tables import Case
from scrutiny.kit.db import write_tx
from scrutiny.meetings.actions import record_attendance
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import actions
from scrutiny.minutes.tables import Minutes
from scrutiny.recommendations import actions as recommendations
from scrutiny.room import actions as room

NOTES = (
    "The panel **noted** the answer on search records.\n\n"
    "## What comes next\n\n- Ask again in June\n- Thank the “Brixton” volunteers – Siân’s idea"
)
AGENDA = (("Welcome and apologies", "Amara opened the meeting."), ("Search records", NOTES))
TITLE = "Tell everybody who is searched how to get the record"
TEXT = "Every officer says it aloud.\nThey hand over a card."


async def held(
    cast: Cast,
    present: tuple[str, ...] = ("amara", "bilal", "grace", "claire"),
    items: tuple[tuple[str, str], ...] = AGENDA,
    asks: bool = True,
    **changes,
) -> Meeting:
    """A meeting of Lambeth that is over: notes on two items and a case, one vote."""
    row = await meetings.meeting(cast, "in_session", **changes)
    async with write_tx():
        for at, (title, notes) in enumerate(items, start=1):
            await Item.insert(Item(meeting=row.id, position=at, title=title, notes=notes))
        case = Case(
            panel=cast.lambeth.id,
            number=3,
            title="Search record 2022-10, Misuse of Drugs Act s23",
            origin="random_draw",
            power="Misuse of Drugs Act 1971 (section 23)",
            month="2022-10",
            stage="scheduled",
        )
        await Case.insert(case)
        await Item.insert(Item(meeting=row.id, position=9, case=case.id))
    grace = cast.seats["grace"]
    await record_attendance(await meetings.stored(row), meetings.roll(cast, *present), by=grace)
    if asks:
        await ask(cast, row)
    await room.close(await meetings.stored(row), by=grace)
    return await meetings.stored(row)


async def ask(cast: Cast, row: Meeting):
    bilal, amara = cast.seats["bilal"], cast.seats["amara"]
    asked = await recommendations.draft(by=bilal, title=TITLE, text=TEXT, reason="We saw it.")
    votes = {"votes_for": 2, "votes_against": 0, "abstained": 0}
    await recommendations.agree(asked, by=amara, meeting=row.id, **votes)
    return asked


async def drafted(cast: Cast, **how) -> Meeting:
    row = await held(cast, **how)
    await actions.compile(row, by=cast.seats["grace"])
    return row


async def approved(cast: Cast, **how) -> Meeting:
    row = await drafted(cast, **how)
    await actions.approve(row, by=cast.seats["amara"])
    return row


async def published(cast: Cast, **how) -> Meeting:
    row = await approved(cast, **how)
    await actions.publish(row, by=cast.seats["grace"])
    return row


async def corrected(cast: Cast, row: Meeting, note: str = "Bilal’s name was left out.") -> None:
    """A second edition, published."""
    amended = actions.Correction(note, {}, {})
    await actions.correct(row, amended, by=cast.seats["grace"])
    await actions.approve(row, by=cast.seats["amara"])
    await actions.publish(row, by=cast.seats["grace"])


async def stored(edition: int = 1) -> Minutes:
    return await Minutes.objects().where(Minutes.edition == edition).first()


async def document(edition: int = 1) -> dict:
    return json.loads((await stored(edition)).document)


async def write_on(row: Meeting, title: str, notes: str) -> None:
    """As if somebody had changed the notes on an item."""
    async with write_tx():
        await Item.update({Item.notes: notes}).where(
            (Item.meeting == row.id) & (Item.title == title)
        )


def home(row: Meeting) -> str:
    return f"/lambeth/minutes/{row.date.isoformat()}"


def seen(page: str) -> dict[str, str]:
    """The hidden fields with which a page's form knows what was looked at."""
    return {
        name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])
        for name in ("seen", "form_key")
    }


def words(text: str) -> str:
    """Without spaces, breaks and bullets, which a page and paper set each in their own way."""
    return re.sub(r"[\s•]", "", text)


def page_words(page: str) -> str:
    """What the article of a page says."""
    article = re.search(r'<article class="minutes".*?</article>', page, re.DOTALL)[0]
    return words(html.unescape(re.sub(r"<[^>]*>", " ", article)))


def paper_words(pdf: bytes) -> str:
    """What the pages of a PDF say within their margins: no running lines."""
    first = ["-l", "1", "-x", "0", "-y", "0", "-W", "596", "-H", "768"]
    others = ["-f", "2", "-x", "0", "-y", "73", "-W", "596", "-H", "695"]
    return words("".join(_text(pdf, *part) for part in (first, others)))


def _text(pdf: bytes, *part: str) -> str:
    done = subprocess.run(
        ["pdftotext", "-raw", "-nopgbrk", *part, "-", "-"],
        input=pdf, capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout.decode()
