"""The register of interests, and who takes no part in what because of one."""

from piccolo.columns import UUID, Boolean, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Person


class Interest(Table):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    person = ForeignKey(Person, null=False, index=True)
    nature = Varchar(length=30)
    text = Text()
    since = Date(null=True, default=None)
    until = Date(null=True, default=None)
    public = Boolean(default=True)
    added = Timestamptz()
    ended = Timestamptz(null=True, default=None)  # taken off the register
    version = Integer(default=1)


class Declaration(Table, tablename="interest_declaration"):
    """That somebody looked over their entry on a day, also when there was nothing to declare."""

    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False)
    person = ForeignKey(Person, null=False, index=True)
    day = Date()
    none = Boolean(default=False)  # "I have nothing to declare"


class Recusal(Table):
    """One person takes no part in one thing: an agenda item, a case or a recommendation.

    From that moment it is gone for them from every page, list, count, feed, pack and letter.
    """

    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    person = ForeignKey(Person, null=False, index=True)
    about = UUID(index=True)  # the row of the item, case or recommendation
    kind = Varchar(length=20)  # item, case, recommendation
    meeting = UUID(null=True, default=None, index=True)
    how = Varchar(length=20)  # left_room, no_vote, no_access: as the minutes say it
    sentence = Varchar(length=500)  # what the minutes say
    at = Timestamptz()
    lifted = Timestamptz(null=True, default=None)
    one_recusal = Unique(["person", "about"])
