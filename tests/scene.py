"""One row of everything, in a state that tells who may see it, made by the deeds themselves."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from agendas import steps as agendas
from agendas.papers import steps as papers
from agendas.papers.files import pdf
from agendas.steps import items, stored
from archive import steps as old_minutes
from cases import steps as cases
from cast import Cast
from concerns.steps import answers
from meetings.steps import roll
from minutes import steps as minuted
from redaction import steps as redactions
from scene_seats import adopt, clear, elect, look, offer, recruit, tell

from scrutiny.actions import actions as log
from scrutiny.agendas import actions as agenda
from scrutiny.agendas.backlog.tables import Parked
from scrutiny.agendas.questions.queries import place as question_place
from scrutiny.agendas.questions.tables import Question
from scrutiny.cases import actions as casework
from scrutiny.concerns.intake import take_in
from scrutiny.concerns.queries import find
from scrutiny.concerns.retention import holds
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.triage.refusals.actions import propose
from scrutiny.kit.clock import as_of, now, today
from scrutiny.kit.db import write_tx
from scrutiny.kit.seal import seal
from scrutiny.kit.tokens import receipt_code
from scrutiny.meetings import actions as meetings
from scrutiny.meetings.registration.queries import place_of
from scrutiny.meetings.registration.tables import Registration
from scrutiny.meetings.tables import Meeting
from scrutiny.meetings.venue.actions import describe
from scrutiny.minutes import actions as minutes
from scrutiny.minutes.rules import Seen
from scrutiny.recommendations import actions as asking
from scrutiny.recommendations.tables import Recommendation
from scrutiny.reports import actions as reports
from scrutiny.room import actions as in_the_room
from scrutiny.room.deciding import actions as deciding
from scrutiny.room.tables import Decision

NOBODYS = {"side": "panel", "owner": None, "owner_role": "", "due": None}
"""Whose an action is that the panel itself promised."""


async def happen(cast: Cast, folder: Path) -> dict[str, list[tuple[str, str]]]:
    """The deeds; gives for each part of an address what stands there and what it is about."""
    await raise_and_draw(cast, folder)
    days = await meet(cast)
    known = await offer(cast) | await clear(cast)
    elsewhere = await agendas.meeting(cast, "proposed", days=33)
    await move_to_hackney(cast, elsewhere)
    await recommend(cast, days)
    await finish(cast, days)
    known |= await look(cast)
    await ask_for_video(cast)
    await refuse(cast)
    await adopt(cast)
    known |= await elect(cast)
    known |= await wait(cast, days["minuted"], elsewhere)
    known |= await tell(cast, days["minuted"])
    known |= await recruit(cast)
    known |= await archive(cast)
    known |= await account(cast)
    item = (await items(days["closed and over"]))[0].id
    at = {name: row.date.isoformat() for name, row in days.items()}
    past, over = at["minuted"], at["closed and over"]
    return {
        "day": [(at["proposed"], "a proposed meeting"), (at["closed"], "a closed meeting"),
                (over, "a closed meeting"), (past, "public"),
                (elsewhere.date.isoformat(), "somebody else's")],
        "minutes": [(over, "draft minutes"), (past, "public")],
        "item": [(str(item), "a closed meeting")],
        "decision": [(str((await Decision.objects().first()).id), "a closed meeting")],
        **known,
    }  # fmt: skip


async def wait(cast: Cast, row: Meeting, theirs: Meeting) -> dict[str, list[tuple[str, str]]]:
    """A closed item in the backlog and a question nobody has read; one of each elsewhere."""
    kept = {"parked": today(), "part": "B", "closed_reason": "staffing", "stage": "waiting"}
    found: dict[str, list[tuple[str, str]]] = {"parked": [], "question": []}
    for panel, meeting, title, words, about in (
        (cast.lambeth, row, "Sandpiper", "Dotterel", "a case"),
        (cast.hackney, theirs, "Nightjar", "Nightjar", "somebody else's"),
    ):
        parked = Parked(panel=panel.id, title=title, why=title, **kept)
        asked = Question(id=uuid4(), meeting=meeting.id, code_hash=title, asked=today())
        sent = {"words": words, "name": "", "email": ""}
        asked.sealed = seal(json.dumps(sent), question_place(asked.id))
        async with write_tx():
            await Parked.insert(parked)
            await Question.insert(asked)
        found["parked"].append((str(parked.id), about))
        found["question"].append((str(asked.id), about))
    return found


async def raise_and_draw(cast: Cast, folder: Path) -> None:
    grace = cast.seats["grace"]
    await take_in(cast.lambeth, receipt_code(), answers())
    await cases.bring_records(folder)
    await cases.draw(cast, 1)
    concern = await cases.accept(cast)
    await holds.propose(concern, by=grace, why="court", until=today() + timedelta(days=90))
    case = await casework.take_up(concern, by=grace, title="Wagtail Lane")
    row = await agendas.meeting(cast, "proposed", days=40, title="Later", venue="Junipergate Hall")
    for number in (1, case.number):
        await agenda.add_case(row, number, by=grace)
    await casework.conclude(
        await cases.queries.find(grace, case.number), by=cast.seats["amara"], finding="Ouzelford."
    )


async def ask_for_video(cast: Cast) -> None:
    """The last concern, so that the first keeps its number. Its request is number 1."""
    day = (today() - timedelta(days=27)).isoformat()
    told = {"wants": ["video"], "happened": day, "place": "Bitternmere", "words": "Video, please."}
    await take_in(cast.lambeth, receipt_code(), answers(**told, consents=["video.force"]))


async def refuse(cast: Cast) -> None:
    """Refusal 1, of another concern, waits for the chair."""
    grace = cast.seats["grace"]
    receipt = await take_in(cast.lambeth, receipt_code(), answers(words="Another.", place=""))
    told = {"reason": "no_detail", "summary": "Siskin.", "reply": "Tell us more."}
    await propose(await find(grace, receipt.number), by=grace, **told)


async def meet(cast: Cast) -> dict[str, Meeting]:
    """Proposed, closed and to come, closed and over with notes, and one to be minuted."""
    grace = cast.seats["grace"]
    found = {
        "proposed": await agendas.meeting(cast, "proposed", days=50, venue="Junipergate Hall"),
        "closed": await agendas.meeting(cast, days=21, public=False, venue="Larkspur House"),
    }
    await agenda.publish(found["closed"], by=grace)
    await papers.add(found["closed"], cast, "Pochard", "members")
    await describe(await stored(found["closed"]), {}, "https://video.example/Whinchat", by=grace)
    for name, days, public, said in (
        ("closed and over", -7, False, "Marigold was named."),
        ("minuted", 0, True, "Dunnock Road was discussed."),
    ):
        row = await agendas.meeting(cast, "in_session", days=days, public=public)
        await meetings.record_attendance(row, roll(cast, "amara", "bilal", "claire"), by=grace)
        await agenda.write_notes((await items(row))[0], said, by=grace)
        found[name] = await stored(row)
    await decide(found["closed and over"], cast)
    await agendas.closed_item(found["closed and over"], cast, "Crossbill")
    await act(found["closed and over"], "Pipit.", cast)
    await act(found["minuted"], "Bullfinch.", cast)
    await log.change(2, 1, text="Wheatear.", **NOBODYS, by=grace)
    await register(found["minuted"])
    return found


async def decide(row: Meeting, cast: Cast) -> None:
    """Whimbrel was put to it, and not carried."""
    grace = cast.seats["grace"]
    put = await deciding.put(row, (await items(row))[0].id, "Whimbrel was agreed.", by=grace)
    await deciding.close(row, put.id, by=grace)


async def act(row: Meeting, text: str, cast: Cast) -> None:
    """An action on the last item: 1 behind closed doors, 2 in the open."""
    item = (await items(row))[-1]
    async with write_tx():
        told = {"item": item.id, "public": item.part == "A", "by": cast.seats["grace"]}
        await log.raise_action(row, text, **told, **NOBODYS)


async def register(row: Meeting) -> None:
    """Fieldfare of the public had registered for it before it began."""
    said = '{"name": "Fieldfare", "email": "", "needs": "Redstart."}'
    one = Registration(id=uuid4(), meeting=row.id, code_hash="x", number=1, mode="in_person")
    one.sealed, one.registered = seal(said, place_of(one.id)), today()
    async with write_tx():
        await Registration.insert(one)
        await Meeting.update({Meeting.capacity: 5}).where(Meeting.id == row.id)
    row.capacity = 5


async def archive(cast: Cast) -> dict[str, list[tuple[str, str]]]:
    """Old minutes: of one somebody else has to agree, one is published."""
    waits = await old_minutes.offered(cast, title="Chiffchaff", text="Chiffchaff was there.")
    out = await old_minutes.published(cast, title="Goosander", text="Goosander was there.")
    paper = old_minutes.quick(pdf(), kind="pdf")
    black = await old_minutes.published(cast, paper, title="Goosander")
    await redactions.ready(cast, "archive", black, words="Marmalade")
    return {
        "draft": [(str(waits.id), "old minutes"), (str(uuid4()), "somebody else's")],
        "ref": [("2019-03-14-1", "public"), (f"{out.day}-99", "somebody else's")],
        "redaction": [
            (f"archive-{black.id}", "old minutes"),
            (f"archive-{uuid4()}", "somebody else's"),
        ],
    }


async def move_to_hackney(cast: Cast, row: Meeting) -> None:
    """Nightjar is of the other panel, at numbers and on a day that Lambeth does not have."""
    hackney = cast.hackney.id
    await take_in(cast.hackney, receipt_code(), answers(words="Nightjar Road."))
    await agendas.case(cast, 99, "hackney", title="Nightjar Road", stage="scheduled")
    words = dict.fromkeys(("title", "text", "reason"), "Nightjar")
    words |= {"drafted_by": cast.seats["ruth"].id, "stage": "issued", "issued": today()}
    asked = Recommendation(panel=hackney, number=99, **words)
    async with write_tx():
        await Concern.update({Concern.number: 99}).where(Concern.panel == hackney)
        await Recommendation.insert(asked)
        away = {Meeting.panel: hackney, Meeting.title: "Nightjar", Meeting.stage: "scheduled"}
        await Meeting.update(away).where(Meeting.id == row.id)


async def recommend(cast: Cast, days: dict[str, Meeting]) -> None:
    """1 is a draft, 2 was agreed behind closed doors and waits, 3 was agreed and sent."""
    rooms = {"Kingfisher": None, "Goldcrest": "closed and over", "Heronsgate": "minuted"}
    for word, room in rooms.items():
        with as_of(now() - timedelta(days=8)):
            row = await asking.draft(by=cast.seats["bilal"], title=word, text=word, reason=word)
        if room:
            votes = {"votes_for": 2, "votes_against": 0, "abstained": 0}
            await asking.agree(row, by=cast.seats["amara"], meeting=days[room].id, **votes)
        if room == "minuted":
            await asking.issue(row, by=cast.seats["grace"])


async def account(cast: Cast) -> dict[str, list[tuple[str, str]]]:
    """Annual reports: that of the year before last is out, the last one's foreword is a draft."""
    last, before = str(today().year - 1), str(today().year - 2)
    grace, amara = cast.seats["grace"], cast.seats["amara"]
    for year in (before, last):
        await reports.begin(year, by=grace)
    await reports.approve(before, by=amara)
    await reports.publish(before, by=grace)
    await reports.write_words(last, {"foreword": "Fulmar."}, by=amara, seen=Seen(1, 0))
    return {"year": [(last, "a draft report"), (before, "public"), ("2001", "somebody else's")]}


async def finish(cast: Cast, days: dict[str, Meeting]) -> None:
    grace, amara = cast.seats["grace"], cast.seats["amara"]
    for name in ("closed and over", "minuted"):
        await in_the_room.close(await stored(days[name]), by=grace)
        await minutes.compile(await stored(days[name]), by=grace)
    await minuted.finish(cast, days["minuted"], amara)
