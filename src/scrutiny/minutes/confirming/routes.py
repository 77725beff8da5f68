from dataclasses import dataclass
from typing import Any

from scrutiny.kit.errors import Missing, NotNow
from scrutiny.meetings import queries as meetings
from scrutiny.meetings.plan import day_in_address
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes.document import address, body
from scrutiny.minutes.queries import as_read, draft_of, reads_drafts
from scrutiny.minutes.tables import Minutes
from scrutiny.people.tables import Panel, Seat
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

MINUTES = "/{panel:str}/minutes/{day:str}"


@dataclass
class Confirmation:
    seen: str = ""
    form_key: str = ""


async def find(seat: Seat | None, here: Panel, day: str) -> Meeting:
    """The meeting. A closed one has minutes for the panel alone. Raises Missing."""
    found = await meetings.find(seat, here, day_in_address(day))
    if seat is not None and not found.public and not reads_drafts(seat):
        raise Missing(_("This meeting has no minutes."))
    return found


async def prepared(seat: Seat, meeting: Meeting) -> Minutes:
    """The edition that a deed is about. Raises NotNow while there is none."""
    found = await draft_of(seat, meeting)
    if found is None:
        raise NotNow(_("No edition of these minutes is being prepared now."))
    return found


def confirm(
    name: str,
    here: Panel,
    meeting: Meeting,
    found: Minutes | None,
    *,
    refused: int = 422,
    **more: Any,
) -> Any:
    """`name` is the template's, without its ending; with a refusal it has the status `refused`."""
    return page(
        f"minutes/{name}.html",
        status=refused if more.get("refusal") or more.get("problems") else 200,
        minutes=found,
        meeting=meeting,
        home=address(here, meeting),
        seen=f"{found.edition}.{found.version}" if found else "0.0",
        **{"refusal": "", "problems": {}, **more},
    )


async def shown_to(seat: Seat, here: Panel, meeting: Meeting, found: Minutes) -> Any:
    """The words as far as they are there for this reader."""
    return body(found, here, meeting, await as_read(seat, found))
