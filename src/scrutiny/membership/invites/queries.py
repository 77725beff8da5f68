"""Reads about invitations."""

from uuid import UUID

from scrutiny.kit.clock import now
from scrutiny.kit.errors import Missing
from scrutiny.kit.seal import keys
from scrutiny.kit.tokens import keyed_hash
from scrutiny.membership.rules import LIVES
from scrutiny.membership.tables import Invite
from scrutiny.people.tables import Panel

MOST = 50
STILL = Invite.used.is_null() & Invite.withdrawn.is_null()


def token_hash(token: str) -> str:
    return keyed_hash(keys().pepper, "invite", token)


async def invite_by_token(token: str) -> Invite:
    """Raises Missing when no such link was ever sent."""
    wanted = Invite.token_hash == token_hash(token)
    joined = (Invite.panel, Invite.panel.force, Invite.by, Invite.by.person)
    found = await Invite.objects(*joined).where(wanted).first()
    if found is None:
        raise Missing("There is no such invitation. Look whether the link is whole.")
    return found


async def open_invites(panel: Panel) -> list[Invite]:
    """Invitations that were not answered yet, newest first."""
    counts = (Invite.panel == panel.id) & STILL & (Invite.sent > now() - LIVES)
    return await Invite.objects().where(counts).order_by(Invite.id, ascending=False).limit(MOST)


async def invite_on(panel: Panel, invite: UUID) -> Invite:
    wanted = (Invite.id == invite) & (Invite.panel == panel.id)
    found = await Invite.objects().where(wanted).first()
    if found is None:
        raise Missing("There is no such invitation on this panel.")
    return found


async def is_offered(panel: UUID, email_key: str, role: str) -> bool:
    same = (Invite.panel == panel) & (Invite.email_key == email_key) & (Invite.role == role)
    return await Invite.exists().where(same & STILL & (Invite.sent > now() - LIVES))
