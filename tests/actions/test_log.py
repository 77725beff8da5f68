"""The action log: raised at a meeting, reported by the owner, over when a meeting says so."""

from datetime import timedelta

import pytest
from conftest import run
from meetings.steps import counted_queries
from recommendations import steps

from scrutiny.actions import actions, letters, queries
from scrutiny.actions.tables import Action, ActionUpdate
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.letters.tables import Letter
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.interests.tables import Recusal
from scrutiny.recommendations.tables import Recommendation
from scrutiny.record.tables import Event

HOME = "/lambeth/actions"
TEXT = "Show the panel how many recordings were missing in October"
SENT = {"text": TEXT, "side": "police", "owner_role": "Head of stop and search", "due": ""}


def seen(row: Action) -> int:
    return newest(Action.id == row.id).version


def newest(which=None) -> Action:
    async def look():
        found = Action.objects()
        return await (found.where(which) if which is not None else found).first()

    return run(look())


def counted(table, which=None) -> int:
    async def look():
        found = table.count()
        return await (found.where(which) if which is not None else found)

    return run(look())


@pytest.fixture
def held(cast):
    return run(steps.meeting(cast, "amara", "bilal", "chidi", "claire"))


@pytest.fixture
def action(cast, held):
    return run(raised(cast, held, owner="bilal"))


async def raised(cast, held, *, owner=None, side="panel", item=None, due=None, public=True):
    async with write_tx():
        return await actions.raise_action(
            held, TEXT, side=side, owner=owner and cast.seats[owner].id, owner_role="",
            due=due, item=item, by=cast.seats["grace"], public=public,
        )  # fmt: skip


def test_it_is_raised_numbered_recorded_and_told(cast, browse, held):
    sent = {**SENT, "meeting": str(held.id), "owner": str(cast.seats["claire"].id)}
    answer = browse("grace").post(f"{HOME}/new", sent)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{HOME}/1")
    row = newest()
    assert (row.number, row.stage, row.text, row.carried) == (1, "open", TEXT, 0)
    assert counted(Event, Event.what == "action.raised") == 1
    assert counted(Letter, Letter.kind == "action.raised") == 1
    shown = browse("bilal").get(f"{HOME}/1").text
    assert TEXT in shown and "Head of stop and search" in shown and "Claire" not in shown


def test_what_is_missing_is_asked_for_and_words_are_kept(browse, held):
    answer = browse("amara").post(f"{HOME}/new", {"owner_role": "The lead", "due": "soon"})
    assert answer.status_code == 422
    for words in ("Say what is to be done", "Choose whose it is", "Choose the meeting", "soon",
                  "The lead"):  # fmt: skip
        assert words in answer.text
    assert counted(Action) == 0


def test_twice_is_once(browse, held):
    page = browse("grace").get(f"{HOME}/new").text
    key = page.split('name="form_key" value="')[1].split('"')[0]
    sent = {**SENT, "meeting": str(held.id), "form_key": key}
    first, again = (browse("grace").post(f"{HOME}/new", sent) for _ in range(2))
    assert first.headers["location"] == again.headers["location"] == f"{HOME}/1"
    assert counted(Action) == 1


@pytest.mark.parametrize("reader", ["bilal", "claire", "hana"])
def test_only_who_runs_the_panel_adds_one(browse, held, reader):
    assert browse(reader).post(f"{HOME}/new", SENT).status_code == 403


def test_none_is_raised_at_a_meeting_that_has_minutes(cast):
    over = run(steps.meeting(cast, "amara", "bilal", stage="minuted", days_ago=9))
    with pytest.raises(NotNow):
        run(raised(cast, over))


def test_the_owner_reports_and_the_meeting_discharges(cast, browse, action):
    there = f"{HOME}/{action.number}"
    sent = {"text": "I asked on Monday.", "done": "yes", "version": "1"}
    assert browse("bilal").post(f"{there}/report", sent).status_code == 303
    assert newest().stage == "reported_done"
    assert counted(Letter, Letter.kind == "action.reported") == 2  # Amara and Grace
    sent = {"verdict": "discharged", "text": "", "version": str(seen(action))}
    assert browse("amara").post(f"{there}/decision", sent).status_code == 303
    row = newest()
    assert row.stage == "discharged" and row.discharged_at is not None
    assert "I asked on Monday." in browse("amara").get(there).text


def test_what_was_not_accepted_goes_back_to_its_owner(cast, browse, action):
    run(actions.report(1, 1, "Done.", done=True, by=cast.seats["bilal"]))
    sent = {"verdict": "not_accepted", "text": "No figures yet.", "version": str(seen(action))}
    assert browse("amara").post(f"{HOME}/1/decision", sent).status_code == 303
    assert newest().stage == "in_progress"
    assert counted(Letter, Letter.kind == "action.not_accepted") == 1
    assert "No figures yet." in browse("bilal").get(f"{HOME}/1").text


