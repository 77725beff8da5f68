"""One row of everything, in a state that tells who may see it, made by the deeds themselves."""

from datetime import timedelta
from pathlib import Path

from agendas import steps as agendas
from agendas.steps import items, stored
from cases import steps as cases
from cast import Cast, custodian_key
from concerns.steps import answers
from meetings.steps import roll

from scrutiny.agendas import actions as agenda
from scrutiny.cases import actions as casework
from scrutiny.concerns.intake import take_in
from scrutiny.concerns.queries import find
from scrutiny.concerns.retention import holds
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.triage.refusals.actions import propose
from scrutiny.concerns.vault import actions as looks
from scrutiny.concerns.vault import queries as vaults
from scrutiny.concerns.vault.tables import CustodianKey, Look
from scrutiny.kit.clock import as_of, now, today
from scrutiny.kit.db import write_tx
from scrutiny.kit.tokens import receipt_code
from scrutiny.meetings import actions as meetings
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.invites import actions as invites
from scrutiny.membership.proposals import actions as proposals
from scrutiny.membership.rules import Kind
from scrutiny.membership.tables import Invite, Proposal
from scrutiny.minutes import actions as minutes
from scrutiny.recommendations import actions as asking
from scrutiny.recommendations.tables import Recommendation


async def happen(cast: Cast, folder: Path) -> dict[str, list[tuple[str, str]]]:
    """The deeds; gives for each part of an address what stands there and what it is about."""
    await raise_and_draw(cast, folder)
    days = await meet(cast)
    known = await offer(cast)
    elsewhere = await agendas.meeting(cast, "proposed", days=33)
    await move_to_hackney(cast, elsewhere)
    await recommend(cast, days)
    await finish(cast, days)
    known |= await look(cast)
    await ask_for_video(cast)
    await refuse(cast)
    item = (await items(days["closed and over"]))[0].id
    at = {name: row.date.isoformat() for name, row in days.items()}
    past, over = at["minuted"], at["closed and over"]
    return {
        "day": [(at["proposed"], "a proposed meeting"), (at["closed"], "a closed meeting"),
                (over, "a closed meeting"), (past, "public"),
                (elsewhere.date.isoformat(), "somebody else's")],
        "minutes": [(over, "draft minutes"), (past, "public")],
        "item": [(str(item), "a closed meeting")],
        **known,
    }  # fmt: skip


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
    for name, days, public, said in (
        ("closed and over", -7, False, "Marigold was named."),
        ("minuted", 0, True, "Dunnock Road was discussed."),
    ):
        row = await agendas.meeting(cast, "in_session", days=days, public=public)
        await meetings.record_attendance(row, roll(cast, "amara", "bilal", "claire"), by=grace)
        await agenda.write_notes((await items(row))[0], said, by=grace)
        found[name] = await stored(row)
    return found


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
    table: type[Invite] | type[Proposal] | type[Look], cast: Cast
) -> list[tuple[str, str]]:
    """The one of this panel, and the other's."""
    rows = await table.select(table.id, table.panel)
    here = {True: "public", False: "somebody else's"}
    return [(str(row["id"]), here[row["panel"] == cast.lambeth.id]) for row in rows]


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


async def finish(cast: Cast, days: dict[str, Meeting]) -> None:
    grace, amara = cast.seats["grace"], cast.seats["amara"]
    for name in ("closed and over", "minuted"):
        await meetings.close_session(await stored(days[name]), by=grace)
        await minutes.compile(await stored(days[name]), by=grace)
    await minutes.approve(days["minuted"], by=amara)
    await minutes.publish(days["minuted"], by=grace)
