"""Concerns about the same thing: found by likeness, joined by a person, counted once a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from piccolo.query import Objects
from rapidfuzz import fuzz, utils

from scrutiny.concerns import parts
from scrutiny.concerns.answers import Answers, unpacked
from scrutiny.concerns.queries import opened, visible_to
from scrutiny.concerns.rules import GONE
from scrutiny.concerns.tables import Cluster, Concern
from scrutiny.concerns.triage.rules import (
    ALIKE,
    ARRIVED_APART,
    CANDIDATES,
    DAYS_APART,
    MOST_ALIKE,
)
from scrutiny.kit.db import keep, new_id, write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.kit.stages import amend
from scrutiny.people.actions import next_number
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record


@dataclass(frozen=True)
class Likeness:
    concern: Concern
    percent: int


async def alike(seat: Seat, concern: Concern) -> list[Likeness]:
    """At most five that perhaps tell of the same thing, most alike first.

    Fifty at most are compared, each found by an index; their words are compared by the machine
    and shown to nobody.
    """
    there = {one.id: one for found in _near(seat, concern) for one in await found.limit(CANDIDATES)}
    others = [one for one in there.values() if _may_join(one, concern)][:CANDIDATES]
    told, mine = await _told(others), await opened(concern)
    found = [Likeness(there[known], likeness(mine, said)) for known, said in told.items()]
    close = [one for one in found if one.percent >= ALIKE]
    return sorted(close, key=lambda one: one.percent, reverse=True)[:MOST_ALIKE]


def likeness(one: Answers, other: Answers) -> int:
    """From 0 to 100: the words for four parts in five, the place for the fifth where both say it.

    Compared as sets of words (rapidfuzz), since no two people tell a thing in the same order.
    """
    words = _ratio(one.words, other.words)
    if not (one.place and other.place):
        return round(words)
    return round(0.8 * words + 0.2 * _ratio(one.place, other.place))


def _ratio(one: str, other: str) -> float:
    return fuzz.token_set_ratio(one, other, processor=utils.default_process)


def _near(seat: Seat, concern: Concern) -> Iterator[Objects]:
    """The two questions: those that came at about the same time, those of about the same day."""
    kind = Concern.category == concern.category
    span, came = timedelta(days=ARRIVED_APART), concern.received
    then = (Concern.received >= came - span) & (Concern.received <= came + span)
    yield visible_to(seat).where(kind & then).order_by(Concern.received, ascending=False)
    if concern.happened is not None:
        span, day = timedelta(days=DAYS_APART), concern.happened
        then = (Concern.happened >= day - span) & (Concern.happened <= day + span)
        yield visible_to(seat).where(kind & then).order_by(Concern.happened, ascending=False)


def _may_join(one: Concern, concern: Concern) -> bool:
    if one.id == concern.id or one.stage in GONE:
        return False
    return concern.cluster is None or one.cluster != concern.cluster


async def _told(others: list[Concern]) -> dict[UUID, Answers]:
    keys = await parts.keys_of([one.id for one in others])
    return {
        one.id: unpacked(parts.opened(keys[one.id], one, parts.words_of(one), one.sealed_words))
        for one in others
        if one.id in keys
    }


async def join(concern: Concern, other: Concern, *, by: Seat, title: str = "") -> Cluster:
    """They tell of the same thing. `title` is neutral, and is only for a cluster that is new.

    Raises NotNow when both are in clusters of their own.
    """
    if concern.id == other.id:
        raise NotNow("That is this concern itself.")
    if concern.cluster is not None and other.cluster is not None:
        raise NotNow("Each is with others already. Take one of them out first.")
    async with write_tx():
        theirs = concern.cluster or other.cluster
        cluster = await (_there(theirs) if theirs else _new(title, by))
        outside = [one for one in (concern, other) if one.cluster is None]
        for one in outside:
            await amend(one, cluster=cluster.id, again=False)
            await record("concern.joined", one, by=by, number=one.number, cluster=cluster.number)
        await amend(cluster, size=cluster.size + len(outside))
    return cluster


async def _new(title: str, by: Seat) -> Cluster:
    number = await next_number(by.panel.id, "theme")
    made = Cluster(id=new_id(), panel=by.panel.id, number=number, title=title, size=0)
    await keep(made)
    return made


async def _there(known: UUID) -> Cluster:
    return await Cluster.objects().get(Cluster.id == known)


async def take_out(concern: Concern, *, by: Seat) -> None:
    """Undo it: this one tells of something else."""
    if concern.cluster is None:
        raise NotNow("It is with no others.")
    async with write_tx():
        cluster = await _there(concern.cluster)
        await amend(cluster, size=cluster.size - (not concern.again))
        await amend(concern, cluster=None, again=False)
        facts = {"number": concern.number, "cluster": cluster.number}
        await record("concern.parted", concern, by=by, **facts)


async def count_once(concern: Concern, *, by: Seat, again: bool) -> None:
    """Whether somebody wrote this whom the cluster counts already: one person is one voice."""
    if concern.cluster is None:
        raise NotNow("It is with no others.")
    if concern.again == again:
        return
    async with write_tx():
        cluster = await _there(concern.cluster)
        await amend(cluster, size=cluster.size + (-1 if again else 1))
        await amend(concern, again=again)
        await record("concern.counted", concern, by=by, number=concern.number, again=again)
