"""What every form of this slice checks alike, in plain sentences."""

from datetime import date, datetime

from scrutiny.concerns.rules import MOST_WORDS
from scrutiny.kit.words import N_, many_lines, sentence


def said(**problems: str) -> dict[str, str]:
    """Only those that say something, in the order of the questions."""
    return {name: words for name, words in problems.items() if words}


def day_of(typed: str) -> date | None:
    """A day as the browser's picker writes it, or as people do: 2026-03-14 or 14/3/2026."""
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(typed.strip(), shape).date()  # noqa: DTZ007 a day, no time
        except ValueError:
            continue
    return None


def number_in(typed: str, otherwise: int = 0) -> int:
    """A number from a hidden field, or what stands now when it is none."""
    tidy = typed.strip()
    return int(tidy) if tidy.isascii() and tidy.isdecimal() and len(tidy) < 9 else otherwise


def too_long(typed: str, most: int) -> str:
    over = len(typed) - most
    if over <= 0:
        return ""
    return sentence(
        N_("This is {over:,} characters too long. Please keep it to {most:,}."),
        over=over,
        most=most,
    )


def words_problem(typed: str, ask: str) -> str:
    words = many_lines(typed).strip()
    if "\ufffd" in words:
        return N_(
            "Some letters could not be read. They are marked \ufffd: please write them again."
        )
    return too_long(words, MOST_WORDS) if words else ask
