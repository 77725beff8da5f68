"""Proofs of work that were used: none of them counts twice."""

from piccolo.columns import UUID, Date, Varchar
from piccolo.columns.defaults.uuid import UUID4
from piccolo.table import Table


class SpentProof(Table):
    id = UUID(primary_key=True, default=UUID4())
    mark = Varchar(length=64, unique=True)  # keyed hash of the challenge's nonce
    day = Date(index=True)  # of its use: forgotten two days later, long after it has expired
