"""Who gets the signed heads by mail: an address under seal, and nothing else of them."""

from piccolo.columns import UUID, Bytea, Date, Integer, Varchar
from piccolo.table import Table

from scrutiny.kit.ids import NewId


class Subscriber(Table):
    """Kept until they leave, or a week if they never say that it was they who asked."""

    id = UUID(primary_key=True, default=NewId())
    mark = Varchar(length=64, unique=True)  # keyed hash of the address: asked twice is once
    token_hash = Varchar(length=64, unique=True)  # keyed hash of what their links hold
    sealed = Bytea()  # the address, and the token for the links in later letters
    asked = Date()
    confirmed = Date(null=True, default=None, index=True)
    told = Integer(default=0)  # the number of the head that they were told last
    told_on = Date(null=True, default=None)
