"""Files that residents send: the original for custodians alone, a clean copy for triage."""

from piccolo.columns import UUID, BigInt, Bytea, Date, Integer, Varchar
from piccolo.columns.defaults.uuid import UUID4
from piccolo.constraints import Unique
from piccolo.table import Table


class Evidence(Table):
    """One file. Its bytes lie encrypted in the data folder, under names that say nothing."""

    id = UUID(primary_key=True, default=UUID4())
    concern = UUID()  # of a Draft, and of the Concern that it becomes
    number = Integer()
    kind = Varchar(length=10)  # image, document, audio, video
    mime = Varchar(length=80)
    size = BigInt()
    state = Varchar(length=12, default="clean")  # clean, or quarantined
    why = Varchar(length=40)  # of HELD_BACK
    sha256 = Varchar(length=64)  # of the original, keyed: proves it without telling of it
    locked_key = Bytea()  # of the clean copy: under the draft's key, then the concern's
    sealed_key = Bytea()  # of the original: to the vault; empty where there is no vault
    vault = UUID(null=True, default=None)
    day = Date()

    one_file_number = Unique(["concern", "number"])
