"""A panel's own rules beside its quorum: agreed as part of its terms of reference, kept as data."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec

from scrutiny.kit.words import N_, sentence
from scrutiny.people.tables import Panel

CONNECTION = N_("live, work or study in the area")
"""Where a panel has no words of its own; they go on after "You"."""


class Deed(StrEnum):
    """What a clearance opens. Being a member alone opens none of these."""

    CLOSED_PART = "closed_part"  # read and hear what is closed to the public
    CASE_PAPERS = "case_papers"  # read the papers of a case
    VIEWING = "viewing"  # read the papers of a meeting at which recordings are watched


class Clearing(StrEnum):
    """The kinds of clearance (domain.md 5). Only outcome and expiry are kept, never why."""

    VETTING = "vetting"
    DBS = "dbs"
    TRAINING = "training"
    CONFIDENTIALITY = "confidentiality"
    CODE = "code_of_conduct"
    DATA_PROTECTION = "dp_training"
    WELLBEING = "wellbeing_briefing"


class Method(StrEnum):
    """How a panel decides."""

    CONSENSUS = "consensus"
    SHOW = "show_of_hands"
    SECRET = "secret"


class Majority(StrEnum):
    SIMPLE = "simple"  # more for than against; those who abstain are not counted
    TWO_THIRDS = "two_thirds"  # of those who voted for or against


class Rhythm(msgspec.Struct, frozen=True):
    """The nth weekday of each of these months, at a time in London. `nth` -1 is the last."""

    nth: int = 2
    weekday: int = 2  # 0 is Monday
    months: tuple[int, ...] = (1, 3, 5, 7, 9, 11)
    starts: str = "18:30"
    minutes: int = 120


class Eligibility(msgspec.Struct, frozen=True):
    """Who may sit on the community side (domain.md 3.2)."""

    least_age: int = 16
    connection: str = CONNECTION
    years_since_police: int = 3  # 0: those who served may apply at once
    other_panels: bool = True  # whether somebody may sit on another police panel as well

    def connected(self) -> str:
        """The connection in words: ours can be translated, a panel's own stay as they are."""
        return sentence(CONNECTION) if self.connection == CONNECTION else self.connection


class Constitution(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is not written has the value below."""

    places: int = 12  # community seats
    notice_days: int = 7
    rhythm: Rhythm = Rhythm()
    method: Method = Method.CONSENSUS
    majority: Majority = Majority.SIMPLE
    term_years: int = 2
    most_terms: int = 2
    chair_term_years: int = 1
    most_chair_terms: int = 3
    eligibility: Eligibility = Eligibility()
    clearances: Mapping[Deed, tuple[Clearing, ...]] = msgspec.field(
        default_factory=lambda: {
            Deed.CLOSED_PART: (Clearing.CONFIDENTIALITY,),
            Deed.CASE_PAPERS: (Clearing.CONFIDENTIALITY,),
            Deed.VIEWING: (Clearing.CONFIDENTIALITY, Clearing.VETTING, Clearing.TRAINING),
        }
    )
    before_active: tuple[Clearing, ...] = (
        Clearing.CONFIDENTIALITY,
        Clearing.CODE,
        Clearing.TRAINING,
    )
    """What a newcomer needs before the seat is active; a declaration of interests as well."""


def constitution_of(panel: Panel) -> Constitution:
    return read(panel.constitution)


def read(stored: str | Mapping[str, Any]) -> Constitution:
    """Raises msgspec.ValidationError, a ValueError, with the field that is wrong."""
    return msgspec.convert(
        json.loads(stored) if isinstance(stored, str) else stored, Constitution, strict=False
    )


def written(constitution: Constitution) -> str:
    return msgspec.json.encode(constitution, order="deterministic").decode()
