"""As a program: writes so many concerns and further keys to the site that the settings name."""

import asyncio
import sys
from uuid import uuid4

from cast import VAULT_KEY

from scrutiny.concerns.answers import Answers
from scrutiny.concerns.intake import take_in
from scrutiny.concerns.tables import ConcernKey
from scrutiny.concerns.vault.tables import Vault
from scrutiny.kit.db import bulk, close_database, open_database, write_tx
from scrutiny.kit.seal import new_key, wrap
from scrutiny.kit.tokens import receipt_code
from scrutiny.people.queries import panel

SAID = Answers(
    whose="me", category="stop_and_search", words="Zebedee.", live=["no"], name="Nadia Xyloquist"
)


async def fill(concerns: int, keys: int) -> None:
    """So many whole concerns, whose codes are printed, and so many keys of further ones."""
    await open_database()
    here = await panel("lambeth")
    async with write_tx():
        await Vault.insert(Vault(panel=here.id, number=1, public_key=bytes(VAULT_KEY.public_key)))
    for _ in range(concerns):
        code = receipt_code()
        await take_in(here, code, SAID)
        print(code)  # noqa: T201
    more = [uuid4() for _ in range(keys)]
    rows = [(one, wrap(new_key(), f"concern key|{one}")) for one in more]
    async with write_tx():
        await bulk(ConcernKey, ConcernKey._meta.columns, rows)
    await close_database()


asyncio.run(fill(*map(int, sys.argv[1:])))
