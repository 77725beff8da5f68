"""Ask for a letter, use its code or its link once, end sessions."""

from dataclasses import dataclass
from uuid import UUID

from scrutiny.accounts.factors.queries import has_factor
from scrutiny.accounts.queries import asked_by, asked_for, hashed, request_of, roles_ahead
from scrutiny.accounts.rules import HOME, LIVES, REMEMBERED, WRONG_CODES, is_open, next_letter
from scrutiny.accounts.tables import SignIn
from scrutiny.kit.clock import london, now
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.settings import settings
from scrutiny.kit.tokens import link_token, same, sign_in_code
from scrutiny.letters import actions as letters
from scrutiny.letters.actions import Words
from scrutiny.people import actions as people
from scrutiny.people.queries import person_by_email
from scrutiny.people.rules import email_key
from scrutiny.people.tables import Person, Session
from scrutiny.policy import needs_second_factor
from scrutiny.record.actions import record

CLOSED = "This request to sign in is over. Ask for a new letter."
LETTER = """\
Somebody, we hope you, asked to sign in to {host}.

Your code is {code}

Type it where you asked for it, or open this link in the same browser:
{link}

Both work once, for ten minutes, and only in the browser that asked. If it was not you, you need
not do anything: nobody can sign in without this letter. We never ask for the code by telephone.
"""


@dataclass(frozen=True)
class Entered:
    """A session that has begun: its cookie's value, whether it is whole, the page wanted."""

    key: str
    full: bool
    next: str


@writes
async def ask(address: str, next_path: str) -> str:
    """Note a request to sign in and write the letter; returns the key for the asking browser.

    An address that nobody here has is treated alike, but gets no letter. Raises NotNow when
    this address asked too often. It is not put in the record: anybody can ask, and the record
    would grow at the will of strangers.
    """
    if (wait := next_letter(await asked_for(email_key(address)))) and wait > now():
        raise NotNow(
            "Several letters went to this address a short while ago. "
            f"Use the newest, or ask again after {london(wait):%H:%M:%S}."
        )
    await SignIn.delete().where(SignIn.asked < now() - REMEMBERED)
    browser, link, code = link_token(), link_token(), sign_in_code()
    person = await person_by_email(address)
    asked = SignIn(
        person=person,
        address_hash=hashed("address", email_key(address)),
        link_hash=hashed("link", link),
        code_hash=hashed("code", f"{browser}|{code}"),
        browser_hash=hashed("asked", browser),
        next=next_path,
        asked=now(),
    )
    await SignIn.insert(asked)
    if person is not None:
        await _write_letter(asked, person, link, code)
    return browser


async def _write_letter(asked: SignIn, person: Person, link: str, code: str) -> None:
    text = LETTER.format(
        host=settings().host, code=code, link=f"{settings().base_url}/sign-in/link/{link}"
    )
    words = Words("The letter you asked for", text)
    await letters.write("sign_in.asked", person, words, key=f"sign-in|{asked.id}")


@writes
async def console_link(person: Person) -> str:
    """A link for whoever runs the site to hand over: it works in any browser, once, and second
    factors are asked for as ever. It stands in the record, as nobody asked for it by letter.
    """
    link = link_token()
    await SignIn.insert(
        SignIn(
            person=person,
            address_hash=hashed("console", email_key(person.email)),
            link_hash=hashed("link", link),
            code_hash=hashed("code", f"{link}|{sign_in_code()}"),
            browser_hash=hashed("asked", link),  # the link is its own browser
            next=HOME,
            asked=now(),
        )
    )
    await record("sign_in.console_link_made", person)
    return f"{settings().base_url}/sign-in/link/{link}"


@writes
async def enter_code(browser: str, code: str | None, *, old: str = "") -> Entered | int:
    """Sign in with the code from the letter, or say how many tries are left.

    Raises NotNow when there is no open request from this browser.
    """
    asked = await _open_request(browser)
    await SignIn.update({SignIn.tries: SignIn.tries + 1}).where(SignIn.id == asked.id)
    right = same(asked.code_hash, hashed("code", f"{browser}|{code}"))
    if not right or asked.person is None:
        return WRONG_CODES - asked.tries - 1
    return await _enter(asked, old)


@writes
async def follow_link(browser: str, link: str, *, old: str = "") -> Entered:
    """Sign in with the link from the letter. Raises NotNow unless this browser asked for it."""
    asked = await request_of(browser, link)
    if asked is None or asked.person is None:
        raise NotNow(CLOSED)
    return await _enter(asked, old)


async def _open_request(browser: str) -> SignIn:
    asked = await asked_by(browser)
    if asked is None or not is_open(asked.asked, asked.used, asked.tries, now()):
        raise NotNow(CLOSED)
    return asked


async def _enter(asked: SignIn, old: str) -> Entered:
    """Use the request up, which only one of many at once can, and begin a session."""
    fresh = (SignIn.id == asked.id) & SignIn.used.is_null() & (SignIn.asked > now() - LIVES)
    if not await SignIn.update({SignIn.used: now()}).where(fresh).returning(SignIn.id):
        raise NotNow(CLOSED)
    person = asked.person
    full = not await must_prove_more(person)
    key = await people.begin_session(person, full=full, old=old)
    await record("sign_in.letter_used", person, by=person, full=full)
    return Entered(key, full, asked.next)


async def must_prove_more(person: Person) -> bool:
    """Whoever holds a seat that needs two factors, or has a second one, is asked for it."""
    if any(needs_second_factor(role) for role in await roles_ahead(person.id)):
        return True
    return await has_factor(person.id)


@writes
async def leave(person: Person, key: str) -> None:
    await people.end_session(key)
    await record("session.ended", person, by=person, which="own")


@writes
async def end_session(person: Person, session: UUID) -> None:
    """End one of this person's own sessions. Raises Missing for anybody else's."""
    mine = (Session.id == session) & (Session.person == person.id)
    if not await Session.exists().where(mine):
        raise Missing("That session is not there any more.")
    await Session.delete().where(mine)
    await record("session.ended", person, by=person, which="another")


@writes
async def end_others(person: Person, key: str) -> None:
    await people.end_other_sessions(person, keep=key)
    await record("session.ended", person, by=person, which="all others")
