"""Marks written where confidential text is in the clear, and removed with it; what is let through.

All of it belongs inside the write_tx() of the deed that it goes with.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from scrutiny.kit.clock import now
from scrutiny.kit.db import keep, write_sql
from scrutiny.kit.errors import NotNow
from scrutiny.kit.ids import new_id
from scrutiny.kit.made import fresh
from scrutiny.kit.words import many_lines
from scrutiny.leaks.blind import about_mark, keys_known, packed, secret_of
from scrutiny.leaks.rules import LONGEST_REASON, Finding, why_not_lifted
from scrutiny.leaks.tables import Lift, Marks
from scrutiny.people.tables import Panel, Person, Seat
from scrutiny.record.actions import record

KEEP = "INSERT INTO leak_marks (panel, about, packed) VALUES ({}, {}, {})"


async def mark(panel: Panel | UUID, kind: str, value: str, about: UUID) -> None:
    """Keep marks of one confidential value, inside write_tx(): name, phone, email, collar, receipt,
    or text for a story in which they may stand."""
    await mark_all(panel, [(kind, value)], about)


async def mark_all(panel: Panel | UUID, told: Iterable[tuple[str, str]], about: UUID) -> None:
    """The same for many (kind, value) pairs."""
    await keep_marks(marks_of(panel, told, about))


def marks_of(panel: Panel | UUID, told: Iterable[tuple[str, str]], about: UUID) -> Marks | None:
    """The row of all that these pairs tell, to be made before a transaction begins."""
    known = keys_known(told)
    if not known:
        return None
    of = panel.id if isinstance(panel, Panel) else panel
    secret = secret_of(of)
    marks = packed(secret, known)
    return fresh(Marks, panel=of, about=about_mark(secret, about), packed=marks)


async def keep_marks(marks: Marks | None) -> None:
    """One statement; for nothing found, none."""
    if marks is not None:
        await write_sql(KEEP, marks.panel, marks.about, marks.packed)


async def forget(panel: Panel | UUID, *about: UUID) -> None:
    """Inside write_tx(): what these records knew is known no more."""
    secret = secret_of(panel.id if isinstance(panel, Panel) else panel)
    if bound := tuple(about_mark(secret, one) for one in about):
        await write_sql("DELETE FROM leak_marks WHERE about IN ({})", bound)


async def lift(
    findings: Collection[Finding],
    reason: str,
    *,
    by: Seat,
    prepared_by: Person | UUID,
    about: UUID,
    anywhere: bool = True,
) -> None:
    """Let through what was found in one document, inside write_tx(); the same once more is once.

    `anywhere`: in every outlet of it, else only where it was found. Raises NotNow for whoever
    prepared the text, without a reason, and for what is never lifted.
    """
    reason = many_lines(reason).strip()[:LONGEST_REASON]
    author = prepared_by.id if isinstance(prepared_by, Person) else prepared_by
    if why := why_not_lifted(findings, reason, by=by.person.id, prepared_by=author):
        raise NotNow(why)
    for one in findings:
        place = "" if anywhere else one.outlet
        row = Lift(id=new_id(), panel=by.panel.id, mark=one.mark, about=about, outlet=place,
                   reason=reason, by=by.id, at=now())  # fmt: skip
        await keep(row, unless_there=True)
    kinds = sorted({one.kind for one in findings})
    await record("leaks.lifted", by=by, document=about, kinds=kinds, count=len(findings))
