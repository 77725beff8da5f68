"""What triage adds to a concern: a refusal that the chair must agree to, a hand-off, a referral."""

from piccolo.columns import UUID, Boolean, Bytea, Date, ForeignKey, Integer, Varchar
from piccolo.columns.defaults.uuid import UUID4
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.concerns.tables import Concern
from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Seat


class Refusal(Table):
    """Not taking it forward: proposed by triage, agreed by the chair, identity unseen.

    What is written here is under the concern's own key, so that erasing one erases the other.
    """

    id = UUID(primary_key=True, default=NewId())
    concern = ForeignKey(Concern, null=False, index=True)
    panel = ForeignKey(Panel, null=False)
    number = Integer()  # counts from 1 within the panel: the chair never sees the concern's own
    reason = Varchar(length=40)
    sealed_summary = Bytea()  # what it is about in neutral words, for the chair
    sealed_reply = Bytea()  # what the resident will read
    stage = Varchar(length=12, default="proposed")  # of rules.RefusalStage
    proposed_by = ForeignKey(Seat, null=False)
    proposed = Date()
    decided_by = ForeignKey(Seat, null=True)
    sealed_why = Bytea()  # the chair's, when it is sent back
    review = Boolean(default=False)  # the resident asked once that it be looked at again
    version = Integer(default=1)

    one_refusal_number = Unique(["panel", "number"])
    refusal_by_stage = Unique(["panel", "stage", "number"])


class HandOff(Table):
    """A complaint passed on to who must answer it: an object of its own, because of the law."""

    id = UUID(primary_key=True, default=UUID4())
    concern = ForeignKey(Concern, null=False, unique=True)
    panel = ForeignKey(Panel, null=False)
    to = Varchar(length=10)  # force, lpb or iopc
    stage = Varchar(length=20, default="offered")
    offered = Date()
    consented = Date(null=True, default=None)
    sent = Date(null=True, default=None)
    how = Varchar(length=10)  # by e-mail, or printed for their own form
    named = Boolean(default=False)  # who wrote it went with it
    sealed_receipt = Bytea()  # the number that the other side gave
    receipted = Date(null=True, default=None)
    outcome = Varchar(length=40)
    version = Integer(default=1)

    hand_off_by_stage = Unique(["panel", "stage", "concern"])


class Referral(Table):
    """Somebody may be in danger: who outside the panel was told, and on which day."""

    id = UUID(primary_key=True, default=UUID4())
    concern = ForeignKey(Concern, null=False, index=True)
    to = Varchar(length=40)
    day = Date()
    by = ForeignKey(Seat, null=False)
    sealed = Bytea()  # what was said
