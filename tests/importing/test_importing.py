"""Importing: looked at first, all or nothing, and the same again changes nothing."""

import io
from datetime import date

import pytest
from conftest import run
from meetings.steps import counted_queries

from scrutiny.actions.tables import Action
from scrutiny.importing import actions, rules
from scrutiny.importing.tables import Imported
from scrutiny.kit.clock import today
from scrutiny.letters.tables import Letter
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Person, Seat
from scrutiny.record.tables import Event

HERE = "/lambeth/import"
MEMBERS = """\
name;email;role;since;until;public_name
Ada Obi;ada@example.org;member;2024-05-01;;full
Ben Roe;ben@example.org;member;01/05/2021;30/04/2023;
"""
MEETINGS = """\
date,starts,ends,title,venue,public
2025-03-12,18:30,20:30,March meeting,Town Hall,yes
2025-05-14,18:30,20:30,May meeting,Town Hall,no
"""
ACTIONS = """\
ref,meeting,text,side,owner_role,due,done,carried
7,2025-03-12,Bring the October figures,police,Stop and search lead,2025-05-14,no,3
8,2025-03-12,Invite the youth council,panel,,,yes,0
9,2025-05-14,Write to the borough,secretariat,,,,1
"""


def send(browser, kind: str, text: str, sure: bool = False):
    sent = {"kind": kind, "text": text} | ({"sure": "yes"} if sure else {})
    return browser.post(HERE, sent, files={"file": ("", b"")})


def count(table, which=None) -> int:
    async def look():
        found = table.count()
        return await (found.where(which) if which is not None else found)

    return run(look())


def everything() -> tuple[int, ...]:
    return tuple(map(count, (Person, Seat, Meeting, Action, Imported, Event, Letter)))


def test_looking_changes_nothing(cast, browse):
    before = everything()
    answer = send(browse("grace"), "members", MEMBERS)
    assert answer.status_code == 200 and "2 rows would be added" in answer.text
    assert everything() == before


def test_all_three_are_imported_and_the_same_again_changes_nothing(cast, browse):
    grace = browse("grace")
    for kind, text in (("members", MEMBERS), ("meetings", MEETINGS), ("actions", ACTIONS)):
        answer = send(grace, kind, text, sure=True)
        assert answer.status_code == 200 and "rows were imported" in answer.text
    before = everything()
    for kind, text in (("members", MEMBERS), ("meetings", MEETINGS), ("actions", ACTIONS)):
        assert "0 rows were imported" in send(grace, kind, text, sure=True).text
    assert everything() == before
    assert count(Event, Event.what == "seat.imported") == 2
    assert count(Letter, Letter.kind == "seat.imported") == 1  # Ben's seat is over
    rows = run(actions_in_order())
    assert [(row.text, row.stage, row.carried, row.public) for row in rows] == [
        ("Bring the October figures", "open", 3, True),
        ("Invite the youth council", "discharged", 0, True),
        ("Write to the borough", "open", 1, False),
    ]
    assert "Ada Obi" in browse("amara").get("/lambeth/seats").text


async def actions_in_order():
    return await Action.objects().order_by(Action.number)


def test_one_row_that_is_wrong_keeps_all_out(cast, browse):
    before = everything()
    answer = send(
        browse("grace"), "members", MEMBERS + "Cy;cy at example;member;2024-01-01;;\n", True
    )
    assert answer.status_code == 409
    assert "One row cannot be imported" in answer.text and "cy at example" in answer.text
    assert everything() == before


def test_what_does_not_fit_the_panel_is_said(cast, browse):
    text = f"name,email,role,since\nClaire Walsh,claire@panel.test,member,{today()}\n"
    answer = send(browse("grace"), "members", text)
    assert answer.status_code == 422 and "for the community and for the police" in answer.text
    answer = send(browse("grace"), "actions", ACTIONS)
    assert answer.status_code == 422 and "Import the meetings first" in answer.text


def test_a_members_route_is_what_the_table_says_and_else_unknown(cast, browse):
    text = "name,email,role,since,route\nAda Obi,ada@example.org,member,2024-05-01,\n"
    text += "Ben Roe,ben@example.org,member,2024-05-01,co_opted\n"
    send(browse("grace"), "members", text, sure=True)
    page = browse("amara").get("/lambeth/seats").text
    ada = page.partition("Ada Obi")[2].partition("</dd>")[0]
    assert "Openly recruited" not in ada
    assert "Co-opted by the panel" in page.partition("Ben Roe")[2].partition("</dd>")[0]


