"""Votes: what is asked, who has voted, what came out; who chose what only where that is open."""

from piccolo.columns import JSON, UUID, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Seat


class Poll(Table):
    """One question put to those who may vote. `about` is the row it is about, of any table."""

    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    about = UUID(null=True, default=None, index=True)
    kind = Varchar(length=20)  # decision, chair, vice_chair, terms
    question = Varchar(length=500)
    choices = JSON(default="[]")  # [{"key": "for", "words": "For"}, ...]
    method = Varchar(length=20)  # consensus, show_of_hands, secret
    majority = Varchar(length=20, default="simple")
    electors = JSON(default="[]")  # the ids of the seats that may vote, fixed when it opens
    stage = Varchar(length=10, default="open")  # open, closed, void
    result = Varchar(length=60)  # carried, lost, tied, no_quorum, or the choice that won
    opened = Timestamptz()
    closed = Timestamptz(null=True, default=None)
    version = Integer(default=1)


class Voted(Table):
    """That this person voted: of a secret vote nothing else is kept about anybody."""

    id = UUID(primary_key=True, default=NewId())
    poll = ForeignKey(Poll, null=False)
    person = UUID()
    voted_once = Unique(["poll", "person"])


class Tally(Table):
    """How many chose it. Counted up in place, so no order of votes is kept anywhere."""

    id = UUID(primary_key=True, default=NewId())
    poll = ForeignKey(Poll, null=False)
    choice = Varchar(length=60)
    count = Integer(default=0)
    one_tally = Unique(["poll", "choice"])


class Hand(Table):
    """Who chose what in an open vote."""

    id = UUID(primary_key=True, default=NewId())
    poll = ForeignKey(Poll, null=False)
    seat = ForeignKey(Seat, null=False)
    choice = Varchar(length=60)
    one_hand = Unique(["poll", "seat"])


class Dissent(Table):
    """Why somebody does not agree with what was decided, in their own words, kept with it."""

    id = UUID(primary_key=True, default=NewId())
    poll = ForeignKey(Poll, null=False, index=True)
    seat = ForeignKey(Seat, null=True, default=None)  # nothing when they asked not to be named
    text = Text()
    at = Timestamptz()
