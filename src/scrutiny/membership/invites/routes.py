"""Offering a seat, and the page on which it is taken."""

from dataclasses import dataclass
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import now, today
from scrutiny.kit.errors import NotNow
from scrutiny.membership import rules
from scrutiny.membership.invites import actions, queries
from scrutiny.membership.invites.actions import OVER, Term
from scrutiny.membership.tables import Invite
from scrutiny.people.rules import PublicName, role_name
from scrutiny.policy import Act, Role, speaks_for_police
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page


@dataclass
class InviteForm:
    name: str = ""
    email: str = ""
    role: str = ""
    since: str = ""
    until: str = ""
    form_key: str = ""

    def problems(self) -> dict[str, str]:
        since = rules.day(self.since)
        found = {
            "name": rules.name_problem(self.name),
            "email": rules.email_problem(self.email),
            "role": "" if self.role in set(Role) else _("Choose what they are to be."),
            "since": rules.since_problem(since, today()),
            "until": rules.until_problem(self.until, since),
        }
        return {name: words for name, words in found.items() if words}

    def term(self) -> Term:
        return Term(self.role, rules.day(self.since), rules.day(self.until))


@get("/{panel:str}/seats/new", act=Act.SEAT_INVITE_PAGE)
async def invite_page() -> Template:
    return _invite(InviteForm(since=today().isoformat()), {})


@post("/{panel:str}/seats/new", act=Act.SEAT_INVITE)
async def invite(seat: Seated, here: Here, data: URLEncodedBody[InviteForm]) -> Template | Redirect:
    if problems := data.problems():
        return _invite(data, problems, 422)
    try:
        await actions.invite(data.name, data.email, data.term(), by=seat, form_key=data.form_key)
    except NotNow as why:
        return _invite(data, {"role": str(why)}, 409)
    return Redirect(f"/{here.slug}/seats", status_code=303)


def _invite(form: InviteForm, problems: dict[str, str], status: int = 200) -> Template:
    roles = {role.value: _(role_name(role)) for role in Role}
    return page("membership/invite.html", status=status, form=form, problems=problems, roles=roles)


@post("/{panel:str}/seats/invites/{invite:uuid}/withdrawal", act=Act.SEAT_INVITE)
async def withdraw(seat: Seated, here: Here, invite: FromPath[UUID]) -> Redirect:
    await actions.withdraw(invite, by=seat)
    return Redirect(f"/{here.slug}/seats", status_code=303)


@dataclass
class AcceptForm:
    public_name: str = ""
    promise: str = ""

    def problems(self, role: str) -> dict[str, str]:
        found = {}
        if not speaks_for_police(role) and self.public_name not in set(PublicName):
            found["public_name"] = _("Choose how you are named in public.")
        if self.promise != "yes":
            found["promise"] = _("Tick this to take the seat.")
        return found


@get("/seats/invites/{token:str}", act=Act.ANYONE)
async def offer_page(token: FromPath[str]) -> Template:
    """Changes nothing, because programs that look at letters open every link in them."""
    return _offer(await queries.invite_by_token(token), AcceptForm(), {})


@post("/seats/invites/{token:str}", act=Act.ANYONE_SENDS)
async def accept(token: FromPath[str], data: URLEncodedBody[AcceptForm]) -> Template | Redirect:
    offer = await queries.invite_by_token(token)
    if problems := data.problems(offer.role):
        return _offer(offer, data, problems, 422)
    await actions.accept(token, data.public_name or PublicName.ROLE)
    return Redirect("/seats/taken", status_code=303)


@get("/seats/taken", act=Act.ANYONE)
async def taken_page() -> Template:
    return page("membership/taken.html")


def _offer(
    offer: Invite, form: AcceptForm, problems: dict[str, str], status: int = 200
) -> Template:
    if not rules.is_open(offer.sent, offer.used, offer.withdrawn, now()):
        raise NotNow(OVER)
    return page(
        "membership/offer.html",
        status=status,
        offer=offer,
        role=role_name(offer.role),
        by_role=speaks_for_police(offer.role),
        form=form,
        names=rules.NAMES,
        problems=problems,
    )


router = Router("/", route_handlers=[invite_page, invite, withdraw, offer_page, accept, taken_page])
