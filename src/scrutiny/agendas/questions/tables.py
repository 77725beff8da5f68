"""Questions that residents put to an item, until a written answer."""

from piccolo.columns import UUID, Boolean, Bytea, Date, ForeignKey, Integer, Text, Varchar
from piccolo.columns.defaults.uuid import UUID4
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.meetings.tables import Meeting


class Question(Table, tablename="public_question"):
    """No hour is kept of it, and its id carries none."""

    id = UUID(primary_key=True, default=UUID4())
    meeting = ForeignKey(Meeting, null=False, index=True)
    item = UUID(null=True, default=None)
    number = Integer(null=True, default=None)  # in this meeting, once it is published
    code_hash = Varchar(length=64, unique=True)
    sealed = Bytea()  # the words as sent, and an address if one was given
    text = Text()  # as the panel publishes it; empty until then
    shown_as = Varchar(length=120)  # the name to go by, or "A resident"
    stage = Varchar(length=12, default="asked", index=True)  # accepted, refused, answered
    reason = Varchar(length=300)
    answer = Text()
    answered = Date(null=True, default=None)
    asked = Date()
    screened = Boolean(default=True)  # untrue for what came with a flood
    due = Date(null=True, default=None)
    version = Integer(default=1)
    one_question_number = Unique(["meeting", "number"])
