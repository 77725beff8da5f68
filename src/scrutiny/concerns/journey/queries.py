"""Reads of drafts: only whoever has the code finds one, and only the code opens it."""

from scrutiny.concerns import parts
from scrutiny.concerns.answers import Answers, unpacked
from scrutiny.concerns.queries import receipt_hash
from scrutiny.concerns.tables import Draft
from scrutiny.kit.db import rows
from scrutiny.kit.made import columns, maker
from scrutiny.kit.seal import unlock
from scrutiny.people.tables import Panel

BY_CODE = (
    f"SELECT {columns(Draft)}, {columns(Panel)} FROM draft "
    "JOIN panel ON panel.id = draft.panel WHERE draft.code_hash = {}"
)
with_panel = maker(Draft, panel=Panel)


async def draft_of(code: str) -> Draft | None:
    """The draft that this code opens, with its panel. One look, whatever was typed.

    SQL, as every step of every resident begins with it.
    """
    found = await rows(BY_CODE, receipt_hash(code), into=with_panel)
    return found[0] if found else None


def answers_of(draft: Draft, code: str) -> Answers:
    """Raises Unreadable where the code is another's."""
    context = parts.draft_context(draft.id)
    return unpacked(unlock(parts.draft_key(code), bytes(draft.sealed), context))
