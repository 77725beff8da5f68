"""WHAT is told of a place and of taking part, and which links to join online are taken."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from scrutiny.kit.words import N_, many_lines, sentence

LONGEST = 300
LONGEST_LINK = 500
ANSWERS = {
    "step_free": {
        "yes": N_("Step-free from the street to the room."),
        "partly": N_("Step-free in part. Ask us before you come."),
        "no": N_("Not step-free."),
    },
    "hearing_loop": {
        "yes": N_("There is a hearing loop."),
        "no": N_("There is no hearing loop."),
    },
    "prayer_room": {
        "yes": N_("There is a room for prayer."),
        "no": N_("There is no room for prayer."),
    },
}
"""Key -> answer -> what everybody reads."""
WORDS = {
    "address": N_("Address"),
    "transport": N_("Getting here"),
    "parking": N_("Parking"),
    "childcare": N_("Childcare"),
    "interpreter": N_("Interpreters and sign language"),
    "food": N_("Food"),
    "payment": N_("Payment for taking part"),
}
"""Key -> what stands over what was typed."""
ORDER = (
    *("address", "transport", "parking", "step_free", "hearing_loop", "interpreter"),
    *("prayer_room", "childcare", "food", "payment"),
)


@dataclass
class VenueForm:
    """Each detail is optional: what is not known is not said."""

    address: str = ""
    transport: str = ""
    parking: str = ""
    step_free: str = ""
    hearing_loop: str = ""
    interpreter: str = ""
    prayer_room: str = ""
    childcare: str = ""
    food: str = ""
    payment: str = ""
    online: str = ""
    version: str = ""

    def problems(self) -> dict[str, str]:
        found = {}
        for name in WORDS:
            if len(many_lines(getattr(self, name))) > LONGEST:
                found[name] = sentence(
                    N_("Make this shorter: {most} characters at most."), most=LONGEST
                )
        for name, answers in ANSWERS.items():
            if getattr(self, name) not in ("", *answers):
                found[name] = N_("Choose one of the answers.")
        if trouble := problem_with_link(self.online.strip()):
            found["online"] = trouble
        return found

    def details(self) -> dict[str, str]:
        typed = {name: many_lines(getattr(self, name)).strip() for name in ORDER}
        return {name: words for name, words in typed.items() if words}


def problem_with_link(link: str) -> str:
    """Only https, so that nobody on the way reads who meets; no name or password inside it."""
    wrong = N_("Give a link that begins with https://, as the video service shows it.")
    if not link:
        return ""
    if len(link) > LONGEST_LINK or not link.isascii() or not link.isprintable() or " " in link:
        return wrong
    try:
        found = urlsplit(link)
        host, named = found.hostname or "", found.username or found.password
    except ValueError:
        return wrong
    good = found.scheme == "https" and "." in host and not named and not set(link) & set('"<>\\')
    return "" if good else wrong


def details_of(meeting: Any) -> dict[str, str]:
    """What was told of a meeting's place."""
    held = meeting.details
    return json.loads(held) if isinstance(held, str) else dict(held or {})


def form_of(meeting: Any) -> VenueForm:
    known = {key: words for key, words in details_of(meeting).items() if key in ORDER}
    return VenueForm(**known, online=meeting.online, version=str(meeting.version))


def in_words(meeting: Any) -> list[tuple[str, str]]:
    """(what stands over it or nothing, words) of each detail, in the order in which people ask.

    Words under nothing are the house's own and are translated; the others were typed.
    """
    known = details_of(meeting)
    return [
        (WORDS[key], known[key]) if key in WORDS else ("", ANSWERS[key][known[key]])
        for key in ORDER
        if key in known and (key in WORDS or known[key] in ANSWERS[key])
    ]
