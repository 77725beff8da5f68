"""WHAT may be claimed for taking part, and who decides on it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from scrutiny.kit.words import N_, one_line, sentence

MOST_PENCE = 100_000
LONGEST = 300
WITHIN = timedelta(days=92)
"""After a meeting, in which what it cost can be claimed."""
POUNDS = re.compile(r"£?(\d{1,5}|\d{1,3}(?:,\d{3})+)(?:\.(\d{2}))?\Z", re.ASCII)


class Stage(StrEnum):
    CLAIMED = "claimed"
    AGREED = "agreed"
    REFUSED = "refused"
    PAID = "paid"
    WITHDRAWN = "withdrawn"


MOVES = {
    (Stage.CLAIMED, "agreed"): Stage.AGREED,
    (Stage.CLAIMED, "refused"): Stage.REFUSED,
    (Stage.CLAIMED, "withdrawn"): Stage.WITHDRAWN,
    (Stage.AGREED, "paid"): Stage.PAID,
}
STANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Stage.CLAIMED: ("wait", N_("Waits for a decision")),
        Stage.AGREED: ("acting", N_("Agreed, to be paid")),
        Stage.REFUSED: ("no", N_("Refused")),
        Stage.PAID: ("done", N_("Paid")),
        Stage.WITHDRAWN: ("no", N_("Taken back")),
    }
)
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "travel": N_("Travel"),
        "care": N_("Care of a child or somebody else"),
        "loss_of_earnings": N_("Loss of earnings"),
        "honorarium": N_("Payment for taking part"),
        "access": N_("What was needed for access"),
        "other": N_("Something else"),
    }
)


def pence_of(typed: str) -> int | None:
    """12.50, £12.50, 12 or 1,200.00 as whole pence; nothing for anything else.

    A comma stands before three digits only: "4,20" may be meant as 4.20, and is not guessed at.
    """
    found = POUNDS.match(typed.strip())
    return int(found[1].replace(",", "")) * 100 + int(found[2] or 0) if found else None


def pounds(pence: int) -> str:
    return f"£{pence // 100:,}.{pence % 100:02d}"


def may_claim_for(meeting: date, today: date) -> bool:
    return meeting <= today <= meeting + WITHIN


def may_decide(person: object, claimant: object) -> bool:
    """Nobody decides on their own money."""
    return person != claimant


def totals(rows: Iterable[tuple[str, str, int]]) -> dict[str, int]:
    """(kind, stage, pence) of each claim -> pence agreed or paid, by kind, without the rest."""
    found: dict[str, int] = {}
    for kind, stage, pence in rows:
        if stage in (Stage.AGREED, Stage.PAID):
            found[kind] = found.get(kind, 0) + pence
    return found


@dataclass
class ClaimForm:
    kind: str = ""
    pounds: str = ""
    note: str = ""
    form_key: str = ""

    def problems(self) -> dict[str, str]:
        found = {}
        if self.kind not in KINDS:
            found["kind"] = N_("Choose what it was for.")
        pence = pence_of(self.pounds)
        if not pence:
            found["pounds"] = N_("Enter an amount in pounds, like 4.50.")
        elif pence > MOST_PENCE:
            found["pounds"] = sentence(
                N_("Claims of more than {most} are settled by letter."), most=pounds(MOST_PENCE)
            )
        if len(one_line(self.note)) > LONGEST:
            words = N_("Make this shorter: {n} characters at most.")
            found["note"] = sentence(words, n=LONGEST)
        return found


@dataclass
class VerdictForm:
    verdict: str = ""
    why: str = ""
    version: str = ""

    def problems(self) -> dict[str, str]:
        if self.verdict not in ("agreed", "refused", "paid"):
            return {"verdict": N_("Choose what is decided.")}
        if self.verdict == "refused" and not self.why.strip():
            return {"why": N_("Say why, in words that they will read.")}
        if len(one_line(self.why)) > LONGEST:
            words = N_("Make this shorter: {n} characters at most.")
            return {"why": sentence(words, n=LONGEST)}
        return {}
