"""The shape of the journey's pages: what a question is, what a page is, and what is around it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scrutiny.concerns.answers import Answers


@dataclass(frozen=True)
class Setting:
    """What of the panel, and of who types, decides which questions are asked."""

    vault: bool = True  # without one there is nowhere safe for a name
    assisted: bool = False  # the secretariat writes it down for a resident


@dataclass(frozen=True)
class Ask:
    """One question. `need` is the sentence for whoever left it out; without it, it is optional."""

    name: str
    label: str
    kind: str = "choice"  # choice, select, ticks, tick, line, lines or day
    options: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""
    need: str = ""
    alone: str = ""  # of ticks: the one that goes with no other
    most: int = 120
    type: str = "text"  # of a line: text, email or tel
    complete: str = ""  # the browser's own word for it, to fill it in (WCAG 1.3.5)
    short: str = ""  # the question where its answer is shown, without what was said aside

    def name_of(self) -> str:
        return self.short or self.label


Asks = Callable[[Answers, Setting], tuple[Ask, ...]]


def nothing(_answers: Answers, _setting: Setting) -> tuple[Ask, ...]:
    return ()


def always(_answers: Answers, _setting: Setting) -> bool:
    return True


@dataclass(frozen=True)
class Page:
    """One page: its questions, and for whom it is there at all.

    `says` names the words that stand over the questions (templates/concerns/journey/says).
    `skip` is the button of a page that may be left out. A `stop` asks nothing: it says something
    that must be read before going on.
    """

    name: str
    title: str
    part: int = 2
    asks: Asks = nothing
    when: Callable[[Answers, Setting], bool] = always
    says: str = ""
    skip: str = ""
    stop: bool = False
    go: str = ""  # other words for Continue
    titles: Mapping[str, str] = field(default_factory=dict)  # kind of concern -> its own title

    def titled(self, answers: Answers) -> str:
        return self.titles.get(answers.kind(), self.title)


def fixed(*asks: Ask) -> Asks:
    """Questions that are the same for everybody."""
    return lambda _answers, _setting: asks
