"""Asking the force to keep its video, writing down its answer, and warning in time."""

from datetime import date
from typing import Any
from uuid import UUID

from scrutiny.concerns import consents, parts
from scrutiny.concerns import queries as concerns
from scrutiny.concerns.actions import stop_letter
from scrutiny.concerns.answers import Answers
from scrutiny.concerns.rules import GONE, KEPT_BACK
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.video import queries
from scrutiny.concerns.video.letter import Details, letter
from scrutiny.concerns.video.rules import (
    CELL,
    MOVES,
    answer_due,
    last_day,
    reason_of,
    reference,
    warning,
)
from scrutiny.concerns.video.tables import Preservation
from scrutiny.kit.clock import today
from scrutiny.kit.db import keep, rows, write_sql, write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.kit.seal import keys
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import advance
from scrutiny.kit.tokens import keyed_hash
from scrutiny.kit.words import N_
from scrutiny.letters.actions import Words, write
from scrutiny.people import queries as people
from scrutiny.people.actions import next_number, once
from scrutiny.people.tables import Panel, Person, Seat
from scrutiny.policy import Act, who_may
from scrutiny.record.actions import record

FROM_THE_VAULT = N_(
    "If the resident gave an officer's number, it lies in the vault, so this request cannot say "
    "it. Only a request that goes out at once, when the concern is sent, has it."
)


async def ask_for(panel: Panel, concern: Concern, answers: Answers) -> None:
    """Ask the force at once, inside write_tx(), where the resident wished it and it can help.

    `panel` comes with its force. Nothing goes out without the resident's consent, without a day,
    or to a force that has no address; nor for what waits behind a flood, which a person sees
    first: the secretariat is warned in time either way.
    """
    wished = "video" in answers.wants and CELL in answers.consents and concern.screened
    if wished and concern.happened is not None and queries.mailbox(panel.force):
        officer = answers.officer
        details = Details(answers.place, answers.band, officer, answers.is_guess())
        await _ask(panel, concern, details, day=concern.received)


async def why_not(concern: Concern, panel: Panel) -> str:
    """Why the secretariat cannot ask for the video of this concern now, or nothing."""
    if concern.stage in GONE:
        return N_("This concern has been erased. Nothing is left to ask with.")
    if concern.happened is None:
        return N_("No day is known. The police cannot look for video without one.")
    if not await consents.is_given(concern, CELL):
        return N_(
            "The resident has not agreed that the police are told the day and the place. "
            "You can ask them in the thread. They can change their answer there."
        )
    if queries.mailbox(panel.force) is None:
        return N_("The force has no address for letters yet.")
    return ""


async def ask(concern: Concern, *, by: Seat, form_key: str = "") -> Preservation:
    """The secretariat asks. Raises NotNow where it may not, AlreadyMade for the same form again."""
    panel, said = by.panel, await concerns.opened(concern)
    details = Details(said.place, said.band, "", concern.about)
    async with write_tx():
        await once(form_key, f"/{panel.slug}/concerns/{concern.number}/video")
        fresh = await concerns.find(by, concern.number)
        if why := await why_not(fresh, panel):
            raise NotNow(why)
        if await queries.asked_for(concern):
            raise NotNow(N_("The police have already been asked to keep this video."))
        return await _ask(panel, fresh, details, day=today(), by=by)


async def _ask(
    panel: Panel, concern: Concern, details: Details, *, day: date, by: Seat | None = None
) -> Preservation:
    number = await next_number(panel.id, "preservation")
    asked = Preservation(
        panel=panel.id,
        number=number,
        concern=concern.id,
        happened=concern.happened,
        last_day=last_day(concern.happened, panel.force.retention_days),
        sent=day,
        answer_due=answer_due(day, last_day(concern.happened, panel.force.retention_days)),
    )
    key = await parts.key_of(concern)
    asked.sealed = parts.close(key, concern, queries.PART, queries.packed(details))
    await keep(asked)
    hour: dict[str, Any] = {} if by else {"day": day}  # the hour could tell who wrote
    await record("video.asked", asked, panel=panel, by=by, number=number, **hour)
    name = reference(panel.code, number, day)
    words = letter(panel, name, number, concern.happened, details, day)
    to = queries.mailbox(panel.force)
    await write("video.asked", to, words, key=queries.letter_key(asked), panel=panel, **hour)
    return asked


async def note_reading(asked: Preservation, *, by: Seat) -> None:
    """That where and when it was were shown, and to whom: recorded before they are."""
    async with write_tx():
        await record("video.read", asked, by=by, number=asked.number)


