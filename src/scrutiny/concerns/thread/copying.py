"""A copy of everything that was said, for whoever holds the code: their data, as plain values."""

from typing import Any

import msgspec

from scrutiny.concerns import queries
from scrutiny.concerns.proof.actions import statement
from scrutiny.concerns.thread import turns
from scrutiny.concerns.thread.queries import HISTORY, Thread
from scrutiny.concerns.vault.queries import has_contact
from scrutiny.kit.db import rows
from scrutiny.kit.words import N_

SEALED = (
    "You gave a name or a way to reach you. It is sealed: only two custodians of the panel "
    "together can open it, so it is not in this copy."
)
KINDS = {
    "name": N_("what we may call you"),
    "email": N_("your e-mail address"),
    "phone": N_("your telephone number"),
    "safe_times": N_("when it is safe to reach you"),
    "officer": N_("the officer's number"),
}
"""What lies in the vault, by the names of answers.WHO."""

NOT_SEALED = (
    "The address to which letters go is not in the vault: your code shows it, and our computer "
    "reads it when it writes to you."
)


async def everything(thread: Thread) -> dict[str, Any]:
    """What we hold of it, ready for JSON. Days are ISO 8601; nothing in it has an hour."""
    concern = thread.concern
    answers = msgspec.to_builtins(await queries.opened(concern))
    proof = await statement(concern)
    return {
        "reference": thread.reference,
        "panel": concern.panel.name,
        "received": concern.received.isoformat(),
        "stage": concern.stage,
        "answers": answers,
        "said": [msgspec.to_builtins(turn) for turn in await turns.turns(concern)],
        "happened": [
            {"day": step.day.isoformat(), "by": step.by, "role": step.role, "what": step.words}
            for step in await queries.trail(concern)
        ],
        "consents": msgspec.to_builtins(await rows(HISTORY, concern.id)),
        "letters_to": thread.letters,
        "letters_are": NOT_SEALED if thread.letters else "",
        "complaint_passed_on": msgspec.to_builtins(thread.passed_on),
        "files": [
            {"number": one.number, "kind": one.kind, "bytes": one.size, "day": one.day.isoformat()}
            for one in thread.files
        ],
        "who_you_are": SEALED if await has_contact(concern) else "",
        "sealed": answers.get("left", []),
        "proof": msgspec.json.decode(proof) if proof else None,
    }
