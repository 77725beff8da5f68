"""The demo's vaults open with the passphrases that its page shows."""

from datetime import timedelta

from conftest import run

from scrutiny.concerns.vault import queries
from scrutiny.concerns.vault.keys import unlock
from scrutiny.demo.cast import seat_everybody
from scrutiny.demo.vaults import make_vaults
from scrutiny.kit.clock import today
from scrutiny.trying.queries import the_cast


def test_each_custodian_opens_the_vault_with_what_is_shown(tables):
    async def opened() -> list[tuple[str, bool]]:
        companies = await seat_everybody(today() - timedelta(days=9))
        await make_vaults(companies.values())
        shown = {row["name"]: row["passphrase"] for _, rows in await the_cast() for row in rows}
        found = []
        for company in companies.values():
            vault = await queries.newest(company.panel)
            for key in await queries.holders(vault):
                private = await unlock(key.seat, vault, shown[key.seat.person.name])
                found.append((key.seat.person.name, private is not None))
        assert not shown["Amara Okafor"] and not shown["Claire Walsh"]
        return sorted(found)

    assert run(opened()) == [
        ("Grace Mensah", True), ("Hana Suleiman", True),
        ("Tom Reilly", True), ("Yusuf Demir", True),
    ]  # fmt: skip
