"""Tables to import: every fault is found and said, and what is the same has the same key."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.importing import rules
from scrutiny.importing.rules import Kind

TODAY = date(2026, 3, 2)
GOOD = {
    Kind.MEMBERS: "name,email,role,since\nAda Obi,ada@example.org,member,2024-05-01\n",
    Kind.MEETINGS: "date,starts,ends,title,venue\n14/05/2025,18:30,20:30,May,Town Hall\n",
    Kind.ACTIONS: "meeting,text,side\n2025-05-14,Ask for figures,police\n",
}


@pytest.mark.parametrize("kind", list(Kind))
def test_a_good_table_has_no_fault(kind):
    sheet = rules.read(kind, GOOD[kind], TODAY)
    assert (len(sheet.rows), sheet.faulty, list(sheet.wrong)) == (1, [], [])


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_as_spreadsheets_save_it(kind, mark, end):
    text = "\ufeff" + GOOD[kind].replace(",", mark).replace("\n", end)
    sheet = rules.read(kind, text, TODAY)
    assert len(sheet.rows) == 1 and not sheet.faulty and not sheet.wrong
    assert sheet.rows[0].key == rules.read(kind, GOOD[kind], TODAY).rows[0].key


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Choose a file"),
        ("name,email,role\n", "since"),
        ("name,email,role,since,mood\n", "mood"),
        ("name,email,role,since,since\n", "same head"),
        ("name,email,role,since\n", "no row"),
        ("a\0b", "no table"),
    ],
)
def test_a_file_that_is_none_is_said_to_be(text, said):
    assert said in " ".join(map(str, rules.read(Kind.MEMBERS, text, TODAY).wrong))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (",ada@example.org,member,2024-05-01", "Enter their name"),
        ("Ada,ada,member,2024-05-01", "e-mail address"),
        ("Ada,ada@example.org,queen,2024-05-01", "role"),
        ("Ada,ada@example.org,member,1 May", "since"),
        ("Ada,ada@example.org,member,1890-05-01", "too far"),
        ("Ada,ada@example.org,member", "more or fewer"),
    ],
)
def test_each_fault_of_a_member_is_named_with_its_line(cells, said):
    text = GOOD[Kind.MEMBERS] + cells + "\n"
    faulty = rules.read(Kind.MEMBERS, text, TODAY).faulty
    assert [row.line for row in faulty] == [3]
    assert said in " ".join(map(str, faulty[0].wrong))


@pytest.mark.parametrize(
    ("kind", "cells", "said"),
    [
        (Kind.MEETINGS, "2030-05-14,18:30,20:30,May,Hall", "over are imported"),
        (Kind.MEETINGS, "2025-06-14,half six,20:30,May,Hall", "times"),
        (Kind.MEETINGS, "2025-06-14,20:30,18:30,May,Hall", "ends before"),
        (Kind.MEETINGS, "2025-06-14,18:30,20:30,,Hall", "title"),
        (Kind.ACTIONS, "2025-05-14,,police", "text"),
        (Kind.ACTIONS, "2025-05-14,Ask,aliens", "side"),
        (Kind.ACTIONS, "soon,Ask,police", "meeting"),
    ],
)
def test_each_fault_of_the_others_is_named(kind, cells, said):
    faulty = rules.read(kind, GOOD[kind] + cells + "\n", TODAY).faulty
    assert [row.line for row in faulty] == [3]
    assert said in " ".join(map(str, faulty[0].wrong))


def test_the_same_row_twice_is_a_fault_of_the_second():
    text = GOOD[Kind.MEMBERS] + "Ada O.,ADA@example.org,member,2024-05-01\n"
    faulty = rules.read(Kind.MEMBERS, text, TODAY).faulty
    assert [row.line for row in faulty] == [3] and "line 2" in str(faulty[0].wrong[0])


@given(st.text(max_size=300))
def test_nothing_that_is_pasted_breaks_it(text):
    for kind in Kind:
        sheet = rules.read(kind, text, TODAY)
        assert sheet.wrong or sheet.rows


@given(st.text(max_size=60))
def test_no_cell_breaks_it(cell):
    cell = cell.replace('"', '""')
    for kind in Kind:
        head = GOOD[kind].split("\n", 1)[0]
        width = head.count(",") + 1
        rules.read(kind, head + "\n" + ",".join([f'"{cell}"'] * width) + "\n", TODAY)
