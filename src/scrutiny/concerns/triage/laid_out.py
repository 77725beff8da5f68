"""What was answered, question by question, as triage reads it. Who wrote it is never part of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from scrutiny.concerns.answers import Answers
from scrutiny.concerns.journey.follow_ups import FOLLOW_UPS
from scrutiny.concerns.vocabulary import BANDS, BEHALF, CATEGORIES, LIVE, REACH, WANTS, WHOSE
from scrutiny.kit.words import N_


@dataclass(frozen=True)
class Line:
    question: str
    answers: list[str]
    typed: bool = False  # by the resident, and so in no language of ours


def laid_out(answers: Answers) -> list[Line]:
    """The questions that were answered, in the order of the journey."""
    return [line for line in _lines(answers) if any(line.answers)]


def _lines(said: Answers) -> Iterator[Line]:
    yield Line(N_("What they want"), [WANTS[one] for one in said.wants if one in WANTS])
    yield Line(N_("Whose experience"), [WHOSE.get(said.whose, ""), BEHALF.get(said.behalf, "")])
    yield Line(N_("What kind"), [CATEGORIES.get(said.category, "")])
    yield from details(said)
    yield Line(N_("Time of day"), [BANDS.get(said.band, "")])
    yield Line(N_("Where"), [said.place], typed=True)
    yield Line(N_("Which force"), [said.force], typed=True)
    yield Line(N_("Number of the search record"), [said.search_ref], typed=True)
    yield Line(N_("Number of a complaint"), [said.complaint_ref], typed=True)
    yield Line(N_("Anything going on"), [LIVE[one] for one in said.live if one in LIVE])
    yield Line(N_("How to reach them"), [REACH.get(said.reach, "")])
    yield Line(N_("What they need"), [said.needs], typed=True)
    yield Line(N_("Who helped to write it"), [said.advocate], typed=True)


def details(said: Answers) -> Iterator[Line]:
    """The short questions that depend on the kind of thing that happened."""
    asked = {ask.name: ask for ask in FOLLOW_UPS.get(said.category, ())}
    for name, answer in said.details.items():
        ask = asked.get(f"detail_{name}")
        if ask is not None:
            yield Line(ask.label, [ask.options.get(answer, "")])
