"""From what was approved to what everybody reads: cleared, held back a while, published."""

from datetime import datetime, timedelta
from uuid import UUID

from scrutiny.kit.clock import now
from scrutiny.kit.db import scrub, writes
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.pdf import PdfFailed
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import advance, step
from scrutiny.leaks.actions import lift
from scrutiny.ledger.actions import enter
from scrutiny.ledger.queries import newest_head
from scrutiny.meetings.actions import mark_minuted
from scrutiny.meetings.rules import Stage as MeetingStage
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import queries
from scrutiny.minutes.clearing.guard import counts, findings, must_be_clean
from scrutiny.minutes.clearing.withdrawing import take_earlier_away
from scrutiny.minutes.document import address, printed
from scrutiny.minutes.editions import meeting_of, must_be_seen, must_be_true, opened, tell
from scrutiny.minutes.rules import MOVES, Seen, Stage, fingerprint, said
from scrutiny.minutes.tables import Minutes
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.record.actions import record


async def clear(
    meeting: Meeting,
    *,
    by: Seat,
    counts_stay: bool = False,
    seen: Seen | None = None,
    form_key: str = "",
) -> None:
    """The second person, who neither wrote nor approved them, clears exactly these bytes.

    The PDF is made before anything is cleared. Raises PdfFailed, and then only that failure is
    kept; NotNow when the words hold what confidential records know, while small counts in them
    were not looked at (`counts_stay`), or for whom it is not to do.
    """
    made, printed_from = await _printed(meeting, by)
    await _clear(meeting, made, printed_from, by, counts_stay, seen, form_key)


@writes
async def _clear(
    meeting: Meeting,
    made: bytes,
    printed_from: Seen,
    by: Seat,
    counts_stay: bool,
    seen: Seen | None,
    form_key: str,
) -> None:
    draft, held = await opened(meeting, by, seen, form_key)
    must_be_seen(draft, printed_from)
    step(MOVES, draft.stage, "cleared")
    await _must_be_second(draft, held, by)
    await must_be_true(draft, held, by)
    await must_be_clean(draft, held, by.panel)
    small = len(counts(draft, held, by.panel))
    if small and not counts_stay:
        raise NotNow("Look at the small counts in these minutes, and tick that they may stay.")
    digest = fingerprint(made)
    bound = {"cleared_by": by.id, "cleared": now(), "pdf": made, "sha256": digest, "failure": ""}
    await advance(draft, MOVES, "cleared", **bound)
    facts = {"meeting": held.date, "edition": draft.edition, "sha256": digest}
    await record("minutes.cleared", draft, by=by, **facts, small_counts=small)
    await tell("cleared", draft, held, by.panel, Act.MINUTES_PUBLISH, "can be published")


async def _must_be_second(draft: Minutes, held: Meeting, by: Seat) -> None:
    if not held.public:
        raise NotNow("Minutes of a closed meeting are filed, so nothing is cleared for the public.")
    if by.person.id in await queries.authors_of(draft) | await queries.approver_of(draft):
        raise NotNow("You wrote or approved these minutes, so somebody else must clear them.")


@writes
async def let_through(
    meeting: Meeting, mark: str, reason: str, *, by: Seat, form_key: str = ""
) -> None:
    """Something that blocks may be published after all, for a reason; never what reaches somebody.

    Raises NotNow for that, for whoever wrote or approved the minutes, and without a reason.
    """
    draft, held = await opened(meeting, by, form_key=form_key)
    step(MOVES, draft.stage, "cleared")
    await _must_be_second(draft, held, by)
    found = [one for one in await findings(draft, held, by.panel) if one.mark == mark and mark]
    if not found:
        raise Missing("This was not found in these minutes.")
    await lift(found, reason, by=by, prepared_by=draft.compiled_by.person, about=draft.id)


async def publish(
    meeting: Meeting, *, by: Seat, seen: Seen | None = None, form_key: str = ""
) -> None:
    """What was cleared goes out when the hold is over. Those of a closed meeting are filed."""
    if meeting.public:
        await _release(meeting, by, seen, form_key)
        if not settings().hold_minutes:
            await release_due(now())
        return
    made, printed_from = await _printed(meeting, by)
    await _file(meeting, made, printed_from, by, seen, form_key)


