"""Stop and search records as the police publish them, and the boroughs they fell in."""

from piccolo.columns import (
    JSON,
    UUID,
    Boolean,
    DoublePrecision,
    ForeignKey,
    Integer,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.ids import NewId


class Area(Table):
    id = UUID(primary_key=True, default=NewId())
    code = Varchar(length=9, unique=True)  # ONS code, E09000022
    name = Varchar(length=120)
    shape = Text()  # GeoJSON geometry


class PopulationCount(Table):
    """How many people of one of the five groups lived in an area on census day 2021."""

    id = UUID(primary_key=True, default=NewId())
    area_code = Varchar(length=9)
    group_name = Varchar(length=20)
    people = Integer()

    one_population_count = Unique(["area_code", "group_name"])


class StopFile(Table):
    """One file that was read, by its exact bytes: the same bytes again change nothing."""

    id = UUID(primary_key=True, default=NewId())
    name = Varchar(length=200)
    sha256 = Varchar(length=64, unique=True)
    force = Varchar(length=60, index=True)
    month = Varchar(length=7)
    rows = Integer()
    added = Integer()
    refused = JSON(default="[]")  # [line, reason] for each row that could not be read
    read_at = Timestamptz()


class Stop(Table):
    id = UUID(primary_key=True, default=NewId())
    file = ForeignKey(StopFile, null=False)
    key = Varchar(length=64, unique=True)  # hash of the published row: anybody can work it out
    force = Varchar(length=60)
    month = Varchar(length=7)
    area_code = Varchar(length=9, null=True, default=None, index=True)
    happened = Timestamptz()
    latitude = DoublePrecision(null=True, default=None)
    longitude = DoublePrecision(null=True, default=None)
    kind = Varchar(length=30)
    gender = Varchar(length=10)
    age_range = Varchar(length=10)
    self_defined = Varchar(length=120)
    officer_defined = Varchar(length=20)
    legislation = Varchar(length=120)
    object = Varchar(length=80)
    outcome = Varchar(length=80)
    linked = Boolean(null=True, default=None)
    more_removed = Boolean(null=True, default=None)

    # The key alone is unique already: this is the index by which a month of a borough is read.
    stop_in_a_month = Unique(["force", "month", "area_code", "key"])


class StopCount(Table):
    """How many searches a force made in a borough in a month, by the ethnicity officers saw.

    A roll-up, so that no page counts the records themselves.
    """

    id = UUID(primary_key=True, default=NewId())
    force = Varchar(length=60)
    month = Varchar(length=7)
    area_code = Varchar(length=9)  # empty where the record has no place in a known area
    officer_defined = Varchar(length=20)  # empty where it was not stated
    searches = Integer(default=0)  # of people; the other counts but vehicles are among them
    vehicles = Integer(default=0)  # of vehicles alone, with nobody searched
    acted = Integer(default=0)  # any outcome but no further action
    no_outcome = Integer(default=0)  # the outcome was not stated
    linked = Integer(default=0)  # the outcome had to do with what was searched for
    link_stated = Integer(default=0)  # whether it had was stated at all

    one_stop_count = Unique(["force", "month", "area_code", "officer_defined"])
