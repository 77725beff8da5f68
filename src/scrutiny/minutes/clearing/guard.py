"""What minutes say in every outlet, held against what confidential records know."""

from collections.abc import Mapping, Sequence

from scrutiny.kit.errors import NotNow
from scrutiny.kit.pdf import words
from scrutiny.leaks import guard
from scrutiny.leaks.rules import Finding, refusal
from scrutiny.leaks.small import small_numbers
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes.document import address, body, document_of
from scrutiny.minutes.tables import Minutes
from scrutiny.people.tables import Panel


def outlets(minutes: Minutes, meeting: Meeting, panel: Panel) -> Mapping[str, str]:
    """Everything that goes out, by what the reader of a finding knows it as."""
    return {
        "title": document_of(minutes)["title"],
        "page": words(str(body(minutes, panel, meeting))),
        "data": minutes.document,
        "address": address(panel, meeting),
    }


async def findings(minutes: Minutes, meeting: Meeting, panel: Panel) -> list[Finding]:
    """The same words are on the page, in the PDF and in the data: each is told once."""
    said = outlets(minutes, meeting, panel)
    found = await guard.findings(panel, said, about=minutes.id, public=meeting.venue)
    told: dict[tuple[str, str], Finding] = {}
    for one in found:
        told.setdefault((one.kind, one.shown.casefold()), one)
    return list(told.values())


def counts(minutes: Minutes, meeting: Meeting, panel: Panel) -> list[Finding]:
    """Counts of one to four beside what the law protects, on the page."""
    return small_numbers([("page", words(str(body(minutes, panel, meeting))))])


async def must_be_clean(minutes: Minutes, meeting: Meeting, panel: Panel) -> Sequence[Finding]:
    """Raises NotNow while something blocks that nobody has lifted."""
    found = await findings(minutes, meeting, panel)
    if why := refusal(found):
        raise NotNow(why)
    return found
