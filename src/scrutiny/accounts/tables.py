"""How people prove who they are: one-time links and codes, and second factors."""

from piccolo.columns import UUID, Bytea, ForeignKey, Integer, Timestamptz, Varchar
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Person


class SignIn(Table):
    """One request to sign in: a link and a code, for the browser that asked, used once."""

    id = UUID(primary_key=True, default=NewId())
    person = ForeignKey(Person, null=True, index=True)  # null when nobody has that address
    address_hash = Varchar(length=64, index=True)  # to slow down guessing, known address or not
    link_hash = Varchar(length=64, unique=True)
    code_hash = Varchar(length=64)
    browser_hash = Varchar(length=64, index=True)
    asked = Timestamptz()
    used = Timestamptz(null=True, default=None)
    tries = Integer(default=0)


class Authenticator(Table):
    """A TOTP app. `last_counter` makes each code good for one use, however often it is sent."""

    id = UUID(primary_key=True, default=NewId())
    person = ForeignKey(Person, null=False, unique=True)
    sealed_seed = Bytea()
    last_counter = Integer(default=0)
    confirmed = Timestamptz(null=True, default=None)
    tries = Integer(default=0)
    tried = Timestamptz(null=True, default=None)


class RecoveryCode(Table):
    id = UUID(primary_key=True, default=NewId())
    person = ForeignKey(Person, null=False, index=True)
    code_hash = Varchar(length=200)
    used = Timestamptz(null=True, default=None)


class Passkey(Table):
    id = UUID(primary_key=True, default=NewId())
    person = ForeignKey(Person, null=False, index=True)
    credential = Varchar(length=400, unique=True)  # base64url
    public_key = Bytea()
    sign_count = Integer(default=0)
    name = Varchar(length=60)
    added = Timestamptz()
