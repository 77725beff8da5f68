"""The letter that asks a force to keep its video: what we know of the day, and nothing of who."""

from dataclasses import dataclass
from datetime import date

from scrutiny.concerns.video.rules import act_by, answer_due, last_day, reference
from scrutiny.concerns.video.tables import Preservation
from scrutiny.concerns.vocabulary import BANDS
from scrutiny.kit.settings import settings
from scrutiny.kit.words import one_line
from scrutiny.letters.rules import Paper, Words
from scrutiny.people.tables import Panel

LONGEST_PLACE = 300


@dataclass(frozen=True)
class Details:
    """Where and when it was, and the officer's number: sealed with the concern."""

    place: str = ""
    band: str = ""
    officer: str = ""
    about: bool = False  # the day is a guess


def said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def letter(
    panel: Panel,
    name: str,
    number: int | None,
    happened: date,
    details: Details,
    today: date,
    kept: int = 0,
) -> Words:
    """The request, in plain words, with a paper of the same words. `panel` comes with its force.

    `name` is its reference. Without a number, what a person reads before it is sent. `kept`: for
    how many days the force kept video then, where that is not what it does now.
    """
    keep = kept or panel.force.retention_days
    paragraphs = [
        f"{said(today)}",
        f"To {panel.force.name}",
        f"{panel.name} asks you to keep the body-worn video, and any other police video, of what "
        "is described here.",
        _facts(name, happened, details),
        _days(happened, keep, today),
        _answering(panel, number, answer_due(today, last_day(happened, keep))),
        "This is a request by a community scrutiny panel. It is not a complaint, and by itself it "
        "puts you under no legal duty. If a complaint about this is made to you, or you learn "
        "that one was made to the local policing body or to the IOPC, the law does oblige you to "
        "obtain and preserve the evidence as soon as practicable.",
        "We do not ask to see the video. We do not say who told us, and nothing here should be "
        "used to find out.",
        "We publish how many requests were kept, already gone, refused or not answered. We do not "
        "publish what a request was about.",
        panel.name,
    ]
    subject = f"Request {name} from {panel.name}"
    paper = Paper(f"{name}.pdf", f"Video request {name}", panel.name)
    return Words(subject, "\n\n".join(paragraphs) + "\n", paper=paper)


def sent_letter(panel: Panel, asked: Preservation, details: Details) -> Words:
    """The letter as it was sent, from what is kept of the request."""
    name = reference(panel.code, asked.number, asked.sent)
    kept = (asked.last_day - asked.happened).days
    return letter(panel, name, asked.number, asked.happened, details, asked.sent, kept)


def _facts(name: str, happened: date, details: Details) -> str:
    day = f"about {said(happened)} (the day may not be exact)" if details.about else said(happened)
    facts = {
        "Our reference": name,
        "Day": day,
        "Time": BANDS.get(details.band, ""),
        "Place": one_line(details.place)[:LONGEST_PLACE],
        "Officer's shoulder number": one_line(details.officer)[:LONGEST_PLACE],
    }
    return "\n".join(f"- {label}: {words}" for label, words in facts.items() if words)


def _days(happened: date, retention_days: int, today: date) -> str:
    last = last_day(happened, retention_days)
    kept_for = (
        f"As we understand it, you erase video that nobody has marked after {retention_days} days"
    )
    if today > last:
        return (
            f"{kept_for}: this video may have been erased on {said(last)}. Please check whether "
            "it is still there, and mark it at once if it is."
        )
    act = act_by(happened, retention_days)
    by = f"by {said(act)}" if act > today else "today"
    return f"{kept_for}: {said(last)} is the last day of this video. Please mark it {by}."


def _answering(panel: Panel, number: int | None, due: date) -> str:
    place = f"{settings().base_url}/{panel.slug}/video/{number or '…'}"
    other = f"If you cannot sign in, write to {panel.contact}." if panel.contact else ""
    return (
        f"Please answer by {said(due)}: kept, already gone, or refused and why. "
        f"Sign in and answer here:\n{place}\n{other}"
    ).rstrip()
