"""Members of the public who mean to come: sealed, and gone after the meeting."""

from piccolo.columns import UUID, Bytea, Date, ForeignKey, Integer, Varchar
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.meetings.tables import Meeting


class Registration(Table):
    id = UUID(primary_key=True, default=NewId())
    meeting = ForeignKey(Meeting, null=False, index=True)
    code_hash = Varchar(length=64, unique=True)
    number = Integer()  # the place in the line
    sealed = Bytea(null=True, default=None)  # name, e-mail address, access needs
    mode = Varchar(length=10)  # in_person or online
    stage = Varchar(length=12, default="registered", index=True)  # waiting, cancelled, came
    registered = Date()
    version = Integer(default=1)
