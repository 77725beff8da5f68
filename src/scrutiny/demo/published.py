"""What the demo publishes beside minutes: a year, minutes of before, heads of the ledger."""

import os
from dataclasses import dataclass
from datetime import date, timedelta

from scrutiny.archive import actions as archive
from scrutiny.archive import queries as old
from scrutiny.archive.reading import read
from scrutiny.archive.receiving import Came
from scrutiny.archive.rules import CheckForm
from scrutiny.demo.cast import Company
from scrutiny.demo.meetings import Scene, moment
from scrutiny.kit.clock import now, today
from scrutiny.kit.pdf import Document, pdf
from scrutiny.ledger.actions import sign_due
from scrutiny.minutes.rules import Seen
from scrutiny.reports import actions as reports
from scrutiny.reports.rules import offered

OLD_DAY = "2019-03-14"
OLD_TEXT = """<h1>Lambeth stop and search group</h1>
<p>Minutes of the meeting of 14 March 2019, Brixton Library</p>
<h2>1. Welcome</h2><p>The chair welcomed eleven people.</p>
<h2>2. Figures</h2><p>The force showed the figures of the winter. The group asked why so many
searches found nothing.</p>
<h2>3. Next meeting</h2><p>In May, in the same room.</p>"""
FOREWORD = (
    "This is what a panel of residents did in a year: what it looked at, what it asked the police "
    "to change, and what they answered. Every number leads to the list that it counts."
)
LEARNED = "Answers come when they are asked for in public, with a day by which they are due."
DOING = "- Look at searches of children first\n- Check what was reported as done"
THANKS = "To everybody who told us what happened to them."


@dataclass(frozen=True)
class Published:
    company: Company

    def _seat(self, role: str):
        return next(one for one in self.company.seats.values() if one.role == role)

    async def tell_the_year(self) -> None:
        """The newest year that ends with March, so that the next one can follow it."""
        year = next(one for one in offered(today()) if "-" in one.name).name
        office, chair = self._seat("secretariat"), self._seat("chair")
        await reports.begin(year, by=office)
        said = {"foreword": FOREWORD, "learned": LEARNED, "doing": DOING, "thanks": THANKS}
        await reports.write_words(year, said, by=chair, seen=Seen(1, 0))
        await reports.approve(year, by=chair)
        await reports.publish(year, by=office)

    async def bring_old_minutes(self) -> None:
        """One file from before, read, looked over, and agreed by a second person."""
        office = self._seat("secretariat")
        row, _ = await archive.take_in(await self._read(), by=office)
        row = await old.waiting(self.company.panel, row.id)
        form = CheckForm(day=OLD_DAY, title=row.title, text=row.text, shows="both")
        row = await archive.save(row, form, by=office, offer=True)
        await archive.publish(row, by=self._seat("chair"))

    async def _read(self):
        title = "Lambeth stop and search group"
        html = f"<!doctype html><html lang=en-GB><title>{title}</title>{OLD_TEXT}</html>"
        made = await pdf(Document(html=html, title=title, language="en-GB", created=now()))
        came = Came(f"Minutes {OLD_DAY}.pdf", why="", size=len(made))
        try:
            os.write(came.file, made)
            return await read(came, f"{self.company.panel.name}: minutes")
        finally:
            came.close()

    async def sign(self) -> None:
        await sign_due(today())

    def scenes(self, day: date) -> list[Scene]:
        return [
            Scene(moment(day - timedelta(days=40)), self.bring_old_minutes),
            Scene(moment(day - timedelta(days=22)), self.tell_the_year),
            Scene(moment(day, 8), self.sign),
        ]
