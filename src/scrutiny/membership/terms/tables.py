"""Terms of reference in versions: drafted, consulted on, voted, in force, signed by each member."""

from piccolo.columns import JSON, UUID, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Person, Seat


class Terms(Table, tablename="terms_version"):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False)
    number = Integer()
    text = Text()  # Markdown
    rules = JSON(default="{}")  # terms.provisions
    summary = Varchar(length=500)  # what changes, in a sentence or two
    stage = Varchar(length=20, default="drafting")  # terms.rules.Stage
    proposer = ForeignKey(Seat, null=False)
    consult_until = Date(null=True, default=None)
    consulted = JSON(default="{}")  # text and rules as they were consulted on
    poll = UUID(null=True, default=None)
    vote_by = Date(null=True, default=None)
    in_force = Date(null=True, default=None)
    review_by = Date(null=True, default=None)
    changed = Timestamptz()
    version = Integer(default=1)
    one_terms_number = Unique(["panel", "number"])


class TermsComment(Table):
    id = UUID(primary_key=True, default=NewId())
    terms = ForeignKey(Terms, null=False, index=True)
    seat = ForeignKey(Seat, null=True, default=None)
    on_behalf_of = Varchar(length=120)  # the host or the force, when typed for them
    text = Text()
    answer = Text()  # what was made of it
    at = Timestamptz()
    version = Integer(default=1)


class TermsSignature(Table):
    id = UUID(primary_key=True, default=NewId())
    terms = ForeignKey(Terms, null=False)
    person = ForeignKey(Person, null=False)
    at = Timestamptz()
    signed_once = Unique(["terms", "person"])
