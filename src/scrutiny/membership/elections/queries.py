"""Reads about elections and about who holds the chair."""

from datetime import date, timedelta
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing
from scrutiny.membership.elections.rules import OFFICES, OPEN, Stage, due_reminder
from scrutiny.membership.elections.tables import Election, Nomination
from scrutiny.membership.standing.queries import given_up
from scrutiny.people.queries import active_on, seats_on
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import CHAIRS, COMMUNITY
from scrutiny.voting import queries as voting

PAGE = 50
JOINED = (Election.panel, Election.elected, Election.elected.person)


async def election(panel: Panel, id: UUID) -> Election:
    """Raises Missing when there is none on this panel."""
    wanted = (Election.id == id) & (Election.panel == panel.id)
    found = await Election.objects(*JOINED).where(wanted).first()
    if found is None:
        raise Missing("There is no such election on this panel.")
    return found


async def elections(panel: Panel, before: UUID | None = None) -> list[Election]:
    """The latest first, one more than a page."""
    wanted = Election.panel == panel.id
    if before is not None:
        wanted &= Election.id < before
    found = Election.objects(*JOINED).where(wanted).order_by(Election.id, ascending=False)
    return await found.limit(PAGE + 1)


async def open_elections(panel: UUID) -> list[Election]:
    waiting = (Election.panel == panel) & Election.stage.is_in([stage.value for stage in OPEN])
    return await Election.objects(Election.panel).where(waiting).order_by(Election.id).limit(PAGE)


async def nominations(election: Election) -> list[Nomination]:
    joined = (
        *(Nomination.seat, Nomination.seat.person, Nomination.by, Nomination.by.person),
        *(Nomination.seconded_by, Nomination.seconded_by.person),
    )
    found = Nomination.objects(*joined).where(Nomination.election == election.id)
    return await found.order_by(Nomination.id).limit(200)


async def nomination(election: Election, id: UUID) -> Nomination:
    found = [one for one in await nominations(election) if one.id == id]
    if not found:
        raise Missing("There is no such nomination in this election.")
    return found[0]


async def standing(election: Election) -> list[Seat]:
    """The candidates: seconded, willing, and on the panel today."""
    here = {seat.person.id for seat in await voters(election.panel)}
    found = [one for one in await nominations(election) if one.seconded_by.id and one.accepted]
    return [one.seat for one in found if one.seat.person.id in here]


async def voters(panel: Panel) -> list[Seat]:
    """Everybody of the community side who sits today, each once, by name."""
    seats = await seats_on(panel.id, COMMUNITY)
    return sorted({seat.person.id: seat for seat in seats}.values(), key=lambda s: s.person.name)


async def eligible(panel: Panel) -> list[Seat]:
    """Whom one can put forward: the voters, but nobody who gave their seat up or loses it."""
    seats = await voters(panel)
    gone = await given_up([seat.id for seat in seats])
    return [seat for seat in seats if seat.id not in gone]


async def in_office(panel: UUID, office: str, on: date) -> list[Seat]:
    """Who holds the office on that day or later, whether or not on leave."""
    ahead = Seat.until.is_null() | (Seat.until >= on)
    wanted = (Seat.panel == panel) & (Seat.role == office) & ahead
    return await Seat.objects(Seat.panel, Seat.person).where(wanted).order_by(Seat.since)


async def hands_on(election: Election, person: UUID) -> bool:
    """Whether this person holds the office that is elected, and not for longer."""
    held = await in_office(election.panel.id, election.office, today())
    new = {election.office_seat}
    return any(s.person.id == person and s.id not in new and s.since <= today() for s in held)


async def offices_of(panel: UUID, person: UUID, office: str) -> list[tuple[date, date | None, int]]:
    """When this person held the office before: first day, last day, which term."""
    theirs = (Seat.panel == panel) & (Seat.person == person) & (Seat.role == office)
    rows = await Seat.select(Seat.since, Seat.until, Seat.term).where(theirs)
    return [(row["since"], row["until"], row["term"]) for row in rows]


async def in_the_chair(panel: UUID) -> Seat | None:
    """Who has the chair's rights today: the chair, or while there is none the vice-chair."""
    wanted = (Seat.panel == panel) & active_on(today()) & Seat.role.is_in(sorted(CHAIRS))
    found = await Seat.objects(Seat.panel, Seat.person).where(wanted)
    order = list(OFFICES)
    return min(found, key=lambda seat: (order.index(seat.role), seat.since), default=None)


async def ending(on: date, panel: UUID | None = None) -> list[Seat]:
    """Offices that end within ninety days of that day, unless somebody is elected to follow."""
    soon = (Seat.until >= on) & (Seat.until <= on + timedelta(days=90))
    wanted = soon & Seat.role.is_in(sorted(CHAIRS)) & (Seat.since <= on)
    if panel is not None:
        wanted &= Seat.panel == panel
    found = await Seat.objects(Seat.panel, Seat.person).where(wanted).order_by(Seat.until)
    settled = await _settled() if found else set()
    ahead = [seat for seat in found if (seat.panel.id, seat.role) not in settled]
    return [seat for seat in ahead if due_reminder(seat.until, on) is not None]


async def _settled() -> set[tuple[UUID, str]]:
    """(panel, office) where whoever comes next is elected and waits for their first day."""
    next_ones = Election.select(Election.panel, Election.office)
    found = await next_ones.where(Election.stage == Stage.ELECTED.value)
    return {(row["panel"], row["office"]) for row in found}


async def waiting(seat: Seat, *, runs: bool) -> list[tuple[str, str, date | None]]:
    """What waits for this seat in elections: (words, address, due), for the desk.

    `runs`: whether it is they who run them.
    """
    panel, found = seat.panel, []
    for one in await open_elections(panel.id):
        if words := await _words(one, seat, runs):
            due = one.vote_by if one.stage == Stage.VOTING else one.nominate_by
            found.append((words, f"/{panel.slug}/elections/{one.id}", due))
    if runs and not found:
        for office in await ending(today(), panel.id):
            found.append(("The term of an office ends", f"/{panel.slug}/elections", office.until))
    return found


async def _words(one: Election, seat: Seat, runs: bool) -> str:
    if one.stage == Stage.VOTING and one.poll:
        poll = await voting.poll(one.poll)
        if runs and one.vote_by <= today():
            return "An election to count"
        asked = await voting.elector(poll, seat.person.id)
        return "" if asked is None or await voting.has_voted(poll, seat.person.id) else "Vote"
    if one.stage == Stage.NOMINATING:
        for put in await nominations(one):
            if put.seat.person.id == seat.person.id and put.accepted is None:
                return "You are nominated: say whether you stand"
    decide = one.stage == Stage.UNDECIDED or one.nominate_by <= today()
    return "An election waits for its next step" if runs and decide and one.poll is None else ""
