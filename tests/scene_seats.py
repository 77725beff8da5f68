"""The part of the scene that is about seats: offers, clearances, terms, elections, the vault."""

from datetime import date, timedelta
from uuid import uuid4

from cast import Cast, custodian_key

from scrutiny.concerns.tables import Concern
from scrutiny.concerns.vault import actions as looks
from scrutiny.concerns.vault import queries as vaults
from scrutiny.concerns.vault.tables import CustodianKey, Look
from scrutiny.kit.clock import as_of, now, today
from scrutiny.kit.db import write_tx
from scrutiny.kit.tokens import receipt_code
from scrutiny.meetings.expenses.tables import Claim
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.clearances.tables import Clearance
from scrutiny.membership.elections import actions as elections
from scrutiny.membership.elections.tables import Election
from scrutiny.membership.interests import actions as interests
from scrutiny.membership.interests.rules import InterestForm
from scrutiny.membership.invites import actions as invites
from scrutiny.membership.needs import actions as needs
from scrutiny.membership.proposals import actions as proposals
from scrutiny.membership.recruitment import actions as recruitment
from scrutiny.membership.recruitment.applying import actions as applying
from scrutiny.membership.recruitment.choosing import actions as choosing
from scrutiny.membership.recruitment.rules import Sent
from scrutiny.membership.recruitment.tables import Application, Call
from scrutiny.membership.rules import Kind
from scrutiny.membership.standing.tables import SeatNotice
from scrutiny.membership.tables import Invite, Proposal
from scrutiny.membership.terms import actions as terms
from scrutiny.membership.terms.provisions import provisions_of
from scrutiny.membership.terms.tables import TermsComment
from scrutiny.people.actions import add_person
from scrutiny.people.tables import Seat
from scrutiny.policy import Role


async def offer(cast: Cast) -> dict[str, list[tuple[str, str]]]:
    """A seat offered, and new factors proposed for somebody; the same on the other panel."""
    amara, owen, ruth, dev = (cast.seats[name] for name in ("amara", "owen", "ruth", "dev"))
    term = invites.Term("member", today(), None)
    await invites.invite("Tansy Moore", "t.moore@example.org", term, by=amara, form_key="k1")
    await invites.invite("Nightjar", "nightjar@example.org", term, by=ruth, form_key="k2")
    why = "Foxglove was told of a case."
    await proposals.propose(owen.id, Kind.NEW_FACTORS, why, by=cast.seats["grace"], form_key="k3")
    theirs = Proposal(seat=dev.id, panel=cast.hackney.id, kind=Kind.REMOVAL, by=ruth.id,
                      why="Nightjar", last_day=today(), at=now())  # fmt: skip
    async with write_tx():
        await Proposal.insert(theirs)
    return {
        "invite": await of_both(Invite, cast),
        "proposal": await of_both(Proposal, cast),
        "id": [(str(cast.seats["claire"].id), "public"), (str(ruth.id), "somebody else's")],
    }


async def clear(cast: Cast) -> dict[str, list[tuple[str, str]]]:
    """Bilal's vetting is asked for, as Dev's is on the other panel. Hana has a clearance, and
    Chidi said why he gives up his seat."""
    here, there, at = cast.lambeth.id, cast.hackney.id, now()
    asked = {"kind": "vetting", "outcome": "requested", "changed": at}
    rows = [
        Clearance(panel=here, person=cast.people["bilal"].id, **asked),
        Clearance(panel=there, person=cast.people["dev"].id, level="Nightjar", **asked),
        Clearance(panel=here, person=cast.people["hana"].id, kind="dbs", outcome="cleared",
                  level="Pintail", expires=date(2031, 3, 17), changed=at),
    ]  # fmt: skip
    seat = cast.seats["chidi"].id
    said = SeatNotice(seat=seat, kind="resignation", since=today(), why="Corncrake", by=seat, at=at)
    async with write_tx():
        await Clearance.insert(*rows)
        await SeatNotice.insert(said)
    known = ((rows[0], "public"), (rows[1], "somebody else's"))
    return {"clearance": [(str(row.id), about) for row, about in known]}


async def adopt(cast: Cast) -> None:
    """Terms of reference: version 1 is in force, and Turnstone in version 2 is only a draft."""
    grace, panel, then = cast.seats["grace"], cast.lambeth, now() - timedelta(days=20)
    rules = provisions_of(panel)
    with as_of(then):
        await terms.draft("We check.", rules, "The first.", by=grace, form_key="t1")
        await terms.consult(1, 1, today() + timedelta(days=14), by=grace)
        await terms.say(1, "Godwit.", by=cast.seats["claire"], form_key="t2")
    comment = await TermsComment.objects().first()
    await terms.answer(1, comment.id, 1, "Heard.", by=grace)
    await terms.put_to_the_vote(1, 2, today(), by=grace)
    for name in ("amara", "bilal", "chidi"):
        await terms.vote(1, "for", by=cast.seats[name])
    await terms.count(1, 3, by=grace)
    await terms.draft("Turnstone.", rules, "Turnstone.", by=grace, form_key="t3")


