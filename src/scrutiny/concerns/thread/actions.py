"""What a resident does with their concern afterwards. The code is all that they show."""

from scrutiny.concerns import consents, queries
from scrutiny.concerns.actions import tell
from scrutiny.concerns.erasing import clear_away, erase_everything, stop_everything
from scrutiny.concerns.evidence import actions as evidence
from scrutiny.concerns.journey.queries import draft_of
from scrutiny.concerns.retention.queries import is_held
from scrutiny.concerns.rules import GONE, MOVES, Stage
from scrutiny.concerns.tables import Concern, Draft
from scrutiny.concerns.thread import notices, rules
from scrutiny.concerns.thread.queries import grid_version, hand_off_of, why_not_withdrawn
from scrutiny.concerns.thread.turns import RESIDENT, Turn, say, turns
from scrutiny.concerns.triage import actions as triage
from scrutiny.concerns.triage.queries import was_reviewed
from scrutiny.concerns.triage.rules import HAND_OFF_MOVES
from scrutiny.concerns.vault.queries import has_contact
from scrutiny.concerns.video import actions as video
from scrutiny.concerns.video.rules import CELL as VIDEO
from scrutiny.kit.clock import today
from scrutiny.kit.db import scrub, write_tx
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.stages import advance, amend
from scrutiny.record.actions import record

UNKNOWN = "We do not know this code."


async def write_more(code: str, kind: str, text: str, last: int) -> Concern:
    """Add a turn; an answer also sets triage going again. The same one sent twice is one.

    `last` is the last turn that the writer saw. Raises NotNow when nothing may be added, Stale
    when something else was added meanwhile.
    """
    day = today()
    async with write_tx():
        concern = await of_code(code)
        before = await turns(concern)
        if _is_there(before[last:], kind, text):
            return concern
        _check_more(concern, kind, len(before), last)
        turn = await say(concern, RESIDENT, kind, text, day)
        if kind == "answer":
            await advance(concern, MOVES, Stage.IN_TRIAGE, touched=day)
        else:
            await amend(concern, touched=day)
        await record("concern.added", concern, panel=concern.panel, day=day, kind=kind,
                     turn=turn.number)  # fmt: skip
        if not before or (before[-1].by, before[-1].day) != (RESIDENT, day):
            await _tell(concern, "added", "A resident has written more.")
    return concern


def _is_there(newer: list[Turn], kind: str, text: str) -> bool:
    return any((turn.by, turn.kind, turn.text) == (RESIDENT, kind, text) for turn in newer)


def _check_more(concern: Concern, kind: str, count: int, last: int) -> None:
    if not rules.is_open(concern.stage):
        raise NotNow(rules.CLOSED)
    if count != last:
        raise Stale(rules.CHANGED)
    if kind not in rules.kinds(concern.stage):
        raise NotNow(rules.NOT_ASKED)
    if count >= rules.MOST_TURNS:
        raise NotNow(rules.FULL)


async def _tell(concern: Concern, deed: str, words: str) -> None:
    panel = concern.panel
    await tell(await queries.readers(panel), panel, deed, words, today())


async def change_consents(code: str, given: set[str], version: int) -> Concern:
    """Keep a new version of the grid, unless it says what stands already.

    `version` is the one that was on the page. Raises NotNow once all is erased, Stale when
    another window saved first.
    """
    day = today()
    async with write_tx():
        concern = await of_code(code)
        if concern.stage in GONE:
            raise NotNow(rules.CLOSED)
        asked = consents.answered(given, await has_contact(concern))
        wanted = {cell for cell, yes in asked.items() if yes}
        stands = await consents.given_for(concern)
        if wanted == stands:
            return concern
        if await grid_version(concern) != version:
            raise Stale(rules.CHANGED)
        if version >= rules.MOST_GRIDS:
            raise NotNow(rules.FULL)
        kept = await consents.keep_answers(concern, asked, day)
        await amend(concern, touched=day)
        facts = {"given": sorted(wanted - stands), "taken": sorted(stands - wanted)}
        if VIDEO in facts["taken"]:
            await video.keep_back(concern)
        await record("concern.consented", concern, panel=concern.panel, day=day, grid=kept, **facts)
        await _tell(concern, "consented", "A resident has changed what may be done.")
    return concern


