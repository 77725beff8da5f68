"""Letters about old minutes: that something waits, never what stands in it."""

from urllib.parse import quote

from scrutiny.archive.queries import address_of, people_of
from scrutiny.archive.tables import OldMinutes
from scrutiny.kit.settings import settings
from scrutiny.letters.actions import Words, write
from scrutiny.people.queries import seats_on
from scrutiny.people.tables import Panel
from scrutiny.policy import Act, who_may

NEUTRAL = "Panel archive"


def _words(subject: str, said: str, path: str) -> Words:
    link = f"{settings().base_url}/sign-in?next={quote(path)}"
    return Words(f"{NEUTRAL}: {subject}", f"{said}\n\nIt is here:\n{link}\n")


async def ask_to_agree(panel: Panel, row: OldMinutes) -> None:
    """To everybody who may agree and has not made it. Inside write_tx()."""
    said = (
        f"Minutes from before this site were checked for {panel.name} and wait for a second look."
    )
    letter = _words("something to agree", said, f"{address_of(panel, row)}/agreement")
    mine = people_of(row)
    asked = {seat.person.id: seat for seat in await seats_on(panel.id, who_may(Act.ARCHIVE_AGREE))}
    for known, seat in asked.items():
        if known not in mine:
            key = f"archive.offered|{row.id}|{row.version}|{known}"
            await write("archive.offered", seat.person, letter, key=key, panel=panel)


async def give_back(panel: Panel, row: OldMinutes) -> None:
    """To everybody who may import: something is to be put right. Inside write_tx()."""
    said = f"Minutes from before this site of {panel.name} came back, with a word on what to mend."
    letter = _words("something to mend", said, address_of(panel, row))
    asked = {seat.person.id: seat for seat in await seats_on(panel.id, who_may(Act.ARCHIVE_IMPORT))}
    for known, seat in asked.items():
        key = f"archive.returned|{row.id}|{row.version}|{known}"
        await write("archive.returned", seat.person, letter, key=key, panel=panel)
