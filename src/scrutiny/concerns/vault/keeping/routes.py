"""The vault's own pages: who keeps it, how one gets in, and what is done when somebody leaves."""

from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.concerns.vault import queries
from scrutiny.concerns.vault.forms import (
    NO_SHEET,
    WRONG,
    ChangeForm,
    NewForm,
    OpenForm,
    SureForm,
)
from scrutiny.concerns.vault.keeping import actions, renewal
from scrutiny.kit.errors import NotNow
from scrutiny.people.tables import Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Seated
from scrutiny.web.pages import page

Problems = dict[str, str] | None


def _home(seat: Seat) -> Redirect:
    return Redirect(f"/{seat.panel.slug}/vault", status_code=303)


@get("/{panel:str}/vault", act=Act.VAULT_PAGE)
async def show(seat: Seated) -> Template:
    return await _show(seat)


@post("/{panel:str}/vault", act=Act.VAULT_KEEP)
async def make(seat: Seated, data: URLEncodedBody[NewForm]) -> Template:
    """Answers with the recovery sheet itself: no address ever leads to it."""
    if problems := data.problems():
        return await _show(seat, problems, 422)
    try:
        made = await actions.make(seat.panel, by=seat, passphrase=data.passphrase)
    except NotNow as why:
        return await _show(seat, {"passphrase": str(why)}, 409)
    return page("concerns/vault/sheet.html", status=201, groups=made, renewed=False)


@post("/{panel:str}/vault/joining", act=Act.VAULT_KEEP)
async def ask_to_join(seat: Seated, data: URLEncodedBody[NewForm]) -> Template | Redirect:
    if problems := data.problems():
        return await _show(seat, problems, 422)
    try:
        await actions.ask_to_join(by=seat, passphrase=data.passphrase)
    except NotNow as why:
        return await _show(seat, {"passphrase": str(why)}, 409)
    return _home(seat)


async def _show(seat: Seat, problems: Problems = None, status: int = 200) -> Template:
    vault = await queries.newest_or_none(seat.panel)
    keys = await queries.keys_to(vault) if vault else []
    own = next((key for key in keys if key.seat.id == seat.id), None)
    older = await queries.older_keys(seat.panel, vault) if vault else []
    return page(
        "concerns/vault/show.html",
        status=status,
        vault=vault,
        own=own,
        holders=[key for key in keys if key.locked and queries.is_seated(key)],
        asking=[key for key in keys if not key.locked and queries.is_seated(key)],
        over=[key for key in keys if not queries.is_seated(key)],
        left=await renewal.left(seat.panel.id, vault) if older else 0,
        unfinished=bool(older),
        problems=problems or {},
    )


# -- letting somebody in, and forgetting somebody -------------------------------------------------


@get("/{panel:str}/vault/joining/{key:uuid}", act=Act.VAULT_PAGE)
async def let_in_page(seat: Seated, key: FromPath[UUID]) -> Template:
    return await _let_in(seat, key)


@post("/{panel:str}/vault/joining/{key:uuid}", act=Act.VAULT_KEEP)
async def let_in(
    seat: Seated, key: FromPath[UUID], data: URLEncodedBody[OpenForm]
) -> Template | Redirect:
    asked = await queries.key_on(seat.panel, key)
    actions.must_wait(asked)
    if problems := data.problems():
        return await _let_in(seat, key, problems, 422)
    try:
        if not await actions.let_in(asked, by=seat, passphrase=data.passphrase):
            return await _let_in(seat, key, {"passphrase": WRONG}, 422)
    except NotNow as why:
        return await _let_in(seat, key, {"passphrase": str(why)}, 409)
    return _home(seat)


async def _let_in(seat: Seat, key: UUID, problems: Problems = None, status: int = 200) -> Template:
    asked = await queries.key_on(seat.panel, key)
    actions.must_wait(asked)
    return page("concerns/vault/let_in.html", status=status, asked=asked, problems=problems or {})


@get("/{panel:str}/vault/removal/{key:uuid}", act=Act.VAULT_PAGE)
async def remove_page(seat: Seated, key: FromPath[UUID]) -> Template:
    return await _remove(seat, key)


