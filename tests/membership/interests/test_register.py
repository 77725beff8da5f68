"""The register of interests: everybody their own, the public what is meant for it."""

from datetime import date, timedelta

import pytest
from conftest import run
from meetings.steps import counted_queries

from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.letters.tables import Letter
from scrutiny.membership.interests import actions, rules
from scrutiny.membership.interests.rules import InterestForm
from scrutiny.membership.interests.tables import Declaration, Interest
from scrutiny.people.tables import Seat
from scrutiny.record.tables import Event

REGISTER, MINE = "/lambeth/interests", "/lambeth/interests/mine"
WORDS = "My sister answers calls for the force"
SENT = {"nature": "family", "text": WORDS, "since": "2024-05-01", "until": "", "public": "no"}


def only(table):
    async def look():
        return await table.objects().first()

    return run(look())


def count(table, which=None) -> int:
    async def look():
        found = table.count()
        return await (found.where(which) if which is not None else found)

    return run(look())


def test_it_is_declared_recorded_and_read_by_the_panel(cast, browse):
    answer = browse("bilal").post(f"{MINE}/new", SENT)
    assert (answer.status_code, answer.headers["location"]) == (303, MINE)
    assert WORDS in browse("bilal").get(MINE).text
    assert WORDS in browse("amara").get(REGISTER).text
    assert count(Event, Event.what == "interest.declared") == 1
    assert count(Declaration) == 1


@pytest.mark.parametrize("reader", ["", "claire", "hana", "ruth"])
def test_the_public_and_the_police_read_only_what_is_meant_for_them(cast, browse, reader):
    browse("bilal").post(f"{MINE}/new", SENT)
    assert WORDS not in browse(reader).get(REGISTER).text
    browse("bilal").post(f"{MINE}/new", SENT | {"text": "I sit on a council", "public": "yes"})
    page = browse(reader).get(REGISTER).text
    assert "I sit on a council" in page and WORDS not in page


def test_in_public_somebody_goes_by_the_name_they_chose(cast, browse):
    run(be_named(cast.seats["bilal"], "role"))
    browse("bilal").post(f"{MINE}/new", SENT | {"public": "yes"})
    page = browse().get(REGISTER).text
    assert WORDS in page and "Bilal" not in page


async def be_named(seat, choice):
    async with write_tx():
        await Seat.update({Seat.public_name: choice}).where(Seat.id == seat.id)


def test_what_is_missing_is_asked_for_and_words_are_kept(cast, browse):
    answer = browse("bilal").post(f"{MINE}/new", {"text": WORDS, "since": "May"})
    assert answer.status_code == 422 and WORDS in answer.text and "May" in answer.text
    assert count(Interest) == 0


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"nature": ""}, "nature"), ({"text": " "}, "text"), ({"text": "x" * 1001}, "text"),
        ({"public": ""}, "public"), ({"since": "1850-01-01"}, "since"),
        ({"until": "2023-01-01"}, "until"),
    ],
)  # fmt: skip
def test_each_fault_is_found(changes, wrong):
    assert set(InterestForm(**(SENT | changes)).problems()) == {wrong}


def test_nobody_reads_or_changes_somebody_elses_entry(cast, browse):
    browse("bilal").post(f"{MINE}/new", SENT)
    there = f"{MINE}/{only(Interest).id}"
    assert browse("bilal").get(there).status_code == 200
    assert browse("amara").get(there).status_code == 404
    assert browse("amara").post(there, SENT).status_code == 404
    assert browse("amara").post(f"{there}/removal").status_code == 404
    assert browse("ruth").get(there.replace("lambeth", "hackney")).status_code == 404


def test_the_second_of_two_windows_keeps_its_words(cast, browse):
    browse("bilal").post(f"{MINE}/new", SENT)
    there = f"{MINE}/{only(Interest).id}"
    sent = SENT | {"text": "First", "version": "1"}
    assert browse("bilal").post(there, sent).status_code == 303
    answer = browse("bilal").post(there, sent | {"text": "Second"})
    assert answer.status_code == 409 and "First" in answer.text and "Second" in answer.text


def test_what_is_over_leaves_the_register_and_stays_in_the_record(cast, browse):
    browse("bilal").post(f"{MINE}/new", SENT | {"public": "yes"})
    assert browse("bilal").post(f"{MINE}/{only(Interest).id}/removal").status_code == 303
    assert WORDS not in browse().get(REGISTER).text
    assert only(Interest).ended is not None
    assert count(Event, Event.what == "interest.ended") == 1


def test_twice_is_once(cast, browse):
    key = browse("bilal").get(f"{MINE}/new").text.split('name="form_key" value="')[1].split('"')[0]
    for _ in range(2):
        assert browse("bilal").post(f"{MINE}/new", SENT | {"form_key": key}).status_code == 303
    assert count(Interest) == 1


def test_nothing_to_declare_is_said_as_well(cast, browse):
    assert "Declaration awaited" in browse("amara").get(REGISTER).text
    assert browse("bilal").post(MINE).status_code == 303
    row = only(Declaration)
    assert (row.none, row.day) == (True, today())
    assert "Nothing to declare." in browse("amara").get(REGISTER).text


def test_everybody_is_asked_again_after_a_year_once(cast, browse):
    browse("bilal").post(MINE)
    for ahead, letters in ((364, 0), (365, 1), (365, 1), (366, 1)):
        run(actions.remind(today() + timedelta(days=ahead)))
        assert count(Letter, Letter.kind == "interests.due") == letters


def test_due_after_a_year_and_at_first():
    assert rules.is_due(None, today())
    assert not rules.is_due(date(2025, 3, 2), date(2026, 3, 1))
    assert rules.is_due(date(2025, 3, 2), date(2026, 3, 2))


def test_a_long_register_asks_the_database_no_oftener(cast, browse, monkeypatch):
    def asked() -> int:
        with counted_queries(monkeypatch) as queries:
            browse("amara").get(REGISTER)
        return len(queries)

    asked()
    few = asked()
    for _ in range(10):
        browse("bilal").post(f"{MINE}/new", SENT)
    assert asked() == few
