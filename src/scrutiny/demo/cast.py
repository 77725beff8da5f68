"""Who is in the demo, and on which panel: the same people as in the tests."""

from dataclasses import dataclass
from datetime import date, timedelta

from scrutiny.kit.db import writes
from scrutiny.membership.standing.rules import years_later
from scrutiny.panels.actions import NewPanel, add_panel, seat_person
from scrutiny.people.actions import add_person
from scrutiny.people.queries import panel as panel_called
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import counts_for_quorum

TERM = 2
"""Years."""


@dataclass(frozen=True)
class Part:
    """One person in one role, whose seat begins so many days after the first ones."""

    name: str
    role: str
    public_name: str = "full"
    later: int = 0
    years: int | None = None


LAMBETH = {
    "amara": Part("Amara Okafor", "chair", later=220, years=TERM),
    "bilal": Part("Bilal Hussain", "member", later=250, years=TERM),
    "chidi": Part("Chidi Eze", "member", later=300, years=TERM),
    "denise": Part("Denise Clarke", "member", later=200, years=TERM),
    "efua": Part("Efua Boateng", "member", "initials", later=350, years=TERM),
    "farah": Part("Farah Khan", "member", "role", later=131, years=TERM),
    "idris": Part("Idris Warsame", "member", later=390, years=TERM),
    "joan": Part("Joan Whitfield", "member", later=380, years=TERM),
    "kofi": Part("Kofi Asante", "member", later=385, years=TERM),
    "leila": Part("Leila Haddad", "member", later=375, years=TERM),
    "nia": Part("Nia Roberts", "vice_chair", later=225, years=1),
    "grace": Part("Grace Mensah", "secretariat"),
    "claire": Part("Claire Walsh", "police_liaison"),
    "owen": Part("Owen Price", "police_approver"),
    "hana": Part("Hana Suleiman", "data_protection_lead"),
    "sol": Part("Sol Adebayo", "safeguarding_lead"),
}
HACKNEY = {
    "ruth": Part("Ruth Stein", "chair"),
    "dev": Part("Dev Patel", "member"),
    "ngozi": Part("Ngozi Adeyemi", "member"),
    "tom": Part("Tom Reilly", "secretariat"),
    "una": Part("Una Byrne", "police_approver"),
    "yusuf": Part("Yusuf Demir", "data_protection_lead"),
}
PANELS = (
    ("lambeth", "LAM", "Lambeth", "E09000022", LAMBETH),
    ("hackney", "HAC", "Hackney", "E09000012", HACKNEY),
)


@dataclass(frozen=True)
class Company:
    """A panel and the seats of those who play on it."""

    panel: Panel
    seats: dict[str, Seat]

    def __getitem__(self, name: str) -> Seat:
        return self.seats[name]

    @property
    def community(self) -> list[Seat]:
        return [seat for seat in self.seats.values() if counts_for_quorum(seat.role)]

    async def renew(self) -> None:
        """Its own rules, once they were changed, for all who hold the same panel."""
        fresh = await panel_called(self.panel.slug)
        for name in ("quorum", "response_days", "standing_items", "constitution", "version"):
            setattr(self.panel, name, getattr(fresh, name))


async def seat_everybody(since: date) -> dict[str, Company]:
    """Both panels with everybody on them."""
    found = {}
    for slug, code, area, area_code, cast in PANELS:
        panel = await add_panel(
            NewPanel(
                slug=slug,
                name=f"{area} Scrutiny Panel",
                code=code,
                area=area,
                area_code=area_code,
                force="metropolitan",
                force_name="Metropolitan Police (demo)",
                force_contact="scrutiny@force.example",
                force_complaints="complaints@force.example",
                retention_days=31,
                contact=f"hello@{slug}-panel.example",
                purpose=f"Residents of {area} who check how stop and search, force and strip "
                "search are used here, and publish what the police say back.",
                local_policing_body="Mayor's Office for Policing and Crime",
                quorum=3 if slug == "lambeth" else 2,
            )
        )
        found[slug] = Company(panel, await _seat(panel, cast, since))
    return found


@writes
async def _seat(panel: Panel, cast: dict[str, Part], since: date) -> dict[str, Seat]:
    seats = {}
    for key, part in cast.items():
        person = await add_person(part.name, f"{key}@{panel.slug}-panel.example")
        first = since + timedelta(days=part.later)
        last = years_later(first, part.years) - timedelta(days=1) if part.years else None
        seats[key] = await seat_person(person, panel, part.role, since=first, until=last)
        if part.public_name != "full":
            await Seat.update({Seat.public_name: part.public_name}).where(Seat.id == seats[key].id)
        seats[key].public_name = part.public_name
    return seats
