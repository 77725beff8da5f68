"""Rows brought straight to the stage at which they wait."""

import json
from datetime import timedelta

from scrutiny.agendas.backlog.tables import Parked
from scrutiny.agendas.packs.tables import Pack
from scrutiny.agendas.papers.tables import Paper
from scrutiny.agendas.questions.tables import Question
from scrutiny.agendas.tables import Item
from scrutiny.composition.tables import Round
from scrutiny.kit.clock import now, today
from scrutiny.letters.tables import Letter
from scrutiny.meetings.expenses.tables import Claim
from scrutiny.meetings.registration.tables import Registration
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.clearances.tables import Clearance
from scrutiny.membership.elections.tables import Election, Nomination
from scrutiny.membership.interests.tables import Declaration
from scrutiny.membership.recruitment.tables import Application, Call, Scorer
from scrutiny.membership.tables import Proposal
from scrutiny.membership.terms.tables import Terms
from scrutiny.people.tables import Panel, Seat
from scrutiny.voting.tables import Poll


def day(days: int):
    return today() + timedelta(days=days)


def put(row):
    type(row).insert(row).run_sync()
    return row


def change(row, **changes):
    type(row).update(changes, force=True).where(type(row).id == row.id).run_sync()


def meeting(cast, days: int, stage: str = "scheduled", **changes) -> Meeting:
    moment = now() + timedelta(days=days)
    words = {"title": "Spring meeting", "venue": "Town Hall", "quorum": 2}
    times = {"date": day(days), "starts": moment, "ends": moment, "called": now(), "changed": now()}
    return put(Meeting(panel=cast.lambeth.id, stage=stage, **times, **words | changes))


def clearance(cast, who: str, **changes) -> Clearance:
    row = {"kind": "vetting", "outcome": "cleared", "changed": now()}
    mine = {"panel": cast.lambeth.id, "person": cast.people[who].id}
    return put(Clearance(**mine, **row | changes))


def asks_for(cast, constitution: str) -> None:
    change(cast.lambeth, constitution=constitution)


def election(cast, stage: str, nominate: int = 5, vote: int = 20, **changes) -> Election:
    days = {"nominate_by": day(nominate), "vote_by": day(vote), "since": day(60)}
    return put(Election(panel=cast.lambeth.id, office="chair", stage=stage, **days, **changes))


def nominated(cast, held: Election, who: str, by: str, **changes) -> Nomination:
    seats = {"seat": cast.seats[who].id, "by": cast.seats[by].id}
    return put(Nomination(election=held.id, at=now(), **seats, **changes))


def poll(cast, *electors: str) -> Poll:
    ids = json.dumps([str(cast.seats[name].id) for name in electors])
    row = {"kind": "chair", "question": "Who?", "method": "secret", "opened": now()}
    return put(Poll(panel=cast.lambeth.id, electors=ids, **row))


def terms(cast, stage: str, **changes) -> Terms:
    row = {"number": 1, "text": "Words", "summary": "A smaller panel", "changed": now()}
    mine = {"panel": cast.lambeth.id, "proposer": cast.seats["amara"].id, "stage": stage}
    return put(Terms(**mine, **row | changes))


def application(cast, stage: str = "applied", **changes) -> Application:
    call = put(
        Call(
            panel=cast.lambeth.id, number=1, title="Two seats", text="", places=2, opens=day(-30),
            closes=day(30), stage="published",
        )
    )  # fmt: skip
    row = {"number": 3, "code_hash": "a" * 64, "sealed": b"", "received": day(-3), "stage": stage}
    return put(Application(call=call.id, **row | changes))


def scorer(cast, found: Application, who: str, tied: bool = False) -> Scorer:
    return put(Scorer(application=found.id, person=cast.people[who].id, tied=tied))


def item(cast, of: Meeting, **changes) -> Item:
    return put(Item(meeting=of.id, position=1, **{"title": "Searches at the station"} | changes))


def paper(cast, of: Item, **changes) -> Paper:
    row = {"number": 4, "title": "Figures", "audience": "members", "key": b"", "size": 1}
    row |= {"pages": 1, "sha256": "", "added": now(), "day": today(), "stage": "late_paper"}
    row |= {"meeting": of.meeting, "item": of.id, "file": of.id, "by": cast.seats["grace"].id}
    return put(Paper(**row | changes))


def question(cast, of: Meeting, stage: str = "asked", **changes) -> Question:
    row = {"meeting": of.id, "code_hash": "b" * 64, "sealed": b"", "shown_as": "A resident"}
    return put(Question(stage=stage, asked=today(), **row | changes))


def parked(cast, **changes) -> Parked:
    row = {"title": "Dogs at football", "why": "Because", "parked": today(), "stage": "proposed"}
    return put(Parked(panel=cast.lambeth.id, **row | changes))


def pack(cast, of: Meeting, **changes) -> Pack:
    row = {"audience": "members", "source": "c" * 64, "asked": now(), "due": now()}
    return put(Pack(meeting=of.id, **row | {"stage": "failed"} | changes))


def claim(cast, of: Meeting, who: str, stage: str = "claimed") -> Claim:
    row = {"kind": "travel", "pence": 420, "at": now(), "stage": stage}
    return put(Claim(panel=cast.lambeth.id, seat=cast.seats[who].id, meeting=of.id, **row))


def registered(cast, of: Meeting, stage: str = "waiting") -> Registration:
    row = {"code_hash": "d" * 64, "number": 1, "mode": "in_person", "registered": today()}
    return put(Registration(meeting=of.id, stage=stage, **row))


def removal(cast, who: str, by: str, **changes) -> Proposal:
    row = {"seat": cast.seats[who].id, "by": cast.seats[by].id, "kind": "removal", "why": "Words"}
    row |= {"last_day": today(), "reply_until": day(9), "at": now()}
    return put(Proposal(panel=cast.lambeth.id, **row | changes))


def failed_letter(cast) -> Letter:
    row = {"kind": "meeting.invitation", "key": "one", "sealed": b"", "state": "failed"}
    return put(Letter(panel=cast.lambeth.id, due=now(), written=now(), **row))


def composition_round(cast) -> Round:
    return put(Round(panel=cast.lambeth.id, number=1, opened=today(), closes=day(20)))


def declared(cast, who: str, days: int = 0, panel: Panel | None = None) -> Declaration:
    mine = {"panel": (panel or cast.lambeth).id, "person": cast.people[who].id}
    return put(Declaration(day=day(days), none=True, **mine))


def desk(browse, who: str) -> str:
    page = browse(who).get("/desk")
    assert page.status_code == 200
    return page.text.partition("<main")[2]


def seat(cast, who: str, role: str, **changes) -> Seat:
    row = {"panel": cast.lambeth.id, "person": cast.people[who].id, "role": role}
    return put(Seat(**row | {"since": day(-30)} | changes))
