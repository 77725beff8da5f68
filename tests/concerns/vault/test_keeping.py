"""The vault is made, joined, its passphrase changed, its custodians let go, and got back into."""

from datetime import timedelta

import pytest
from cast import PASSPHRASES, VAULT_KEY
from conftest import run
from nacl.public import PrivateKey

from concerns.steps import letters
from concerns.vault.steps import (
    CHOSEN,
    GRACES,
    NEW,
    asked,
    end_seat,
    events,
    forget_everything,
    groups_in,
    key_of,
    keys,
    look_url,
    looks,
    vaults,
)
from scrutiny.concerns.vault.keys import unlock
from scrutiny.concerns.vault.passphrases import COST
from scrutiny.concerns.vault.rules import of_sheet, sheet
from scrutiny.concerns.vault.tables import CustodianKey
from scrutiny.kit.clock import today

HOME = "/lambeth/vault"
SHEET = " ".join(sheet(bytes(VAULT_KEY)))


def opens(cast, name, passphrase):
    vault = vaults(cast)[-1]
    return run(unlock(cast.seats[name], vault["id"], passphrase))


@pytest.fixture
def nothing(cast):
    forget_everything(cast)


def test_the_first_custodian_makes_it_and_gets_the_sheet_once(browse, cast, nothing):
    grace = browse("grace")
    assert "There is no vault yet" in grace.get(HOME).text
    reply = grace.post(HOME, CHOSEN)
    assert reply.status_code == 201 and reply.headers["cache-control"] == "no-store"
    (vault,) = vaults(cast)
    private = of_sheet("".join(groups_in(reply.text)))
    assert bytes(PrivateKey(private).public_key) == vault["public_key"]
    assert bytes(opens(cast, "grace", NEW)) == private
    key = key_of(cast, "grace")
    assert (key.cost, key.vault, len(key.salt)) == (str(COST), vault["id"], 16)
    assert ("vault.made", {"number": 1}) in events("vault")
    assert letters("vault.made")[0].to.address == "hana@panel.test"
    page = grace.get(HOME).text
    assert not groups_in(page) and "With one custodian nobody can read a name" in page


def test_it_is_made_once(browse, cast, nothing):
    assert browse("grace").post(HOME, CHOSEN).status_code == 201
    reply = browse("hana").post(HOME, CHOSEN)
    assert reply.status_code == 409 and "has been made already" in reply.text
    assert len(vaults(cast)) == 1 == len(keys())


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Use at least four words"),
        ({"passphrase": "too short", "again": "too short"}, "Use at least four words"),
        ({"passphrase": NEW, "again": "something else"}, "The two are not the same"),
    ],
)
def test_what_is_wrong_with_a_passphrase_is_said(browse, cast, nothing, sent, said):
    reply = browse("grace").post(HOME, sent)
    assert reply.status_code == 422 and said in reply.text and NEW not in reply.text
    assert keys() == []
    assert browse("grace").post(f"{HOME}/joining", CHOSEN).status_code == 409


@pytest.fixture
def joining(browse, cast):
    """Hana's key is gone and she has asked to be let in."""
    run(CustodianKey.delete().where(CustodianKey.seat == cast.seats["hana"].id).run())
    assert browse("hana").post(f"{HOME}/joining", CHOSEN).status_code == 303
    return f"{HOME}/joining/{key_of(cast, 'hana').id}"


def test_another_joins_when_a_custodian_lets_them_in(browse, cast, joining):
    hana, grace = browse("hana"), browse("grace")
    assert key_of(cast, "hana").locked == b""
    assert letters("vault.join_asked")[0].to.address == "grace@panel.test"
    assert "You asked to join" in hana.get(HOME).text
    assert joining in grace.get(HOME).text
    assert "Hana Suleiman" in grace.get(joining).text

    assert grace.post(joining, {"passphrase": GRACES}).status_code == 303
    assert key_of(cast, "hana").approved_by == cast.seats["grace"].id
    assert bytes(opens(cast, "hana", NEW)) == bytes(VAULT_KEY)
    assert [what for what, _ in events("vault")] == ["vault.join_asked", "vault.joined"]
    assert letters("vault.joined")[0].to.address == "hana@panel.test"
    assert grace.post(joining, {"passphrase": GRACES}).status_code == 409
    assert hana.post(f"{HOME}/joining", CHOSEN).status_code == 409


def test_nobody_lets_in_themselves_or_without_the_passphrase(browse, cast, joining):
    for who, sent, status in (
        ("hana", NEW, 409),
        ("grace", "", 422),
        ("grace", NEW, 422),
    ):
        assert browse(who).post(joining, {"passphrase": sent}).status_code == status
    assert key_of(cast, "hana").locked == b""
    assert key_of(cast, "grace").wrong == 1


