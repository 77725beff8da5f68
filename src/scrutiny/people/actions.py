"""Writes about people: added, signed in and out; numbers given, forms taken once."""

import secrets
from datetime import timedelta
from uuid import UUID

from piccolo.querystring import QueryString

from scrutiny.kit.clock import now
from scrutiny.kit.errors import AlreadyMade, NotNow
from scrutiny.kit.seal import keys
from scrutiny.kit.tokens import keyed_hash, link_token
from scrutiny.people.rules import ABSOLUTE, email_key
from scrutiny.people.tables import Counter, Person, SentForm, Session


async def add_person(name: str, email: str) -> Person:
    """Inside write_tx(). Raises NotNow when somebody already has that address."""
    if await Person.exists().where(Person.email_key == email_key(email)):
        raise NotNow(f"Somebody already has the address {email.strip()}.")
    person = Person(name=name.strip(), email=email.strip(), email_key=email_key(email))
    await Person.insert(person)
    return person


def session_hash(key: str) -> str:
    return keyed_hash(keys().pepper, "session", key)


async def begin_session(person: Person, *, full: bool, old: str = "") -> str:
    """Sign somebody in: the only place where a session begins. Returns the cookie's value.

    The old key dies at the same moment, so a key that was known before means nothing after.
    """
    if old:
        await end_session(old)
    await Session.delete().where(Session.begun < now() - ABSOLUTE - timedelta(days=1))
    key = link_token()
    await Session.insert(
        Session(key_hash=session_hash(key), person=person.id, full=full, begun=now(), seen=now())
    )
    return key


async def end_session(key: str) -> None:
    await Session.delete().where(Session.key_hash == session_hash(key))


async def end_other_sessions(person: Person, keep: str = "") -> None:
    """After a factor has changed nobody stays signed in on another device."""
    await Session.delete().where(
        (Session.person == person.id) & (Session.key_hash != session_hash(keep))
    )


async def touch_session(session: Session) -> None:
    """An UPDATE and never an insert: a session that was ended stays ended."""
    await Session.update({Session.seen: now()}).where(Session.id == session.id)


async def next_number(panel: UUID, kind: str) -> int:
    """The next number of its kind on this panel, without gaps. Inside write_tx()."""
    first = Counter(panel=panel, kind=kind, last=1)
    found = await (
        Counter.insert(first)
        .on_conflict(
            target=(Counter.panel, Counter.kind),
            action="DO UPDATE",
            values=[(Counter.last, QueryString('"counter"."last" + 1'))],  # PostgreSQL asks whose
        )
        .returning(Counter.last)
    )
    return found[0]["last"]


def new_form_key() -> str:
    return secrets.token_urlsafe(24)


async def once(form_key: str, address: str) -> None:
    """Take this form, made into what is now at `address`. Inside write_tx(), as its last word.

    Raises AlreadyMade when the same form was taken before, so that all else is rolled back.
    """
    taken = SentForm(key=form_key[:64] or new_form_key(), address=address, at=now())
    fresh = (
        await SentForm.insert(taken)
        .on_conflict(target=SentForm.key, action="DO NOTHING")
        .returning(SentForm.id)
    )
    if not fresh:
        before = await SentForm.select(SentForm.address).where(SentForm.key == taken.key).first()
        raise AlreadyMade(before["address"])
