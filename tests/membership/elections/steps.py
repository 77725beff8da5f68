"""What the tests of elections do again and again."""

from datetime import timedelta

from accounts.steps import got, letters
from conftest import run

from scrutiny.kit.clock import today
from scrutiny.membership.elections import actions, queries
from scrutiny.membership.elections.tables import Election, Nomination
from scrutiny.people.tables import Panel, Seat

HOME = "/lambeth/elections"
SINCE = today() + timedelta(days=20)


def called(cast, office: str = "chair", nominate_by=None, since=SINCE) -> Election:
    days = nominate_by or today(), today() + timedelta(days=5), since
    return run(actions.call(office, *days, by=cast.seats["grace"], form_key=f"{office}{since}"))


def stood(cast, election: Election, name: str, proposer: str, seconder: str) -> Nomination:
    """Put forward, seconded and willing."""
    run(put(cast, election, name, proposer))
    one = nominations(election)[-1]
    run(actions.second(election.id, one.id, by=cast.seats[seconder]))
    run(actions.answer(election.id, one.id, True, f"{name} would.", by=cast.seats[name]))
    return one


def put(cast, election: Election, name: str, proposer: str):
    person = cast.people[name].id
    key = f"{election.id}{name}"
    return actions.nominate(election.id, person, by=cast.seats[proposer], form_key=key)


def voting(cast, *names: str, office: str = "chair") -> Election:
    """An election that these stand in, at the vote. The seats of others second them."""
    election = called(cast, office)
    for name in names:
        proposer, seconder = [one for one in ("amara", "bilal", "chidi") if one != name][:2]
        stood(cast, election, name, proposer, seconder)
    open_vote(cast, election)
    return stored(election)


def open_vote(cast, election: Election) -> None:
    seen, by = stored(election).version, cast.seats["grace"]
    run(actions.put_to_the_vote(election.id, seen, by=by, vote_by=today()))


def votes(cast, election: Election, **chosen: str) -> None:
    """Each by name: for, against, abstain, or the name of a candidate."""
    seats = {one.seat.person.id: str(one.seat.id) for one in nominations(election)}
    for name, choice in chosen.items():
        person = cast.people.get(choice)
        key = seats[person.id] if person else choice
        run(actions.vote(election.id, key, by=cast.seats[name]))


def count(cast, election: Election) -> Election:
    run(actions.count(election.id, stored(election).version, by=cast.seats["grace"]))
    return stored(election)


def stored(election: Election) -> Election:
    panel = got(Panel.objects().get(Panel.slug == "lambeth"))
    return run(queries.election(panel, election.id))


def nominations(election: Election) -> list[Nomination]:
    return run(queries.nominations(election))


def seats(cast, name: str) -> list[tuple]:
    """Every seat of this person: role, first and last day, term."""
    rows = got(
        Seat.select(Seat.role, Seat.since, Seat.until, Seat.term)
        .where(Seat.person == cast.people[name].id)
        .order_by(Seat.since, Seat.id)
    )
    return [(row["role"], row["since"], row["until"], row["term"]) for row in rows]


def told(kind: str) -> list[str]:
    """Who got a letter of this kind."""
    return [address for address, what in letters() if what == f"election.{kind}"]