@writes
async def _release(meeting: Meeting, by: Seat, seen: Seen | None, form_key: str) -> None:
    draft, held = await opened(meeting, by, seen, form_key)
    step(MOVES, draft.stage, "released")
    await must_be_true(draft, held, by)
    await must_be_clean(draft, held, by.panel)
    goes = now() + timedelta(minutes=settings().hold_minutes)
    await advance(draft, MOVES, "released", released_by=by.id, release_at=goes)
    await record("minutes.released", draft, by=by, meeting=held.date, edition=draft.edition)


@writes
async def call_back(
    meeting: Meeting, *, by: Seat, seen: Seen | None = None, form_key: str = ""
) -> None:
    draft, held = await opened(meeting, by, seen, form_key)
    await advance(draft, MOVES, "called_back", release_at=None, released_by=None)
    await record("minutes.called_back", draft, by=by, meeting=held.date, edition=draft.edition)


@writes
async def _file(
    meeting: Meeting, made: bytes, printed_from: Seen, by: Seat, seen: Seen | None, form_key: str
) -> None:
    final, held = await opened(meeting, by, seen, form_key)
    must_be_seen(final, printed_from)
    step(MOVES, final.stage, "filed")
    await must_be_true(final, held, by)
    digest = fingerprint(made)
    await advance(final, MOVES, "filed", pdf=made, sha256=digest, failure="")
    await _done("filed", final, held, by)


async def release_due(moment: datetime) -> int:
    """Publish all whose hold is over; gives how many. Each is a transaction of its own."""
    due = await queries.release_due(moment)
    for known in due:
        await _out(known)
    if due:
        await scrub()  # some may have taken earlier editions away
    return len(due)


@writes
async def _out(known: object) -> None:
    final = await Minutes.objects(Minutes.released_by).get(Minutes.id == known)
    if final is None or final.stage != Stage.RELEASING or final.release_at > now():
        return
    by = await queries.seat_of(final.released_by.id)
    held = await meeting_of(final.meeting)
    try:
        await must_be_clean(final, held, by.panel)
    except NotNow as why:
        told = {"failure": str(why)[:500], "failed": now(), "release_at": None, "released_by": None}
        await advance(final, MOVES, "called_back", **told)
        return await record("minutes.called_back", final, panel=by.panel, edition=final.edition)
    await advance(final, MOVES, "published", published=now(), shown="", failure="")
    await _done("published", final, held, by)
    await _enter(final, held, by.panel)
    if final.replaces:
        await take_earlier_away(final, held, by)


async def _done(move: str, final: Minutes, held: Meeting, by: Seat) -> None:
    if held.stage == MeetingStage.HELD:
        await mark_minuted(held)
    facts = {"meeting": held.date, "edition": final.edition, "sha256": final.sha256}
    await record(f"minutes.{move}", final, by=by, public=held.public, **facts)
    words = "have been corrected" if final.edition > 1 else "are ready to read"
    await tell(move, final, held, by.panel, Act.MINUTES_READ_DRAFT, words)


async def _enter(final: Minutes, meeting: Meeting, panel: Panel) -> None:
    """The PDF, and the data inside it: whoever holds either can find it in the ledger."""
    title = f"Minutes of the meeting of {said(meeting.date)}, edition {final.edition}"
    for kind, more, ending, data in (
        ("minutes", "", ".pdf", final.pdf),
        ("minutes data", ", as data", ".json", final.document.encode()),
    ):
        place = address(panel, meeting, ending, final.edition)
        await enter(panel, kind, title + more, place, data)


async def _printed(meeting: Meeting, by: Seat) -> tuple[bytes, Seen]:
    """What would go out, and of which edition and saving it is. A failure is kept for the desk."""
    held = await meeting_of(meeting.id)
    draft = await queries.draft_of(by, held)
    if draft is None or draft.stage != Stage.APPROVED:
        return b"", Seen(draft.edition, draft.version) if draft else Seen()
    head = await newest_head()
    try:
        made = await printed(draft, by.panel, held, head=head.line if head else "")
    except PdfFailed as why:
        await _keep_failure(draft.id, str(why))
        raise
    return made, Seen(draft.edition, draft.version)


@writes
async def _keep_failure(known: UUID, why: str) -> None:
    """The panel's desk says so until it can be printed. Whoever looks at the page loses nothing."""
    failed = {Minutes.failure: why[:500], Minutes.failed: now()}
    await Minutes.update(failed).where(Minutes.id == known)
