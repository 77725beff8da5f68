"""The residents of the demo whom anybody may play: their secret codes, and what each shows."""

import hashlib
from dataclasses import dataclass

from scrutiny.kit.tokens import receipt_code
from scrutiny.kit.words import N_

PLAYED = {
    "question": N_("The panel asked you a question. Answer it, or write something more."),
    "offer": N_("The panel offers to pass on your complaint. Say yes or no."),
    "reached": N_("You left your name. Somebody on the panel asked to see who you are."),
    "photo": N_("You sent a photo and wrote more. Send another file, or change who may see it."),
    "four-days": N_("The police video of this goes in four days. Change who may know of it."),
    "passed-on": N_("Your complaint was passed on, and it has a number now."),
    "in-court": N_("It waits for a court case. It is still counted."),
    "refused": N_("The panel did not take it forward. You may ask once for another look."),
    "told": N_("You were told what came of it."),
    "erased-soon": N_("It will be erased soon, and you were told. Save a copy."),
    "taken-back": N_("You took it back. Nobody can read it any more."),
}
"""What somebody may try as the resident of each, on the first panel of the demo."""


OUTSIDERS = {
    "applicant-offered": (
        "application",
        N_("Rosa, who applied"),
        N_("The panel offers you the seat. Take it with an e-mail address of your own, or not."),
    ),
    "applicant-heard": (
        "application",
        N_("Tunde, who applied"),
        N_("You were at the interview. The panel has not decided yet."),
    ),
    "applicant-new": (
        "application",
        N_("Wilma, who applied"),
        N_("Your application has come. Read what was kept of it, or take it back."),
    ),
    "visitor-first": (
        "registration",
        N_("Abena, who has a place"),
        N_("You come to the next meeting. Give your place up, and whoever waits moves up."),
    ),
    "visitor-waiting": (
        "registration",
        N_("Sam, who waits for a place"),
        N_("Both places are taken. You are the first on the waiting list."),
    ),
    "question-taken": (
        "question",
        N_("Yemi, who asked a question"),
        N_("Your question is on the meeting's page. A written answer is owed to you."),
    ),
    "question-new": (
        "question",
        N_("A driver, who asked a question"),
        N_("Nobody has read your question yet."),
    ),
}
"""name -> (what the code opens, whose it is, what somebody may try with it)"""


@dataclass(frozen=True)
class Code:
    reference: str
    code: str
    shows: str
    opens: str = "/concerns/return"
    """Where the code is typed."""


def code_of(slug: str, name: str) -> str:
    """Made from its name, so that the demo's codes are the same each time."""
    return receipt_code(hashlib.sha256(f"demo|{slug}|{name}".encode()).digest())
