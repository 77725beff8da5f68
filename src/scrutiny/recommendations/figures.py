"""How many recommendations were asked, answered, are late, and are done: of one panel or of all."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from scrutiny.kit.db import rows
from scrutiny.people.tables import Panel


class Figures(NamedTuple):
    """How many were asked, answered, are late today (1000 means: or more), done and checked."""

    asked: int
    answered: int
    late: int
    done: int


async def figures(today: date, here: Panel | None = None) -> Figures:
    """Figures of one panel, or of all. Quick however long the list: the first, second and last
    are counted as they happen (actions.count), and only the late ones are counted here."""
    if here is not None:
        found = await rows(FIGURES.format(where="panel = {} AND"), here.id, today, here.id)
    else:
        found = await rows(FIGURES.format(where=""), today)
    row = found[0]
    return Figures(row["asked"], row["answered"], row["late"], row["done"])


FIGURES = """
SELECT coalesce(sum(CASE WHEN kind = 'recommendation.asked' THEN last END), 0) AS asked,
  coalesce(sum(CASE WHEN kind = 'recommendation.answered' THEN last END), 0) AS answered,
  coalesce(sum(CASE WHEN kind = 'recommendation.done' THEN last END), 0) AS done,
  (SELECT count(*) FROM (SELECT 1 FROM recommendation
    WHERE {where} stage = 'issued' AND due < {{}} LIMIT 1000) late) AS late
FROM counter WHERE {where} kind LIKE 'recommendation.%'"""


async def without(found: Figures, here: Panel, gone: Collection[int], today: date) -> Figures:
    """The same without those that are gone for a reader: see queries.gone_for."""
    if not gone:
        return found
    less = (await rows(THEIRS, today, here.id, tuple(gone), into=Figures))[0]
    return Figures(*(max(0, all_of - each) for all_of, each in zip(found, less, strict=True)))


THEIRS = """
SELECT count(issued), count(answered),
  coalesce(sum(CASE WHEN stage = 'issued' AND due < {} THEN 1 ELSE 0 END), 0) AS "late [INTEGER]",
  coalesce(sum(CASE WHEN stage = 'closed_implemented' THEN 1 ELSE 0 END), 0) AS "done [INTEGER]"
FROM recommendation WHERE panel = {} AND number IN ({})"""