def test_who_waits_cannot_agree_to_a_look(browse, cast, joining, concern):
    reply = browse("grace").post("/lambeth/concerns/1/contact", {"why": "reply"})
    assert reply.status_code == 409, "nobody else holds a key yet"
    browse("grace").post(joining, {"passphrase": GRACES})
    asked(browse)
    assert (
        browse("hana").post(look_url(), {"verdict": "agree", "passphrase": NEW}).status_code == 303
    )
    assert looks()[0]["stage"] == "open"


def test_one_who_asks_again_chooses_again(browse, cast, joining):
    other = "paper boats on the canal"
    browse("hana").post(f"{HOME}/joining", {"passphrase": other, "again": other})
    assert len(keys()) == 2
    assert browse("grace").get(joining).status_code == 404, "it was for the first passphrase"
    url = f"{HOME}/joining/{key_of(cast, 'hana').id}"
    browse("grace").post(url, {"passphrase": GRACES})
    assert opens(cast, "hana", other) is not None
    assert opens(cast, "hana", NEW) is None


def test_no_passphrase_is_stored_anywhere(browse, cast, joining):
    browse("grace").post(joining, {"passphrase": GRACES})
    for key in keys():
        for word in (NEW, *PASSPHRASES.values()):
            assert word.encode() not in repr(key).encode()


def test_a_request_can_be_refused(browse, cast, joining):
    url = joining.replace("joining/", "removal/")
    grace = browse("grace")
    assert "Forget the request of Hana" in grace.get(url).text
    assert grace.post(url).status_code == 422
    assert grace.post(url, {"sure": "yes"}).status_code == 303
    assert key_of(cast, "hana") is None


def test_one_changes_ones_own_passphrase(browse, cast):
    grace, url = browse("grace"), f"{HOME}/passphrase"
    assert grace.get(url).status_code == 200
    sent = {"passphrase": GRACES, "new": NEW, "again": NEW}
    for changed, said in (
        ({"passphrase": ""}, "Enter your vault passphrase"),
        ({"new": "short"}, "Use at least four words"),
        ({"again": "else"}, "The two are not the same"),
        ({"passphrase": NEW}, "not your vault passphrase"),
    ):
        reply = grace.post(url, sent | changed)
        assert reply.status_code == 422 and said in reply.text
    assert grace.post(url, sent).status_code == 303
    assert opens(cast, "grace", GRACES) is None
    assert bytes(opens(cast, "grace", NEW)) == bytes(VAULT_KEY)
    assert key_of(cast, "grace").cost == str(COST), "the cost of today"
    assert "vault.passphrase_changed" in [what for what, _ in events("vault")]


def test_who_holds_no_key_changes_none(browse, cast, joining):
    sent = {"passphrase": NEW, "new": NEW, "again": NEW}
    assert browse("hana").post(f"{HOME}/passphrase", sent).status_code == 409


def test_a_custodian_is_forgotten_when_their_seat_is_over(browse, cast):
    url = f"{HOME}/removal/{key_of(cast, 'hana').id}"
    grace = browse("grace")
    assert grace.get(url).status_code == 409
    assert grace.post(url, {"sure": "yes"}).status_code == 409
    end_seat(cast, "hana", today() - timedelta(days=1))
    page = grace.get(HOME).text
    assert "The seat of Hana Suleiman is over" in page and url in page
    assert "make a new pair of keys" in grace.get(url).text
    assert grace.post(url, {"sure": "yes"}).status_code == 303
    assert key_of(cast, "hana") is None
    assert events("vault.custodian") == [
        ("vault.custodian_removed", {"seat": str(cast.seats["hana"].id)})
    ]


def test_the_sheet_gets_a_custodian_back_in_and_the_others_hear_of_it(browse, cast):
    grace, url = browse("grace"), f"{HOME}/recovery"
    assert grace.get(url).status_code == 200
    for typed in ("", "ABCD", SHEET[:-1], SHEET.replace(SHEET[:4], "ZZZZ")):
        reply = grace.post(url, {"sheet": typed, **CHOSEN})
        assert reply.status_code == 422 and "recovery sheet says" in reply.text
        assert typed == "" or typed not in reply.text
    assert grace.post(url, {"sheet": SHEET}).status_code == 422
    assert grace.post(url, {"sheet": SHEET.lower(), **CHOSEN}).status_code == 303
    assert bytes(opens(cast, "grace", NEW)) == bytes(VAULT_KEY)
    assert [what for what, _ in events("vault")] == ["vault.sheet_refused"] * 4 + [
        "vault.recovered"
    ]
    assert letters("vault.recovered")[0].to.address == "hana@panel.test"


def test_another_panel_has_nothing_to_do_with_it(browse, cast):
    key = key_of(cast, "hana").id
    assert browse("ruth").get(HOME).status_code == 404
    for path in (f"joining/{key}", f"removal/{key}"):
        assert browse("ruth").post(f"{HOME}/{path}").status_code == 404
        assert browse("grace").get(f"/hackney/vault/{path}").status_code == 404
