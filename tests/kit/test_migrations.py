"""Migrations lead to what the models say, on whichever database, all of them or none."""

import asyncio
import json
import os
from collections import Counter
from pathlib import Path

from databases import address, another_process, create_database, on_postgres

from scrutiny.piccolo_app import APP_CONFIG

TESTS = Path(__file__).parents[1]


def an_empty_database(name, folder):
    """Its address; made anew, apart from the one that the other tests use."""
    if not on_postgres():
        return f"sqlite:///{folder}/{name}.sqlite"
    name = f"{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{name}"
    asyncio.run(create_database(name))
    return address(name)


def begin(url, program, *args):
    return another_process(str(TESTS / program), *args, SCRUTINY_DATABASE_URL=url)


def said(process):
    """What a program printed, read as JSON; it must have ended well."""
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return json.loads(out)


def test_every_kind_of_change_reaches_what_the_models_say(tmp_path):
    url = an_empty_database("changing", tmp_path)

    found = said(begin(url, "kit/changing_tables.py", str(tmp_path)))

    assert found["migrated"] == found["created"]
    assert set(found["created"]) == {"panel", "case_record"}
    assert found["rows"] == [{"ref": "R1", "heading": "x", "note": "none", "name": "P"}]
    assert found["by_hand"] == (["by_hand"] if on_postgres() else ["by_hand", "no_delete"])
    assert found["refused"] == "ForeignKeyViolationError" if on_postgres() else "BrokenMigration"
    assert found["left_of_it"] == [] and found["pending"] == ["changing_9999"]


def test_our_own_migrations_lead_to_our_tables(tmp_path):
    migrated = said(begin(an_empty_database("migrated", tmp_path), "schema.py", "migrate"))
    created = said(begin(an_empty_database("created", tmp_path), "schema.py", "create"))

    assert migrated["applied"] and not migrated["pending"] and not migrated["again"]
    assert migrated["missing"] == []  # else: piccolo migrations new scrutiny --auto
    assert migrated["schema"] == created["schema"]
    assert set(created["schema"]) == {t._meta.tablename for t in APP_CONFIG.table_classes}


def test_of_two_processes_that_start_at_once_one_migrates(tmp_path):
    url = an_empty_database("raced", tmp_path)
    both = [begin(url, "schema.py", "migrate") for _ in range(2)]
    first, second = sorted((said(process)["applied"] for process in both), key=len)
    assert (first, bool(second)) == ([], True)


def test_every_name_is_used_once():
    """PostgreSQL keeps the names of tables, indexes and composite rules in one list."""
    names = [t._meta.tablename for t in APP_CONFIG.table_classes]
    for table in APP_CONFIG.table_classes:
        names += [rule._meta.name for rule in table._meta.constraints]
        indexed = [c._meta.db_column_name for c in table._meta.columns if c._meta.index]
        names += [table._get_index_name([column]) for column in indexed]
    assert [name for name, times in Counter(names).items() if times > 1] == []
