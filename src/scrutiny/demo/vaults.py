"""The vaults of the demo's panels, made by one custodian and joined by the other."""

from collections.abc import Iterable

from scrutiny.concerns.vault import queries
from scrutiny.concerns.vault.keeping import actions
from scrutiny.concerns.vault.passphrases import Cost
from scrutiny.demo.cast import Company
from scrutiny.trying.passphrases import OF_ROLES

QUICK = Cost(memory=8, passes=1, lanes=1)
"""Nothing here is worth guessing: the passphrases are shown on the page where one chooses."""


async def make_vaults(companies: Iterable[Company]) -> None:
    for company in companies:
        keepers = [seat for seat in company.seats.values() if seat.role in OF_ROLES]
        first, second = sorted(keepers, key=lambda seat: list(OF_ROLES).index(seat.role))
        mine = OF_ROLES[first.role]
        await actions.make(company.panel, by=first, passphrase=mine, cost=QUICK)
        theirs = OF_ROLES[second.role]
        asked = await actions.ask_to_join(by=second, passphrase=theirs, cost=QUICK)
        await actions.let_in(
            await queries.key_on(company.panel, asked.id), by=first, passphrase=mine
        )
