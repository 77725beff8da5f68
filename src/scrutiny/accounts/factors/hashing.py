"""Recovery codes as argon2id: slow on purpose, so in threads, and never many at once."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor

from argon2.low_level import Type, hash_secret_raw

HANDS = ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="argon2")
MEMORY_KIB, PASSES = 19 * 1024, 2


async def slow_hash(salt: str, *codes: str) -> list[str]:
    """argon2id of each code (19 MiB, 2 passes, 1 lane), as 64 hexadecimal characters."""
    loop = asyncio.get_running_loop()
    return await asyncio.gather(*(loop.run_in_executor(HANDS, _hash, salt, one) for one in codes))


def _hash(salt: str, code: str) -> str:
    return hash_secret_raw(
        code.encode(),
        bytes.fromhex(salt),
        time_cost=PASSES,
        memory_cost=MEMORY_KIB,
        parallelism=1,
        hash_len=32,
        type=Type.ID,
    ).hex()
