import time
from databases import opened
from scrutiny.kit.db import *
from scrutiny.people.tables import Force
from scrutiny.kit.errors import *
import pytest
def test_empty(tables, empty_tables):
    t=time.perf_counter()
    for _ in range(50): empty_tables()
    print("empty ms", (time.perf_counter()-t)*20)
@opened
async def test_a(tables):
    async with write_tx():
        await Force(slug="x",name="y").save()
    print(await rows("select * from force where slug={}", "x"))
    t=time.perf_counter()
    for _ in range(100): await open_database(); await close_database()
    print("open/close ms", (time.perf_counter()-t)*10)
