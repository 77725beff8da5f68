"""Reads about signing in: the open request of a browser, the sessions and seats of a person."""

from datetime import datetime
from uuid import UUID

from scrutiny.accounts.rules import REMEMBERED, is_open
from scrutiny.accounts.tables import SignIn
from scrutiny.kit.clock import now, today
from scrutiny.kit.seal import keys
from scrutiny.kit.tokens import keyed_hash, same
from scrutiny.people.rules import ABSOLUTE, IDLE
from scrutiny.people.tables import Seat, Session

MOST_SESSIONS = 50


def hashed(purpose: str, value: str) -> str:
    return keyed_hash(keys().pepper, purpose, value)


async def asked_by(browser: str) -> SignIn | None:
    """The latest request to sign in from this browser."""
    if not browser:
        return None
    wanted = SignIn.browser_hash == hashed("asked", browser)
    return await (
        SignIn.objects(SignIn.person).where(wanted).order_by(SignIn.id, ascending=False).first()
    )


async def request_of(browser: str, link: str) -> SignIn | None:
    """The open request that this link belongs to, if this browser made it or the console did."""
    for asked in (await asked_by(browser), await asked_by(link)):
        if asked is None or not is_open(asked.asked, asked.used, asked.tries, now()):
            continue
        if same(asked.link_hash, hashed("link", link)):
            return asked
    return None


async def asked_for(address_key: str) -> list[datetime]:
    """When this address asked for a letter within the last day, newest first."""
    found = await (
        SignIn.select(SignIn.asked)
        .where(
            (SignIn.address_hash == hashed("address", address_key))
            & (SignIn.asked > now() - REMEMBERED)
        )
        .order_by(SignIn.asked, ascending=False)
        .limit(20)
    )
    return [row["asked"] for row in found]


async def roles_ahead(person: UUID) -> list[str]:
    """The roles of the seats this person holds or will hold: one may begin while they are in."""
    held = (Seat.person == person) & (Seat.until.is_null() | (Seat.until >= today()))
    return [row["role"] for row in await Seat.select(Seat.role).where(held)]


async def sessions_of(person: UUID) -> list[Session]:
    """The browsers in which this person is signed in, newest first."""
    alive = (Session.seen > now() - IDLE) & (Session.begun > now() - ABSOLUTE)
    return await (
        Session.objects()
        .where((Session.person == person) & alive)
        .order_by(Session.begun, ascending=False)
        .limit(MOST_SESSIONS)
    )
