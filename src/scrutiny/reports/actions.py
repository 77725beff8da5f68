"""Writes about annual reports. Each deed reads its rows itself, as it may run twice."""

import json
from collections.abc import Mapping
from urllib.parse import quote

from scrutiny.kit.clock import now, today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import advance, step
from scrutiny.kit.words import many_lines
from scrutiny.leaks.actions import lift
from scrutiny.ledger.actions import enter
from scrutiny.ledger.queries import newest_head
from scrutiny.letters.actions import Words, write
from scrutiny.minutes.rules import Seen, canonical, fingerprint
from scrutiny.people.actions import once
from scrutiny.people.queries import seats_on
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, who_may
from scrutiny.record.actions import record
from scrutiny.reports import queries
from scrutiny.reports.clearing import blocking, refuse_leaks
from scrutiny.reports.compiling import anew, compiled
from scrutiny.reports.document import address, printed
from scrutiny.reports.rules import (
    LAST_EDITION,
    MOVES,
    Stage,
    compare,
    is_over,
    with_words,
    year_named,
)
from scrutiny.reports.tables import Report, Wording

NEUTRAL = "Panel report"


@writes
async def begin(name: str, *, by: Seat, form_key: str = "") -> None:
    """Compile the report of a year for the first time.

    Raises NotNow before the year is over, when it was begun, or when another shares days with it.
    """
    panel, year = by.panel, year_named(name)
    await once(form_key, f"{address(panel, name)}/draft")
    if not is_over(year, today()):
        raise NotNow("This year is not over yet.")
    if await queries.draft_of(by, panel, name) or await queries.final(by, panel, name):
        raise NotNow("The report of this year has been begun already.")
    if other := await queries.in_the_way(panel, year):
        raise NotNow(f"The report of {other} tells of some of these months already.")
    await _begin(panel, name, 1, "", {}, by)


@writes
async def correct(name: str, note: str, *, by: Seat, form_key: str = "") -> None:
    """Begin a further edition. What is published stays as it is."""
    panel = by.panel
    await once(form_key, f"{address(panel, name)}/draft")
    if await queries.draft_of(by, panel, name):
        raise NotNow("An edition of this report is being prepared already.")
    last = await queries.final(by, panel, name)
    if last is None:
        raise Missing("No report of this year has been published.")
    if last.edition >= LAST_EDITION:
        raise NotNow(f"A report has {LAST_EDITION} editions at most.")
    await _begin(panel, name, last.edition + 1, many_lines(note).strip(), queries.typed(last), by)


async def _begin(
    panel: Panel, name: str, edition: int, correction: str, words: dict[str, str], by: Seat
) -> None:
    year = year_named(name)
    made = Report(
        panel=panel.id,
        year=name,
        since=year.since,
        until=year.until,
        edition=edition,
        correction=correction,
        document=canonical(await compiled(panel, name, edition, correction, words)),
        compiled_by=by.id,
        compiled=now(),
    )
    await Report.insert(made)
    await record("report.compiled", made, by=by, year=name, edition=edition)
    await _tell("begun", made, panel, Act.REPORT_WRITE, "is waiting for its words")


@writes
async def compile(name: str, *, by: Seat, seen: Seen | None = None, form_key: str = "") -> None:
    """Count everything again; undoes an approval. Raises Stale when it is not the draft seen."""
    draft = await _opened(name, by, seen, form_key)
    voided, old = draft.stage == Stage.APPROVED, json.loads(draft.document)
    new = await anew(draft, by.panel)
    again = {"compiled_by": by.id, "compiled": now(), "document": canonical(new)}
    await advance(draft, MOVES, "compiled", **again, **UNAPPROVED)
    facts = {"year": name, "edition": draft.edition, "parts": len(compare(old, new))}
    await record("report.compiled", draft, by=by, **facts, approval_undone=voided)


UNAPPROVED = {"approved_by": None, "approved": None, "approved_hash": ""}


@writes
async def write_words(
    name: str, words: Mapping[str, str], *, by: Seat, seen: Seen, form_key: str = ""
) -> None:
    """Save the parts that people type, as a further version; undoes an approval.

    Raises Stale when somebody else saved theirs after `seen`: (edition, version of the words).
    """
    panel = by.panel
    draft = await queries.draft(by, panel, name)
    await once(form_key, f"{address(panel, name)}/draft")
    if seen != (draft.edition, draft.wording):
        raise Stale("Somebody else saved these words before you. Yours are kept below.")
    voided, number = draft.stage == Stage.APPROVED, draft.wording + 1
    new = with_words(json.loads(draft.document), words)
    changes = {"document": canonical(new), "wording": number, **UNAPPROVED}
    await advance(draft, MOVES, "written", **changes)
    kept = Wording(report=draft.id, number=number, by=by.id, at=now(), **new["words"])
    await Wording.insert(kept)
    facts = {"year": name, "edition": draft.edition, "wording": number}
    await record("report.written", draft, by=by, **facts, approval_undone=voided)


