"""Writes. One function a verb; each is one transaction and leaves one line in the record."""

from collections.abc import Collection
from uuid import UUID

from scrutiny.cases.queries import is_paused
from scrutiny.cases.tables import Case
from scrutiny.concerns import actions as concerns
from scrutiny.concerns.rules import Stage as ConcernStage
from scrutiny.concerns.tables import Concern
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import advance, amend
from scrutiny.leaks.guard import refuse
from scrutiny.ledger.actions import enter
from scrutiny.letters.actions import Words, write
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.interests.recusals import recused_from
from scrutiny.people.actions import next_number, once
from scrutiny.people.queries import people_on
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import CONVENORS, POLICE
from scrutiny.recommendations.papers import address, outlets, paper
from scrutiny.recommendations.queries import case_of, deciders
from scrutiny.recommendations.rules import (
    ANSWERS,
    CLOSING,
    METHODS,
    MOVES,
    Stage,
    answer_due,
    reference,
    vote_problems,
)
from scrutiny.recommendations.tables import Recommendation
from scrutiny.record.actions import record
from scrutiny.room.queries import apart_from


async def draft(
    *, by: Seat, title: str, text: str, reason: str, item: UUID | None = None, form_key: str = ""
) -> Recommendation:
    async with write_tx():
        drafted = await draft_inside(by=by, title=title, text=text, reason=reason, item=item)
        await once(form_key, address(by.panel.slug, drafted.number))
    return drafted


async def draft_inside(
    *, by: Seat, title: str, text: str, reason: str, item: UUID | None = None
) -> Recommendation:
    """The same inside a write_tx() that does more."""
    number = await next_number(by.panel.id, "recommendation")
    words = {"title": title, "text": text, "reason": reason}
    drafted = Recommendation(panel=by.panel.id, number=number, item=item, drafted_by=by.id, **words)
    await Recommendation.insert(drafted)
    await record("recommendation.drafted", drafted, by=by, number=number)
    return drafted


async def redraft(
    asked: Recommendation, *, by: Seat, title: str, text: str, reason: str, item: UUID | None
) -> None:
    """Change the words while it is a draft. After the vote they are what was voted on."""
    if asked.stage != Stage.DRAFTING:
        raise NotNow("This has been agreed, so its words cannot be changed now.")
    async with write_tx():
        await amend(asked, title=title, text=text, reason=reason, item=item)
        await record("recommendation.redrafted", asked, by=by, fields=["title", "text", "reason"])


async def agree(
    asked: Recommendation,
    *,
    by: Seat,
    meeting: UUID,
    votes_for: int,
    votes_against: int,
    abstained: int,
    form_key: str = "",
) -> None:
    """Raises NotNow when the meeting had no quorum, or the vote does not carry it."""
    votes = {"votes_for": votes_for, "votes_against": votes_against, "abstained": abstained}
    await refuse(by.panel, outlets(asked), about=asked.id)
    async with write_tx():
        await once(form_key, address(by.panel.slug, asked.number))
        await _check_vote(asked, by.panel, meeting, votes)
        await advance(asked, MOVES, "agreed", meeting=meeting, **votes)
        await record("recommendation.agreed", asked, by=by, meeting=meeting, **votes)


async def _check_vote(
    asked: Recommendation, panel: Panel, meeting: UUID, votes: dict[str, int]
) -> None:
    room = next((one for one in await deciders(panel, asked) if one.id == meeting), None)
    if room is None or not room.quorate:
        raise NotNow(
            "Only a meeting that had its quorum, on the day of the draft or later, can agree it."
        )
    if problems := vote_problems(votes, room.present):
        raise NotNow(next(iter(problems.values())))


async def issue(asked: Recommendation, *, by: Seat, form_key: str = "") -> None:
    """Send it to the force: the words are final, public, and in the ledger from now on.

    Raises NotNow while proceedings go on about the concern that it came from (contempt of court).
    """
    panel, day = by.panel, today()
    due, working = answer_due(day, panel.response_days)
    await refuse(panel, outlets(asked), about=asked.id)
    async with write_tx():
        await once(form_key, address(panel.slug, asked.number))
        case = await case_of(asked)
        if case is not None and await is_paused(case):
            raise NotNow("It is paused while proceedings go on. It is issued when they end.")
        await advance(asked, MOVES, "issued", issued=day, due=due, due_working=working)
        await record("recommendation.issued", asked, by=by, public=True, issued=day, due=due)
        await next_number(panel.id, "recommendation.asked")  # so that figures() need not count
        await _publish(asked, panel, "recommendation")
        await _tell_sources(asked, case, by)
        words = f"{panel.name} asks the police to answer a recommendation.\n\n{working}"
        await _tell_police(asked, panel, "issued", words, _force_mailbox(panel))