async def answer(
    asked: Preservation, *, by: Seat, outcome: str, reason: str = "", form_key: str = ""
) -> None:
    """What became of the video, as the force says, or as the secretariat was told.

    Raises NotNow where that cannot follow, Stale when somebody else was first, AlreadyMade for
    the same form again.
    """
    reason = reason_of(asked.stage, outcome, reason)
    changes = {"reason": reason, "answered": today(), "answered_by": by.id}
    async with write_tx():
        await once(form_key, f"/{by.panel.slug}/video/{asked.number}")
        await advance(asked, MOVES, outcome, **changes)
        facts = {"number": asked.number, "stage": outcome, "reason": reason}
        await record("video.answered", asked, by=by, public=True, **facts)
        words = f"There is an answer to a request to keep video.\n\n{_address(asked, by.panel)}\n"
        told = Words(f"{by.panel.name}: an answer to read", words)
        for seat in await people.seats_on(by.panel.id, who_may(Act.VIDEO_ASK)):
            if seat.person.id != _person(by):
                key = f"video.answered:{asked.id}:{asked.version}:{seat.person.id}"
                await write("video.answered", seat.person, told, key=key, panel=by.panel)


def _address(asked: Preservation, panel: Panel) -> str:
    return f"{settings().base_url}/{panel.slug}/video/{asked.number}"


def _person(seat: Seat) -> UUID:
    return seat.person.id if isinstance(seat.person, Person) else seat.person


async def keep_back(concern: Concern) -> None:
    """Inside write_tx(): a request that still waits in the outbox is not sent any more."""
    asked = await queries.asked_for(concern)
    if asked is not None and await stop_letter(queries.letter_key(asked)):
        facts = {"number": asked.number, "reason": "kept_back"}
        await record(KEPT_BACK, asked, panel=asked.panel, day=today(), **facts)


async def forget(concern: UUID) -> None:
    """Inside write_tx(): nothing that leads to an erased concern stays; that we asked does.

    The letter goes too, sent or not: one that still waits is not sent any more.
    """
    for row in await rows("SELECT id FROM preservation WHERE concern = {}", concern):
        await write_sql("DELETE FROM letter WHERE key = {}", f"video.asked:{row['id']}")
        nothing = {"concern": None, "happened": None, "last_day": None, "sealed": b""}
        await Preservation.update(nothing).where(Preservation.id == row["id"])


# -- warnings -------------------------------------------------------------------------------------


async def warn(today: date) -> int:
    """Tell each secretariat of video that is about to be erased; returns how many clocks it told.

    At ten, five and three days left, each once, however often this runs.
    """
    return sum([await _warn(panel, today) for panel in await people.panels()])


async def _warn(panel: Panel, today: date) -> int:
    due = {_mark(row): row for row in await queries.running_out(panel, today)}
    if not due or not await _fresh(due):
        return 0
    async with write_tx():
        fresh = await _fresh(due)
        readers = await people.seats_on(panel.id, who_may(Act.VIDEO_ASK)) if fresh else []
        if not readers:  # told once there is somebody to tell
            return 0
        for mark in fresh:
            row = due[mark]
            await once(mark, f"/{panel.slug}/concerns/{row['number']}")
            facts = {"number": row["number"], "days": warning(row["days_left"])}
            await record(
                "video.warned", Concern(id=row["id"], panel=panel.id), panel=panel, **facts
            )
        words = _warning(panel, [due[mark]["days_left"] for mark in fresh])
        for seat in readers:
            key = f"video.warned:{keyed_hash(keys().pepper, 'warned', ''.join(fresh))}"
            await write(
                "video.warned", seat.person, words, key=f"{key}:{seat.person.id}", panel=panel
            )
    return len(fresh)


def _mark(row: dict[str, Any]) -> str:
    """What tells one warning from all others, and tells nobody anything else."""
    about = f"{row['id']}|{row['last_day']}|{warning(row['days_left'])}"
    return keyed_hash(keys().pepper, "video warning", about)


async def _fresh(due: dict[str, Any]) -> list[str]:
    told = await rows("SELECT key FROM sent_form WHERE key IN ({})", tuple(due))
    return [mark for mark in due if mark not in {row["key"] for row in told}]


def _warning(panel: Panel, left: list[int]) -> Words:
    """Neutral: it names no concern, and somebody else may see the screen."""
    days = ", ".join(str(days) for days in sorted(left))
    return Words(
        f"{panel.name}: something that cannot wait",
        f"There is video that is about to be erased. Days left: {days}.\n\n"
        f"What it is waits on your desk:\n{settings().base_url}/desk\n",
    )
