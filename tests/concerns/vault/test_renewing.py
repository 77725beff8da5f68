"""A new pair of keys: whoever left is out, the rest keep their passphrases, nothing is lost."""

from datetime import timedelta

import pytest
from cast import PASSPHRASES, VAULT_KEY
from conftest import run
from nacl.public import PrivateKey

from concerns.steps import letters, raised
from concerns.vault.steps import (
    GRACES,
    SHOW,
    URL,
    agreed,
    end_seat,
    events,
    groups_in,
    key_of,
    keys,
    rows,
    vaults,
)
from scrutiny.concerns.evidence.tables import Evidence
from scrutiny.concerns.tables import Concern, ConcernKey
from scrutiny.concerns.vault.keeping import renewal
from scrutiny.concerns.vault.rules import of_sheet, open_sealed, seal_to
from scrutiny.concerns.vault.tables import Contact
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx

PAGE = "/lambeth/vault/renewal"
OPEN = {"passphrase": GRACES}


def test_a_new_pair_comes_with_a_new_sheet(browse, cast):
    grace = browse("grace")
    assert "It cannot be undone" in grace.get(PAGE).text
    for sent in ({}, {"passphrase": "wrong"}):
        assert grace.post(PAGE, sent).status_code == 422
    reply = grace.post(PAGE, OPEN)
    assert reply.status_code == 200
    old, new = vaults(cast)
    assert (old["number"], new["number"]) == (1, 2)
    private = PrivateKey(of_sheet("".join(groups_in(reply.text))))
    assert bytes(private.public_key) == new["public_key"] != old["public_key"]
    assert ("vault.renewed", {"number": 2, "custodians": 2}) in events("vault")
    assert letters("vault.renewed")[0].to.address == "hana@panel.test"


def test_what_is_there_moves_and_opens_with_the_same_passphrases(browse, cast):
    for name in ("Nadia Xyloquist", "Nadia Two", "Nadia Three"):
        raised(cast.lambeth, name=name)
    before = rows(Contact)
    grace = browse("grace")
    grace.post(PAGE, OPEN)
    assert "3 contacts are still under the old one" in grace.get("/lambeth/vault").text
    raised(cast.lambeth, name="Nadia Four")
    assert grace.post(PAGE, OPEN).status_code == 303
    new = vaults(cast)[-1]["id"]
    assert {row["vault"] for row in rows(Contact)} == {new} == {key["vault"] for key in keys()}
    assert not {row["sealed"] for row in before} & {row["sealed"] for row in rows(Contact)}
    assert events("vault.moved") == [("vault.moved", {"number": 2, "moved": 3, "unreadable": 0})]
    agreed(browse)
    assert "Nadia Xyloquist" in grace.post(URL, SHOW).text
    assert grace.post(PAGE, OPEN).status_code == 200, "and once more, a third pair"


def test_who_has_left_gets_no_key_to_the_new_pair(browse, cast):
    end_seat(cast, "hana", today() - timedelta(days=1))
    browse("grace").post(PAGE, OPEN)
    new = vaults(cast)[-1]["id"]
    assert {key["seat"] for key in keys() if key["vault"] == new} == {cast.seats["grace"].id}


def test_a_move_that_was_cut_short_is_taken_up_again(browse, cast, monkeypatch):
    for _ in range(5):
        raised(cast.lambeth)
    grace = browse("grace")
    grace.post(PAGE, OPEN)
    monkeypatch.setattr(renewal, "BATCH", 2)
    steps, move = [], renewal._move_contact

    async def power_cut(*args):
        steps.append(1)
        if len(steps) == 4:
            raise ConnectionError
        return await move(*args)

    with monkeypatch.context() as cut:
        cut.setattr(renewal, "_move_contact", power_cut)
        assert grace.post(PAGE, OPEN).status_code == 503
    new = vaults(cast)[-1]["id"]
    assert sorted(row["vault"] == new for row in rows(Contact)) == [False] * 3 + [True] * 2
    assert "Go on with the move" in grace.get(PAGE).text
    assert grace.post("/lambeth/vault/passphrase", {
        "passphrase": GRACES, "new": "another set of words", "again": "another set of words",
    }).status_code == 409  # fmt: skip
    assert grace.post(PAGE, {"passphrase": "wrong"}).status_code == 422
    assert browse("hana").post(PAGE, {"passphrase": PASSPHRASES["hana"]}).status_code == 303
    assert {row["vault"] for row in rows(Contact)} == {new}
    assert run(renewal.left(cast.lambeth.id, _vault(cast))) == 0


def _vault(cast):
    return run(renewal.queries.newest(cast.lambeth))


def test_one_that_was_spoilt_is_counted_and_stops_nothing(browse, cast):
    for _ in range(3):
        raised(cast.lambeth)
    spoilt = rows(Contact)[1]
    run(Contact.update({Contact.sealed: b"junk"}).where(Contact.id == spoilt["id"]).run())
    grace = browse("grace")
    grace.post(PAGE, OPEN)
    assert grace.post(PAGE, OPEN).status_code == 303
    assert events("vault.moved")[0][1] == {"number": 2, "moved": 2, "unreadable": 1}


def test_the_keys_of_files_move_too(browse, cast):
    raised(cast.lambeth)
    concern = run(Concern.objects().first().run())
    sealed = seal_to(bytes(VAULT_KEY.public_key), b"file key", "evidence|1")

    async def file():
        async with write_tx():
            await Evidence.insert(
                Evidence(concern=concern.id, number=1, kind="image", mime="image/png", size=1,
                         sha256="", locked_key=b"", sealed_key=sealed, day=today())
            )  # fmt: skip

    run(file())
    grace = browse("grace")
    reply = grace.post(PAGE, OPEN)
    grace.post(PAGE, OPEN)
    private = PrivateKey(of_sheet("".join(groups_in(reply.text))))
    (row,) = rows(Evidence)
    assert open_sealed(private, row["sealed_key"], "evidence|1") == b"file key"


def test_an_erased_concern_is_no_obstacle(browse, cast):
    raised(cast.lambeth)
    run(ConcernKey.delete(force=True).run())
    grace = browse("grace")
    grace.post(PAGE, OPEN)
    assert grace.post(PAGE, OPEN).status_code == 303
    assert key_of(cast, "grace").vault == vaults(cast)[-1]["id"]


@pytest.mark.parametrize("name", ["amara", "bilal", "claire", "owen", "sol"])
def test_nobody_else_makes_keys(browse, cast, name):
    assert browse(name).post(PAGE, OPEN).status_code == 403
    assert len(vaults(cast)) == 1
