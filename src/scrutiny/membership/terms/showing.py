"""A version of the terms as its page shows it."""

import json
from typing import Any

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing
from scrutiny.membership.terms import changes, queries, rules
from scrutiny.membership.terms.provisions import Provisions, in_words, unpacked
from scrutiny.membership.terms.rules import PUBLIC, WORDS, Stage
from scrutiny.membership.terms.tables import Terms
from scrutiny.people.tables import Panel, Seat
from scrutiny.voting import queries as polls
from scrutiny.voting.laid_out import laid_out

Rules = list[tuple[str, str]]


async def shown(found: Terms) -> dict[str, Any]:
    """What everybody may know of it: the vote without who chose what."""
    poll = await polls.poll(found.poll) if found.poll else None
    before = await queries.before(found)
    return {
        "found": found,
        "words": WORDS[Stage(found.stage)],
        "current": rules.is_current(found.stage),
        "overdue": rules.is_review_overdue(found.stage, found.review_by, today()),
        "rules": in_words(unpacked(found.rules)),
        "poll": await laid_out(poll) if poll else None,
        "before": before.number if before else None,
        "signed": len(await queries.signed(found)),
    }


async def for_the_seated(found: Terms, seat: Seat | None) -> dict[str, Any]:
    """What is there to do for this reader, and who has not signed."""
    if seat is None:
        return {"unsigned": [], "signs": False, "comments": False, "votes": False}
    person, day = seat.person.id, today()
    current = rules.is_current(found.stage)
    return {
        "unsigned": await queries.unsigned(found) if current else [],
        "signs": current and person not in await queries.signed(found),
        "comments": rules.takes_comments(found.stage, found.consult_until, day),
        "votes": await _votes(found, seat),
    }


async def _votes(found: Terms, seat: Seat) -> bool:
    if found.stage != Stage.VOTED:
        return False
    poll = await polls.poll(found.poll)
    asked = await polls.elector(poll, seat.person.id) is not None
    return asked and not await polls.has_voted(poll, seat.person.id)


async def compared(here: Panel, found: Terms, since: str, seat: Seat | None) -> dict[str, Any]:
    """What changed since another version, or since this one was consulted on.

    Raises Missing for a version that they may not read.
    """
    if since == "consulted":
        kept = json.loads(found.consulted)
        if not kept:
            raise Missing("It has not been consulted on yet.")
        text, provisions, label = kept["text"], unpacked(kept["rules"]), "consulted"
    else:
        earlier = await _earlier(here, found, since, seat)
        label = str(earlier.number) if earlier else ""
        text = earlier.text if earlier else ""
        provisions = unpacked(earlier.rules) if earlier else None
    return {
        "since": label,
        "paragraphs": changes.compared(changes.readable(text), changes.readable(found.text)),
        "rules": changed_rules(provisions, unpacked(found.rules)),
    }


async def _earlier(here: Panel, found: Terms, since: str, seat: Seat | None) -> Terms | None:
    if not since:
        return await queries.before(found)
    if not (since.isascii() and since.isdecimal() and len(since) < 6):
        raise Missing("There is no such version of the terms.")
    return await queries.terms(here, int(since), seat)


def changed_rules(before: Provisions | None, after: Provisions) -> list[tuple[str, str, str]]:
    """(what, how it was, how it is) of every rule that is not as it was."""
    was = dict(in_words(before)) if before else {}
    return [(what, was.get(what, ""), how) for what, how in in_words(after) if was.get(what) != how]


def is_public(found: Terms) -> bool:
    return found.stage in PUBLIC
