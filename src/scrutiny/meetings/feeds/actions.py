"""Make the address of one's own calendar, and take it back."""

from scrutiny.kit.clock import now
from scrutiny.kit.db import writes
from scrutiny.kit.tokens import link_token
from scrutiny.meetings.feeds.queries import token_hash
from scrutiny.meetings.feeds.tables import FeedToken
from scrutiny.people.tables import Person
from scrutiny.record.actions import record


@writes
async def make(person: Person) -> str:
    """A new address; one made before ends. Returns the secret, which is kept nowhere."""
    await _end(person)
    token = link_token()
    row = FeedToken(person=person.id, token_hash=token_hash(token), made=now())
    await FeedToken.insert(row)
    await record("calendar.made", row, by=person)
    return token


@writes
async def take_back(person: Person) -> None:
    """From now on the address answers as if it had never been. Twice is once."""
    if await _end(person):
        await record("calendar.taken_back", by=person)


async def _end(person: Person) -> bool:
    standing = (FeedToken.person == person.id) & FeedToken.revoked.is_null()
    ended = (
        await FeedToken.update({FeedToken.revoked: now()}).where(standing).returning(FeedToken.id)
    )
    return bool(ended)
