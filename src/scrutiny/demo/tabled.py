"""Papers of the demo's next meeting, and what residents sent for it: places and questions."""

import os
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from scrutiny.agendas.papers import actions as papers
from scrutiny.agendas.papers.receiving import Sent
from scrutiny.agendas.papers.washing import Washed, washed
from scrutiny.agendas.queries import is_case, items_of
from scrutiny.agendas.questions import actions as questions
from scrutiny.agendas.questions import queries
from scrutiny.agendas.questions.queries import Sent as Asked
from scrutiny.agendas.tables import Item
from scrutiny.demo import texts
from scrutiny.demo.ahead import VIEWING, Next
from scrutiny.demo.cast import Company
from scrutiny.demo.meetings import Scene, in_turn, meeting_on, moment, thursday_to_come
from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow
from scrutiny.meetings.registration import actions as registration
from scrutiny.meetings.registration.rules import Entry
from scrutiny.meetings.tables import Meeting
from scrutiny.trying.codes import code_of

ON = {"plan": texts.REPORTS[1][0], "late": texts.REPORTS[0][0]}


@dataclass(frozen=True)
class Table:
    """What comes to the table of the next meeting."""

    next: Next

    async def in_time(self) -> None:
        await self._lay("plan")

    async def late(self) -> None:
        await self._lay("late")

    async def _lay(self, name: str) -> None:
        meeting = await self.next.find()
        item = next(one for one in await items_of(meeting) if one.title == ON[name])
        await _lay(self.next.company, meeting, item, name, "public")

    async def open_doors(self) -> None:
        """Two places in the room are left for the public."""
        days = {"registration_opens": today(), "registration_closes": None}
        places = {"capacity": 2, **days}
        by = self.next.company["grace"]
        await registration.set_places(await self.next.find(), places, by=by)

    async def register(self) -> None:
        for name, (person, needs) in texts.VISITORS.items():
            entry = Entry(person, f"{name}@resident.example", needs, "in_person")
            code = code_of(self.next.company.panel.slug, name)
            await registration.register(
                await self.next.find(), self.next.company.panel, entry, code
            )

    async def ask(self) -> None:
        panel = self.next.company.panel
        for name, (words, person) in texts.QUESTIONS.items():
            code, sent = code_of(panel.slug, name), Asked(words, person, "")
            await questions.ask(panel, await self.next.find(), code, sent, item=None)

    async def take(self) -> None:
        """The first of them is published; a written answer is owed."""
        words, _ = texts.QUESTIONS["question-taken"]
        company = self.next.company
        found = await queries.by_code(code_of(company.panel.slug, "question-taken"))
        await questions.accept(found, found.version, words, by=company["grace"])

    def scenes(self, day: date) -> list[Scene]:
        before = min(self.next.day, day + timedelta(days=12))
        viewing = partial(show_recordings, thursday_to_come(day, VIEWING))
        found = [
            *in_turn(self.next.company, day, 13, (3, viewing)),
            Scene(moment(before - timedelta(days=15), 12), self.in_time),
            Scene(moment(before - timedelta(days=30), 12), self.open_doors),
        ]
        steps = (6, 19, self.register), (5, 20, self.ask), (2, 9, self.take), (1, 16, self.late)
        return found + [Scene(moment(day - timedelta(days=d), at), deed) for d, at, deed in steps]


async def show_recordings(at: date, lambeth: Company, day: date) -> None:
    """What is watched at the viewing: closed to all whose clearances have run out."""
    meeting = await meeting_on(lambeth, at)
    item = next(one for one in await items_of(meeting) if is_case(one))
    await _lay(lambeth, meeting, item, "closed", "members")


async def _lay(company: Company, meeting: Meeting, item: Item, name: str, audience: str) -> None:
    made = await _printed(name, company.panel.name)
    title, by = texts.PAPERS[name][0], company["grace"]
    await papers.add(meeting, item.id, title, audience, made, by=by)


async def _printed(name: str, publisher: str) -> Washed:
    """Taken in as Markdown, as anybody may send it: our own press prints it."""
    title, words = texts.PAPERS[name]
    sent = Sent(name=f"{name}.md", why="")
    os.write(sent.file, words.encode())
    try:
        made = await washed(sent, title, publisher)
    finally:
        sent.close()
    if made.why:
        raise NotNow(f"A paper of the demo could not be made: {made.why}.")
    return made
