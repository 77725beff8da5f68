"""What these tests share: a form filled in, a concern sent, and what is stored of it."""

import re
import secrets

from conftest import run

from scrutiny.concerns.tables import Concern
from scrutiny.letters.queries import newest

NEW = "/lambeth/concerns/new/words"
CODE = re.compile(r"<span>([0-9A-Z]{6})</span>")
FILLED = {
    "category": "stop_and_search",
    "words": "Zebedee was searched twice by the ice rink.",
    "happened": "2026-01-09",
    "place": "Quillfeather Market",
    "name": "Nadia Xyloquist",
    "email": "nadia.xyloquist@example.org",
    "phone": "07700 900461",
    "may_contact": "yes",
}
CANARIES = ("Zebedee", "ice rink", "Quillfeather", "Xyloquist", "900461")


def filled(**changes):
    return {**FILLED, "form_key": secrets.token_urlsafe(24), **changes}


def code_on(reply):
    groups = CODE.findall(reply.text)
    assert len(groups) == 4, reply.text[:3000]
    return "-".join(groups)


def stored(*columns):
    return run(Concern.select(*columns).order_by(Concern.number).run())


def letters(kind):
    return [letter for letter in run(newest()) if letter.kind == kind]
