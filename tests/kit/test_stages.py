"""Moves between stages, and versions that stop one person from undoing another's work."""

import pytest
from conftest import run

from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.kit.stages import amend, open_moves, step
from scrutiny.people.tables import Panel

MOVES = {("drafting", "agreed"): "agreed", ("agreed", "issued"): "issued"}


def test_only_listed_moves_are_open():
    assert open_moves(MOVES, "drafting") == ["agreed"]
    assert step(MOVES, "agreed", "issued") == "issued"
    with pytest.raises(NotNow, match="It stands at “issued”, and from there it cannot be agreed"):
        step(MOVES, "issued", "agreed")


def test_two_people_amend_the_same_row_and_the_second_is_told(cast):
    async def twice():
        first = await Panel.objects().where(Panel.slug == "lambeth").first()
        second = await Panel.objects().where(Panel.slug == "lambeth").first()
        async with write_tx():
            await amend(first, purpose="The first wrote this.")
        with pytest.raises(Stale):
            async with write_tx():
                await amend(second, purpose="The second wrote this.")
        return await Panel.select(Panel.purpose, Panel.version).where(Panel.slug == "lambeth")

    assert run(twice()) == [{"purpose": "The first wrote this.", "version": 2}]
