"""What these tests share: a look asked for, and what the rows and the record say of it."""

import json
import re
from types import SimpleNamespace

from cast import PASSPHRASES
from conftest import run

from scrutiny.concerns.vault.tables import Contact, CustodianKey, Look, Vault
from scrutiny.people.tables import Seat
from scrutiny.record.tables import Event

URL = "/lambeth/concerns/1/contact"
YES = {"verdict": "agree", "passphrase": PASSPHRASES["hana"]}
GRACES = PASSPHRASES["grace"]
NEW = "lanterns drift over slow water"
CHOSEN = {"passphrase": NEW, "again": NEW}
SHOW = {"show": "yes"}
NAMES = ("Nadia Xyloquist", "nadia.xyloquist@example.org", "07700 900461")


def looks():
    return run(Look.select().order_by(Look.id).run())


def look_url():
    return f"/lambeth/looks/{looks()[-1]['id']}"


def events(prefix="concern.contact"):
    """What the record keeps of it: (what, facts), in order."""
    found = run(Event.select().order_by(Event.seq).run())
    return [(e["what"], json.loads(e["facts"])) for e in found if e["what"].startswith(prefix)]


def asked(browse, why="reply", by="grace"):
    """Somebody has asked; gives the address at which it is answered."""
    assert browse(by).post(URL, {"why": why}).status_code == 303
    return look_url()


def agreed(browse, why="reply"):
    reply = browse("hana").post(asked(browse, why), YES)
    assert reply.status_code == 303
    return reply


def keys(**where):
    return run(CustodianKey.select().order_by(CustodianKey.since, CustodianKey.id).run())


def key_of(cast, name):
    found = [key for key in keys() if key["seat"] == cast.seats[name].id]
    return SimpleNamespace(**found[-1]) if found else None


def rows(table):
    return run(table.select().order_by(table.id).run())


def vaults(cast):
    return [row for row in rows(Vault) if row["panel"] == cast.lambeth.id]


def forget_everything(cast):
    """As on a panel that has no vault yet."""

    async def forget():
        await CustodianKey.delete(force=True)
        await Contact.delete(force=True)
        await Vault.delete(force=True)

    run(forget())


def end_seat(cast, name, day):
    run(Seat.update({Seat.until: day}).where(Seat.id == cast.seats[name].id).run())


def groups_in(text):
    return re.findall(r"<code>([0-9A-Z]{4})</code>", text)
