"""Before old minutes go out: what the leak guard finds in them; and their end in the ledger."""

import hashlib
from collections.abc import Iterable

from scrutiny.archive.rules import name_of
from scrutiny.archive.tables import OldMinutes
from scrutiny.kit.words import N_
from scrutiny.leaks import guard
from scrutiny.leaks.rules import Finding, refusal
from scrutiny.ledger.actions import withdraw
from scrutiny.people.tables import Panel

SAY_WHY = N_("Say why what the check found may be published all the same.")


def outlets(row: OldMinutes) -> dict[str, str]:
    """Everything that would be published, by where a reader would find it."""
    found = {"title": row.title}
    if row.shows == "file":
        found["note"] = row.note
    else:
        found["page"] = row.text
    if row.shows != "text":
        found["file"] = row.read
        found["file name"] = name_of(row.day, row.number or 1) if row.day else ""
    return found


async def findings(panel: Panel, row: OldMinutes) -> list[Finding]:
    """What of confidential records of the panel stands in it."""
    return await guard.findings(panel, outlets(row), about=row.id)


def stops(found: Iterable[Finding], reason: str) -> str:
    """The sentence with which publication is refused, or nothing."""
    blocking = [one for one in found if one.blocks]
    if why := refusal(one for one in blocking if not one.liftable):
        return why
    return SAY_WHY if blocking and not reason.strip() else ""


async def enter_withdrawal(
    panel: Panel, row: OldMinutes, document: bytes, shown: bool, place: str, reason: str
) -> None:
    """A tombstone in the ledger for each thing that was entered there. Inside write_tx()."""
    title = f"Minutes from before this site, of {row.day:%-d %B %Y}"
    data = hashlib.sha256(document).hexdigest()
    await withdraw(panel, title, f"{place}.json", reason, data)
    if shown:
        await withdraw(panel, f"{title}, the file", f"{place}.{row.kind}", reason, row.sha256)
