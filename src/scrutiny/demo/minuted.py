"""The minutes of one of the demo's meetings on their days, from compiled to published."""

from dataclasses import dataclass
from datetime import timedelta

from scrutiny.agendas.queries import items_of
from scrutiny.demo.meetings import Held, Scene, moment
from scrutiny.kit.clock import now
from scrutiny.minutes import actions
from scrutiny.minutes.clearing import actions as clearing
from scrutiny.minutes.editing.actions import Typed, edit
from scrutiny.minutes.review import actions as review
from scrutiny.minutes.suggestions import actions as suggestions
from scrutiny.people.tables import Seat
from scrutiny.policy import Act, counts_for_quorum, may

SIGN = 3
IN_WRITING = 23  # days after the meeting: ten working days after they went round, and holidays
EDITED = ("The room was **full**.", "Tea was served, and it was thanked for.")
WRONG = "I came by bicycle, not by bus. It is a small thing, but it says so."
OF_FACT = "The figures came from the April file, not from the one of March."


@dataclass(frozen=True)
class Minuted:
    held: Held
    published: bool
    at: Held | None = None
    """The later meeting that approved them; without one they were approved in writing."""

    async def compile(self) -> None:
        await actions.compile(await self.held.find(), by=self.held.convenor)

    async def edit(self) -> None:
        """Twice, so that there are versions to compare."""
        meeting = await self.held.find()
        for words in EDITED:
            item = next(one for one in await items_of(meeting) if one.part == "A" and one.notes)
            typed = {item.id: Typed(f"{item.notes}\n\n{words}", item.version)}
            await edit(meeting, typed, by=self.held.convenor)

    async def send(self) -> None:
        await review.send(await self.held.find(), by=self.held.convenor)

    async def circulate(self) -> None:
        await review.circulate(await self.held.find(), by=self.held.chair)

    async def suggest(self) -> None:
        """Only on those that go round now: one of a member, one of the police."""
        for role, words in (("member", WRONG), ("police_liaison", OF_FACT)):
            by = next(one for one in self._seats() if one.role == role)
            await suggestions.suggest(await self.held.find(), None, words, by=by)

    async def approve(self) -> None:
        meeting, at = await self.held.find(), None
        if self.at:
            at = (await self.at.find()).id
        else:
            chair = self.held.chair
            others = [one for one in self._seats() if counts_for_quorum(one.role) and one != chair]
            for one in [chair, *others][:SIGN]:
                await review.sign(meeting, by=one)
        await review.approve(meeting, by=self.held.chair, at=at)

    async def clear(self) -> None:
        custodians = [one for one in self._seats() if may(one.role, Act.MINUTES_CLEAR)]
        second = next(one for one in custodians if one.id != self.held.convenor.id)
        await clearing.clear(await self.held.find(), by=second, counts_stay=True)

    async def publish(self) -> None:
        await clearing.publish(await self.held.find(), by=self.held.convenor)

    async def release(self) -> None:
        await clearing.release_due(now())

    def _seats(self) -> list[Seat]:
        return list(self.held.company.seats.values())

    def scenes(self) -> list[Scene]:
        def on(days: int, hour: int = 10, minute: int = 0):
            return moment(self.held.day + timedelta(days=days), hour, minute)

        found = [
            Scene(on(6), self.compile),
            *([] if self.published else [Scene(on(6, 11), self.edit)]),
            Scene(on(6, 14), self.send),
            Scene(on(7), self.circulate),
        ]
        if not self.published:
            return [*found, Scene(on(7, 16), self.suggest)]
        days = (self.at.day - self.held.day).days + 1 if self.at else IN_WRITING
        return [
            *found,
            Scene(on(days), self.approve),
            Scene(on(days + 1), self.clear),
            Scene(on(days + 2), self.publish),
            Scene(on(days + 2, 11), self.release),
        ]
