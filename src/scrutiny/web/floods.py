"""Floods: what is sent by anybody is counted, never who sends it.

Far more than usual switches a proof of work on, which browsers do by themselves. What comes without
one is not refused and not slowed: it is kept like every other, and waits to be looked over. There
are no addresses here, no devices, and no puzzles for people. Counts are of this process alone.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic, time
from uuid import uuid4

import altcha
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from scrutiny.kit.budgets import Alarm, Bucket, Pressure
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_sql, write_tx
from scrutiny.kit.errors import Busy
from scrutiny.kit.room import FULL, RED, share_free
from scrutiny.kit.seal import keys
from scrutiny.kit.tokens import keyed_hash
from scrutiny.policy import OPEN_TO_ALL
from scrutiny.web.tables import SpentProof

QUIET = 300.0  # seconds without a flood, after which the proof of work switches itself off
EXPIRES = 3600  # seconds in which a challenge may be answered
ITERATIONS = 1_000  # of PBKDF2 for each try
TRIES = 800  # at most, when it has only just begun: about a second on a phone
DEAREST = 8  # times as many tries, under the worst load
STEEP = 100  # blows in the last minutes for each time more
LONGEST_PROOF = 2_000  # characters
WAIT = 60  # seconds, said to whoever is asked to come again
KEPT = timedelta(days=2)
BURN = """
INSERT INTO spent_proof (id, mark, day) VALUES ({}, {}, {}) ON CONFLICT DO NOTHING RETURNING id
"""

SEND, STEP, FILES, RETURN, VERIFY, SIGN_IN, OTHER = (
    "send", "step", "files", "return", "verify", "sign_in", "other"
)  # fmt: skip
NORMAL = {SEND: 0.5, STEP: 8.0, FILES: 1.0, RETURN: 4.0, VERIFY: 4.0, SIGN_IN: 2.0, OTHER: 4.0}
"""A second: many times what a panel has on the day on which everybody talks about it."""
BURST = 240  # times the rate of a second: four minutes of it may come at once
LIMIT = {FILES: 50.0, RETURN: 200.0, VERIFY: 200.0, SIGN_IN: 200.0, OTHER: 200.0}
"""A second, beyond which it is asked to come again. There is none for raising a concern: that
stops only where the disk or the database does."""
INTAKE = (STEP, FILES, RETURN)
"""What writes down more of what residents say. Files stop first: they fill a disk in an hour, and
there must still be room for words."""


@dataclass
class Watch:
    """All that this process knows of floods."""

    normal: dict[str, Bucket] = field(
        default_factory=lambda: {act: Bucket(rate, rate * BURST) for act, rate in NORMAL.items()}
    )
    limit: dict[str, Bucket] = field(
        default_factory=lambda: {act: Bucket(rate, 2 * rate) for act, rate in LIMIT.items()}
    )
    alarm: Alarm = field(default_factory=lambda: Alarm(QUIET))
    pressure: Pressure = field(default_factory=lambda: Pressure(60.0))
    clock: Callable[[], float] = monotonic

    def count(self, act: str) -> None:
        """Raises Busy where even what waits to be looked over is too much."""
        moment = self.clock()
        if not self.normal[act].take(moment):
            self.alarm.ring(moment)
            self.pressure.rise(moment)
        if act in self.limit and not self.limit[act].take(moment):
            raise Busy(WAIT)

    def is_on(self) -> bool:
        return self.alarm.is_on(self.clock())

    def tries(self) -> int:
        """How much work is asked for: it rises with the load."""
        times = 1 + self.pressure.now(self.clock()) / STEEP
        return int(TRIES * min(times, DEAREST))


@dataclass(frozen=True)
class Verdict:
    """`screened` is untrue for what waits to be looked over before it is read."""

    screened: bool


_watch = Watch()


def start_afresh(clock: Callable[[], float] = monotonic) -> Watch:
    """Forget all counts; tests bring a clock of their own."""
    global _watch
    _watch = Watch(clock=clock)
    return _watch


def switched_on() -> bool:
    return _watch.is_on()


async def watch(connection: ASGIConnection, handler: BaseRouteHandler) -> None:
    """A guard: counts every form that anybody may send, and asks for room before it is read."""
    if connection.scope["method"] != "POST" or handler.opt.get("act") not in OPEN_TO_ALL:
        return
    act = act_of(connection.scope["path"])
    if act in INTAKE and share_free() < (RED if act == FILES else FULL):
        raise Busy(WAIT)
    _watch.count(act)


def act_of(path: str) -> str:
    """Which budget a form's address belongs to."""
    parts = path.strip("/").split("/")
    if parts[0] in ("verify", "sign-in"):
        return parts[0].replace("-", "_")
    if "concerns" not in parts[:2]:
        return OTHER
    if "evidence" in parts:
        return FILES
    return RETURN if parts[:2] == ["concerns", "return"] else STEP


def challenge() -> str:
    """What a browser has to work out before it sends, as JSON; nothing while all is quiet."""
    if not _watch.is_on():
        return ""
    made = altcha.create_challenge(
        "PBKDF2/SHA-256",
        ITERATIONS,
        counter=secrets.randbelow(_watch.tries()),
        expires_at=int(time()) + EXPIRES,
        hmac_secret=_key(),
    )
    return json.dumps(made.to_dict())


async def verdict(proof: str) -> Verdict:
    """Whether what was sent goes straight on. Outside write_tx(), before it is taken in."""
    _watch.count(SEND)
    if not _watch.is_on():
        return Verdict(screened=True)
    return Verdict(screened=await _is_good(proof))


async def _is_good(proof: str) -> bool:
    """Whether somebody worked for it, and for this one alone."""
    if not 0 < len(proof) <= LONGEST_PROOF or not proof.isascii():
        return False
    try:
        if altcha.verify_solution(proof, _key()).verified is not True:
            return False
        parameters = altcha.Payload.from_base64(proof).challenge.parameters
    except Exception:  # whatever the library makes of nonsense, nobody worked for it
        return False
    return bool(parameters.expires_at) and await _spend(parameters.nonce)


async def _spend(nonce: str) -> bool:
    """Burn it, for longer than it is good. Untrue when it was burnt before."""
    mark, day = keyed_hash(keys().pepper, "spent proof", nonce), today()
    async with write_tx():
        await SpentProof.delete().where(SpentProof.day < day - KEPT)
        return bool(await write_sql(BURN, uuid4(), mark, day))


def _key() -> str:
    return keyed_hash(keys().pepper, "floods", "proof of work")
