"""What the tests of the terms of reference do again and again."""

from dataclasses import asdict
from datetime import datetime, timedelta

from accounts.steps import got, letters
from conftest import run

from scrutiny.kit.clock import as_of, now, today
from scrutiny.membership.terms import actions, queries
from scrutiny.membership.terms.forms import filled
from scrutiny.membership.terms.provisions import Provisions, provisions_of
from scrutiny.membership.terms.tables import Terms
from scrutiny.people.actions import new_form_key
from scrutiny.people.tables import Panel

HOME = "/lambeth/terms"
TEXT = "## What we are for\n\nWe check how police powers are used.\n\nWe meet in public."
PAST = 15
"""Days after which a consultation that began today is over."""


def later(days: int = PAST) -> datetime:
    return now() + timedelta(days=days)


def provisions(cast, **changes) -> Provisions:
    found = provisions_of(panel())
    return Provisions(**{name: getattr(found, name) for name in found.__struct_fields__} | changes)


def panel(slug: str = "lambeth") -> Panel:
    return got(Panel.objects(Panel.force).get(Panel.slug == slug))


def drafted(cast, name: str = "grace", text: str = TEXT, **changes) -> Terms:
    given = text, provisions(cast, **changes), "Say how we meet."
    return run(actions.draft(*given, by=cast.seats[name], form_key=new_form_key()))


def consulted(cast, found: Terms, days: int = 14) -> Terms:
    until = today() + timedelta(days=days)
    run(actions.consult(found.number, stored(found).version, until, by=cast.seats["grace"]))
    return stored(found)


def put(cast, found: Terms) -> Terms:
    """Open the vote, once the consultation is over; its last day is a week on."""
    seen, last = stored(found).version, today() + timedelta(days=7)
    run(actions.put_to_the_vote(found.number, seen, last, by=cast.seats["grace"]))
    return stored(found)


def votes(cast, found: Terms, **chosen: str) -> None:
    for name, choice in chosen.items():
        run(actions.vote(found.number, choice, by=cast.seats[name]))


def count(cast, found: Terms) -> Terms:
    run(actions.count(found.number, stored(found).version, by=cast.seats["grace"]))
    return stored(found)


def adopted(cast, text: str = TEXT, when: datetime | None = None, **changes) -> Terms:
    """A version all the way into force, from `when`; gone through as the panel would."""
    with as_of(when or now() - timedelta(days=PAST)):
        found = consulted(cast, drafted(cast, text=text, **changes))
    with as_of((when or now() - timedelta(days=PAST)) + timedelta(days=PAST)):
        put(cast, found)
        votes(cast, found, amara="for", bilal="for", chidi="for")
        return count(cast, found)


def stored(found: Terms) -> Terms:
    return run(queries.terms(panel(), found.number, _Grace))


class _Grace:
    """Whoever drafts reads every version."""

    role, stage = "secretariat", "active"


def form(cast, **changes) -> dict:
    """What the page of a draft sends."""
    given = asdict(filled(provisions(cast), text=TEXT, summary="How we meet."))
    return {**given, "form_key": "once", "version": "1", **changes}


def told(kind: str) -> set[str]:
    """Who got a letter of this kind."""
    return {address for address, what in letters() if what == f"terms.{kind}"}