@post("/{panel:str}/vault/removal/{key:uuid}", act=Act.VAULT_KEEP)
async def remove(
    seat: Seated, key: FromPath[UUID], data: URLEncodedBody[SureForm]
) -> Template | Redirect:
    if problems := data.problems():
        return await _remove(seat, key, problems, 422)
    await actions.remove(await queries.key_on(seat.panel, key), by=seat)
    return _home(seat)


async def _remove(seat: Seat, key: UUID, problems: Problems = None, status: int = 200) -> Template:
    held = await queries.key_on(seat.panel, key)
    actions.must_be_over(held)
    return page("concerns/vault/remove.html", status=status, held=held, problems=problems or {})


# -- one's own passphrase, a new pair of keys, the sheet ------------------------------------------


@get("/{panel:str}/vault/passphrase", act=Act.VAULT_PAGE)
async def passphrase_page(seat: Seated) -> Template:
    return page("concerns/vault/passphrase.html", problems={})


@post("/{panel:str}/vault/passphrase", act=Act.VAULT_KEEP)
async def change_passphrase(seat: Seated, data: URLEncodedBody[ChangeForm]) -> Template | Redirect:
    name = "concerns/vault/passphrase.html"
    if problems := data.problems():
        return page(name, status=422, problems=problems)
    try:
        if not await actions.change_passphrase(by=seat, old=data.passphrase, new=data.new):
            return page(name, status=422, problems={"passphrase": WRONG})
    except NotNow as why:
        return page(name, status=409, problems={"passphrase": str(why)})
    return _home(seat)


@get("/{panel:str}/vault/renewal", act=Act.VAULT_PAGE)
async def renewal_page(seat: Seated) -> Template:
    return await _renewal(seat)


@post("/{panel:str}/vault/renewal", act=Act.VAULT_KEEP, status_code=200)
async def renew(seat: Seated, data: URLEncodedBody[OpenForm]) -> Template | Redirect:
    """A new pair and its sheet; sent again, the move to it: so no failed move costs the sheet."""
    if problems := data.problems():
        return await _renewal(seat, problems, 422)
    try:
        return await _renewed(seat, data.passphrase)
    except NotNow as why:
        return await _renewal(seat, {"passphrase": str(why)}, 409)


async def _renewed(seat: Seat, passphrase: str) -> Template | Redirect:
    if await queries.older_keys(seat.panel, await queries.newest(seat.panel)):
        moved = await renewal.move(by=seat, passphrase=passphrase)
        return await _renewal(seat, {"passphrase": WRONG}, 422) if moved is None else _home(seat)
    groups = await renewal.renew(by=seat, passphrase=passphrase)
    if groups is None:
        return await _renewal(seat, {"passphrase": WRONG}, 422)
    return page("concerns/vault/sheet.html", groups=groups, renewed=True)


async def _renewal(seat: Seat, problems: Problems = None, status: int = 200) -> Template:
    vault = await queries.newest(seat.panel)
    unfinished = bool(await queries.older_keys(seat.panel, vault))
    return page(
        "concerns/vault/renewal.html",
        status=status,
        unfinished=unfinished,
        left=await renewal.left(seat.panel.id, vault) if unfinished else 0,
        problems=problems or {},
    )


@get("/{panel:str}/vault/recovery", act=Act.VAULT_PAGE)
async def recovery_page(seat: Seated) -> Template:
    await queries.newest(seat.panel)
    return page("concerns/vault/recovery.html", problems={})


@post("/{panel:str}/vault/recovery", act=Act.VAULT_KEEP)
async def recover(seat: Seated, data: URLEncodedBody[NewForm]) -> Template | Redirect:
    name = "concerns/vault/recovery.html"
    if problems := data.problems():
        return page(name, status=422, problems=problems)
    if not await actions.recover(by=seat, typed=data.sheet, passphrase=data.passphrase):
        return page(name, status=422, problems={"sheet": NO_SHEET})
    return _home(seat)


router = Router(
    "/",
    route_handlers=[
        *(show, make, ask_to_join, let_in_page, let_in, remove_page, remove),
        *(passphrase_page, change_passphrase, renewal_page, renew, recovery_page, recover),
    ],
)
