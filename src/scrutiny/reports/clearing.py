"""Whether a report may go out: the leak guard looks at everything of it that will be public."""

from scrutiny.kit.pdf import words
from scrutiny.leaks import guard
from scrutiny.leaks.rules import Finding
from scrutiny.people.tables import Panel
from scrutiny.reports.document import address, body
from scrutiny.reports.tables import Report


async def blocking(report: Report, panel: Panel) -> list[Finding]:
    """What keeps it from being published, with what was let through left out."""
    found = await guard.findings(panel, outlets(report, panel), about=report.id)
    return [one for one in found if one.blocks]


async def refuse_leaks(report: Report, panel: Panel) -> None:
    """Raises NotNow when something in it is known to a confidential record of the panel."""
    await guard.refuse(panel, outlets(report, panel), about=report.id)


def outlets(report: Report, panel: Panel) -> dict[str, str]:
    """Place -> text: the page, which is also what the PDF says, the data, and their addresses."""
    files = [address(panel, report.year, kind, report.edition) for kind in (".pdf", ".json")]
    return {
        "page": words(str(body(report, panel))),
        "data": report.document,
        "file name": " ".join(files),
    }