async def _tell_sources(asked: Recommendation, case: Case | None, by: Seat) -> None:
    """The meeting, the case and the concern that it came from say from now on what it became."""
    name = reference(by.panel.code, asked.number, asked.issued)
    agreed_at = await Meeting.objects().where(Meeting.id == asked.meeting).first()
    if agreed_at is not None:
        said = {"number": asked.number, "name": name}
        await record("meeting.asked", agreed_at, by=by, public=True, **said)
    if case is None:
        return
    await record("case.asked", case, by=by, number=asked.number, name=name)
    concern = await Concern.objects().where(Concern.id == case.concern).first()
    if concern is not None and concern.stage == ConcernStage.LINKED:
        await concerns.link(concern, by=by, to="recommendation", name=str(asked.number))


async def answer(
    asked: Recommendation, *, by: Seat, answer_type: str, text: str, form_key: str = ""
) -> None:
    """The force's answer, published as it was written; nobody can change it afterwards."""
    if answer_type not in ANSWERS:
        raise ValueError(f"{answer_type} is no type of answer.")
    said = {"answer_type": answer_type, "answer": text, "answered": now(), "answered_by": by.id}
    async with write_tx():
        await once(form_key, address(by.panel.slug, asked.number))
        await advance(asked, MOVES, "answered", **said)
        await record("recommendation.answered", asked, by=by, public=True, type=answer_type)
        await next_number(by.panel.id, "recommendation.answered")
        await _publish(asked, by.panel, "answer")
        await _tell_convenors(asked, by.panel, "answered", "The police have answered.")


async def report(asked: Recommendation, *, by: Seat, text: str, form_key: str = "") -> None:
    """The force says it has been done. That is a claim: only the panel can verify it."""
    async with write_tx():
        await once(form_key, address(by.panel.slug, asked.number))
        await advance(asked, MOVES, "reported", reported=text, reported_on=today())
        await record("recommendation.reported", asked, by=by, public=True)
        await _publish(asked, by.panel, "report")
        words = "The police say that they have done this. The panel can now check it."
        await _tell_convenors(asked, by.panel, "reported", words)


async def close(
    asked: Recommendation, how: str, *, by: Seat, note: str, method: str = "", form_key: str = ""
) -> None:
    """End it: `how` is one of rules.CLOSING, `method` how it was verified. Only the panel does."""
    if how not in CLOSING or (how == "verified" and method not in METHODS):
        raise ValueError(f"{how} {method} is no way to end a recommendation.")
    panel, public = by.panel, asked.issued is not None
    checked = method if how == "verified" else ""
    async with write_tx():
        await once(form_key, address(panel.slug, asked.number))
        await advance(asked, MOVES, how, closing_note=note, closed=today(), method=checked)
        await record("recommendation.closed", asked, by=by, public=public, stage=asked.stage)
        if how == "verified":
            await next_number(panel.id, "recommendation.done")
        if public:
            await _publish(asked, panel, "closing")
            await _tell_police(asked, panel, "closed", "The panel has closed a recommendation.")


# -- what goes out with a deed --------------------------------------------------------------------


async def _publish(asked: Recommendation, panel: Panel, part: str) -> None:
    title = f"{reference(panel.code, asked.number, asked.issued)}: {asked.title}"
    place = address(panel.slug, asked.number, part)
    await enter(panel, part, title, place, paper(asked, panel.code, part).encode())


def _force_mailbox(panel: Panel) -> Mailbox:
    try:
        return Mailbox(panel.force.name, panel.force.contact)
    except ValueError:
        raise NotNow(
            f"There is no address to which letters to {panel.force.name} can go. "
            "Nothing has been sent. Please have the address mended first."
        ) from None


async def _tell_police(
    asked: Recommendation, panel: Panel, deed: str, words: str, force: Mailbox | None = None
) -> None:
    if force is not None:
        await _tell(asked, panel, deed, words, force, "force")
    await _tell_all(asked, panel, deed, words, POLICE)


async def _tell_convenors(asked: Recommendation, panel: Panel, deed: str, words: str) -> None:
    await _tell_all(asked, panel, deed, words, CONVENORS)


async def _tell_all(
    asked: Recommendation, panel: Panel, deed: str, words: str, roles: Collection[str]
) -> None:
    """One letter a person, and none to those who take no part in it."""
    apart = await recused_from(asked.id)
    if (item := getattr(asked.item, "id", asked.item)) is not None:
        apart |= await apart_from(item)
    for person in await people_on(panel.id, roles):
        if person.id not in apart:
            to = Mailbox(person.name, person.email)
            await _tell(asked, panel, deed, words, to, str(person.id))


async def _tell(
    asked: Recommendation, panel: Panel, deed: str, words: str, to: Mailbox, who: str
) -> None:
    """A neutral letter with a link: what it is about is read on the page, not over a shoulder."""
    name = reference(panel.code, asked.number, asked.issued)
    link = settings().base_url + address(panel.slug, asked.number)
    letter = Words(f"{panel.name}: {name}", f"{words}\n\n{name}\n{link}\n")
    await write(
        f"recommendation.{deed}",
        to,
        letter,
        key=f"recommendation.{deed}:{asked.id}:{who}",
        panel=panel,
    )
