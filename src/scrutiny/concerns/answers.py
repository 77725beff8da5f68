"""What a resident answered, as one value: sealed as a draft, and taken apart when it is sent."""

from datetime import date

import msgspec

from scrutiny.concerns.vocabulary import PROCEEDINGS, kind_of

WHO = ("name", "email", "phone", "safe_times", "officer")
"""Answers that tell who wrote it, or of whom."""


class Answers(msgspec.Struct, omit_defaults=True):
    """The answers so far. Everything may be empty; pages say what is needed.

    The names are those of the questions on the pages. Those of WHO never stay with the words:
    they go to the vault when the concern is sent.
    """

    danger: str = ""  # yes or no
    harm: list[str] = []  # of FLAGS: death, child, sexual
    wants: list[str] = []
    whose: str = ""
    behalf: str = ""
    category: str = ""
    details: dict[str, str] = {}  # follow-up question -> answer
    happened: str = ""  # a day, as ISO 8601, or a month alone: 2026-03
    about: str = ""  # "yes" where they say that the day is a guess
    band: str = ""
    place: str = ""
    force: str = ""
    words: str = ""
    search_ref: str = ""
    complaint_ref: str = ""
    live: list[str] = []
    reach: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    safe_times: str = ""
    needs: str = ""  # language, sign language, easy read
    notify: str = ""  # "yes": a letter that says only that there is news
    officer: str = ""  # shoulder number
    consents: list[str] = []  # cells of consents.CELLS
    proof: str = ""  # "yes": a signed statement that this text was sent on this day
    advocate: str = ""  # the organisation that helped to write it
    seen: list[str] = []  # the pages answered or skipped so far
    left: list[str] = []  # which of WHO were given, without what they say

    def day(self) -> date | None:
        """The day; the first of the month where only that is known.

        The first, because the video clock must not promise more days than there are.
        """
        first = f"{self.happened}-01" if self.is_month() else self.happened
        return date.fromisoformat(first) if first else None

    def is_month(self) -> bool:
        """Whether they know the month and not the day."""
        return len(self.happened) == len("2026-03")

    def is_guess(self) -> bool:
        return self.is_month() or self.about == "yes"

    def kind(self) -> str:
        return kind_of(self.whose, self.wants)

    def flags(self) -> set[str]:
        """Words of FLAGS that triage sees without opening anything."""
        found = set(self.harm)
        found |= {want for want in self.wants if want in ("video", "complaint", "support")}
        if self.danger == "yes":
            found.add("danger")
        if any(one in PROCEEDINGS for one in self.live):
            found.add("live")
        return found

    def contact(self) -> dict[str, str]:
        """What goes to the vault, or nothing when they left none of it."""
        given = {name: getattr(self, name) for name in WHO}
        return given if any(given.values()) else {}

    def confidential(self, code: str) -> list[tuple[str, str]]:
        """What would tell of somebody if it were published, for leaks.actions: kind and value."""
        story = (self.words, self.place, self.needs, self.safe_times, self.advocate)
        return [
            *(("receipt", code), ("name", self.name), ("email", self.email)),
            *(("phone", self.phone), ("collar", self.officer)),
            *(("text", said) for said in (*story, *self.details.values())),
        ]

    def told(self) -> "Answers":
        """What stays with the words: everything but who wrote it."""
        left = [name for name in WHO if getattr(self, name)]
        nobody = dict.fromkeys(WHO, "")
        return msgspec.structs.replace(self, **nobody, consents=[], seen=[], left=left)


def packed(answers: Answers) -> bytes:
    return msgspec.json.encode(answers)


def unpacked(content: bytes) -> Answers:
    return msgspec.json.decode(content, type=Answers)
