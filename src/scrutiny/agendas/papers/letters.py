"""The letter to the chair when a paper comes late: that there is one, and never what it is."""

from uuid import UUID

from scrutiny.agendas.access import case_of
from scrutiny.agendas.papers.tables import Paper
from scrutiny.agendas.tables import Item
from scrutiny.letters.actions import Words, write
from scrutiny.meetings.calendar import link, subject
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.interests.recusals import recused_from
from scrutiny.people.queries import seats_on
from scrutiny.people.tables import Panel
from scrutiny.policy import Act, who_may


async def tell_chairs(panel: Panel, meeting: Meeting, paper: Paper, item: Item) -> None:
    """Inside write_tx(). Not those who take no part in the item: for them it is not there."""
    apart: set[UUID] = set(await recused_from(item.id))
    if case_of(item) is not None:
        apart |= await recused_from(case_of(item))
    text = (
        f"A paper came late for the meeting of {panel.name} on {meeting.date:%-d %B %Y}. "
        "It is shown to nobody else until you accept it.\n\n"
        f"Read it and decide here:\n{link(panel, meeting)}/papers\n"
    )
    for seat in await seats_on(panel.id, who_may(Act.PAPER_ACCEPT)):
        if seat.person.id not in apart:
            key = f"late paper|{paper.id}|{paper.edition}|{seat.person.id}"
            words = Words(subject(meeting.date, "a late paper"), text)
            await write("paper.late", seat.person, words, key=key, panel=panel)
