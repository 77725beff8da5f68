"""Rows of hand-written SQL as the objects Piccolo would make of them, some ten times as quickly."""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from piccolo.table import Table

Row = TypeVar("Row", bound=Table)
name_of = attrgetter("_meta.name")
column_of = attrgetter("_meta.db_column_name")


def columns(table: type[Table], called: str = "") -> str:
    """Every column of a table for a SELECT, `called` as it is called there."""
    called = called or f'"{table._meta.tablename}"'
    return ", ".join(f'{called}."{column_of(column)}"' for column in table._meta.columns)


@cache
def maker(table: type[Row], **joined: type[Table]) -> Callable[..., Row]:
    """What makes a row of the values of columns(table), then those of each table in `joined`.

    The row of a joined table takes the place of the foreign key of that name.
    """
    names = tuple(map(name_of, table._meta.columns))
    joins = [(name, maker(other), len(other._meta.columns)) for name, other in joined.items()]

    def make(*values: Any) -> Row:
        made = object.__new__(table)
        kept = made.__dict__
        kept["_exists_in_db"], kept["_was_created"] = True, None
        kept.update(zip(names, values, strict=False))
        at = len(names)
        for name, other, width in joins:
            kept[name] = other(*values[at : at + width])
            at += width
        return made

    return make
