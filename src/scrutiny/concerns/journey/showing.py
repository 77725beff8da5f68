"""What each page of the way in shows, as the values that its template is given."""

from typing import Any

from scrutiny.concerns.answers import Answers
from scrutiny.concerns.evidence import queries as evidence
from scrutiny.concerns.journey.asks import can_be_reached, complaint_left
from scrutiny.concerns.journey.merging import mark, whole_mark
from scrutiny.concerns.journey.pages import Page
from scrutiny.concerns.journey.picture import drawn
from scrutiny.concerns.journey.queries import draft_of
from scrutiny.concerns.journey.questions import CHECK, NAMED, PARTS
from scrutiny.concerns.journey.reading import Typed, shown
from scrutiny.concerns.journey.sending import Countdown, countdown, rows, tells_how_to_reach
from scrutiny.concerns.journey.way import Way
from scrutiny.concerns.proof.actions import statement
from scrutiny.concerns.rules import is_urgent, read_by, reference
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.video import queries as video
from scrutiny.concerns.video.rules import CELL, told, unasked
from scrutiny.concerns.video.rules import Clock as VideoClock
from scrutiny.kit.clock import today
from scrutiny.kit.settings import settings


def around(way: Way) -> dict[str, Any]:
    return {
        "code": way.code,
        "home": way.home,
        "assisted": way.setting.assisted,
    }


def return_at(locale: str) -> str:
    """The address to write down, which leads back in the same language."""
    return f"{settings().base_url}/concerns/return" + ("" if locale == "en" else f"?lang={locale}")


async def asked(way: Way, step: Page, answers: Answers, given: Typed | None) -> dict[str, Any]:
    """One page of questions, with what was typed just now or what was kept before."""
    asks = step.asks(answers, way.setting)
    return {
        **around(way),
        "step": step,
        "title": step.titled(answers),
        "kind": answers.kind(),
        "category": answers.category,
        "part": _part(step),
        "asks": asks,
        "held": shown(asks, answers) if given is None else given,
        "was": mark(asks, answers),
        "clock": _clock(way, answers.kind(), answers.day()),
        "vault": way.setting.vault,
        "wants": answers.wants,
        "reachable": can_be_reached(answers),
        **(await _files(way) if step.name == "files" else {}),
    }


async def _files(way: Way) -> dict[str, Any]:
    """What has been sent so far, and where to send more or take one back."""
    draft = await draft_of(way.code)
    where = f"{way.home}/evidence"
    found = await evidence.of(draft.id) if draft else []
    return {"files": found, "action": where, "removal": f"{where}/removal"}


async def checked(way: Way, answers: Answers) -> dict[str, Any]:
    """All the answers, before they are sent."""
    files = NAMED["files"]
    return {
        **around(way),
        **(await _files(way)),
        "asks_for_files": files.when(answers, way.setting),
        "files_title": files.title,
        "video_left": "video" in answers.wants and CELL not in answers.consents,
        "complaint_left": complaint_left(answers, way.setting),
        "reaches": tells_how_to_reach(answers),
        "kind": answers.kind(),
        "rows": rows(answers, way.setting),
        "proof": answers.proof,
        "was": whole_mark(answers),
        "part": _part(CHECK),
    }


async def sent(way: Way, concern: Concern, said: Answers | None = None) -> dict[str, Any]:
    """The receipt: from what is stored, so that the same code shows the same one again.

    Right after it was taken in, `said` spares the looks at what was never asked for.
    """
    clock = _clock(way, concern.kind, concern.happened)
    running = await _running(way, concern, said) if clock else None
    return {
        **around(way),
        "concern": concern,
        "reference": reference(way.here.code, concern.number, concern.received),
        "picture": drawn(way.code),
        "clock": clock,
        "read_by": read_by(
            concern.received, clock and clock.until, urgent=is_urgent(concern.flags)
        ),
        "flags": concern.flags.split(),
        "video": told(running) if running else [],
        "asked_for_video": running is not None and running.number is not None,
        "proof": await statement(concern) if said is None or said.proof else "",
    }


async def _running(way: Way, concern: Concern, said: Answers | None) -> VideoClock | None:
    if said is None or "video" in said.wants:
        return await video.of(concern.id)
    return unasked(concern.happened, way.here.force.retention_days, today())


def _part(step: Page) -> tuple[int, str, int]:
    return step.part, PARTS[step.part], len(PARTS)


def _clock(way: Way, kind: str, happened) -> Countdown | None:
    """Only for something that happened: nobody waits for video of a compliment."""
    days = way.here.force.retention_days
    return countdown(happened, days, today()) if kind == "incident" else None
