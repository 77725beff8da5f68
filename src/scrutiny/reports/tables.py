"""Annual reports: compiled from the record of a year, approved, and published as exact bytes."""

from piccolo.columns import UUID, Bytea, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Seat


class Report(Table, tablename="annual_report"):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    year = Varchar(length=7)  # 2025, or 2025-26 for April to March: its address
    since = Date()
    until = Date()  # the last day of the year, itself included
    edition = Integer(default=1)  # a correction after publication is a further edition
    correction = Text()  # what this edition corrects, and why; empty for the first
    stage = Varchar(length=20, default="drafting", index=True)
    document = Text()  # canonical JSON: the one source of page, PDF and data
    wording = Integer(default=0)  # the version of the typed parts that is in the document
    compiled_by = ForeignKey(Seat, null=False)
    compiled = Timestamptz()
    approved_by = ForeignKey(Seat, null=True)
    approved = Timestamptz(null=True, default=None)
    approved_hash = Varchar(length=64, index=True)  # SHA-256 of the document that was approved
    published = Timestamptz(null=True, default=None)
    pdf = Bytea()
    sha256 = Varchar(length=64, index=True)  # of the PDF's bytes
    version = Integer(default=1)
    one_report_edition = Unique(["panel", "year", "edition"])


class Wording(Table, tablename="annual_report_wording"):
    """One saved version of the parts that people type: only ever added to."""

    id = UUID(primary_key=True, default=NewId())
    report = ForeignKey(Report, null=False)
    number = Integer()
    foreword = Text()
    learned = Text()
    doing = Text()
    thanks = Text()
    by = ForeignKey(Seat, null=False)
    at = Timestamptz()
    one_wording = Unique(["report", "number"])
