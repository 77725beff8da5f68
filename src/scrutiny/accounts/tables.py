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
    next = Varchar(length=300)  # the page that was wanted, one of our own
    asked = Timestamptz(index=True)
    used = Timestamptz(null=True, default=None)
    tries = Integer(default=0)


class Authenticator(Table):
    """A TOTP app. `last_counter` makes each code good for one use, however often it is sent."""

    id = UUID(primary_key=True, default=NewId())
    person = ForeignKey(Person, null=False, unique=True)
    sealed_seed = Bytea()
    last_counter = Integer(default=0)
    confirmed = Timestamptz()


class RecoveryCode(Table):
    """One of ten codes for the day the phone is lost."""

    id = UUID(primary_key=True, default=NewId())
    person = ForeignKey(Person, null=False, index=True)
    salt = Varchar(length=32)  # the same for all ten, so that looking one up costs one hash
    code_hash = Varchar(length=64)  # argon2id
    used = Timestamptz(null=True, default=None)


class Passkey(Table):
    id = UUID(primary_key=True, default=NewId())
    person = ForeignKey(Person, null=False, index=True)
    credential = Varchar(length=400, unique=True)  # base64url
    public_key = Bytea()
    sign_count = Integer(default=0)
    name = Varchar(length=60)
    added = Timestamptz()


class Challenge(Table):
    """What a passkey is asked to sign: for one session, one purpose, five minutes, one answer."""

    id = UUID(primary_key=True, default=NewId())
    person = ForeignKey(Person, null=False, index=True)
    session = UUID(index=True)  # no foreign key: it may outlive the session
    purpose = Varchar(length=10)  # add or prove
    challenge = Bytea()
    asked = Timestamptz(index=True)


class FactorTry(Table):
    """A second factor that was given, right or wrong: wrong ones are few an hour."""

    id = UUID(primary_key=True, default=NewId())
    person = ForeignKey(Person, null=False, index=True)
    at = Timestamptz()
