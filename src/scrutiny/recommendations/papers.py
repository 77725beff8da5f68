"""The exact words published at each step: what the ledger hashes and anybody can fetch again."""

from scrutiny.recommendations.rules import ANSWERS, METHODS, reference
from scrutiny.recommendations.tables import Recommendation

PARTS = ("recommendation", "answer", "report", "closing")


def address(slug: str, number: int, part: str = "") -> str:
    page = f"/{slug}/recommendations/{number}"
    return f"{page}/published/{part}" if part else page


def paper(asked: Recommendation, code: str, part: str) -> str:
    """One published part as plain text; empty when that step has not been taken."""
    body = BODIES[part](asked)
    return f"{reference(code, asked.number, asked.issued)}\n{body}\n" if body else ""


def _recommendation(asked: Recommendation) -> str:
    if asked.issued is None:
        return ""
    return (
        f"{asked.title}\n\nWhat the panel asks for:\n{asked.text}\n\n"
        f"Why it asks:\n{asked.reason}\n\n"
        f"Issued: {asked.issued}\nAnswer requested by: {asked.due}\n{asked.due_working}"
    )


def _answer(asked: Recommendation) -> str:
    if asked.answered is None:
        return ""
    return f"Answer of the police: {ANSWERS[asked.answer_type].label}\n\n{asked.answer}"


def _report(asked: Recommendation) -> str:
    if asked.reported_on is None:
        return ""
    return f"The police say this has been done. Reported: {asked.reported_on}\n\n{asked.reported}"


def _closing(asked: Recommendation) -> str:
    if asked.closed is None or asked.issued is None:
        return ""
    how = f" {METHODS[asked.method]}." if asked.method else ""
    stage = asked.stage.replace("_", " ").capitalize()
    return f"{stage}.{how} Closed: {asked.closed}\n\n{asked.closing_note}"


BODIES = {
    "recommendation": _recommendation,
    "answer": _answer,
    "report": _report,
    "closing": _closing,
}


def outlets(asked: Recommendation) -> dict[str, str]:
    """What the guard reads before it is voted on and before it goes out."""
    return {"title": asked.title, "recommendation": asked.text, "reason": asked.reason}
