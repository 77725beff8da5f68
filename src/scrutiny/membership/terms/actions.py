"""Draft, consult, answer, vote, put into force, sign: a version of the terms from start to end."""

import json
from datetime import date
from uuid import UUID

from scrutiny.kit.clock import now, today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import NotNow
from scrutiny.kit.stages import advance, amend
from scrutiny.kit.words import many_lines, one_line
from scrutiny.membership.terms import letters, queries, rules
from scrutiny.membership.terms.entry import settle
from scrutiny.membership.terms.provisions import Provisions, packed
from scrutiny.membership.terms.rules import MOVES, Stage
from scrutiny.membership.terms.tables import Terms, TermsComment, TermsSignature
from scrutiny.people.actions import next_number, once
from scrutiny.people.constitution import constitution_of
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import COMMUNITY
from scrutiny.record.actions import record
from scrutiny.voting import actions as voting
from scrutiny.voting import queries as polls
from scrutiny.voting.rules import usual_choices

NO_VOTE = "No vote is open."


def address(panel: Panel, number: int) -> str:
    return f"/{panel.slug}/terms/{number}"


@writes
async def draft(
    text: str, provisions: Provisions, summary: str, *, by: Seat, form_key: str
) -> Terms:
    """Begin a version. Raises NotNow while another is on its way."""
    panel = by.panel
    if await queries.proposed(panel.id) is not None:
        await once(form_key, f"/{panel.slug}/terms")
        raise NotNow("Another version is on its way. Finish or withdraw that one first.")
    made = Terms(
        panel=panel.id,
        number=await next_number(panel.id, "terms"),
        text=many_lines(text).strip(),
        rules=packed(provisions),
        summary=one_line(summary),
        proposer=by.id,
        changed=now(),
    )
    await Terms.insert(made)
    await record("terms.drafted", made, by=by, number=made.number)
    await once(form_key, address(panel, made.number))
    return made


@writes
async def rewrite(
    number: int, seen: int, text: str, provisions: Provisions, summary: str, *, by: Seat
) -> None:
    """Change a draft, also after the consultation. Raises NotNow at any other time, Stale."""
    found = await queries.terms(by.panel, number, by)
    if not rules.may_be_rewritten(found.stage, found.consult_until, today()):
        raise NotNow("It cannot be changed while it is consulted on, or after that is voted on.")
    found.version = seen
    changes = {"text": many_lines(text).strip(), "rules": packed(provisions)}
    await amend(found, **changes, summary=one_line(summary), changed=now())
    await record("terms.rewritten", found, by=by, public=found.stage == Stage.CONSULTED)


@writes
async def consult(number: int, seen: int, until: date, *, by: Seat) -> None:
    """Ask panel, host and force, two weeks at least. Raises NotNow, Stale."""
    found = await queries.terms(by.panel, number, by)
    if wrong := rules.consultation_problem(until, today()):
        raise NotNow(wrong)
    found.version = seen
    asked = json.dumps({"text": found.text, "rules": found.rules})
    await advance(found, MOVES, "put_to_consultation", consult_until=until, consulted=asked)
    await record("terms.put_to_consultation", found, by=by, public=True)
    await letters.tell_all("consulted", letters.CONSULTED, found, by.panel, until=until)
    await letters.ask_the_force(found, by.panel)


@writes
async def say(number: int, text: str, *, by: Seat, form_key: str, on_behalf_of: str = "") -> None:
    """Comment, or write down what the host or the force said. Raises NotNow out of time."""
    found = await queries.terms(by.panel, number, by)
    if not rules.takes_comments(found.stage, found.consult_until, today()):
        raise NotNow("Comments are taken only while it is consulted on.")
    made = TermsComment(
        terms=found.id,
        seat=by.id,
        on_behalf_of=one_line(on_behalf_of)[:120],
        text=many_lines(text).strip(),
        at=now(),
    )
    await TermsComment.insert(made)
    await record("terms.commented", found, by=by, comment=made.id)
    await once(form_key, f"{address(by.panel, number)}/comments")


