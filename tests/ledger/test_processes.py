"""Several processes publish at once, and one is killed in the middle of it."""

import signal

from conftest import run
from databases import another_process

from ledger import steps
from ledger.steps import found
from scrutiny.kit.settings import settings
from scrutiny.ledger import queries

EACH = 8
PUBLISH = f"""
import asyncio, sys
from scrutiny.kit.db import close_database, open_database, write_tx
from scrutiny.ledger.actions import enter
from scrutiny.people.tables import Panel
from scrutiny.record.actions import record

async def publish(name, dies):
    await open_database()
    panel = await Panel.objects().where(Panel.slug == "lambeth").first()
    for n in range({EACH}):
        async with write_tx():
            await record("panel.tried", panel, public=True)
            place = f"/lambeth/{{name}}/{{n}}"
            await enter(panel, "agenda", f"{{name}} {{n}}", place, name.encode())
            if dies and n == 3:
                print("inside", flush=True)
                await asyncio.sleep(60)
    await close_database()

asyncio.run(publish(sys.argv[1], len(sys.argv) > 2))
"""


def start(*words: str):
    settings_of_ours = {
        "SCRUTINY_DATABASE_URL": settings().database_url,
        "SCRUTINY_DATA_DIR": str(settings().data_dir),
    }
    return another_process("-c", PUBLISH, *words, **settings_of_ours)


def test_two_processes_and_one_that_is_killed_inside(cast):
    run(steps.publish(cast, "first"))
    killed = start("killed", "dies")
    assert killed.stdout.readline() == "inside\n"
    others = [start("one"), start("two")]
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=30)
    for other in others:
        _, said = other.communicate(timeout=60)
        assert other.returncode == 0, said
    whole = 1 + 3 + 2 * EACH
    assert run(queries.tree_size()) == run(queries.newest_head()).size == whole
    assert [head.size for head in run(queries.heads())] == list(range(whole, 0, -1))
    assert found() == []
