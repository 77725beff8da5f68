"""What residents raise. What they wrote is sealed; the receipt is kept only as a keyed hash.

Ids are random and days have no hour, so that no row tells at what moment somebody wrote.
"""

from piccolo.columns import UUID, Boolean, Bytea, Date, ForeignKey, Integer, Varchar
from piccolo.columns.defaults.uuid import UUID4
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.people.tables import Panel


class Draft(Table):
    """One that is still being written: only its code opens it. It becomes a Concern of this id."""

    id = UUID(primary_key=True, default=UUID4())
    panel = ForeignKey(Panel, null=False)
    code_hash = Varchar(length=64, unique=True)
    sealed = Bytea()  # the answers, under a key made from the code
    touched = Date(index=True)  # erased fourteen days after this
    version = Integer(default=1)


class Cluster(Table):
    """Concerns about the same thing: so many people said this."""

    id = UUID(primary_key=True, default=UUID4())
    panel = ForeignKey(Panel, null=False)
    number = Integer()
    title = Varchar(length=120)  # neutral: never a name, an address or what happened
    size = Integer(default=0)
    version = Integer(default=1)

    one_cluster_number = Unique(["panel", "number"])


class Concern(Table):
    id = UUID(primary_key=True, default=UUID4())
    panel = ForeignKey(Panel, null=False)
    number = Integer()  # counts from 1 within the panel
    receipt_hash = Varchar(length=64, unique=True)  # the same journey sent again makes the same one
    received = Date()  # the day only: a precise time could tell who wrote
    kind = Varchar(length=12, default="incident")  # incident, community or compliment
    category = Varchar(length=40)
    whose = Varchar(length=12, default="")  # whose experience it was
    entered = Varchar(length=12, default="self")  # self, secretariat or advocate
    language = Varchar(length=5, default="en")  # of the pages on which it was written
    happened = Date(null=True, default=None)
    about = Boolean(default=False)  # the day is a guess
    flags = Varchar(length=160)  # words of vocabulary.FLAGS, each between two spaces
    stage = Varchar(length=30, default="submitted")
    reason = Varchar(length=40)  # why it was not taken forward, or where it was sent
    review_on = Date(null=True, default=None)  # a pause is looked at again on this day
    sealed_words = Bytea()  # the answers; empty once erased
    screened = Boolean(default=True)  # untrue while it waits behind a flood
    veiled = Boolean(default=False)  # abusive: shown only to who asks
    cluster = ForeignKey(Cluster, null=True, index=True)
    again = Boolean(default=False)  # by somebody whom its cluster counts already
    ended = Date(null=True, default=None)  # since when nothing more is to be done
    touched = Date()  # when the resident last did something
    version = Integer(default=1)

    one_concern_number = Unique(["panel", "number"])
    concern_at_stage = Unique(["panel", "stage", "screened", "number"])  # a list of one stage
    concern_by_arrival = Unique(["panel", "category", "received", "number"])  # those like it
    concern_by_touch = Unique(["stage", "touched", "id"])  # for the daily round of erasing
    concern_by_day = Unique(["panel", "category", "happened", "number"])


class ConcernKey(Table):
    """The key of everything in one concern. Destroyed, nothing of it can ever be read again."""

    id = UUID(primary_key=True)  # the concern's own
    wrapped = Bytea()


class Message(Table):
    """One turn of the thread between the resident and the secretariat."""

    id = UUID(primary_key=True, default=UUID4())
    concern = ForeignKey(Concern, null=False)
    number = Integer()
    day = Date()
    by = Varchar(length=10)  # resident or panel
    kind = Varchar(length=12)  # added, corrected, question, answer, reply, outcome
    sealed = Bytea()
    veiled = Boolean(default=False)  # abusive: shown only to who asks

    one_turn = Unique(["concern", "number"])


class Consent(Table):
    """One answer in the consent grid. Rows are only added: the last version counts."""

    id = UUID(primary_key=True, default=UUID4())
    concern = ForeignKey(Concern, null=False)
    version = Integer()  # rises by one each time the resident saves the grid
    cell = Varchar(length=40)
    given = Boolean()
    wording = Integer()  # which edition of the sentences they were shown
    day = Date()

    one_answer = Unique(["concern", "version", "cell"])


class Notice(Table):
    """An address for letters that say only that there is news: where the resident asked for it."""

    id = UUID(primary_key=True, default=UUID4())
    concern = ForeignKey(Concern, null=False, unique=True)
    sealed = Bytea()  # under the key of the concern
