"""The identity vault: only custodians' own keys open it, and two of them must agree."""

from piccolo.columns import UUID, Bytea, Date, ForeignKey, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.uuid import UUID4
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.concerns.tables import Concern
from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Seat


class Vault(Table):
    """A panel's public key: what is sealed with it, this server itself cannot open."""

    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False)
    number = Integer()  # 1, 2, ...: a new key pair gets the next
    public_key = Bytea()

    one_vault = Unique(["panel", "number"])


class CustodianKey(Table):
    """The vault's private key for one custodian, sealed to the pair that their passphrase makes.

    Empty while they wait for another custodian to let them in. The passphrase is nowhere.
    """

    id = UUID(primary_key=True, default=NewId())
    vault = ForeignKey(Vault, null=False)
    seat = ForeignKey(Seat, null=False)
    salt = Bytea()
    cost = Varchar(length=40)  # of argon2id: m=65536,t=3,p=4
    public = Bytea()
    locked = Bytea(default=b"")
    since = Date()
    approved_by = ForeignKey(Seat, null=True)
    wrong = Integer(default=0)  # passphrases tried in vain since the last right one
    version = Integer(default=1)

    one_key_a_custodian = Unique(["vault", "seat"])


class Contact(Table):
    """Who wrote and how to reach them: apart from the concern, sealed to the custodians.

    Once more under the concern's own key around that: its end is the end of this in every copy.
    """

    id = UUID(primary_key=True, default=UUID4())
    concern = ForeignKey(Concern, null=False, unique=True)
    vault = ForeignKey(Vault, null=False, index=True)
    sealed = Bytea()


class Look(Table):
    """One look at who wrote: asked with a reason, agreed by another, open for thirty minutes."""

    id = UUID(primary_key=True, default=NewId())
    concern = ForeignKey(Concern, null=False, index=True)
    panel = ForeignKey(Panel, null=False)
    why = Varchar(length=20)
    stage = Varchar(length=10, default="asked", index=True)  # asked, open, declined, closed
    asked_by = ForeignKey(Seat, null=False)
    asked = Timestamptz()
    agreed_by = ForeignKey(Seat, null=True)
    declined = Varchar(length=20)  # why not
    until = Timestamptz(null=True, default=None)
    sealed = Bytea(default=b"")  # the contact, while it is open, for the one who asked
    version = Integer(default=1)

    look_by_stage = Unique(["panel", "stage", "id"])  # for the list of those that wait
