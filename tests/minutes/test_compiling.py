"""The secretariat compiles minutes from what was recorded."""

import pytest
from conftest import run
from meetings.steps import events, facts, letters, meeting

from minutes import steps
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.minutes import actions
from scrutiny.minutes.rules import Seen
from scrutiny.minutes.tables import Minutes


def compile(browse, row, name="grace", **changes):
    page = browse(name).get(f"{steps.home(row)}/compilation")
    return browse(name).post(f"{steps.home(row)}/compilation", steps.seen(page.text) | changes)


async def how_many() -> int:
    return await Minutes.count()


def test_compiled_from_the_rows_of_the_meeting(browse, cast):
    row = run(steps.held(cast))

    reply = compile(browse, row)

    assert (reply.status_code, reply.headers["location"]) == (303, f"{steps.home(row)}/draft")
    assert run(steps.stored()).stage == "drafting"
    document = run(steps.document())
    assert [one["name"] for one in document["present"]] == [
        "Amara Okafor",
        "Bilal Hussain",
        "Grace Mensah",
        "Police liaison",
    ]
    assert [one["name"] for one in document["apologies"]] == ["Chidi Eze", "Police approver"]
    assert document["meeting"]["venue"] == "Lambeth Town Hall, Brixton"
    assert (document["meeting"]["starts"], document["meeting"]["ends"]) == ("18:30", "20:30")
    assert [one["title"] for one in document["items"]] == [
        "Welcome and apologies",
        "Search records",
        "Case 3: Search record 2022-10, Misuse of Drugs Act s23",
    ]
    assert document["items"][1]["notes"] == steps.NOTES
    assert document["cases"] == [
        {
            "number": 3,
            "origin": "Drawn by lot",
            "power": "Misuse of Drugs Act s23",
            "month": "2022-10",
        }
    ]
    (asked,) = document["recommendations"]
    assert (asked["title"], asked["text"], asked["due"]) == (steps.TITLE, steps.TEXT, None)
    assert (asked["for"], asked["against"], asked["abstained"]) == (2, 0, 0)
    assert run(events())[-1] == ("minutes.compiled", True)
    assert run(facts("minutes.compiled")) == {"edition": 1, "meeting": row.date.isoformat()}
    assert run(letters("minutes.compiled")) == {}  # nobody waits for it yet


def test_the_page_says_what_is_missing(browse, cast):
    row = run(steps.held(cast))
    page = browse("grace").get(f"{steps.home(row)}/compilation").text
    assert "Nothing is noted on these items" in page
    assert "Case 3: Search record 2022-10" in page
    assert "Welcome and apologies" not in page


def test_compiled_again_it_follows_the_notes(browse, cast):
    row = run(steps.drafted(cast))
    run(steps.write_on(row, "Search records", "They were **late**."))
    page = browse("grace").get(f"{steps.home(row)}/compilation").text
    assert "What has changed" in page
    assert "Item 2: Search records" in page

    assert compile(browse, row).status_code == 303

    assert run(steps.document())["items"][1]["notes"] == "They were **late**."
    assert run(how_many()) == 1


def test_compiling_again_undoes_the_approval(browse, cast):
    row = run(steps.approved(cast))
    page = browse("grace").get(f"{steps.home(row)}/compilation").text
    assert "Compiling them again undoes that approval." in page

    compile(browse, row)

    again = run(steps.stored())
    assert (again.stage, again.approved, again.approved_hash) == ("circulated", None, "")
    assert again.approved_by is None


@pytest.mark.parametrize(
    ("name", "status"), [("amara", 403), ("bilal", 403), ("owen", 403), ("dev", 404)]
)
def test_others_may_not_compile(browse, cast, name, status):
    row = run(steps.held(cast))
    assert browse(name).get(f"{steps.home(row)}/compilation").status_code == status
    assert browse(name).post(f"{steps.home(row)}/compilation").status_code == status
    assert run(how_many()) == 0


def test_not_while_the_meeting_goes_on(browse, cast):
    row = run(meeting(cast, "in_session"))
    assert browse("grace").get(f"{steps.home(row)}/compilation").status_code == 409
    reply = browse("grace").post(f"{steps.home(row)}/compilation", {"seen": "0.0"})
    assert reply.status_code == 409
    assert "after the meeting has been closed" in reply.text
    assert run(how_many()) == 0


def test_not_once_they_are_published(browse, cast):
    row = run(steps.published(cast))
    before = run(steps.stored()).document
    assert browse("grace").get(f"{steps.home(row)}/compilation").status_code == 409
    assert browse("grace").post(f"{steps.home(row)}/compilation", {}).status_code == 409
    assert run(steps.stored()).document == before


def test_no_meeting_no_minutes(browse, cast):
    assert browse("grace").get("/lambeth/minutes/2026-05-14/compilation").status_code == 404
    assert browse("grace").get("/lambeth/minutes/nonsense/compilation").status_code == 404


def test_twice_is_once(browse, cast):
    row = run(steps.held(cast))
    form = steps.seen(browse("grace").get(f"{steps.home(row)}/compilation").text)
    replies = [browse("grace").post(f"{steps.home(row)}/compilation", form) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [303, 303]
    assert (run(how_many()), run(steps.stored()).version) == (1, 1)


def test_two_who_compile_at_once_keep_the_first(browse, cast):
    row = run(steps.held(cast))
    form = steps.seen(browse("grace").get(f"{steps.home(row)}/compilation").text)
    compile(browse, row)
    reply = browse("grace").post(
        f"{steps.home(row)}/compilation", {"seen": form["seen"], "form_key": "another"}
    )
    assert reply.status_code == 409
    assert "Somebody else changed these minutes" in reply.text
    with pytest.raises(Stale):
        run(actions.compile(row, by=cast.seats["grace"], seen=Seen(1, 9)))
    assert run(how_many()) == 1


def test_what_was_withdrawn_before_it_went_out_stays_out(cast):
    row = run(steps.held(cast, asks=False))

    async def ask_and_withdraw() -> None:
        asked = await steps.ask(cast, row)
        amara = cast.seats["amara"]
        await steps.recommendations.close(asked, "withdrawn", by=amara, note="A mistake.")

    run(ask_and_withdraw())
    run(actions.compile(row, by=cast.seats["grace"]))
    assert run(steps.document())["recommendations"] == []


def test_a_meeting_that_lost_its_quorum_says_so(cast):
    row = run(steps.drafted(cast, present=("amara", "grace"), asks=False))
    assert "so there was no quorum" in run(steps.document())["quorum"]
    with pytest.raises(NotNow):
        run(steps.ask(cast, row))
