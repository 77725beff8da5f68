"""The minutes of one of the demo's meetings: compiled, approved and published on their days."""

from dataclasses import dataclass
from datetime import timedelta

from scrutiny.demo.meetings import Held, Scene, moment
from scrutiny.minutes import actions


@dataclass(frozen=True)
class Minuted:
    held: Held
    published: bool

    async def compile(self) -> None:
        await actions.compile(await self.held.find(), by=self.held.convenor)

    async def approve(self) -> None:
        await actions.approve(await self.held.find(), by=self.held.chair)

    async def publish(self) -> None:
        await actions.publish(await self.held.find(), by=self.held.convenor)

    def scenes(self) -> list[Scene]:
        day = self.held.day
        found = [Scene(moment(day + timedelta(days=6)), self.compile)]
        if self.published:
            found.append(Scene(moment(day + timedelta(days=8)), self.approve))
            found.append(Scene(moment(day + timedelta(days=10)), self.publish))
        return found