def test_nobody_reports_for_somebody_else(browse, action):
    answer = browse("chidi").post(f"{HOME}/1/report", {"text": "It is done.", "version": "1"})
    assert answer.status_code == 409
    assert "Only the owner" in answer.text and "It is done." in answer.text


def test_any_officer_reports_what_the_police_promised(cast, browse, held):
    run(raised(cast, held, side="police"))
    sent = {"text": "Sent on 3 March.", "done": "yes", "version": "1"}
    assert browse("owen").post(f"{HOME}/1/report", sent).status_code == 303


def test_only_a_meeting_under_way_with_a_quorum_discharges(cast, browse, action, held):
    run(actions.report(1, 1, "Done.", done=True, by=cast.seats["bilal"]))
    sent = {"verdict": "discharged", "version": str(seen(action)), "text": "kept words"}
    run(set_quorum(held, 9))
    answer = browse("amara").post(f"{HOME}/1/decision", sent)
    assert answer.status_code == 409 and "There is no quorum" in answer.text
    run(set_stage(held, "held"))
    answer = browse("amara").post(f"{HOME}/1/decision", sent)
    assert answer.status_code == 409 and "Only a meeting" in answer.text
    assert "kept words" in answer.text


def test_those_recused_from_its_item_make_no_quorum_for_it(cast, browse, held):
    """Three are here and two are needed; two of them take no part in what it was raised on."""
    row = run(steps.item(held))
    run(raised(cast, held, owner="bilal", item=row.id))
    run(actions.report(1, 1, "Done.", done=True, by=cast.seats["bilal"]))
    sent = {"verdict": "discharged", "version": str(newest().version), "text": "kept words"}
    for name in ("bilal", "chidi"):
        run(recuse(cast, name, row.id))
    answer = browse("amara").post(f"{HOME}/1/decision", sent)
    assert answer.status_code == 409 and "1 of the 2 members needed" in answer.text
    assert "kept words" in answer.text and newest().stage == "reported_done"


def test_an_item_of_an_earlier_meeting_counts_too(cast, browse, held):
    earlier = run(steps.meeting(cast, "amara", "bilal", stage="held", days_ago=30))
    row = run(steps.item(earlier))
    run(raised(cast, earlier, owner="bilal", item=row.id))
    run(actions.report(1, 1, "Done.", done=True, by=cast.seats["bilal"]))
    sent = {"verdict": "discharged", "version": str(newest().version), "text": ""}
    for name in ("bilal", "chidi"):
        run(recuse(cast, name, row.id))
    assert browse("amara").post(f"{HOME}/1/decision", sent).status_code == 409
    run(lift(cast, "chidi"))
    assert browse("amara").post(f"{HOME}/1/decision", sent).status_code == 303
    assert newest().stage == "discharged"


async def lift(cast, who):
    async with write_tx():
        mine = Recusal.person == cast.people[who].id
        await Recusal.update({Recusal.lifted: now()}).where(mine)


async def set_quorum(held, needed):
    async with write_tx():
        await Meeting.update({Meeting.quorum: needed}).where(Meeting.id == held.id)


async def set_stage(held, stage):
    async with write_tx():
        await Meeting.update({Meeting.stage: stage}).where(Meeting.id == held.id)


def test_it_is_not_discharged_before_anybody_reported(browse, action):
    answer = browse("amara").post(f"{HOME}/1/decision", {"verdict": "discharged", "version": "1"})
    assert answer.status_code == 422


def test_the_second_of_two_keeps_their_words(browse, action):
    sent = {**SENT, "version": "1"}
    assert browse("grace").post(f"{HOME}/1/change", sent).status_code == 303
    answer = browse("amara").post(f"{HOME}/1/change", {**sent, "text": "Mine instead"})
    assert answer.status_code == 409
    assert "Mine instead" in answer.text and TEXT in answer.text


def test_two_who_report_at_once_lose_nothing(cast, browse, action):
    run(actions.report(1, 1, "First.", done=False, by=cast.seats["bilal"]))
    with pytest.raises(Stale):
        run(actions.report(1, 1, "Second.", done=True, by=cast.seats["grace"]))
    sent = {"text": "Second.", "done": "yes", "version": "1"}
    answer = browse("grace").post(f"{HOME}/1/report", sent)
    assert answer.status_code == 409 and "Second." in answer.text


def test_each_meeting_that_leaves_it_carries_it_over_once(cast, browse, action, held):
    for number in (1, 2):
        later = run(steps.meeting(cast, "amara", stage="held", days_ago=number))
        run(carry(later, cast))
    run(carry(held, cast))  # its own meeting carries nothing over
    row = newest()
    assert row.carried == 2
    assert counted(ActionUpdate, ActionUpdate.kind == "carried") == 2
    page = browse("amara").get(f"{HOME}/1").text
    assert "carried over 2 times" in page and "Make it a recommendation" in page


