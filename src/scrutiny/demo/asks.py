"""What the demo's panels asked of the force, and what became of each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from scrutiny.agendas.queries import items_of
from scrutiny.demo.meetings import Held, Scene, moment
from scrutiny.demo.words import Ask
from scrutiny.policy import counts_for_quorum
from scrutiny.recommendations import actions
from scrutiny.recommendations.tables import Recommendation

ITEM = "Case review"


@dataclass(frozen=True)
class Asked:
    """One recommendation, drafted for a meeting; `later` are (days after it, deed, its words)."""

    ask: Ask
    meeting: Held
    agreed: bool = True
    issued: bool = True
    against: int = 0
    later: tuple[tuple[int, str, dict], ...] = field(default=())

    async def find(self) -> Recommendation:
        panel = self.meeting.company.panel.id
        found = await Recommendation.objects().where(
            (Recommendation.panel == panel) & (Recommendation.title == self.ask.title)
        )
        return found[0]

    @property
    def approver(self):
        return self._seat("police_approver")

    def _seat(self, role: str):
        return next(s for s in self.meeting.company.seats.values() if s.role == role)

    async def draft(self) -> None:
        items = await items_of(await self.meeting.find())
        item = next((one.id for one in items if one.title == ITEM), None)
        said = {"title": self.ask.title, "text": self.ask.text, "reason": self.ask.reason}
        await actions.draft(by=self._seat("member"), item=item, **said)

    async def agree(self) -> None:
        stayed = [name for name in self.meeting.present if name != self.meeting.left]
        roles = [self.meeting.company[name].role for name in stayed]
        room = len([role for role in roles if counts_for_quorum(role)])
        await actions.agree(
            await self.find(),
            by=self.meeting.chair,
            meeting=(await self.meeting.find()).id,
            votes_for=room - self.against,
            votes_against=self.against,
            abstained=0,
        )

    async def issue(self) -> None:
        await actions.issue(await self.find(), by=self.meeting.convenor)

    async def then(self, deed: str, said: dict) -> None:
        """One later deed: answer and report are the force's, closing is the chair's."""
        acts: dict[str, Callable] = {
            "answer": partial(actions.answer, by=self.approver),
            "report": partial(actions.report, by=self.approver),
            "close": partial(actions.close, by=self.meeting.chair),
        }
        await acts[deed](await self.find(), **said)

    def scenes(self) -> list[Scene]:
        day = self.meeting.day
        found = [Scene(moment(day, 18, 45), self.draft)]
        if self.agreed:
            found.append(Scene(moment(day, 19, 45), self.agree))
        if self.agreed and self.issued:
            found.append(Scene(moment(day + timedelta(days=4)), self.issue))
        for after, deed, said in self.later:
            found.append(Scene(moment(self.on(after), 14), partial(self.then, deed, said)))
        return found

    def on(self, after: int) -> date:
        return self.meeting.day + timedelta(days=after)
