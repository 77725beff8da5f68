"""Letters about redactions: that something waits, never what is taken out."""

from urllib.parse import quote

from scrutiny.kit.settings import settings
from scrutiny.letters.actions import Words, write
from scrutiny.people.queries import seats_on
from scrutiny.people.tables import Panel
from scrutiny.policy import Act, who_may
from scrutiny.redaction.tables import Redaction

TOLD = {
    "offered": (Act.REDACTION_AGREE, "something to agree",
                "Something published by {} was redacted and waits for a second look."),
    "returned": (Act.REDACT, "something to mend",
                 "A redaction for {} came back, with a word on what to mend."),
}  # fmt: skip


async def tell(deed: str, panel: Panel, row: Redaction, apart: object) -> None:
    """To everybody whose turn it is, but the person `apart`. Inside write_tx()."""
    act, subject, said = TOLD[deed]
    link = f"{settings().base_url}/sign-in?next={quote(f'/{panel.slug}/redactions')}"
    words = Words(f"Panel papers: {subject}", f"{said.format(panel.name)}\n\nIt is here:\n{link}\n")
    asked = {seat.person.id: seat for seat in await seats_on(panel.id, who_may(act))}
    for known, seat in asked.items():
        if known != apart:
            key = f"redaction.{deed}|{row.id}|{row.version}|{known}"
            await write(f"redaction.{deed}", seat.person, words, key=key, panel=panel)