@writes
async def approve(name: str, *, by: Seat, seen: Seen | None = None, form_key: str = "") -> None:
    """The chair binds the fingerprint of exactly this document.

    Raises NotNow when the same person compiled it, or takes no part in something that it names.
    """
    draft = await _opened(name, by, seen, form_key)
    step(MOVES, draft.stage, "approved")
    if draft.compiled_by.person == by.person.id:
        raise NotNow("You compiled this report, so somebody else must approve it.")
    if await queries.is_apart(by, draft):
        raise NotNow(
            "You take no part in something that this report names, so somebody else must "
            "approve it."
        )
    mark = fingerprint(draft.document.encode())
    bound = {"approved_by": by.id, "approved": now(), "approved_hash": mark}
    await advance(draft, MOVES, "approved", **bound)
    facts = {"year": name, "edition": draft.edition, "sha256": mark}
    await record("report.approved", draft, by=by, **facts)
    await _tell("approved", draft, by.panel, Act.REPORT_PUBLISH, "can be published")


async def publish(name: str, *, by: Seat, seen: Seen | None = None, form_key: str = "") -> None:
    """Publish what was approved: its bytes, its lines in the ledger, letters to the panel.

    The PDF is made before anything is written. Raises PdfFailed, and then nothing has happened;
    NotNow for whoever approved it, as nobody publishes alone what they approved, and for what
    the leak guard does not let out.
    """
    draft = await queries.draft_of(by, by.panel, name)
    ready = draft is not None and draft.stage == Stage.APPROVED
    if ready:
        await refuse_leaks(draft, by.panel)
    head = await newest_head()
    made = await printed(draft, by.panel, head=head.line if head else "") if ready else b""
    printed_from = Seen(draft.edition, draft.version) if draft else Seen()
    await _publish(name, made, printed_from, by, seen, form_key)


@writes
async def let_through(name: str, reason: str, *, by: Seat) -> None:
    """A second person says why what the leak guard found in this draft may be published.

    Raises NotNow for whoever compiled it, without a reason, and for what is never let through.
    """
    draft = await queries.draft(by, by.panel, name)
    if found := await blocking(draft, by.panel):
        await lift(found, reason, by=by, prepared_by=draft.compiled_by.person, about=draft.id)


@writes
async def _publish(
    name: str, made: bytes, printed_from: Seen, by: Seat, seen: Seen | None, form_key: str
) -> None:
    final, panel = await _opened(name, by, seen, form_key), by.panel
    step(MOVES, final.stage, "published")
    _same(final, printed_from)
    if final.approved_by.person == by.person.id:
        raise NotNow("You approved this report, so somebody else must publish it.")
    mark = fingerprint(made)
    await advance(final, MOVES, "published", published=now(), pdf=made, sha256=mark)
    told = {"year": name, "edition": final.edition, "sha256": mark}
    await record("report.published", final, by=by, public=True, **told)
    title = f"Annual report, {year_named(name).words}, edition {final.edition}"
    places = [address(panel, name, kind, final.edition) for kind in (".pdf", ".json")]
    await enter(panel, "annual report", title, places[0], made)
    data = final.document.encode()
    await enter(panel, "annual report data", f"{title}, as data", places[1], data)
    await _tell("published", final, panel, Act.REPORT_PAGE, "is published")


# -- what the deeds share -------------------------------------------------------------------------


async def _opened(name: str, by: Seat, seen: Seen | None, form_key: str) -> Report:
    """The edition that is being prepared, as it is now."""
    await once(form_key, address(by.panel, name))
    draft = await queries.draft_of(by, by.panel, name)
    if draft is None:
        if await queries.final(by, by.panel, name) is None:
            raise Missing("There is no report of this year.")
        raise NotNow("No edition of this report is being prepared now.")
    if seen is not None:
        _same(draft, seen)
    return draft


def _same(row: Report, seen: Seen) -> None:
    if seen != (row.edition, row.version):
        raise Stale("Somebody else changed this report a moment ago. Please look again.")


async def _tell(deed: str, report: Report, panel: Panel, act: Act, words: str) -> None:
    """A neutral letter with a link to everybody who may do `act`."""
    path = address(panel, report.year)
    if deed != "published":
        path = f"/sign-in?next={quote(f'{path}/draft')}"
    text = f"The annual report of {panel.name}, {report.year}, {words}.\n\n"
    letter = Words(NEUTRAL, f"{text}Read it here:\n{settings().base_url}{path}\n")
    for seat in await seats_on(panel.id, who_may(act)):
        key = f"report.{deed}|{report.id}|{seat.person.id}|{report.version}"
        await write(f"report.{deed}", seat.person, letter, key=key, panel=panel)
