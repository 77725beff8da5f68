"""What these tests share: a concern whose resident asks for its video, and the letters it makes."""

from datetime import date, timedelta

from conftest import run

from concerns.steps import concern_of, raised
from scrutiny.concerns.video.tables import Preservation
from scrutiny.kit.clock import today
from scrutiny.letters.queries import newest
from scrutiny.record.tables import Event

HOME = "/lambeth/video"
WISHES = {"wants": ["video"], "consents": ["video.force"], "band": "evening", "officer": "9911QX"}


def days_ago(days: int) -> str:
    return (today() - timedelta(days=days)).isoformat()


def wished(**changes) -> dict:
    """Answers of a resident who asks for the video, four days before it is erased."""
    return {**WISHES, "happened": days_ago(27), **changes}


def raised_with_video(panel, **changes):
    return concern_of(raised(panel, **wished(**changes)))


def requests() -> list[Preservation]:
    return run(Preservation.objects().order_by(Preservation.number).run())


def letters(kind: str):
    return [letter for letter in run(newest(200)) if letter.kind == kind]


def events(what: str) -> list[dict]:
    return run(Event.select().where(Event.what == what).order_by(Event.seq).run())


def said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
