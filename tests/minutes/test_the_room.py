"""Minutes of a meeting that was run in the room: all that was recorded there, and no more."""

import json
from datetime import timedelta

import pytest
from conftest import run
from meetings.steps import stored
from room import steps as in_the_room

from minutes import steps
from scrutiny.agendas.questions.tables import Question
from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.clearances.tables import Clearance
from scrutiny.minutes import actions
from scrutiny.people.tables import Panel
from scrutiny.room import actions as room
from scrutiny.room.deciding import actions as deciding

SECRETS = ("Heronsgate", "Larkspur", "Marigold", "Pochard", "Whinchat")
"""The title of the closed item, its notes, a decision, an action and an interest in it."""
HIDDEN = '{"clearances": {"closed_part": ["training"]}, "before_active": []}'


async def played(cast, **changes) -> Meeting:
    """Amara, Bilal (late, online), Chidi, Grace and Claire; two items, one nested; one closed."""
    row = await in_the_room.sitting(cast, "amara", "chidi", "grace", "claire", **changes)
    async with write_tx():
        await Item.delete().where(Item.meeting == row.id)
        section = Item(meeting=row.id, position=1, title="Searches", kind="section")
        child = Item(meeting=row.id, position=1, title="Records", parent=section.id, notes="Said.")
        shut = Item(
            meeting=row.id, position=2, title="Heronsgate", part="B", notes="Larkspur was named.",
            closed_reason="personal_data",
        )  # fmt: skip
        await Item.insert(section)
        await Item.insert(child, shut)
    await on_the_open_item(row, cast, child)
    await on_the_closed_item(row, cast, shut)
    await room.leave(row, cast.seats["chidi"].id, by=cast.seats["grace"])
    await room.close(await stored(row), by=cast.seats["grace"])
    return await stored(row)


async def on_the_open_item(row, cast, item) -> None:
    grace = cast.seats["grace"]
    await room.start(row, item.id, by=grace)
    await room.arrive(row, cast.seats["bilal"].id, mode="online", by=grace)
    await in_the_room.declare(row, cast, item, "amara")
    await room.choose_chair(row, item.id, cast.seats["chidi"].id, by=grace)
    put = await deciding.put(row, item.id, "The panel asks for cards.", by=grace)
    await deciding.enter_hands(row, put.id, {cast.seats["chidi"].id: "for"}, by=grace)
    await deciding.vote(row, put.id, "for", by=cast.seats["bilal"])
    await deciding.close(row, put.id, by=grace)
    bilal = cast.seats["bilal"]
    await deciding.dissent(row, put.id, "It is too soon.", named=False, by=bilal)
    claire = {"side": "police", "owner": cast.seats["claire"].id, "owner_role": "", "due": None}
    await room.raise_action(row, item.id, "Send figures", form_key="", by=grace, **claire)


async def on_the_closed_item(row, cast, item) -> None:
    grace = cast.seats["grace"]
    await room.start(row, item.id, by=grace)
    put = await deciding.put(row, item.id, "Marigold is agreed.", by=grace)
    await deciding.enter_hands(row, put.id, {cast.seats["amara"].id: "for"}, by=grace)
    await deciding.close(row, put.id, by=grace)
    told = {"side": "panel", "owner": None, "owner_role": "", "due": None}
    await room.raise_action(row, item.id, "Pochard", form_key="", by=grace, **told)
    await in_the_room.declaring.declare(
        row, item.id, cast.seats["chidi"].id, by=grace, how="left_room", words="Whinchat is mine."
    )


async def compiled(cast, **changes) -> Meeting:
    row = await played(cast, **changes)
    await actions.compile(row, by=cast.seats["grace"])
    return row


def test_the_document_has_all_that_the_room_recorded(cast):
    run(compiled(cast))
    document = run(steps.document())

    section, item = document["items"]
    assert (section["number"], section["title"], section["section"]) == ("1", "Searches", True)
    assert item == {
        "number": "1.1",
        "title": "Records",
        "section": False,
        "case": None,
        "notes": "Said.",
        "declarations": [
            "Amara Okafor declared an interest: My cousin was there. Amara Okafor left the room "
            "and took no part in this item.",
            "Chidi Eze took the chair for this item.",
        ],
        "decisions": [
            {
                "text": "The panel asks for cards.",
                "result": "Carried",
                "method": item["decisions"][0]["method"],
                "for": 2,
                "against": 0,
                "abstained": 0,
                "present": 2,
                "needed": 2,
                "dissents": [{"name": "", "text": "It is too soon."}],
            }
        ],
        "actions": [{"number": 1, "text": "Send figures", "owner": "Police liaison", "due": None}],
    }
    assert document["chair"] == "Amara Okafor"
    came = {one["name"]: one["how"] for one in document["present"]}
    assert came == {
        "Amara Okafor": "",
        "Bilal Hussain": "Came late, online",
        "Chidi Eze": "Left early",
        "Grace Mensah": "",
        "Police liaison": "",
    }
    assert document["closed"] == [{"reason": "Personal information", "items": 1}]
    assert document["closed_items"] == 1


@pytest.mark.parametrize("public", [True, False])
def test_nothing_of_a_closed_item_is_in_it(cast, public):
    run(compiled(cast, public=public))
    kept = run(steps.stored())
    assert not [word for word in SECRETS if word in kept.document]
    assert "Send figures" in kept.document