async def elect(cast: Cast) -> dict[str, list[tuple[str, str]]]:
    """Nominations are open, there and on the other panel; Vera is the vice-chair by now."""
    days = today(), today(), today() + timedelta(days=9)
    await elections.call("chair", *days, by=cast.seats["grace"], form_key="e1")
    theirs = Election(panel=cast.hackney.id, office="chair", nominate_by=days[0],
                      vote_by=days[1], since=days[2])  # fmt: skip
    async with write_tx():
        await Election.insert(theirs)
        vera = cast.people["vera"] = await add_person("Vera Nunez", "vera@panel.test")
        begun = {"since": today() - timedelta(days=30), "role": Role.VICE_CHAIR}
        seat = cast.seats["vera"] = Seat(panel=cast.lambeth, person=vera, **begun)
        await Seat.insert(seat)
    return {"election": await of_both(Election, cast)}


async def look(cast: Cast) -> dict[str, list[tuple[str, str]]]:
    """Grace asks who wrote it; the other panel has a request and a key of its own."""
    concern = await Concern.objects(Concern.panel).where(Concern.panel == cast.lambeth.id).first()
    theirs = await Concern.objects().where(Concern.panel == cast.hackney.id).first()
    await looks.ask(concern, by=cast.seats["grace"], why="reply")
    vault, ruth = await vaults.newest(cast.hackney), cast.seats["ruth"]
    other = Look(concern=theirs.id, panel=cast.hackney.id, why="law", asked_by=ruth.id, asked=now())
    async with write_tx():
        await Look.insert(other)
        await CustodianKey.insert(custodian_key(vault, ruth, "Nightjar"))
    mine = await vaults.own_key(cast.seats["hana"], await vaults.newest(cast.lambeth))
    ruths = await vaults.own_key(ruth, vault)
    return {
        "look": await of_both(Look, cast),
        "key": [(str(mine.id), "public"), (str(ruths.id), "somebody else's")],
    }


async def of_both(
    table: type[Invite] | type[Proposal] | type[Look] | type[Election], cast: Cast
) -> list[tuple[str, str]]:
    """The one of this panel, and the other's."""
    rows = await table.select(table.id, table.panel)
    here = {True: "public", False: "somebody else's"}
    return [(str(row["id"]), here[row["panel"] == cast.lambeth.id]) for row in rows]


async def tell(cast: Cast, held: Meeting) -> dict[str, list[tuple[str, str]]]:
    """Bilal declared two interests, needs something and claims a fare; Dev did on the other."""
    bilal, dev, kind = cast.seats["bilal"], cast.seats["dev"], {"nature": "other"}
    for word, public in (("Lapwing", "no"), ("Dabchick", "yes")):
        await interests.declare(InterestForm(text=word, public=public, **kind), by=bilal)
    theirs = await interests.declare(InterestForm(text="Nightjar", public="no", **kind), by=dev)
    await needs.say("Shoveler.", 0, by=bilal)
    spent = {"kind": "travel", "pence": 450, "at": now(), "meeting": held.id}
    own = Claim(panel=cast.lambeth.id, seat=bilal.id, note="Whitethroat", **spent)
    other = Claim(panel=cast.hackney.id, seat=dev.id, note="Nightjar", **spent)
    async with write_tx():
        await Claim.insert(own, other)
    return {
        "entry": [(str(theirs.id), "somebody else's")],
        "claim": [(str(own.id), "public"), (str(other.id), "somebody else's")],
    }


async def recruit(cast: Cast) -> dict[str, list[tuple[str, str]]]:
    """Call 1: Brambling applied, and Bilal and Amara interview Linnet; Nightjar elsewhere."""
    grace, begun = cast.seats["grace"], today() - timedelta(days=1)
    asked = {
        "title": "Join us",
        "text": "The work.",
        "places": 1,
        "opens": begun,
        "closes": today() + timedelta(days=9),
        "questions": ["Why?"],
        "criteria": ["Care"],
    }
    await recruitment.draft(asked, by=grace, form_key="r1")
    await recruitment.publish(1, 1, by=grace)
    call = await Call.objects().first()
    for name in ("Brambling", "Linnet"):
        told = Sent(name=name, age="yes", connection="yes", answers=["Twite."])
        await applying.apply(call.id, cast.lambeth, told, receipt_code())
    first, second = await Application.objects().order_by(Application.number)
    await choosing.shortlist(second.id, 1, by=grace)
    who = [cast.people[name].id for name in ("amara", "bilal")]
    await choosing.set_interview(second.id, 2, now(), "Room 1", who, by=grace)
    there = Call(
        panel=cast.hackney.id,
        number=99,
        title="Nightjar",
        text="Nightjar",
        places=1,
        opens=begun,
        closes=begun,
    )
    theirs = Application(id=uuid4(), call=there.id, number=1, code_hash="x", received=begun)
    theirs.sealed = b""
    async with write_tx():
        await Call.insert(there)
        await Application.insert(theirs)
    known = ((first, "an application"), (second, "an interview"), (theirs, "somebody else's"))
    return {"application": [(str(row.id), about) for row, about in known]}
