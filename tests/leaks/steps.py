"""What these tests share: the guard asked, marks counted, somebody who lifts."""

from uuid import UUID, uuid4

from conftest import run

from scrutiny.kit.db import rows, write_tx
from scrutiny.leaks import actions
from scrutiny.leaks.blind import unpacked
from scrutiny.leaks.guard import findings

REASON = "She asked to be named and signed for it."


def found(panel, text: str, **how):
    return run(findings(panel, {"page": text}, **how))


def blocked(panel, text: str, **how) -> list[str]:
    return [one.kind for one in found(panel, text, **how) if one.blocks]


def marked(panel, *told: tuple[str, str], about: UUID | None = None) -> UUID:
    """Something confidential, put away."""
    about = about or uuid4()

    async def put_away():
        async with write_tx():
            await actions.mark_all(panel, told, about)

    run(put_away())
    return about


def kept() -> int:
    """How many marks there are, of all records."""
    blobs = run(rows("SELECT packed FROM leak_marks", into=bytes))
    return sum(1 for blob in blobs for _ in unpacked(blob))


def lift(findings, reason=REASON, **how):
    async def deed():
        async with write_tx():
            await actions.lift(findings, reason, **how)

    run(deed())
