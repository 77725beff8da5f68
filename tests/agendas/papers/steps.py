"""Papers brought as far as a test needs them, by the deeds themselves or through a form."""

import os

from cast import Cast
from concerns.evidence.sending import MULTIPART, form

from agendas import steps as agendas
from agendas.papers import files
from scrutiny.agendas.packs.tables import Pack
from scrutiny.agendas.papers import actions
from scrutiny.agendas.papers.receiving import Sent
from scrutiny.agendas.papers.tables import Paper
from scrutiny.agendas.papers.washing import washed
from scrutiny.agendas.tables import Item
from scrutiny.cases.tables import Case
from scrutiny.kit.clock import now
from scrutiny.kit.db import keep, write_tx
from scrutiny.kit.ids import new_id
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.interests.tables import Recusal


async def meeting(cast: Cast, **how) -> Meeting:
    """To come, its agenda published."""
    row = await agendas.meeting(cast, **how)
    await agendas.publish(row, cast)
    return row


async def file(content: bytes | None = None, title: str = "A paper", name: str = "paper.pdf"):
    content = files.pdf() if content is None else content
    sent = Sent(why="", name=name, size=len(content))
    try:
        os.write(sent.file, content)
        return await washed(sent, title, "Lambeth Scrutiny Panel")
    finally:
        sent.close()


async def add(
    row: Meeting, cast: Cast, title: str = "A paper", audience: str = "public", at: int = 0,
    content: bytes | None = None, name: str = "paper.pdf", by: str = "grace",
) -> Paper:  # fmt: skip
    """On the item at that place of the agenda."""
    item = (await agendas.items(row))[at]
    made = await file(content, title, name)
    assert not made.why, made.why
    return await actions.add(row, item.id, title, audience, made, by=cast.seats[by])


async def kept(row: Meeting) -> list[Paper]:
    return await Paper.objects().where(Paper.meeting == row.id).order_by(Paper.number)


async def close(row: Meeting, at: int) -> Item:
    """Take the item at that place behind closed doors."""
    item = (await agendas.items(row))[at]
    shut = {Item.part: "B", Item.closed_reason: "case_material"}
    async with write_tx():
        await Item.update(shut).where(Item.id == item.id)
    return item


async def recuse(cast: Cast, who: str, item: Item) -> None:
    async with write_tx():
        await Recusal.insert(
            Recusal(panel=cast.lambeth.id, person=cast.people[who].id, about=item.id, kind="item",
                    how="left_room", at=now())
        )  # fmt: skip


def address(row: Meeting, more: str = "") -> str:
    return f"/lambeth/meetings/{row.date.isoformat()}{more}"


def send(browser, path: str, content: bytes | None, name: str = "paper.pdf", **fields: str):
    """A form with its file, as a browser sends it: the token first."""
    token = {"_csrf": browser.token()} if browser.token() else {}
    return browser._ask("POST", path, content=form(content, token | fields, name),
                        headers=MULTIPART)  # fmt: skip


async def put_case(row: Meeting, case: Case) -> None:
    """On the second item of the agenda."""
    item = (await agendas.items(row))[1]
    async with write_tx():
        await Item.update({Item.case: case.id, Item.kind: "case"}).where(Item.id == item.id)


async def forget_packs() -> None:
    async with write_tx():
        await Pack.delete(force=True)


async def copies(paper: Paper, count: int) -> None:
    """So many more like it, all of the same file."""
    told = paper.to_dict() | {"meeting": paper.meeting, "item": paper.item}
    more = [Paper(**told | {"id": new_id(), "number": 100 + n}) for n in range(count)]
    async with write_tx():
        for one in more:
            await keep(one)
