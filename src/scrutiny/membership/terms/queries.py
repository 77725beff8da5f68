"""Reads about terms of reference. What somebody may read is decided here, by `visible_to`."""

from datetime import date
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing
from scrutiny.membership.terms.rules import CURRENT, PROPOSED, PUBLIC, Stage, takes_comments
from scrutiny.membership.terms.tables import Terms, TermsComment, TermsSignature
from scrutiny.people.queries import seats_on
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import COMMUNITY, Act, may
from scrutiny.voting import queries as polls

MOST = 100
JOINED = (Terms.panel, Terms.proposer, Terms.proposer.person)


def _stages(stages) -> list[str]:
    return [stage.value for stage in stages]


def visible_to(seat: Seat | None):
    """Those who draft read every version, everybody else from the consultation on."""
    if seat is not None and may(seat.role, Act.TERMS_DRAFT_PAGE, seat.stage):
        return Terms.number > 0
    return Terms.stage.is_in(_stages(PUBLIC))


async def terms(panel: Panel, number: int, seat: Seat | None) -> Terms:
    """One version. Raises Missing when there is none, or none that they may read."""
    wanted = (Terms.panel == panel.id) & (Terms.number == number) & visible_to(seat)
    found = await Terms.objects(*JOINED).where(wanted).first()
    if found is None:
        raise Missing("There is no such version of the terms.")
    return found


async def versions(panel: Panel, seat: Seat | None) -> list[Terms]:
    """Every version that they may read, the newest first."""
    wanted = (Terms.panel == panel.id) & visible_to(seat)
    return await Terms.objects().where(wanted).order_by(Terms.number, ascending=False).limit(MOST)


async def in_force(panel: UUID) -> Terms | None:
    """The version that counts today, if the panel has one."""
    wanted = (Terms.panel == panel) & Terms.stage.is_in(_stages(CURRENT))
    return await Terms.objects(*JOINED).where(wanted).first()


async def proposed(panel: UUID) -> Terms | None:
    """The version being worked on: one at a time."""
    wanted = (Terms.panel == panel) & Terms.stage.is_in(_stages(PROPOSED))
    return await Terms.objects(*JOINED).where(wanted).first()


async def before(found: Terms) -> Terms | None:
    """What was in force before this version, for what changed."""
    adopted = Terms.in_force.is_not_null() & (Terms.number < found.number)
    earlier = Terms.objects().where((Terms.panel == found.panel.id) & adopted)
    return await earlier.order_by(Terms.number, ascending=False).first()


async def comments(found: Terms) -> list[TermsComment]:
    joined = (TermsComment.seat, TermsComment.seat.person)
    wanted = TermsComment.objects(*joined).where(TermsComment.terms == found.id)
    return await wanted.order_by(TermsComment.id).limit(500)


async def comment(found: Terms, id: UUID) -> TermsComment:
    joined = (TermsComment.seat, TermsComment.seat.person)
    wanted = (TermsComment.id == id) & (TermsComment.terms == found.id)
    one = await TermsComment.objects(*joined).where(wanted).first()
    if one is None:
        raise Missing("There is no such comment.")
    return one


async def unanswered(found: Terms) -> int:
    return await TermsComment.count().where(
        (TermsComment.terms == found.id) & (TermsComment.answer == "")
    )


async def voters(panel: UUID) -> list[Seat]:
    """Everybody of the community side who sits today, each once, by name."""
    seats = await seats_on(panel, COMMUNITY)
    return sorted({seat.person.id: seat for seat in seats}.values(), key=lambda s: s.person.name)


async def signed(found: Terms) -> set[UUID]:
    """The people who signed this version."""
    rows = TermsSignature.select(TermsSignature.person).where(TermsSignature.terms == found.id)
    return {row["person"] for row in await rows}


async def unsigned(found: Terms) -> list[Seat]:
    """Those who sit today on the community side and have not signed, by name."""
    done = await signed(found)
    panel = found.panel.id if isinstance(found.panel, Panel) else found.panel
    return [seat for seat in await voters(panel) if seat.person.id not in done]


async def waiting(seat: Seat, *, drafts: bool) -> list[tuple[str, str, date | None]]:
    """What waits for this seat in the terms: (words, address, due), for the desk.

    `drafts`: whether it is they who bring a version on its way.
    """
    panel, found = seat.panel, []
    home = f"/{panel.slug}/terms"
    new, now = await proposed(panel.id), await in_force(panel.id)
    if new is not None and (words := await _words(new, seat, drafts)):
        due = new.consult_until if new.stage == Stage.CONSULTED else new.vote_by
        found.append((words, f"{home}/{new.number}", due))
    if now is not None and seat.person.id in {s.person.id for s in await unsigned(now)}:
        found.append(("Sign the terms of reference", f"{home}/{now.number}/signature", None))
    if drafts and now is not None and new is None and now.stage == Stage.UNDER_REVIEW:
        found.append(("The terms of reference are due for review", home, now.review_by))
    return found


async def _words(new: Terms, seat: Seat, drafts: bool) -> str:
    if new.stage == Stage.VOTED:
        poll = await polls.poll(new.poll)
        voter = await polls.elector(poll, seat.person.id)
        if voter is not None and not await polls.has_voted(poll, seat.person.id):
            return "Vote on the terms of reference"
        return "A vote on the terms to count" if drafts and new.vote_by <= today() else ""
    if takes_comments(new.stage, new.consult_until, today()):
        return "Comment on the new terms of reference"
    return "The new terms of reference wait for their next step" if drafts else ""
