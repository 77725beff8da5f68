"""Answers that calendars sent by mail: each message is taken once."""

from piccolo.columns import UUID, Timestamptz, Varchar
from piccolo.table import Table

from scrutiny.kit.ids import NewId


class Received(Table, tablename="calendar_reply"):
    id = UUID(primary_key=True, default=NewId())
    digest = Varchar(length=64, unique=True)  # SHA-256 of the message: nothing of it is kept
    outcome = Varchar(length=30)
    at = Timestamptz()
