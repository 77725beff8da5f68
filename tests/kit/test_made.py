"""New rows made quickly are the rows that Piccolo makes."""

import datetime as dt

import pytest
from databases import opened
from tallies import Tally, tallies  # noqa: F401

from scrutiny.concerns.tables import Concern, Draft
from scrutiny.kit.db import keep, write_tx
from scrutiny.kit.ids import new_id
from scrutiny.kit.made import fresh
from scrutiny.letters.tables import Letter
from scrutiny.record.tables import Event

AT = dt.datetime(2026, 7, 1, 9, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("table", "given"),
    [
        (Concern, {"panel": new_id(), "number": 3, "received": AT.date(), "touched": AT.date()}),
        (Letter, {"kind": "a.letter", "due": AT, "written": AT}),
        (Event, {"seq": 7, "at": AT, "what": "a.deed"}),
    ],
)
def test_what_is_left_out_has_its_default(table, given):
    known = new_id()
    ours, theirs = fresh(table, id=known, **given), table(id=known, **given)
    assert ours.to_dict() == theirs.to_dict()
    assert ours._exists_in_db is theirs._exists_in_db is False


def test_each_row_has_an_id_of_its_own():
    assert fresh(Tally).id != fresh(Tally).id


def test_what_is_no_column_and_what_is_missing_is_refused():
    with pytest.raises(ValueError, match="colour"):
        fresh(Tally, colour="red")
    with pytest.raises(ValueError, match="panel"):
        fresh(Draft, code_hash="x")


@opened
async def test_it_is_kept_like_any_other():
    async with write_tx():
        await keep(fresh(Tally, name="a", at=AT, number=4))
    found = await Tally.objects().get(Tally.name == "a")
    assert (found.number, found.at, found.open, found.day) == (4, AT, True, None)