async def carry(meeting, cast):
    async with write_tx():
        await actions.carry_open(meeting, by=cast.seats["grace"])


def test_it_becomes_a_recommendation_only_then(cast, browse, action):
    there = f"{HOME}/1/recommendation"
    sent = {"title": "Show the figures", "text": "Show them.", "reason": "Asked twice."}
    assert browse("bilal").get(there).status_code == 409
    answer = browse("bilal").post(there, sent)
    assert answer.status_code == 409 and "Asked twice." in answer.text
    for number in (1, 2):
        run(carry(run(steps.meeting(cast, stage="held", days_ago=number)), cast))
    page = browse("bilal").get(there).text
    assert TEXT in page and "carried over 2 times" in page
    assert 'value="Show the panel' not in page  # what the police are to do is left to write
    assert "A recommendation goes to the police" in page
    key = page.split('name="form_key" value="')[1].split('"')[0]
    answer = browse("bilal").post(there, sent | {"form_key": key})
    assert answer.headers["location"] == "/lambeth/recommendations/1"
    row = newest()
    assert (row.stage, row.recommendation) == ("converted_to_recommendation", 1)
    assert "It became a recommendation" in browse("amara").get(f"{HOME}/1").text
    again = browse("bilal").post(there, sent | {"form_key": key})
    assert again.status_code == 303 and counted(Recommendation) == 1


def test_the_public_reads_it_once_the_minutes_are_out(cast, browse, action, held):
    assert TEXT not in browse().get(HOME).text
    assert browse().get(f"{HOME}/1").status_code == 404
    run(set_stage(held, "minuted"))
    assert TEXT in browse().get(HOME).text
    page = browse().get(f"{HOME}/1").text
    assert TEXT in page and "Bilal" not in page


def test_what_was_raised_behind_closed_doors_stays_there(cast, browse, held):
    run(raised(cast, held, public=False))
    run(set_stage(held, "minuted"))
    assert browse().get(f"{HOME}/1").status_code == 404
    assert browse("claire").get(f"{HOME}/1").status_code == 404
    assert TEXT not in browse("claire").get(HOME).text
    assert TEXT in browse("bilal").get(HOME).text


def test_whoever_takes_no_part_in_the_item_finds_it_gone(cast, browse, held):
    item = run(steps.item(held))
    run(raised(cast, held, item=item.id))
    run(recuse(cast, "amara", item.id))
    assert TEXT not in browse("amara").get(HOME).text
    for page in ("", "/change", "/decision", "/report"):
        assert browse("amara").get(f"{HOME}/1{page}").status_code == 404
    assert TEXT in browse("bilal").get(HOME).text


async def recuse(cast, who, about):
    async with write_tx():
        gone = Recusal(panel=cast.lambeth.id, person=cast.people[who].id, about=about, kind="item")
        gone.at, gone.how, gone.sentence = now(), "left_room", "x"
        await Recusal.insert(gone)


def test_the_owner_is_reminded_once_before_and_once_after(cast, held):
    run(raised(cast, held, owner="bilal", due=today() + timedelta(days=7)))

    def letters_written() -> int:
        return counted(Letter, Letter.kind == "action.due")

    run(letters.remind(today() - timedelta(days=1)))
    assert letters_written() == 0
    for _ in range(2):
        run(letters.remind(today()))
    assert letters_written() == 1
    for ahead in (8, 9):
        run(letters.remind(today() + timedelta(days=ahead)))
    assert letters_written() == 2


def test_nothing_is_there_for_another_panel(cast, browse, action):
    assert browse("ruth").get("/hackney/actions/1").status_code == 404
    with pytest.raises(Missing):
        run(queries.find(cast.seats["ruth"], cast.hackney, 1))


@pytest.mark.parametrize("reader", ["", "grace"])
def test_a_long_list_asks_the_database_no_oftener(cast, browse, held, reader, monkeypatch):
    def asked() -> int:
        with counted_queries(monkeypatch) as queries:
            assert browse(reader).get(HOME).status_code == 200
        return len(queries)

    for _ in range(3):
        run(raised(cast, held, owner="bilal"))
    run(set_stage(held, "minuted"))
    asked()  # what is remembered from then on
    few = asked()
    run(set_stage(held, "held"))
    for _ in range(40):
        run(raised(cast, held, owner="bilal"))
    run(set_stage(held, "minuted"))
    assert asked() <= few


def test_the_panels_own_log_says_who_and_others_read_a_role(browse, action, held):
    for path in (HOME, f"{HOME}/1"):
        assert "Bilal Hussain (Member)" in browse("grace").get(path).text
        assert "Bilal" not in browse("claire").get(path).text
    run(set_stage(held, "minuted"))
    assert "Bilal" not in browse().get(f"{HOME}/1").text
