"""Invented search records for the demo's own months, in the shape in which the police publish."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from scrutiny.kit.clock import LONDON
from scrutiny.stops.actions import GivenFile, keep_file
from scrutiny.stops.rules import Search

GROUPS = (("Black", 42), ("White", 33), ("Asian", 15), ("Other", 6), ("", 4))
AGES = (("10-17", 16), ("18-24", 34), ("25-34", 27), ("over 34", 23))
OBJECTS = (("Controlled drugs", 62), ("Offensive weapons", 18), ("Stolen goods", 12),
           ("Article for use in theft", 8))  # fmt: skip
OUTCOMES = (("A no further action disposal", 71), ("Arrest", 14), ("Community resolution", 10),
            ("Penalty Notice for Disorder", 5))  # fmt: skip
SELF_DEFINED = {
    "Black": "Black/African/Caribbean/Black British - African",
    "White": "White - English/Welsh/Scottish/Northern Irish/British",
    "Asian": "Asian/Asian British - Bangladeshi",
    "Other": "Other ethnic group - Any other ethnic group",
    "": "Other ethnic group - Not stated",
}
POWER = "Misuse of Drugs Act 1971 (section 23)"


async def publish_months(today: date, area_codes: list[str]) -> list[str]:
    """A year of months up to the one before last, as a force would have published them."""
    months = list(_months(today))
    for at, month in enumerate(months):
        await keep_file(_file(month, area_codes, Random(f"scrutiny demo {at}"), thin=at == 7))
    return months


def _months(today: date) -> Iterator[str]:
    for back in range(13, 1, -1):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        yield f"{year}-{month + 1:02d}"


def _file(month: str, area_codes: list[str], chance: Random, *, thin: bool) -> GivenFile:
    searches: dict[str, Search] = {}
    boroughs: dict[str, str | None] = {}
    for code in area_codes:
        for number in range(chance.randint(8, 12) if thin else chance.randint(110, 160)):
            key = hashlib.sha256(f"demo|{month}|{code}|{number}".encode()).hexdigest()
            searches[key] = _search(month, key, chance)
            boroughs[key] = code
    whole = hashlib.sha256("\n".join(sorted(searches)).encode()).hexdigest()
    name = f"{month}-metropolitan-stop-and-search.csv"
    return GivenFile(name, whole, "metropolitan", month, searches, boroughs, ())


def _search(month: str, canonical: str, chance: Random) -> Search:
    group, outcome = _one(chance, GROUPS), _one(chance, OUTCOMES)
    first = datetime.combine(date.fromisoformat(f"{month}-01"), time(), LONDON)
    found = outcome != OUTCOMES[0][0]
    return Search(
        canonical=canonical,
        happened=first + timedelta(minutes=chance.randrange(28 * 24 * 60)),
        place=(-0.11 + chance.random() / 20, 51.45 + chance.random() / 20),
        kind="Person search",
        gender="Male" if chance.random() < 0.9 else "Female",
        age_range=_one(chance, AGES),
        self_defined=SELF_DEFINED[group],
        officer_defined=group,
        legislation=POWER,
        object=_one(chance, OBJECTS),
        outcome=outcome,
        linked=found and chance.random() < 0.7,
        more_removed=chance.random() < 0.06,
    )


def _one(chance: Random, choices: tuple[tuple[str, int], ...]) -> str:
    return chance.choices([word for word, _ in choices], [weight for _, weight in choices])[0]
