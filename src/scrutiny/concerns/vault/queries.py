"""Reads of the vault: its public key, who keeps it, and which looks are open."""

import json
from uuid import UUID

from scrutiny.concerns import parts
from scrutiny.concerns.answers import WHO
from scrutiny.concerns.queries import PAGE, find
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.vault.rules import WAITING, LookStage
from scrutiny.concerns.vault.tables import Contact, CustodianKey, Look, Vault
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.made import columns, maker
from scrutiny.kit.seal import unseal
from scrutiny.people.queries import seats_on
from scrutiny.people.rules import is_current
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, who_may

MOST_KEYS, MOST_LOOKS = 100, 10
NEWEST = f"SELECT {columns(Vault)} FROM vault WHERE panel = {{}} ORDER BY number DESC LIMIT 1"
ANY = "SELECT 1 FROM vault WHERE panel = {} LIMIT 1"
made = maker(Vault)


def _id(panel: Panel | UUID) -> UUID:
    return panel.id if isinstance(panel, Panel) else panel


async def newest_or_none(panel: Panel | UUID) -> Vault | None:
    found = await rows(NEWEST, _id(panel), into=made)
    return found[0] if found else None


async def newest(panel: Panel | UUID) -> Vault:
    """Raises NotNow where no custodian has made one yet."""
    found = await newest_or_none(panel)
    if found is None:
        raise NotNow("This panel has no vault yet, so it takes no names.")
    return found


async def has_vault(panel: Panel | UUID) -> bool:
    return bool(await rows(ANY, _id(panel)))


# -- who keeps it ---------------------------------------------------------------------------------


async def keys_to(vault: Vault | UUID) -> list[CustodianKey]:
    """Every custodian's key and every request for one, with the seat and the person."""
    known = vault.id if isinstance(vault, Vault) else vault
    found = CustodianKey.objects(CustodianKey.seat, CustodianKey.seat.person)
    return await found.where(CustodianKey.vault == known).order_by(CustodianKey.id).limit(MOST_KEYS)


def is_seated(key: CustodianKey) -> bool:
    """Whether the seat of this key is held today: rights die with the seat."""
    return is_current(key.seat.since, key.seat.until, today())


async def holders(vault: Vault | UUID) -> list[CustodianKey]:
    """Those who can open the vault today."""
    return [key for key in await keys_to(vault) if key.locked and is_seated(key)]


async def other_holders(panel: Panel | UUID, by: Seat) -> list[CustodianKey]:
    """Those other people who can open it, so that this one may look."""
    vault = await newest_or_none(panel)
    found = await holders(vault) if vault else []
    return [key for key in found if key.seat.person.id != by.person.id]


async def names_of_holders(panel: Panel) -> list[str]:
    """Who can ask to look, or agree to it, today."""
    vault = await newest_or_none(panel)
    return sorted({key.seat.person.name for key in await holders(vault)}) if vault else []


async def other_custodians(by: Seat) -> list[Seat]:
    """Everybody else whose seat may keep the vault, with a key or without."""
    found = await seats_on(by.panel.id, who_may(Act.VAULT_KEEP))
    return list({seat.person.id: seat for seat in found if seat.person.id != by.person.id}.values())


async def own_key(seat: Seat, vault: Vault | UUID) -> CustodianKey | None:
    known = vault.id if isinstance(vault, Vault) else vault
    this = (CustodianKey.vault == known) & (CustodianKey.seat == seat.id)
    return await CustodianKey.objects().where(this).first()


async def key_on(panel: Panel, key: UUID) -> CustodianKey:
    """Raises Missing when there is none to this panel's vault."""
    joined = CustodianKey.objects(CustodianKey.vault, CustodianKey.seat, CustodianKey.seat.person)
    here = (CustodianKey.id == key) & (CustodianKey.vault.panel == panel.id)
    found = await joined.where(here).first()
    if found is None:
        raise Missing("There is no such custodian on this panel.")
    return found


async def older_keys(panel: Panel | UUID, newest: Vault) -> list[CustodianKey]:
    """Keys to a vault before this one: there while not everything has been moved."""
    older = (CustodianKey.vault.panel == _id(panel)) & (CustodianKey.vault != newest.id)
    return await CustodianKey.objects().where(older).limit(MOST_KEYS)


# -- who wrote, and looking at it -----------------------------------------------------------------


async def has_contact(concern: Concern) -> bool:
    return await Contact.exists().where(Contact.concern == concern.id)


async def sealed_contact(concern: Concern) -> tuple[UUID, bytes]:
    """Its vault, and the contact as sealed to it. Raises Missing when none was left, Unreadable
    when the row was changed."""
    found = await Contact.objects().where(Contact.concern == concern.id).first()
    if found is None:
        raise Missing("They left no way to reach them.")
    key = await parts.key_of(concern)
    return found.vault, parts.opened(key, concern, "contact", found.sealed)


def place_of(concern: Concern | UUID) -> str:
    """What a contact is bound to inside its seal."""
    return f"contact|{concern.id if isinstance(concern, Concern) else concern}"


def context_of(look: Look, concern: Concern) -> str:
    return f"look|{look.id}|{concern.id}"


async def asked_looks(seat: Seat, after: UUID | None = None) -> list[Look]:
    """Those that wait for an answer, oldest first; one more than a page has."""
    found = Look.objects(Look.concern, Look.concern.panel, Look.asked_by, Look.asked_by.person)
    found = found.where((Look.panel == seat.panel.id) & (Look.stage == LookStage.ASKED))
    if after is not None:
        found = found.where(Look.id > after)
    return await found.order_by(Look.id).limit(PAGE + 1)


async def look_on(seat: Seat, look: UUID) -> Look:
    """With its concern and who asked. Raises Missing when this seat may not see the concern."""
    found = (
        await Look.objects(Look.concern, Look.asked_by, Look.asked_by.person)
        .where((Look.id == look) & (Look.panel == seat.panel.id))
        .first()
    )
    if found is None:
        raise Missing("There is no such request on this panel.")
    found.concern = await find(seat, found.concern.number)
    return found


async def own_look(concern: Concern, seat: Seat, why: str = "") -> Look | None:
    """The look that this seat has open, or else the last that it asked for; with `why`, of those
    for this reason alone."""
    mine = (Look.concern == concern.id) & (Look.asked_by == seat.id)
    if why:
        mine &= Look.why == why
    found = await Look.objects().where(mine).order_by(Look.id, ascending=False).limit(MOST_LOOKS)
    return next((look for look in found if is_open(look)), found[0] if found else None)


def is_open(look: Look | None) -> bool:
    """Not by its stage alone: nothing is shown a second too long because a job was late."""
    return look is not None and look.stage == LookStage.OPEN and now() < look.until


def is_waiting(look: Look | None) -> bool:
    if look is None or look.stage not in WAITING:
        return False
    return look.stage == LookStage.ASKED or is_open(look)


async def open_look(concern: Concern, seat: Seat, why: str = "") -> dict[str, str] | None:
    """Who wrote, while a look that this seat asked for is open: name, email, phone, safe_times,
    officer. With `why`, only one for this reason. Record that it was read. Raises Unreadable when
    the row was changed."""
    look = await own_look(concern, seat, why)
    if not is_open(look):
        return None
    known = json.loads(unseal(bytes(look.sealed), context_of(look, concern)))
    return dict.fromkeys(WHO, "") | known
