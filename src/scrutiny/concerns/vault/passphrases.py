"""From a passphrase to a pair of keys: argon2id, slow on purpose, in a thread, one at a time."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from nacl.public import PrivateKey

from scrutiny.concerns.vault.rules import tidy
from scrutiny.kit.errors import Unreadable

HANDS = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vault")
WRITTEN = re.compile(r"m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\Z", re.ASCII)
LARGEST = 1024 * 1024


@dataclass(frozen=True)
class Cost:
    """How slow: RFC 9106's second choice, 64 MiB and three passes. Kept beside each salt."""

    memory: int = 64 * 1024  # KiB
    passes: int = 3
    lanes: int = 4

    def __str__(self) -> str:
        return f"m={self.memory},t={self.passes},p={self.lanes}"


COST = Cost()


def cost_of(written: str) -> Cost:
    """Raises Unreadable when it is none, or more than this machine should be made to bear."""
    found = WRITTEN.match(written)
    cost = Cost(*map(int, found.groups())) if found else None
    if cost is None or not (cost.memory <= LARGEST and cost.passes <= 20 and cost.lanes):
        raise Unreadable("This custodian's key is not whole.")
    return cost


async def pair_of(passphrase: str, salt: bytes, cost: Cost) -> PrivateKey:
    """The pair of keys that this passphrase stands for; the same each time."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(HANDS, derive, tidy(passphrase), bytes(salt), cost)


def derive(passphrase: str, salt: bytes, cost: Cost) -> PrivateKey:
    """The same without a thread: `passphrase` is tidy already."""
    seed = hash_secret_raw(
        passphrase.encode("utf-8", "replace"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )
    return PrivateKey.from_seed(seed)
