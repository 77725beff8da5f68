"""Figures as lines of a Markdown table, each beside the bar it has to pass."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.servers import Asked

HEAD = ("| what | measured | share of H | processor | bar | |", "|---|---|---|---|---|---|")


@dataclass(frozen=True)
class Figure:
    what: str
    measured: str
    bar: str
    passes: bool
    share: str = ""
    processor: str = ""

    def __str__(self) -> str:
        mark = "yes" if self.passes else "**no**"
        said = (self.what, self.measured, self.share, self.processor, self.bar, mark)
        return f"| {' | '.join(said)} |"


def rate(what: str, asked: Asked, bare: Asked, floor: float = 0) -> Figure:
    """How many a second, as a share of the bare page in the same turns; no floor, no bar."""
    share = asked.rate / bare.rate
    return Figure(
        what,
        f"{asked.rate:,.0f}/s",
        f"≥ {floor:g} H" if floor else "",
        share >= floor,
        f"{share:.3f}",
        f"{asked.ms:.3f} ms ({bare.ms / asked.ms:.3f} H)",
    )


def bare(asked: Asked) -> Figure:
    said = f"{asked.rate:,.0f}/s"
    return Figure("H: a bare Litestar page", said, "", True, "1", f"{asked.ms:.3f} ms")


def at_most(what: str, value: float, bar: float, unit: str) -> Figure:
    return Figure(what, f"{value:.3g} {unit}", f"≤ {bar:g} {unit}", value <= bar)


def lines(figures: list[Figure]) -> Iterator[str]:
    yield from HEAD
    yield from map(str, figures)


def show(figures: list[Figure]) -> None:
    print("\n".join(lines(figures)))
