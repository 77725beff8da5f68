"""What is typed by those who choose and score."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from typing import ClassVar

from scrutiny.kit.clock import LONDON, london
from scrutiny.kit.words import N_
from scrutiny.membership.recruitment.forms import LONGEST, LONGEST_CALL, asked, told, too_long
from scrutiny.membership.recruitment.rules import (
    OUTCOMES,
    REASONS,
    Stage,
    points_problem,
    reasons_at,
)
from scrutiny.membership.recruitment.tables import Application
from scrutiny.membership.rules import day


@dataclass
class RefusalForm:
    reason: str = ""
    feedback: str = ""
    version: str = ""
    given: ClassVar[Collection[str]] = reasons_at(Stage.APPLIED)

    def problems(self) -> dict[str, str]:
        ask = N_("Write to them in your own words: they read this.")
        long = too_long(self.feedback, LONGEST["feedback"])
        wrong = "" if self.reason in self.given else N_("Choose why.")
        return told({"reason": wrong, "feedback": long or asked(self.feedback, ask)})


@dataclass
class OutcomeForm(RefusalForm):
    move: str = ""
    given: ClassVar[Collection[str]] = REASONS

    def problems(self) -> dict[str, str]:
        found = super().problems()
        if self.move in OUTCOMES and self.move != "not_selected":
            found.pop("reason", None)
        return found | ({} if self.move in OUTCOMES else {"move": N_("Choose what you propose.")})


@dataclass
class VersionForm:
    version: str = ""


Ticks = str | list[str]


@dataclass
class InterviewForm:
    date: str = ""
    time: str = ""
    place: str = ""
    people: Ticks = ""
    version: str = ""

    def at(self) -> datetime | None:
        """The moment, from a day and a time in London."""
        when = day(self.date)
        try:
            clock = time.fromisoformat(self.time.strip())
        except ValueError:
            return None
        return None if when is None else datetime.combine(when, clock.replace(tzinfo=LONDON))

    def ticked(self) -> list[str]:
        given = self.people
        return [given] if isinstance(given, str) and given else list(given)

    def problems(self, today: date) -> dict[str, str]:
        when, at = day(self.date), self.at()
        ahead = when is not None and today <= when <= today + LONGEST_CALL
        clock = bool(at) or when is None
        ask = N_("Say where, or how to join it online.")
        return told(
            {
                "date": "" if ahead else N_("Enter the day: today or later."),
                "time": "" if clock else N_("Enter the time, for example 18:30."),
                "place": too_long(self.place, LONGEST["place"]) or asked(self.place, ask),
                "people": "" if len(self.ticked()) > 1 else N_("Choose at least two people."),
            }
        )


def interview_form(row: Application, people: list[str]) -> InterviewForm:
    at = london(row.interview) if row.interview else None
    when, clock = (at.date().isoformat(), f"{at:%H:%M}") if at else ("", "")
    return InterviewForm(when, clock, row.place, people, str(row.version))


@dataclass
class ScoreForm:
    points_0: str = ""
    points_1: str = ""
    points_2: str = ""
    points_3: str = ""
    points_4: str = ""
    points_5: str = ""
    note: str = ""

    def typed(self, criteria: int) -> list[str]:
        return [getattr(self, f"points_{at}") for at in range(criteria)]

    def problems(self, criteria: int) -> dict[str, str]:
        found = {f"points_{at}": points_problem(one) for at, one in enumerate(self.typed(criteria))}
        return told(found | {"note": too_long(self.note, LONGEST["note"])})

    def points(self, criteria: int) -> list[int]:
        return [int(one) for one in self.typed(criteria)]
