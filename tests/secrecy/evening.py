"""A whole evening, and the meeting after it, with a member and the chair out of one case.

Everything that has to do with the case is called by the name of a sea bird.
"""

from dataclasses import dataclass
from uuid import UUID

from agendas import steps as agendas
from agendas.packs import steps as packs
from agendas.papers import files
from agendas.papers import steps as papers
from agendas.steps import named
from cast import Cast
from meetings.steps import stored
from minutes import steps as minuted
from room.steps import vice_chair

from scrutiny.actions.tables import Action
from scrutiny.agendas import actions as agenda
from scrutiny.agendas.carrying.actions import hold_next
from scrutiny.agendas.items import actions as items
from scrutiny.agendas.packs import actions as packing
from scrutiny.agendas.questions import actions as questions
from scrutiny.agendas.questions.queries import Sent
from scrutiny.agendas.questions.tables import Question
from scrutiny.agendas.reminders.actions import remind
from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.kit.tokens import receipt_code
from scrutiny.letters.queries import newest
from scrutiny.meetings.feeds.actions import make
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import actions as minutes
from scrutiny.people.actions import add_person
from scrutiny.people.tables import Seat
from scrutiny.recommendations import actions as asking
from scrutiny.room import actions as room
from scrutiny.room.deciding import actions as deciding
from scrutiny.room.declaring import actions as declaring

NAMED = (
    *("Kittiwake", "Petrel", "Guillemot", "Razorbill", "Shearwater", "Fulmar", "Noddy"),
    *("Puffin", "Dovekie", "Auklet"),
)
"""The case, what stands under it, a paper, notes, a decision, two actions, two recommendations,
a paper of the next meeting."""
ASKED = ("Gannet", "Skua")
"""What a resident asked about it, and the answer."""
WHY = "Merganser"
OUT = ("bilal", "amara")
HERE = (*OUT, "chidi", "vera", "claire", "owen")
NOBODYS = {"side": "panel", "owner": None, "owner_role": "", "due": None}


@dataclass
class Evening:
    cast: Cast
    part: str
    out: bool
    first: Meeting
    then: Meeting
    before: int
    tokens: dict[str, str]

    @property
    def words(self) -> tuple[str, ...]:
        return NAMED + ASKED if self.part == "A" else NAMED


async def evening(cast: Cast, part: str, *, out: bool) -> Evening:
    """The case in this part of the agenda; with its minutes and one recommendation `out`, or both
    before that."""
    grace = cast.seats["grace"]
    await vice_chair(cast)
    raised = {"origin": "community_concern", "month": "2026-05"}
    await agendas.case(cast, 1, title="Another case", **raised)
    await agendas.case(cast, 12, title="Kittiwake Lane", **raised)
    first = await agendas.meeting(cast, days=0)
    then = await agendas.meeting(cast, days=6)
    item, under = await prepare(cast, first, part)
    await room_opens(cast, first)
    await declaring.declare(first, item.id, cast.seats["bilal"].id, how="left_room",
                            words=f"{WHY}.", by=cast.seats["bilal"])  # fmt: skip
    await declaring.declare(first, item.id, cast.seats["amara"].id, how="left_room",
                            words=f"{WHY}.", by=grace)  # fmt: skip
    before = len(await newest(500))
    await discuss(cast, first, item, under)
    await recommend(cast, first, item, out)
    await finish(cast, first, out)
    await follow_up(cast, first, then)
    tokens = {name: await make(cast.people[name]) for name in (*OUT, "chidi")}
    return Evening(cast, part, out, await stored(first), await stored(then), before, tokens)


async def prepare(cast: Cast, row: Meeting, part: str) -> tuple[Item, Item]:
    """The case with something under it, a paper, and in the open a resident's question."""
    grace = cast.seats["grace"]
    await agenda.add_case(row, 12, by=grace)
    item = await of_case(row)
    if part == "B":
        shut = {"part": "B", "closed_reason": "case_material"}
        await items.change(row, item.id, item.version, by=grace, under=None, **shut)
    await agenda.add_item(row, "Petrel", by=grace, under=item.id)
    await agendas.publish(row, cast)
    at = [one.id for one in await agendas.items(row)].index(item.id)
    await add_paper(cast, row, "Guillemot", at)
    if part == "A":
        await ask(cast, row, item.id)
    await packs.made(row, cast)
    return await of_case(row), await named(row, "Petrel")