def test_page_pdf_and_data_have_nothing_of_the_closed_part(browse, cast):
    row = run(compiled(cast))
    run(steps.finish(cast, row, run(in_the_room.vice_chair(cast))))
    home = steps.home(row)
    page, pdf = browse().get(home).text, browse().get(f"{home}.pdf").content
    data = browse().get(f"{home}.json").text
    for word in SECRETS:
        assert word not in page and word not in data
        assert steps.words(word) not in steps.paper_words(pdf)
    assert "Personal information: 1" in page
    assert "1.1 Records" in page and "Agreed:" in page
    assert "A member who is not named did not agree:" in page
    assert "To be done by: Police liaison." in page and "Claire" not in page
    assert steps.page_words(page) in steps.paper_words(pdf)


def test_the_panel_reads_the_closed_part_beside_the_draft(browse, cast):
    row = run(compiled(cast))
    draft = browse("bilal").get(f"{steps.home(row)}/draft").text
    assert all(word in draft for word in SECRETS)
    assert draft.index("</article>") < draft.index("Heronsgate")
    pdf = browse("bilal").get(f"{steps.home(row)}/draft.pdf").content
    assert "Heronsgate" not in steps.paper_words(pdf)
    for name in ("owen", "claire"):
        assert browse(name).get(f"{steps.home(row)}/draft").status_code == 403


def test_not_without_the_clearance_for_it(browse, cast):
    row = run(compiled(cast))

    async def ask_for_training():
        async with write_tx():
            await Panel.update({Panel.constitution: HIDDEN}).where(Panel.id == cast.lambeth.id)

    async def train(name):
        async with write_tx():
            row = Clearance(panel=cast.lambeth.id, person=cast.people[name].id, kind="training")
            row.outcome, row.granted = "cleared", today() - timedelta(3)
            await Clearance.insert(row)

    run(ask_for_training())
    assert "Heronsgate" not in browse("bilal").get(f"{steps.home(row)}/draft").text
    run(train("bilal"))
    assert "Heronsgate" in browse("bilal").get(f"{steps.home(row)}/draft").text


def test_questions_of_residents_are_in_it_with_their_answers(browse, cast):
    row = run(played(cast))

    async def ask(number, stage, **more):
        row_of = Question(
            meeting=row.id, code_hash=f"{number}" * 64, number=number, stage=stage, asked=today(),
            sealed=b"", text=f"Why {number}?", shown_as="A resident", **more,
        )  # fmt: skip
        async with write_tx():
            await Question.insert(row_of)

    run(ask(1, "answered", answer="So.", answered=today()))
    run(ask(2, "accepted", due=today()))
    run(ask(3, "refused", reason="Rude."))
    run(actions.compile(row, by=cast.seats["grace"]))

    assert run(steps.document())["questions"] == [
        {"number": 1, "name": "A resident", "text": "Why 1?", "answer": "So."},
        {"number": 2, "name": "A resident", "text": "Why 2?", "answer": ""},
    ]
    page = browse("bilal").get(f"{steps.home(row)}/draft").text
    assert "Question 1, asked by A resident" in page
    assert "It had not been answered when these minutes were written." in page


def test_what_is_written_after_compiling_is_named(browse, cast):
    row = run(compiled(cast))

    async def rewrite():
        async with write_tx():
            await Item.update({Item.notes: "Other words."}).where(Item.title == "Records")

    run(rewrite())
    page = browse("grace").get(f"{steps.home(row)}/compilation").text
    assert "Item 1.1: Records" in page


def test_what_the_first_release_published_still_reads_compares_and_verifies(browse, cast):
    """Its document had whole numbers and none of what the room records."""
    row = run(steps.published(cast))

    async def as_the_first_release_had_it():
        kept = await steps.stored()
        document = json.loads(kept.document)
        for part in ("chair", "actions", "questions", "closed"):
            del document[part]
        for at, one in enumerate(document["items"], start=1):
            one["number"] = at
            for part in ("section", "declarations", "decisions", "actions"):
                del one[part]
        for one in document["present"]:
            del one["how"]
        kept.document, kept.items = json.dumps(document), "[]"
        async with write_tx():
            await kept.save()
        return kept

    kept = run(as_the_first_release_had_it())
    page = browse().get(steps.home(row))
    assert page.status_code == 200 and "2. Search records" in page.text
    assert browse().get(f"{steps.home(row)}.json").text == kept.document
    assert browse().get(f"{steps.home(row)}.pdf").content == bytes(kept.pdf)
    checked = browse().get(f"/verify?sha256={kept.sha256}")
    assert checked.status_code == 200
    run(steps.corrected(cast, row))
    assert run(steps.document(2))["chair"] == "Amara Okafor"


def test_the_roll_can_be_corrected_for_somebody_who_left(cast):
    row = run(compiled(cast))
    run(steps.finish(cast, row, run(in_the_room.vice_chair(cast))))
    chidi = cast.seats["chidi"].id
    amended = actions.Correction("Chidi stayed.", {}, {chidi: "present"})
    run(actions.correct(row, amended, by=cast.seats["grace"]))
    came = {one["name"]: one["how"] for one in run(steps.document(2))["present"]}
    assert came["Chidi Eze"] == ""
