"""Where the bars of a chart stand and how long they are, in units of the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

BAR, GAP, TEXT = 22, 16, 16
ROOM_FOR_VALUE = 76


@dataclass(frozen=True)
class Bar:
    label: str
    value: str
    y: int
    length: int
    hollow: bool  # drawn as an outline: the figure is not whole


@dataclass(frozen=True)
class Chart:
    """A drawing `width` wide; labels stand beside the bars, or above them where it is narrow."""

    width: int
    height: int
    left: int
    bars: list[Bar]


def chart(rows: Sequence[tuple[str, str, float, bool]], width: int) -> Chart:
    """Bars for (label, value in words, amount, hollow), the longest filling the room there is."""
    narrow = width < 400
    left = 0 if narrow else 170
    above = TEXT + 8 if narrow else 0
    step = BAR + GAP + above
    room = width - left - ROOM_FOR_VALUE
    most = max((amount for _, _, amount, _ in rows), default=0) or 1
    bars = [
        Bar(
            label,
            value,
            at * step + (TEXT + 8 if narrow else 0),
            _length(amount, most, room),
            hollow,
        )
        for at, (label, value, amount, hollow) in enumerate(rows)
    ]
    return Chart(width, max(1, len(rows)) * step, left, bars)


def _length(amount: float, most: float, room: int) -> int:
    return max(2, round(amount / most * room)) if amount else 0
