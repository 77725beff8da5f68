"""What was stored comes back as it was, by Piccolo or by hand, one row or thousands."""

import datetime as dt
import uuid

import pytest
from databases import opened
from tallies import Tally, count, tallies  # noqa: F401

from scrutiny.kit.db import bulk, new_id, rows, write_tx


@opened
async def test_values_come_back_with_their_types():
    at = dt.datetime(2025, 7, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    row = Tally(
        name="Łódź", at=at, day=dt.date(2025, 7, 1), open=False, facts={"a": "{}"}, seal=b"\0\xff"
    )
    await row.save()
    (found,) = await rows("SELECT * FROM test_tally WHERE id = {}", row.id)

    assert {**found, "facts": None} == {
        "id": row.id,
        "name": "Łódź",
        "number": 0,
        "at": at,
        "day": dt.date(2025, 7, 1),
        "open": False,
        "facts": None,
        "seal": b"\0\xff",
        "version": 1,
    }
    assert isinstance(found["id"], uuid.UUID) and found["at"].utcoffset() == dt.timedelta(0)
    assert type(found["number"]) is int and type(found["open"]) is bool
    assert (await Tally.objects().get(Tally.id == found["id"])).at == at


@opened
async def test_hand_written_sql_speaks_to_both_databases():
    for n, name in enumerate("abc"):
        await Tally(name=name, number=n, day=dt.date(2025, 1, n + 1)).save()

    some = "SELECT name FROM test_tally WHERE name IN ({}) AND number >= {} ORDER BY name"
    assert await rows(some, ("a", "b", "c"), 1) == [{"name": "b"}, {"name": "c"}]
    assert await rows(some, (), 0) == []
    assert await rows(
        "SELECT name, number FROM test_tally WHERE number = {}", 2, into=dict.fromkeys
    )
    last = await rows('SELECT max(day) AS "last [DATE]" FROM test_tally')
    assert last == [{"last": dt.date(2025, 1, 3)}]
    with pytest.raises(ValueError, match="1 places for 2 arguments"):
        await rows("SELECT name FROM test_tally WHERE name = {}", "a", "b")
    with pytest.raises(ValueError, match="2 places for 0 arguments"):
        await rows("SELECT {}, {}")


@opened
async def test_many_rows_go_in_at_once_or_not_at_all():
    at = dt.datetime.now(dt.UTC)
    columns = [Tally.id, Tally.name, "number", "at", "open", "facts", "seal", "version"]

    def given(names):
        return ((new_id(), name, 7, at, True, "{}", b"", 1) for name in names)

    async with write_tx():
        assert await bulk(Tally, columns, given(str(n) for n in range(12_000))) == 12_000
    with pytest.raises(Exception, match=r"(?i)unique"):
        async with write_tx():
            await bulk(Tally, columns, given(["new", "7"]))
    with pytest.raises(RuntimeError, match="write_tx"):
        await bulk(Tally, columns, given(["alone"]))
    async with write_tx():
        assert await bulk(Tally, columns, given(["a few", "more"])) == 2
        assert await bulk(Tally, columns, given([])) == 0
    assert await count() == 12_002
    assert (await Tally.objects().get(Tally.name == "11999")).at == at
