"""From a draft to what was approved: to the chair, round the table, at a meeting or in writing."""

from uuid import UUID

from scrutiny.kit.clock import london, now, today
from scrutiny.kit.db import keep, writes
from scrutiny.kit.errors import NotNow
from scrutiny.kit.made import fresh
from scrutiny.kit.stages import advance, amend, step
from scrutiny.kit.words import many_lines
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import queries
from scrutiny.minutes.clearing.guard import must_be_clean
from scrutiny.minutes.editions import must_be_true, opened, tell
from scrutiny.minutes.review.queries import approving_meetings, open_suggestions, signed_by
from scrutiny.minutes.review.rules import enough, in_writing_from, may_be_approved_from
from scrutiny.minutes.rules import MOVES, Seen, Stage, fingerprint
from scrutiny.minutes.tables import Minutes, Signature
from scrutiny.people.tables import Seat
from scrutiny.policy import Act
from scrutiny.record.actions import record


@writes
async def send(meeting: Meeting, *, by: Seat, seen: Seen | None = None, form_key: str = "") -> None:
    """To the chair, who reads them before anybody else does."""
    draft, held = await opened(meeting, by, seen, form_key)
    await must_be_true(draft, held, by)
    await advance(draft, MOVES, "sent", returned="")
    await record("minutes.sent", draft, by=by, meeting=held.date, edition=draft.edition)
    await tell("sent", draft, held, by.panel, Act.MINUTES_CIRCULATE, "wait for the chair")


@writes
async def give_back(
    meeting: Meeting, why: str, *, by: Seat, seen: Seen | None = None, form_key: str = ""
) -> None:
    draft, held = await opened(meeting, by, seen, form_key)
    await advance(draft, MOVES, "given_back", returned=many_lines(why).strip())
    await record("minutes.given_back", draft, by=by, meeting=held.date, edition=draft.edition)
    await tell("given_back", draft, held, by.panel, Act.MINUTES_COMPILE, "came back to you")


@writes
async def circulate(
    meeting: Meeting, *, by: Seat, seen: Seen | None = None, form_key: str = ""
) -> None:
    """To everybody at the table; from now on they may suggest corrections."""
    draft, held = await opened(meeting, by, seen, form_key)
    await must_be_true(draft, held, by)
    await advance(draft, MOVES, "circulated", circulated=now())
    told = {"meeting": held.date, "edition": draft.edition}
    await record("minutes.circulated", draft, by=by, **told)
    act = Act.MINUTES_SUGGEST if held.public else Act.MINUTES_READ_DRAFT
    await tell("circulated", draft, held, by.panel, act, "can be read, and corrected")


@writes
async def sign(meeting: Meeting, *, by: Seat, seen: Seen | None = None, form_key: str = "") -> None:
    """Approve exactly this document in writing. Any edit makes it another document.

    Raises NotNow for whoever wrote them or takes no part in something they are about.
    """
    draft, held = await opened(meeting, by, seen, form_key)
    step(MOVES, draft.stage, "approved")
    await _must_be_free(draft, by)
    await must_be_true(draft, held, by)
    mark = fingerprint(draft.document.encode())
    if by.id in {one.seat for one in await signed_by(draft)}:
        raise NotNow("You have signed these minutes already.")
    await keep(fresh(Signature, minutes=draft.id, seat=by.id, at=now(), sha256=mark))
    facts = {"meeting": held.date, "edition": draft.edition, "sha256": mark}
    await record("minutes.signed", draft, by=by, **facts)


@writes
async def approve(
    meeting: Meeting,
    *,
    by: Seat,
    at: UUID | None = None,
    seen: Seen | None = None,
    form_key: str = "",
) -> None:
    """Whoever chairs binds the fingerprint of exactly this document.

    `at`: the later meeting of the panel, with a quorum, that approved them; without it they must
    be signed in writing, or be a correction, which the chair alone approves. Raises NotNow where
    that is not so, while a suggestion is unanswered, for whoever wrote them or takes no part in
    something that they are about, or when the meeting's rows differ from them by now.
    """
    draft, held = await opened(meeting, by, seen, form_key)
    step(MOVES, draft.stage, "approved")
    await _must_be_free(draft, by)
    if left := await open_suggestions(draft):
        raise NotNow(f"Answer what was suggested first: {left} still without an answer.")
    if draft.edition == 1:
        await _must_be_agreed(draft, held, at)
    await must_be_true(draft, held, by)
    mark = fingerprint(draft.document.encode())
    bound = {"approved_by": by.id, "approved": now(), "approved_hash": mark, "approved_at": at}
    await advance(draft, MOVES, "approved", **bound)
    how = "meeting" if at else "writing" if draft.edition == 1 else "chair"
    facts = {"meeting": held.date, "edition": draft.edition, "sha256": mark, "how": how}
    await record("minutes.approved", draft, by=by, **facts)
    act = Act.MINUTES_CLEAR if held.public else Act.MINUTES_PUBLISH
    words = "wait to be cleared" if held.public else "can be filed"
    await tell("approved", draft, held, by.panel, act, words)


@writes
async def show_draft(
    meeting: Meeting, *, by: Seat, seen: Seen | None = None, form_key: str = ""
) -> None:
    """The public reads these words, marked as a draft, until the minutes are published.

    It is a copy: what is edited afterwards is not shown before it is shown again. Raises NotNow
    when the words hold what confidential records know.
    """
    draft, held = await opened(meeting, by, seen, form_key)
    if draft.stage != Stage.CIRCULATED or not held.public or draft.edition > 1:
        raise NotNow("A draft is shown to the public while the minutes go round the table.")
    await must_be_true(draft, held, by)
    await must_be_clean(draft, held, by.panel)
    await amend(draft, shown=draft.document)
    facts = {"meeting": held.date, "edition": draft.edition}
    await record("minutes.draft_shown", draft, by=by, public=True, **facts)


async def _must_be_agreed(draft: Minutes, held: Meeting, at: UUID | None) -> None:
    sent = london(draft.circulated).date()
    if at is not None:
        if at not in {one.id for one in await approving_meetings(held)}:
            raise NotNow("Minutes are approved at a later meeting of the panel, with a quorum.")
        if today() < (ready := may_be_approved_from(sent)):
            raise NotNow(f"Everybody at the table has until {ready:%-d %B %Y} to correct them.")
        return
    if today() < (first := in_writing_from(sent)):
        raise NotNow(f"They can be approved in writing from {first:%-d %B %Y}.")
    if not enough([one.role for one in await signed_by(draft)]):
        raise NotNow("In writing, whoever chairs and two members sign exactly these minutes.")


async def _must_be_free(draft: Minutes, by: Seat) -> None:
    if by.person.id in await queries.authors_of(draft):
        raise NotNow("You compiled these minutes, so somebody else must approve them.")
    if await queries.is_apart(by, draft):
        raise NotNow(
            "You take no part in something that these minutes are about, so somebody else must "
            "approve them."
        )
