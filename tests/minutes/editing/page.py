"""The page on which the words of a draft are edited, as somebody fills it in and sends it."""

import html
import json
import re

from minutes import steps
from scrutiny.agendas.tables import Item
from scrutiny.minutes.tables import Minutes, Version

BOX = re.compile(r'<textarea[^>]* name="notes-([^"]+)"[^>]*>\n?(.*?)</textarea>', re.DOTALL)
BEGAN = re.compile(r'name="version-([^"]+)" value="([^"]*)"')
KEY = re.compile(r'name="form_key" value="([^"]*)"')


def edit(row) -> str:
    return f"{steps.home(row)}/edit"


def filled(page: str) -> dict[str, str]:
    """Everything that the form on this page would send."""
    form = {f"notes-{known}": html.unescape(words) for known, words in BOX.findall(page)}
    form |= {f"version-{known}": number for known, number in BEGAN.findall(page)}
    return form | {"form_key": KEY.search(page)[1]}


def opened(browse, row, name: str = "grace") -> dict[str, str]:
    reply = browse(name).get(edit(row))
    assert reply.status_code == 200
    return filled(reply.text)


def send(browse, row, form, name: str = "grace", **more):
    return browse(name).post(edit(row), form | more)


async def item(title: str = "Search records") -> Item:
    return await Item.objects().where(Item.title == title).first()


async def numbers() -> list[tuple[int, str]]:
    found = await Version.select(Version.number, Version.how).order_by(Version.number)
    return [(one["number"], one["how"]) for one in found]


async def stage() -> str:
    return (await Minutes.objects().first()).stage


async def words(edition: int = 1) -> list[str]:
    """The notes that the draft has, item by item."""
    return [one["notes"] for one in json.loads((await steps.stored(edition)).document)["items"]]
