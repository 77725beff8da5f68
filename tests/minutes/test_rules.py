"""What the document of a meeting is, and how two of them differ."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.kit.errors import NotNow
from scrutiny.kit.stages import step
from scrutiny.meetings.rules import turnout
from scrutiny.minutes import rules
from scrutiny.minutes.rules import Agreed, Discussed, Gathered, Looked, Seen, Sitting, Stage

ASKED = Agreed(7, date(2026, 5, 20), date(2026, 7, 15), "Say it", "Aloud.", 2, 1, 0)
CASE = Looked(3, "Drawn by lot", "Misuse of Drugs Act s23", "2022-10")
MEETING = Gathered(
    panel="Lambeth Scrutiny Panel",
    code="LAM",
    force="Metropolitan Police",
    date=date(2026, 5, 14),
    starts="18:30",
    ends="20:30",
    title="Spring meeting",
    venue="Town Hall",
    public=True,
    needed=2,
    sittings=[
        Sitting("Claire Walsh", "full", "police_liaison", "present"),
        Sitting("Grace Mensah", "full", "secretariat", "present"),
        Sitting("Bilal Hussain", "initials", "member", "present"),
        Sitting("Amara Okafor", "full", "chair", "present"),
        Sitting("Chidi Eze", "role", "member", "apologies"),
    ],
    items=[Discussed("Welcome", "Hello."), Discussed("Case 3: Search record", "", CASE)],
    agreed=[ASKED],
    next_date=date(2026, 9, 10),
    next_venue="Library",
)


def test_the_whole_document():
    assert rules.document(MEETING, 1) == {
        "title": "Minutes of the meeting of 14 May 2026",
        "edition": 1,
        "panel": "Lambeth Scrutiny Panel",
        "code": "LAM",
        "force": "Metropolitan Police",
        "meeting": {
            "title": "Spring meeting",
            "date": "2026-05-14",
            "starts": "18:30",
            "ends": "20:30",
            "venue": "Town Hall",
            "public": True,
        },
        "corrections": [],
        "present": [
            {"name": "Amara Okafor", "role": "Chair", "capacity": "community"},
            {"name": "B. H.", "role": "Member", "capacity": "community"},
            {"name": "Grace Mensah", "role": "Secretariat", "capacity": "panel"},
            {"name": "Police liaison", "role": "Police liaison", "capacity": "police"},
        ],
        "apologies": [{"name": "Member", "role": "Member", "capacity": "community"}],
        "absent": [],
        "quorum": "2 community members were in the room and at least 2 had to be, "
        "so there was a quorum.",
        "items": [
            {"number": 1, "title": "Welcome", "case": None, "notes": "Hello."},
            {"number": 2, "title": "Case 3: Search record", "case": 3, "notes": ""},
        ],
        "cases": [
            {
                "number": 3,
                "origin": "Drawn by lot",
                "power": "Misuse of Drugs Act s23",
                "month": "2022-10",
            }
        ],
        "recommendations": [
            {
                "reference": "LAM-R-2026-07",
                "number": 7,
                "title": "Say it",
                "text": "Aloud.",
                "for": 2,
                "against": 1,
                "abstained": 0,
                "due": "2026-07-15",
            }
        ],
        "closed_items": 0,
        "next_meeting": {"date": "2026-09-10", "venue": "Library"},
    }


def test_without_a_quorum_it_says_what_that_means():
    came = turnout([("chair", "present"), ("police_liaison", "present")], 2)
    assert rules.quorum_words(came) == (
        "1 community member was in the room and at least 2 had to be, so there was no quorum. "
        "The meeting could talk, but it could not agree anything."
    )


EDITS = [
    ({"venue": "Library"}, ["When and where it was"]),
    ({"sittings": MEETING.sittings[:4]}, ["Who sent apologies"]),
    (
        {"sittings": MEETING.sittings[:3]},
        ["Who was there", "Who sent apologies", "Whether there was a quorum"],
    ),
    ({"items": [Discussed("Welcome", "Hi."), MEETING.items[1]]}, ["Item 1: Welcome"]),
    ({"items": MEETING.items[:1]}, ["Item 2: Case 3: Search record"]),
    (
        {"items": [MEETING.items[0], MEETING.items[1]._replace(case=CASE._replace(power="s60"))]},
        ["Cases looked at"],
    ),
    ({"agreed": []}, ["What was agreed to ask of the police"]),
    ({"corrections": [(2, "A name.")]}, ["What is corrected"]),
]


@pytest.mark.parametrize(("edit", "differs"), EDITS)
def test_edits_are_named(edit, differs):
    before, after = rules.document(MEETING, 1), rules.document(replace(MEETING, **edit), 1)
    assert rules.compare(before, after) == differs
    assert rules.compare(after, after) == []


@pytest.mark.parametrize(
    "later",
    [
        {"next_date": date(2026, 9, 11), "next_venue": "Hall"},
        {"next_date": None},
        {"agreed": [ASKED._replace(issued=None, due=None)]},
    ],
)
def test_what_comes_by_itself_is_no_edit(later):
    changed = rules.document(replace(MEETING, **later), 1)
    assert changed != rules.document(MEETING, 1)
    assert rules.compare(rules.document(MEETING, 1), changed) == []


def test_the_same_minutes_are_the_same_text():
    one = rules.document(MEETING, 1)
    other = dict(reversed(one.items()))
    assert rules.canonical(one) == rules.canonical(other)
    assert rules.canonical({"b": "Siân", "a": [1]}) == '{"a":[1],"b":"Siân"}'
    assert rules.fingerprint(b"abc").startswith("ba7816bf8f01cfea")


def test_items_without_notes():
    assert rules.unnoted(rules.document(MEETING, 1)) == ["Case 3: Search record"]


def test_a_draft_is_due_in_ten_working_days():
    assert rules.draft_due(date(2026, 5, 14)) == date(2026, 5, 29)  # 25 May is a bank holiday


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("2.5", Seen(2, 5)),
        ("0.0", Seen()),
        ("", Seen(-1, -1)),
        ("2", Seen(-1, -1)),
        ("a.b", Seen(-1, -1)),
        ("²·5", Seen(-1, -1)),
        ("2.5.1", Seen(-1, -1)),
        (f"1.{'9' * 5000}", Seen(1, 999_999_999)),
    ],
)
def test_what_a_form_says_was_seen(typed, seen):
    assert rules.seen_in(typed) == seen


@given(st.text())
def test_any_text_may_be_sent_as_what_was_seen(typed):
    assert len(rules.seen_in(typed)) == 2


STEPS = [
    ("drafting", "compiled", "drafting"),
    ("drafting", "approved", "approved"),
    ("approved", "compiled", "drafting"),
    ("approved", "published", "published"),
    ("approved", "filed", "filed"),
]


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("move", ["compiled", "approved", "published", "filed"])
def test_only_these_moves(stage, move):
    allowed = {(at, deed): then for at, deed, then in STEPS}
    if (stage, move) in allowed:
        assert step(rules.MOVES, stage, move) == allowed[stage, move]
    else:
        with pytest.raises(NotNow):
            step(rules.MOVES, stage, move)