def test_more_members_than_places_are_warned_of_before(cast, browse):
    rows = [f"P {n},p{n}@example.org,member,2024-05-01" for n in range(10)]
    text = "name,email,role,since\n" + "\n".join(rows)
    assert "More members than places" not in send(browse("grace"), "members", text[:200]).text
    shown = send(browse("grace"), "members", text)
    assert shown.status_code == 200 and "With these, 1 resident more" in shown.text


def test_the_page_lists_what_cells_may_hold(cast, browse):
    page = browse("grace").get(HERE).text
    for code in ("police_liaison", "initials", "co_opted", "lpb"):
        assert f"<code>{code}</code>" in page
    assert "The local policing body" in page


def test_an_owner_is_read_in_words(cast, browse):
    send(browse("grace"), "meetings", MEETINGS, sure=True)
    text = "meeting,text,side,owner_role\n2025-03-12,Ask,police,police_liaison\n"
    send(browse("grace"), "actions", text, sure=True)
    page = browse("grace").get("/lambeth/actions").text
    assert "Police liaison" in page and "police_liaison" not in page
    wrong = text.replace("police_liaison", "borough_lead").replace("Ask", "Write")
    answer = send(browse("grace"), "actions", wrong)
    assert answer.status_code == 422 and "write it in words" in answer.text


def test_a_meeting_from_a_file_waits_for_no_minutes(cast, browse):
    send(browse("grace"), "meetings", MEETINGS, sure=True)
    for path in ("/lambeth/meetings", "/lambeth/meetings/2025-03-12"):
        page = browse().get(path).text
        assert "Held before this site was used" in page and "minutes to come" not in page


def test_nobody_sits_on_both_sides_by_one_table(cast, browse):
    text = "name,email,role,since\nAda,a@example.org,member,2024-01-01\n"
    text += "Ada,a@example.org,police_liaison,2024-02-01\n"
    assert send(browse("grace"), "members", text).status_code == 422


def test_who_is_seated_already_stays_as_they_are(cast, browse):
    seat = cast.seats["bilal"]
    text = f"name,email,role,since\nB. H.,bilal@panel.test,member,{seat.since}\n"
    answer = send(browse("grace"), "members", text, sure=True)
    assert "0 rows were imported" in answer.text
    assert run(named(seat)) == "Bilal Hussain"


async def named(seat: Seat) -> str:
    return (await Person.objects().get(Person.id == seat.person.id)).name


def test_a_file_from_excel_is_read_and_a_workbook_refused(cast, browse):
    text = MEETINGS.replace("Town Hall", "Siân’s Hall")
    for encoding in ("utf-8-sig", "cp1252"):
        file = {"file": ("m.csv", io.BytesIO(text.encode(encoding)), "text/csv")}
        answer = browse("grace").post(HERE, {"kind": "meetings"}, files=file)
        assert answer.status_code == 200 and "Siân’s Hall" in answer.text
    file = {"file": ("m.xlsx", io.BytesIO(b"PK\x03\x04\0\0"), "application/zip")}
    answer = browse("grace").post(HERE, {"kind": "meetings"}, files=file)
    assert answer.status_code == 422 and "as CSV" in answer.text


def test_what_is_missing_is_asked_for(cast, browse):
    assert "Choose what the table holds" in send(browse("grace"), "", MEMBERS).text
    assert send(browse("grace"), "members", "").status_code == 422


@pytest.mark.parametrize("reader", ["amara", "bilal", "claire", "hana"])
def test_only_the_secretariat_imports(cast, browse, reader):
    assert browse(reader).get(HERE).status_code == 403
    assert send(browse(reader), "members", MEMBERS, True).status_code == 403


def test_each_panel_imports_its_own(cast, browse):
    sheet = rules.read("meetings", MEETINGS, today())
    run(actions.take_in("meetings", sheet, by=cast.seats["grace"]))
    assert browse("ruth").get("/hackney/meetings/2025-03-12").status_code == 404


def test_a_long_table_asks_the_database_no_oftener(cast, browse, monkeypatch):
    def asked(days: int) -> int:
        rows = [f"{date(2020, 1, 1 + day)},18:30,20:30,One,Hall" for day in range(days)]
        text = "date,starts,ends,title,venue\n" + "\n".join(rows)
        with counted_queries(monkeypatch) as queries:
            assert send(browse("grace"), "meetings", text).status_code == 200
        return len(queries)

    asked(1)
    assert asked(2) == asked(30)
