"""Who may open which paper, and who knows that it is there: asked at every request.

What an item asks for is in agendas/access.py; here comes what a paper adds to it.
"""

from scrutiny.agendas.access import OPEN, Reader, case_of, opens, sees
from scrutiny.agendas.papers.rules import Audience, Stage
from scrutiny.agendas.papers.tables import Paper
from scrutiny.meetings.tables import Meeting
from scrutiny.policy import Act, may


def reads(reader: Reader, paper: Paper, meeting: Meeting, published: bool) -> bool:
    """Whether this reader may open it now; `paper` comes with its item.

    Whoever puts papers on the agenda reads them before it is published. A late one is read only by
    those who put it there and by the chair, until it is accepted.
    """
    if not sees(reader, paper.item):
        return False
    seat = reader.seat
    prepares = seat is not None and may(seat.role, Act.PAPER_ADD, seat.stage)
    if paper.stage == Stage.LATE and not prepares:
        return False
    if paper.stage not in (Stage.TABLED, Stage.LATE) or not (published or prepares):
        return False
    if paper.audience == Audience.PUBLIC and paper.item.part == OPEN and meeting.public:
        return True
    return _is_at_the_table(reader, paper) and opens(reader, paper.item, meeting)


def _is_at_the_table(reader: Reader, paper: Paper) -> bool:
    """What the panel has on a case is for those who read cases: the police do not."""
    seat = reader.seat
    if seat is None or not may(seat.role, Act.PAPERS_READ, seat.stage):
        return False
    return case_of(paper.item) is None or may(seat.role, Act.CASES_READ, seat.stage)
