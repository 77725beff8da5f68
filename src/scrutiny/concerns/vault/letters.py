"""Neutral letters among custodians: that something waits, and never about whom."""

from collections.abc import Iterable
from uuid import uuid4

from scrutiny.kit.settings import settings
from scrutiny.letters.actions import Words, write
from scrutiny.people.tables import Panel, Person

SAID = {
    "look.asked": "A custodian of {panel} asks you to decide something.",
    "look.agreed": "Another custodian of {panel} agreed to what you asked. It is open for thirty "
    "minutes.",
    "look.declined": "Another custodian of {panel} said no to what you asked.",
    "vault.made": "The vault of {panel} has been made. Join it: two custodians are needed before "
    "anything in it can be read.",
    "vault.join_asked": "Somebody asks to become a custodian of the vault of {panel}. Make sure "
    "that it is really they, by telephone say, before you let them in.",
    "vault.joined": "You are now a custodian of the vault of {panel}.",
    "vault.renewed": "The vault of {panel} has a new pair of keys. Your passphrase stays as it is; "
    "recovery sheets from before no longer open anything.",
    "vault.recovered": "A custodian of {panel} got into the vault with the recovery sheet. If you "
    "do not know why, ask them today.",
}


async def tell(kind: str, people: Iterable[Person], panel: Panel, path: str) -> None:
    """One letter each, inside write_tx(); `path` is a page that asks them to sign in."""
    text = f"{SAID[kind].format(panel=panel.name)}\n\n{settings().base_url}/{panel.slug}/{path}\n"
    for person in {one.id: one for one in people}.values():
        words = Words(f"{panel.name}: something to read", text)
        await write(kind, person, words, key=f"{kind}:{uuid4()}", panel=panel)
