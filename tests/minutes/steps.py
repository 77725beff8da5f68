"""Minutes brought as far as a test needs them, by the deeds themselves."""

import html
import json
import re
import subprocess
from datetime import timedelta

from cast import Cast
from meetings import steps as meetings

from scrutiny.agendas.tables import Item
from scrutiny.cases.tables import Case
from scrutiny.kit.clock import as_of, now
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow  # noqa: F401
from scrutiny.meetings.actions import record_attendance
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import actions, queries
from scrutiny.minutes.clearing import actions as clearing
from scrutiny.minutes.clearing.guard import findings  # noqa: F401
from scrutiny.minutes.review import actions as review
from scrutiny.minutes.rules import fingerprint  # noqa: F401
from scrutiny.minutes.tables import Minutes, Version  # noqa: F401
from scrutiny.people.tables import Seat
from scrutiny.recommendations import actions as recommendations
from scrutiny.room import actions as room

NOTES = (
    "The panel **noted** the answer on search records.\n\n"
    "## What comes next\n\n- Ask again in June\n- Thank the “Brixton” volunteers – Siân’s idea"
)
AGENDA = (("Welcome and apologies", "Amara opened the meeting."), ("Search records", NOTES))
MARK = re.compile(r'<option value="([0-9a-f]{10,})"')
KEY = re.compile(r'name="form_key" value="([^"]*)"')
SIGNERS = ("amara", "bilal", "chidi")
LONG_AGO = timedelta(days=30)
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


async def circulated(cast: Cast, **how) -> Meeting:
    row = await drafted(cast, **how)
    await to_the_table(cast, row)
    return row


async def to_the_table(cast: Cast, row: Meeting) -> None:
    """To the chair and round the table, so long ago that nobody has to wait any more."""
    with as_of(now() - LONG_AGO):
        await review.send(row, by=cast.seats["grace"])
        await review.circulate(row, by=cast.seats["amara"])


async def prepared(cast: Cast, row: Meeting) -> tuple[Minutes, Meeting]:
    return await queries.draft_of(cast.seats["grace"], row), row


async def sign(cast: Cast, row: Meeting, *signers: str) -> None:
    """In writing: by whoever chairs and two members."""
    for name in signers or SIGNERS:
        await review.sign(row, by=cast.seats[name])


async def approve(cast: Cast, row: Meeting, by: str = "amara") -> None:
    """In writing; a correction by the chair alone."""
    if (await queries.draft_of(cast.seats["grace"], row)).edition == 1:
        await sign(cast, row)
    await review.approve(row, by=cast.seats[by])


async def signed(cast: Cast, **how) -> Meeting:
    """Everything is there for the chair to approve them."""
    row = await circulated(cast, **how)
    await sign(cast, row)
    return row


async def approved(cast: Cast, **how) -> Meeting:
    row = await circulated(cast, **how)
    await approve(cast, row)
    return row


async def cleared(cast: Cast, **how) -> Meeting:
    row = await approved(cast, **how)
    await clearing.clear(row, by=cast.seats["hana"])
    return row


async def release(cast: Cast, row: Meeting) -> None:
    """Published, and the hold is over."""
    await clearing.publish(row, by=cast.seats["grace"])
    await hold_over()


async def hold_over() -> int:
    with as_of(now() + timedelta(minutes=15)):
        return await clearing.release_due(now())


async def filed(cast: Cast, **how) -> Meeting:
    row = await approved(cast, public=False, **how)
    await clearing.publish(row, by=cast.seats["grace"])
    return row


async def finish(cast: Cast, row: Meeting, chair: Seat, *signers: str) -> None:
    """From compiled to published, with somebody else in the chair."""
    await to_the_table(cast, row)
    await review.sign(row, by=chair)
    await sign(cast, row, *signers or ("bilal", "chidi"))
    await review.approve(row, by=chair)
    await clearing.clear(row, by=cast.seats["hana"])
    await release(cast, row)


async def published(cast: Cast, **how) -> Meeting:
    row = await cleared(cast, **how)
    await release(cast, row)
    return row


async def corrected(cast: Cast, row: Meeting, note: str = "Bilal’s name was left out.") -> None:
    """A second edition, published."""
    amended = actions.Correction(note, {}, {})
    await actions.correct(row, amended, by=cast.seats["grace"])
    await to_the_table(cast, row)
    await approve(cast, row)
    await clearing.clear(row, by=cast.seats["hana"])
    await release(cast, row)


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


def seen_now(row: Minutes) -> dict[str, str]:
    return {"seen": f"{row.edition}.{row.version}"}


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