@writes
async def answer(number: int, comment: UUID, seen: int, text: str, *, by: Seat) -> None:
    """What was made of a comment. Raises NotNow once the vote has begun, Missing, Stale."""
    found = await queries.terms(by.panel, number, by)
    one = await queries.comment(found, comment)
    if found.stage != Stage.CONSULTED:
        raise NotNow("Comments are answered before the vote.")
    one.version = seen
    await amend(one, answer=many_lines(text).strip())
    await record("terms.comment_answered", found, by=by, comment=one.id)


@writes
async def put_to_the_vote(number: int, seen: int, vote_by: date, *, by: Seat) -> None:
    """By the way of deciding that is in force now, not the one proposed.

    Raises NotNow before the consultation is over and every comment answered, and Stale.
    """
    found = await queries.terms(by.panel, number, by)
    unanswered = await queries.unanswered(found)
    if why := rules.vote_problem(found.stage, found.consult_until, unanswered, today()):
        raise NotNow(why)
    if wrong := rules.vote_by_problem(vote_by, today()):
        raise NotNow(wrong)
    agreed = constitution_of(found.panel)
    poll = await voting.open_poll(
        by.panel,
        f"Shall version {number} of the terms of reference come into force?",
        usual_choices(agreed.method),
        method=agreed.method,
        majority=agreed.majority,
        electors=[seat.id for seat in await queries.voters(by.panel.id)],
        about=found.id,
        kind="terms",
        by=by,
    )
    found.version = seen
    await advance(found, MOVES, "put_to_the_vote", poll=poll.id, vote_by=vote_by)
    await record("terms.put_to_the_vote", found, by=by, public=True)
    await letters.tell_all("vote", letters.VOTE, found, by.panel, COMMUNITY, until=vote_by)


@writes
async def vote(number: int, choice: str, *, by: Seat) -> None:
    """Raises NotNow for a second vote, or when none is open; Missing when not asked."""
    found = await queries.terms(by.panel, number, by)
    if found.stage != Stage.VOTED:
        raise NotNow(NO_VOTE)
    await voting.cast_vote(found.poll, choice, by=by)


@writes
async def dissent(number: int, text: str, *, named: bool, by: Seat) -> None:
    """Why somebody does not agree, kept with the version. Raises NotNow before a vote, Missing."""
    found = await queries.terms(by.panel, number, by)
    if found.poll is None:
        raise NotNow(NO_VOTE)
    await voting.add_dissent(found.poll, text, named=named, by=by)


@writes
async def count(number: int, seen: int, *, by: Seat) -> None:
    """Close the vote; carried at a quorum, the version is in force in the same moment.

    Raises NotNow before its last day while somebody has still to vote, and Stale.
    """
    found = await queries.terms(by.panel, number, by)
    found.version = seen
    if found.stage != Stage.VOTED:
        raise NotNow(NO_VOTE)
    poll = await polls.poll(found.poll)
    voted = await polls.turnout(poll)
    if not rules.may_be_counted(found.vote_by, voted, len(polls.electors_of(poll)), today()):
        raise NotNow("The vote is still open: not everybody has voted.")
    await settle(found, found.panel, by)


@writes
async def withdraw(number: int, seen: int, *, by: Seat) -> None:
    """Take a version back before the vote. Raises NotNow, Stale."""
    found = await queries.terms(by.panel, number, by)
    found.version = seen
    told = found.stage == Stage.CONSULTED
    await advance(found, MOVES, "withdrawn")
    await record("terms.withdrawn", found, by=by, public=told)
    if told:
        await letters.tell_all("withdrawn", letters.WITHDRAWN, found, by.panel)


@writes
async def sign(number: int, *, by: Seat) -> None:
    """Once for each version. Raises NotNow for one that is not in force."""
    found = await queries.terms(by.panel, number, by)
    if not rules.is_current(found.stage):
        raise NotNow("Only the version in force is signed.")
    if by.person.id in await queries.signed(found):
        raise NotNow("You have signed this version.")
    await TermsSignature.insert(TermsSignature(terms=found.id, person=by.person.id, at=now()))
    await record("terms.signed", found, by=by, public=True)
