"""Whoever holds the whole server, secret file included, still cannot read who wrote."""

import asyncio

import pytest
from cast import PASSPHRASES, VAULT_KEY
from conftest import run
from nacl.public import PrivateKey

from concerns.vault.steps import NAMES, SHOW, URL, YES, agreed, asked, events, keys, rows
from scrutiny.concerns import parts
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.vault import passphrases
from scrutiny.concerns.vault.rules import open_sealed
from scrutiny.concerns.vault.tables import Contact, Look, Vault
from scrutiny.kit.errors import Unreadable
from scrutiny.kit.seal import keys as ring
from scrutiny.kit.seal import unseal
from scrutiny.piccolo_app import APP_CONFIG

pytestmark = pytest.mark.usefixtures("concern")


def everything_stored():
    return "".join(repr(rows(table)) for table in APP_CONFIG.table_classes)


def test_no_row_holds_a_name(browse, cast):
    asked(browse)
    assert not [name for name in NAMES if name in everything_stored()]
    agreed_then_read = browse("hana").post(f"/lambeth/looks/{rows(Look)[0]['id']}", YES)
    assert agreed_then_read.status_code == 303
    browse("grace").post(URL, SHOW)
    found = everything_stored()
    assert not [word for word in (*NAMES, *PASSPHRASES.values()) if word in found]


def test_with_every_key_that_the_server_has_the_contact_stays_shut(cast):
    concern = run(Concern.objects(Concern.panel).first().run())
    sealed = rows(Contact)[0]["sealed"]
    inner = parts.opened(run(parts.key_of(concern)), concern, "contact", sealed)
    assert not any(name.encode() in inner for name in NAMES)
    guesses = [*ring().keys.values(), ring().pepper[:32], run(parts.key_of(concern))]
    guesses += [row[part][-32:] for row in keys() for part in ("public", "locked")]
    for guess in guesses:
        with pytest.raises(Unreadable):
            open_sealed(PrivateKey(guess), inner, f"contact|{concern.id}")
    assert b"Nadia" in open_sealed(VAULT_KEY, inner, f"contact|{concern.id}")


def test_only_an_open_look_can_be_read_by_the_server(browse, cast):
    agreed(browse)
    (look,) = rows(Look)
    context = f"look|{look['id']}|{look['concern']}"
    assert "Nadia" in unseal(look["sealed"], context)
    for other in (f"look|{look['concern']}|{look['id']}", "look"):
        with pytest.raises(Unreadable):
            unseal(look["sealed"], other)


def test_a_passphrase_is_slow_to_try_and_stops_nobody_else(cast):
    """The event loop goes on while one is worked out, and they come one after the other."""

    async def meanwhile():
        work = asyncio.gather(
            *(passphrases.pair_of(str(n), b"s" * 16, passphrases.COST) for n in range(3))
        )
        turns = 0
        while not work.done():
            await asyncio.sleep(0.005)
            turns += 1
        return turns

    assert asyncio.run(meanwhile()) > 10


def test_a_public_key_that_was_swapped_is_found_at_the_next_look(browse, cast):
    """Whoever writes to the database could otherwise have every new name sealed to themselves."""
    url = asked(browse)
    theirs = bytes(PrivateKey.generate().public_key)
    run(Vault.update({Vault.public_key: theirs}, force=True).run())
    reply = browse("hana").post(url, YES)
    assert reply.status_code == 422
    assert "Somebody has changed the public key of this vault." in reply.text
    assert [what for what, _ in events("vault.key_changed")] == ["vault.key_changed"]
