"""What residents of the demo raised, and what the secretariat told them."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from scrutiny.cases import actions as cases
from scrutiny.concerns import actions
from scrutiny.concerns.forms import ConcernForm
from scrutiny.concerns.tables import Concern
from scrutiny.demo.cast import Company
from scrutiny.demo.meetings import Scene, moment
from scrutiny.demo.words import CONCERNS

THANKS = "Thank you for telling us. The panel counts this with others like it and looks for a "\
    "pattern. You can come back with your code to read what happens."  # fmt: skip
ELSEWHERE = "Thank you. This panel looks at how police powers are used, so it cannot take this "\
    "on. Victim Support can help: its number is on its website."  # fmt: skip


@dataclass(frozen=True)
class Raised:
    company: Company
    number: int
    ago: int
    decision: str = ""
    case: str = ""

    @property
    def convenor(self):
        return next(s for s in self.company.seats.values() if s.role == "secretariat")

    async def submit(self) -> None:
        category, words = CONCERNS[(self.number - 1) % len(CONCERNS)]
        # The key is made up here so that the demo's receipts are the same each time.
        form = ConcernForm(
            category=category,
            words=words,
            form_key=f"demo-{self.company.panel.slug:->24}-{self.number:02d}",
        )
        await actions.submit(self.company.panel, form)

    async def find(self) -> Concern:
        found = await Concern.objects(Concern.panel).where(
            (Concern.panel == self.company.panel.id) & (Concern.number == self.number)
        )
        return found[0]

    async def triage(self) -> None:
        told = {"decision": self.decision, "reply": THANKS}
        if self.decision == "not_taken_forward":
            told |= {"reason": "not_policing", "reply": ELSEWHERE}
        await actions.triage(await self.find(), by=self.convenor, **told)
        if self.case:
            await cases.take_up(await self.find(), by=self.convenor, title=self.case)

    def scenes(self, today: date) -> list[Scene]:
        day = today - timedelta(days=self.ago)
        found = [Scene(moment(day, 20, self.number), self.submit)]
        if self.decision:
            found.append(Scene(moment(day + timedelta(days=1), 11), self.triage))
        return found


def heard(lambeth: Company, hackney: Company) -> list[Raised]:
    """In the order in which they came, so that numbers follow days."""
    at = partial(Raised, lambeth)
    return [
        at(1, 300, "accepted"),
        at(2, 240, "accepted", "A search near a school"),
        at(3, 180, "accepted"),
        at(4, 120, "accepted"),
        at(5, 75, "needs_info"),
        at(6, 60, "not_taken_forward"),
        at(7, 6),
        at(8, 1),
        Raised(hackney, 1, 90, "accepted"),
        Raised(hackney, 2, 3),
    ]