async def add_paper(cast: Cast, row: Meeting, word: str, at: int) -> None:
    """So late that the vice-chair says why it is taken."""
    made = await papers.add(row, cast, word, "members", at, files.pdf(1, word))
    await papers.actions.accept(made, "It cannot wait.", by=cast.seats["vera"])


async def of_case(row: Meeting) -> Item:
    return next(one for one in await agendas.items(row) if getattr(one.case, "id", None))


async def ask(cast: Cast, row: Meeting, item: UUID) -> None:
    sent = Sent("Gannet?", "", "")
    await questions.ask(cast.lambeth, row, receipt_code(), sent, item=item)
    asked = await Question.objects().first()
    await questions.accept(asked, 1, "Gannet?", by=cast.seats["grace"])
    await questions.answer(asked, 2, "Skua.", by=cast.seats["grace"])


async def room_opens(cast: Cast, row: Meeting) -> None:
    from_scratch = await stored(row)
    await agendas.meetings.open_session(from_scratch, by=cast.seats["grace"])
    for name in HERE:
        await room.arrive(row, cast.seats[name].id, by=cast.seats["grace"])


async def discuss(cast: Cast, row: Meeting, item: Item, under: Item) -> None:
    grace = cast.seats["grace"]
    await room.start(row, item.id, by=grace)
    await agenda.write_notes(await of_case(row), "Razorbill.", by=grace)
    put = await deciding.put(row, item.id, "Shearwater.", by=grace)
    for name in ("chidi", "vera"):
        await deciding.vote(row, put.id, "for", by=cast.seats[name])
    await deciding.close(row, put.id, by=grace)
    for about, text in ((item, "Fulmar."), (under, "Noddy.")):
        await room.raise_action(row, about.id, text, form_key="", by=grace, **NOBODYS)


async def recommend(cast: Cast, row: Meeting, item: Item, out: bool) -> None:
    """1 stays a draft; 2 is agreed, and sent when it comes out."""
    for word in ("Puffin", "Dovekie"):
        told = dict.fromkeys(("title", "text", "reason"), word)
        drafted = await asking.draft(by=cast.seats["chidi"], item=item.id, **told)
    votes = {"votes_for": 2, "votes_against": 0, "abstained": 0}
    await asking.agree(drafted, by=cast.seats["vera"], meeting=row.id, **votes)
    if out:
        await asking.issue(drafted, by=cast.seats["grace"])


async def finish(cast: Cast, row: Meeting, out: bool) -> None:
    """Closed and minuted; approved by the vice-chair and published when they come out."""
    grace = cast.seats["grace"]
    await room.close(await stored(row), by=grace)
    await minutes.compile(await stored(row), by=grace)
    if out:
        await third_member(cast)
        await minuted.finish(cast, await stored(row), cast.seats["vera"], "chidi", "wren")


async def third_member(cast: Cast) -> None:
    """Two are out, so that without one more nobody could approve in writing."""
    async with write_tx():
        cast.people["wren"] = await add_person("Wren Ashby", "wren@panel.test")
        since = cast.seats["chidi"].since
        seat = Seat(panel=cast.lambeth, person=cast.people["wren"], role="member", since=since)
        await Seat.insert(seat)
    cast.seats["wren"] = seat


async def follow_up(cast: Cast, first: Meeting, then: Meeting) -> None:
    """Left over, linked to again with a paper, packed, reminded of."""
    grace = cast.seats["grace"]
    await hold_next(await stored(first), cast.lambeth, by=grace)
    for value in ("action:1", "recommendation:1", "recommendation:2"):
        await items.add_link(then, value, by=grace)
    await agendas.publish(then, cast)
    action = await Action.objects().get(Action.number == 1)
    there = [one.about for one in await agendas.items(then)]
    at = there.index(action.id)
    await add_paper(cast, then, "Auklet", at)
    await packs.made(then, cast)
    for name in OUT:
        await packing.make_own(then, by=cast.seats[name])
        await packing.make_own(first, by=cast.seats[name])
    await packs.work()
    await remind(today())


async def letters_since(scene: Evening, name: str) -> str:
    """All that was written to somebody after they were out, as one text."""
    found = (await newest(500))[: -scene.before or None]
    to = scene.cast.people[name].email
    mine = [one for one in found if one.to.address == to]
    parts = [one.words.calendar.body.decode() for one in mine if one.words.calendar]
    return "\n".join([*(f"{one.words.subject}\n{one.words.text}" for one in mine), *parts])
