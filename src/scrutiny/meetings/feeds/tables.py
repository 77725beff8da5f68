"""One person's own calendar feed, behind an address that only they know and may take back."""

from piccolo.columns import UUID, ForeignKey, Timestamptz, Varchar
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Person


class FeedToken(Table):
    id = UUID(primary_key=True, default=NewId())
    person = ForeignKey(Person, null=False, index=True)
    token_hash = Varchar(length=64, unique=True)
    made = Timestamptz()
    revoked = Timestamptz(null=True, default=None)
