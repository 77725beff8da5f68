"""Lines of old minutes as they were read: what stands there, how large, and on which page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    words: str
    size: float = 0.0  # points; 0 where the file says what is a heading instead
    bold: bool = False
    page: int = 1
    level: int = 0  # of a heading that the file itself calls one: 1 is the greatest
    whole: bool = False  # a whole paragraph, not a line of one
    point: bool = False  # of a list, as the file itself says
    cells: tuple[str, ...] = ()  # of a row in a table


@dataclass
class About:
    """What was read of one file."""

    lines: list[Line]
    words: str  # all of them, as whoever opens the clean copy can find them
    found: set[str]  # words of rules.FOUND
    pages: int = 0
