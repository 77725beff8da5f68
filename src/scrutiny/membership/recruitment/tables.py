"""Recruitment: a call, applications, scores, offers. Equality answers are counted, never linked."""

from piccolo.columns import (
    JSON,
    UUID,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.defaults.uuid import UUID4
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Person, Seat


class Call(Table, tablename="recruitment_call"):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False)
    number = Integer()
    title = Varchar(length=120)
    text = Text()  # Markdown: what the work is, time, training, what is paid
    places = Integer()
    opens = Date()
    closes = Date()
    questions = JSON(default="[]")
    criteria = JSON(default="[]")
    stage = Varchar(length=20, default="draft")  # draft, published, closed
    version = Integer(default=1)
    one_call_number = Unique(["panel", "number"])


class Application(Table):
    """What somebody sent is sealed; only how far it came is kept in clear. No hour is kept of its
    coming, and its id carries none."""

    id = UUID(primary_key=True, default=UUID4())
    call = ForeignKey(Call, null=False, index=True)
    number = Integer()
    code_hash = Varchar(length=64, unique=True)
    sealed = Bytea()  # name, address, answers; empty once they are erased
    received = Date()
    screened = Boolean(default=True)  # untrue for what came with a flood
    stage = Varchar(length=30, default="applied", index=True)
    interview = Timestamptz(null=True, default=None)
    place = Varchar(length=200)  # of the interview
    reason = Varchar(length=30)  # why not, as a code
    sealed_feedback = Bytea(null=True, default=None)
    sealed_proposal = Bytea(null=True, default=None)  # what one proposes and another confirms
    proposed = ForeignKey(Seat, null=True, default=None)
    decided = ForeignKey(Seat, null=True, default=None)  # who confirmed the outcome
    conditions = JSON(default="[]")  # of the offer
    answer_by = Date(null=True, default=None)  # the last day of the offer
    seat = ForeignKey(Seat, null=True, default=None)
    settled = Date(null=True, default=None)  # from then on it is kept for a time only
    erased = Date(null=True, default=None)
    version = Integer(default=1)
    one_application = Unique(["call", "number"])


class Scorer(Table, tablename="interview_scorer"):
    """Who scores an interview; `tied` is whoever knows the applicant, and sees nothing of it."""

    id = UUID(primary_key=True, default=NewId())
    application = ForeignKey(Application, null=False)
    person = ForeignKey(Person, null=False, index=True)
    tied = Boolean(default=False)
    one_scorer = Unique(["application", "person"])


class Score(Table, tablename="interview_score"):
    id = UUID(primary_key=True, default=NewId())
    application = ForeignKey(Application, null=False, index=True)
    by = ForeignKey(Person, null=False)
    criterion = Integer()
    points = Integer()  # 0 to 4
    sealed_note = Bytea(null=True, default=None)  # kept with the first criterion
    scored_once = Unique(["application", "by", "criterion"])


class CallEquality(Table, tablename="recruitment_equality"):
    """How many gave this answer for a call: nothing leads to an application."""

    id = UUID(primary_key=True, default=UUID4())
    call = ForeignKey(Call, null=False)
    question = Varchar(length=30)
    answer = Varchar(length=30)
    count = Integer(default=0)
    one_equality_count = Unique(["call", "question", "answer"])
