"""Rows as the objects Piccolo would make of them, read or new, some ten times as quickly."""

from collections.abc import Callable
from enum import Enum
from functools import cache, partial
from operator import attrgetter
from typing import Any, TypeVar

from piccolo.columns import Column
from piccolo.columns.defaults.base import Default
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


def fresh(table: type[Row], **given: Any) -> Row:
    """A new row, as `table(**given)` makes it: what is not given has its default.

    Raises ValueError for what is no column, and for a column that must be given.
    """
    made = object.__new__(table)
    kept = made.__dict__
    kept["_exists_in_db"], kept["_was_created"] = False, None
    for name, default in _defaults(table):
        kept[name] = given.pop(name) if name in given else default()
    if given:
        raise ValueError(f"{table.__name__} has no {', '.join(given)}")
    return made


@cache
def _defaults(table: type[Table]) -> list[tuple[str, Callable[[], Any]]]:
    return [(name_of(column), _default_of(column)) for column in table._meta.columns]


def _default_of(column: Column) -> Callable[[], Any]:
    """What gives the value of a column that was left out."""
    found = getattr(column, "default", None)
    found = found.value if isinstance(found, Enum) else found
    if isinstance(found, Default):
        return found.python
    if callable(found):
        return found
    if found is None and not column._meta.null:
        return partial(_demand, name_of(column))
    return lambda: found


def _demand(name: str) -> Any:
    raise ValueError(f"{name} was not given")