async def ask_for_letters(code: str, address: str) -> Concern:
    """Send news to this address from now on. Raises NotNow once all is erased."""
    async with write_tx():
        concern = await of_code(code)
        if concern.stage in GONE:
            raise NotNow(rules.CLOSED)
        if await notices.address_of(concern) != address:
            await notices.begin(concern, address)
            await record("concern.letters", concern, panel=concern.panel, day=today(), on=True)
    return concern


async def stop_letters(code: str) -> Concern:
    async with write_tx():
        concern = await of_code(code)
        if there := await notices.address_of(concern):
            await notices.stop(concern)
            await record("concern.letters", concern, panel=concern.panel, day=today(), on=False)
    if there:
        await scrub()
    return concern


async def ask_review(code: str) -> Concern:
    """Once, after it was not taken forward. Raises NotNow at any other time."""
    concern = await of_code(code)
    if concern.stage == Stage.IN_TRIAGE and await was_reviewed(concern):
        return concern  # the same form once more
    await triage.ask_review(concern, today())
    return concern


async def answer_hand_off(code: str, *, agree: bool, version: int) -> Concern:
    """Say yes or no to passing it on as a complaint; the same answer twice is one.

    Raises NotNow when nothing is offered, or when it was sent already.
    """
    day, move = today(), "consented" if agree else "declined"
    async with write_tx():
        concern = await of_code(code)
        hand_off = await hand_off_of(concern)
        if hand_off is None or concern.stage in GONE:
            raise NotNow(rules.NOTHING_OFFERED)
        if hand_off.stage == move:
            return concern
        if hand_off.version != version:
            raise Stale(rules.CHANGED)
        await advance(hand_off, HAND_OFF_MOVES, move, consented=day if agree else None)
        await amend(concern, touched=day)
        what = "concern.hand_off_agreed" if agree else "concern.hand_off_declined"
        await record(what, concern, panel=concern.panel, day=day)
        await _tell(concern, "hand_off", "A resident has answered an offer.")
    return concern


async def withdraw(code: str) -> Concern:
    """The resident takes it back: everything is erased at once, the count of concerns stays.

    While the law needs it nothing is erased, but nobody reads it any more; it goes when the hold
    ends (retention/holds.py). Raises NotNow when something was published from it.
    """
    async with write_tx():
        concern = await of_code(code)
        if concern.stage in GONE:
            return concern
        if why := await why_not_withdrawn(concern):
            raise NotNow(why)
        await advance(concern, MOVES, Stage.WITHDRAWN)
        held = await is_held(concern)
        await stop_everything(concern)
        files = [] if held else await erase_everything(concern)
        told = {"stage": Stage.WITHDRAWN.value}
        await record("concern.withdrawn", concern, panel=concern.panel, day=today(), **told)
    await clear_away(files)
    return concern


async def note_copy(code: str) -> None:
    """That a copy of everything was made, recorded before it is given."""
    async with write_tx():
        concern = await of_code(code)
        await record("concern.copied", concern, panel=concern.panel, day=today())


async def erase_draft(code: str) -> None:
    """One that was never sent goes without a trace. Raises Missing for an unknown code."""
    async with write_tx():
        draft = await draft_of(code)
        if draft is None:
            raise Missing(UNKNOWN)
        files = await evidence.erase_draft(draft.id)
        await Draft.delete().where(Draft.id == draft.id)
    await clear_away(files)


async def of_code(code: str) -> Concern:
    """Raises Missing for an unknown code."""
    concern = await queries.by_receipt(code)
    if concern is None:
        raise Missing(UNKNOWN)
    return concern
