"""What these tests share: answers, a concern taken in, and what is stored of it."""

from conftest import run

from scrutiny.concerns.answers import Answers
from scrutiny.concerns.intake import Receipt, Sending, take_in
from scrutiny.concerns.queries import by_receipt
from scrutiny.concerns.tables import Concern
from scrutiny.kit.tokens import receipt_code
from scrutiny.letters.queries import newest

SAID = {
    "wants": ["patterns"],
    "whose": "me",
    "category": "stop_and_search",
    "words": "Zebedee was searched twice by the ice rink.",
    "happened": "2026-01-09",
    "place": "Quillfeather Market",
    "live": ["no"],
    "reach": "email",
    "name": "Nadia Xyloquist",
    "email": "nadia.xyloquist@example.org",
    "phone": "07700 900461",
    "consents": ["statistics.public", "summary.panel"],
}
CANARIES = ("Zebedee", "ice rink", "Quillfeather", "Xyloquist", "900461")
NOBODY = {"reach": "code", "name": "", "email": "", "phone": ""}


def answers(**changes) -> Answers:
    return Answers(**{**SAID, **changes})


def raised(panel, **changes) -> Receipt:
    """A concern taken in as the last page of the journey does it."""
    return run(take_in(panel, receipt_code(), answers(**changes), Sending()))


def concern_of(receipt: Receipt) -> Concern:
    return run(by_receipt(receipt.code))


def stored(*columns):
    return run(Concern.select(*columns).order_by(Concern.number).run())


def letters(kind):
    return [letter for letter in run(newest()) if letter.kind == kind]
