"""Every address that can be opened, with all that stands in the tables in place of its parts."""

import io
import itertools
import re
import subprocess
from collections.abc import Iterable, Iterator

import pikepdf
from addresses import LISTS
from piccolo.columns import Column

from scrutiny.actions.rules import Stage as ActionStage
from scrutiny.actions.tables import Action
from scrutiny.agendas.backlog.tables import Parked
from scrutiny.agendas.papers.tables import Paper
from scrutiny.agendas.questions.rules import Stage as QuestionStage
from scrutiny.agendas.questions.tables import Question
from scrutiny.agendas.tables import Item
from scrutiny.archive.tables import OldMinutes
from scrutiny.cases.rules import Stage as CaseStage
from scrutiny.cases.tables import Case, Draw
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.vault.tables import CustodianKey, Look
from scrutiny.concerns.video.tables import Preservation
from scrutiny.kit.db import rows
from scrutiny.meetings.expenses.tables import Claim
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.clearances.tables import Clearance
from scrutiny.membership.elections.tables import Election, Nomination
from scrutiny.membership.interests.tables import Interest, Recusal
from scrutiny.membership.recruitment.tables import Application, Call
from scrutiny.membership.tables import Proposal
from scrutiny.membership.terms.tables import Terms, TermsComment
from scrutiny.minutes.tables import Version
from scrutiny.people.tables import Seat
from scrutiny.recommendations.queries import CHOICES
from scrutiny.recommendations.tables import Recommendation
from scrutiny.reports.tables import Report
from scrutiny.room.tables import Decision

IDS: dict[str, list[Column]] = {
    "application": [Application.id],
    "claim": [Claim.id],
    "clearance": [Clearance.id],
    "comment": [TermsComment.id],
    "day": [Meeting.date],
    "decision": [Decision.id],
    "draft": [OldMinutes.id],
    "election": [Election.id],
    "entry": [Interest.id],
    "id": [Seat.id, Proposal.id],
    "item": [Item.id],
    "key": [CustodianKey.id],
    "look": [Look.id],
    "mine": [Seat.id],
    "name": [Draw.number],
    "nomination": [Nomination.id],
    "parked": [Parked.id],
    "question": [Question.id],
    "recusal": [Recusal.id],
    "removal": [Proposal.id],
    "year": [Report.year],
}
NUMBERS: dict[str, Column] = {
    "actions": Action.number,
    "cases": Case.number,
    "concerns": Concern.number,
    "minutes": Version.number,
    "papers": Paper.number,
    "recommendations": Recommendation.number,
    "recruitment": Call.number,
    "redactions": Paper.number,
    "refusals": Concern.number,
    "terms": Terms.number,
    "video": Preservation.number,
}
FIXED = {
    "clearing": ["training", "vetting"],
    "document": ["code_of_conduct", "confidentiality"],
    "figure": ["held", "asked"],
    "file": ["1"],
    "move": ["accepted"],
    "part": ["recommendation", "answer"],
    "ref": ["2019-03-14-1"],
    "seq": ["1", "9"],
    "step": ["begin", "count", "withdrawal"],
    "supplement": ["0", "1"],
    "token": ["unknown-token"],
}
MORE = LISTS | {
    "/ledger": ("?before=99",),
    "/{panel}/meetings/{day}/agenda.json": ("?edition=1", "?edition=2"),
    "/{panel}/minutes/{day}": (".pdf", ".json", "?edition=1", ".json?edition=1", ".pdf?edition=1"),
    "/{panel}/cases": tuple(f"?stage={one}" for one in CaseStage),
    "/{panel}/questions": tuple(f"?stage={one}" for one in QuestionStage),
    "/{panel}/actions": ("?show=all", *(f"?stage={one}" for one in ActionStage)),
    "/{panel}/recommendations": tuple(f"?show={one}" for one in (*CHOICES, "draft", "agreed")),
}
"""What can be asked of a page besides, or the ending under which the same comes as a file."""


async def stands() -> dict[str, list[str]]:
    """Part of an address -> all that stands there; numbers under the name of their list."""
    found = {part: list(fixed) for part, fixed in FIXED.items()}
    for part, columns in IDS.items():
        found[part] = [one for column in columns for one in await _values(column)]
    for kind, column in NUMBERS.items():
        found[f"number of {kind}"] = await _values(column)
    for kind, column in (("paper", Paper.id), ("archive", OldMinutes.id)):
        found.setdefault("redaction", []).extend(f"{kind}-{one}" for one in await _values(column))
    found["name"] += [f"{one}.json" for one in found["name"]]
    return found


async def _values(column: Column) -> list[str]:
    table = column._meta.table
    found = await rows(f'SELECT DISTINCT {column._meta.db_column_name} AS one '
                       f'FROM "{table._meta.tablename}" ORDER BY 1')  # fmt: skip
    return [str(row["one"]) for row in found]


def paths(templates: Iterable[str], there: dict[str, list[str]]) -> Iterator[str]:
    """Each address filled in, in every way; what belongs elsewhere is not found there."""
    for template in sorted(set(templates)):
        parts = re.findall(r"\{(\w+)\}", template.replace("{panel}", "lambeth"))
        for chosen in itertools.product(*(there[_named(part, template)] for part in parts)):
            path = template.replace("{panel}", "lambeth")
            for part, value in zip(parts, chosen, strict=True):
                path = path.replace(f"{{{part}}}", value, 1)
            yield path
            yield from (path + more for more in MORE.get(template, ()))


def _named(part: str, template: str) -> str:
    if part != "number":
        return part
    kind = "papers" if "/papers/" in template else template.split("/")[2]
    return f"number of {kind}"


def words_of(reply) -> str:
    """All that a reader could find in an answer: a PDF with its outline and what it encloses."""
    said = str(reply.headers)
    if reply.content[:5] != b"%PDF-":
        return said + reply.text
    return said + words_of_pdf(reply.content)


def words_of_pdf(content: bytes) -> str:
    shown = subprocess.run(
        ["pdftotext", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        titles = [one.title for one in _all(outline.root)]
        enclosed = [one.get_file().read_bytes().decode() for one in pdf.attachments.values()]
        return "\n".join([shown, *titles, *enclosed, repr(dict(pdf.docinfo))])


def _all(items) -> Iterator:
    for one in items:
        yield one
        yield from _all(one.children)


def found(browser, addresses: Iterable[str], words: Iterable[str]) -> dict[str, set[str]]:
    """Word -> the addresses at which this reader meets it; an address that fails is told."""
    met: dict[str, set[str]] = {word: set() for word in words}
    for path in addresses:
        reply = browser.get(path)
        assert reply.status_code < 500, f"{path}: {reply.status_code}"
        said = words_of(reply)
        for word in met:
            if word in said:
                met[word].add(path)
    return met
