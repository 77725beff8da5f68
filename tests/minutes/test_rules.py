"""What the document of a meeting is, and how two of them differ."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.stages import step
from scrutiny.meetings.rules import turnout
from scrutiny.minutes import parts, rules
from scrutiny.minutes.parts import (
    Agreed,
    Asked,
    Decided,
    Discussed,
    Gathered,
    Looked,
    Raised,
    Sitting,
)
from scrutiny.minutes.rules import Gone, Seen, Stage

ASKED = Agreed(7, date(2026, 5, 20), date(2026, 7, 15), "Say it", "Aloud.", 2, 1, 0)
CASE = Looked(3, "Drawn by lot", "Misuse of Drugs Act s23", "2022-10")
DECIDED = Decided("Ask for cards.", "secret", "carried", {"for": 2, "against": 1}, 3, 2)
RECORDED = {
    "declared": ["B. H. declared an interest: A cousin. B. H. left the room."],
    "decided": [DECIDED._replace(dissents=[("", "Too soon.")])],
    "raised": [Raised(3, "Send the figures", "Head of stop and search", date(2026, 6, 1))],
}
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
        Sitting("Claire Walsh", "full", "police_liaison", "present", "phone"),
        Sitting("Grace Mensah", "full", "secretariat", "present"),
        Sitting("Bilal Hussain", "initials", "member", "joined_late", "online"),
        Sitting("Amara Okafor", "full", "chair", "present"),
        Sitting("Chidi Eze", "role", "member", "apologies"),
    ],
    items=[
        Discussed("Welcome", "Hello."),
        Discussed("Case 3: Search record", "", CASE, "1.1", **RECORDED),
    ],
    raised=[Raised(4, "Book the hall", "Secretariat")],
    asked=[Asked(1, "A resident", "Why so few?", "Because.")],
    closed={"Personal information": 1, "Legal advice": 2},
    agreed=[ASKED],
    next_date=date(2026, 9, 10),
    next_venue="Library",
)


def test_the_whole_document():
    assert rules.document(MEETING, 1) == {
        "schema": "scrutiny-minutes-1",
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
        "chair": "Amara Okafor",
        "present": [
            {"name": "Amara Okafor", "role": "Chair", "capacity": "community", "how": ""},
            {
                "name": "B. H.",
                "role": "Member",
                "capacity": "community",
                "how": "Came late, online",
            },
            {"name": "Grace Mensah", "role": "Secretariat", "capacity": "panel", "how": ""},
            {
                "name": "Police liaison",
                "role": "Police liaison",
                "capacity": "police",
                "how": "By phone",
            },
        ],
        "apologies": [{"name": "Member", "role": "Member", "capacity": "community"}],
        "absent": [],
        "quorum": "2 community members were in the room and at least 2 had to be, "
        "so there was a quorum.",
        "items": [
            {
                "number": "1",
                "title": "Welcome",
                "section": False,
                "case": None,
                "notes": "Hello.",
                "declarations": [],
                "decisions": [],
                "actions": [],
            },
            {
                "number": "1.1",
                "title": "Case 3: Search record",
                "section": False,
                "case": 3,
                "notes": "",
                "declarations": ["B. H. declared an interest: A cousin. B. H. left the room."],
                "decisions": [
                    {
                        "text": "Ask for cards.",
                        "result": "Carried",
                        "method": "by secret vote",
                        "for": 2,
                        "against": 1,
                        "abstained": 0,
                        "present": 3,
                        "needed": 2,
                        "dissents": [{"name": "", "text": "Too soon."}],
                    }
                ],
                "actions": [
                    {
                        "number": 3,
                        "text": "Send the figures",
                        "owner": "Head of stop and search",
                        "due": "2026-06-01",
                    }
                ],
            },
        ],
        "actions": [{"number": 4, "text": "Book the hall", "owner": "Secretariat", "due": None}],
        "questions": [
            {"number": 1, "name": "A resident", "text": "Why so few?", "answer": "Because."}
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
        "closed": [
            {"reason": "Legal advice", "items": 2},
            {"reason": "Personal information", "items": 1},
        ],
        "closed_items": 3,
        "next_meeting": {"date": "2026-09-10", "venue": "Library"},
    }


def test_without_a_quorum_it_says_what_that_means():
    came = turnout([("chair", "present"), ("police_liaison", "present")], 2)
    assert parts.quorum_words(came) == (
        "1 community member was in the room and at least 2 had to be, so there was no quorum. "
        "The meeting could talk, but it could not agree anything."
    )


CHANGED = "Item 1.1: Case 3: Search record"
EDITS = [
    ({"venue": "Library"}, ["When and where it was"]),
    ({"sittings": MEETING.sittings[:4]}, ["Who sent apologies"]),
    (
        {"sittings": MEETING.sittings[:3]},
        ["Who took the chair", "Who was there", "Who sent apologies", "Whether there was a quorum"],
    ),
    ({"items": [Discussed("Welcome", "Hi."), MEETING.items[1]]}, ["Item 1: Welcome"]),
    ({"items": MEETING.items[:1]}, ["Item 1.1: Case 3: Search record"]),
    (
        {"items": [MEETING.items[0], MEETING.items[1]._replace(case=CASE._replace(power="s60"))]},
        ["Cases looked at"],
    ),
    ({"items": [MEETING.items[0], MEETING.items[1]._replace(declared=[])]}, [CHANGED]),
    ({"items": [MEETING.items[0], MEETING.items[1]._replace(decided=[DECIDED])]}, [CHANGED]),
    ({"items": [MEETING.items[0], MEETING.items[1]._replace(raised=[])]}, [CHANGED]),
    ({"raised": []}, ["What else is to be done"]),
    ({"asked": []}, ["What residents asked"]),
    ({"closed": {"Legal advice": 2}}, ["What was taken in closed session"]),
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
        {"asked": [MEETING.asked[0]._replace(answer="")]},
    ],
)
def test_what_comes_by_itself_is_no_edit(later):
    changed = rules.document(replace(MEETING, **later), 1)
    assert changed != rules.document(MEETING, 1)
    assert rules.compare(rules.document(MEETING, 1), changed) == []


def as_the_first_were(document):
    """The same minutes as the first release wrote them."""
    new = {"chair", "actions", "questions", "closed"}
    items = [
        {"number": at, "title": one["title"], "case": one["case"], "notes": one["notes"]}
        for at, one in enumerate(document["items"], start=1)
    ]
    present = [{k: v for k, v in one.items() if k != "how"} for one in document["present"]]
    kept = {part: words for part, words in document.items() if part not in new}
    return kept | {"items": items, "present": present, "closed_items": 0}


def test_the_first_minutes_compare_with_those_of_today():
    plain = replace(
        MEETING,
        sittings=[one._replace(status="present", mode="in_person") for one in MEETING.sittings],
        items=[
            one._replace(declared=(), decided=(), raised=(), number="") for one in MEETING.items
        ],
    )
    now = rules.document(plain, 1)
    assert rules.compare(as_the_first_were(now), now) == []
    assert rules.compare(as_the_first_were(now), as_the_first_were(now)) == []
    noted = replace(plain, items=[plain.items[0]._replace(notes="Hi."), plain.items[1]])
    assert rules.compare(as_the_first_were(now), rules.document(noted, 1)) == ["Item 1: Welcome"]
    assert rules.unnoted(as_the_first_were(now)) == ["Case 3: Search record"]


def test_what_a_reader_takes_no_part_in_is_left_out():
    whole, ids = rules.document(MEETING, 1), [uuid4(), uuid4()]
    assert rules.without(whole, ids, Gone()) == whole
    left = rules.without(whole, ids, Gone(frozenset(ids[1:]), frozenset({7}), frozenset({1})))
    assert [one["title"] for one in left["items"]] == ["Welcome"]
    assert (left["cases"], left["recommendations"], left["questions"]) == ([], [], [])
    assert "Case 3" not in rules.canonical(left)
    with pytest.raises(Missing):
        rules.without(whole, [], Gone(frozenset(ids)))


def test_who_took_the_chair():
    amara, vera = MEETING.sittings[3], Sitting("Vera Osei", "full", "vice_chair", "present")
    assert parts.chair([vera, amara]) == "Amara Okafor"
    assert parts.chair([vera, amara._replace(status="apologies")]) == "Vera Osei"
    assert parts.chair([vera._replace(chosen=1), amara]) == "Vera Osei"
    assert parts.chair([amara._replace(choice="role")]) == "Chair"
    assert parts.chair(MEETING.sittings[:3]) == ""


@pytest.mark.parametrize(
    ("status", "mode", "words"),
    [
        ("present", "in_person", ""),
        ("joined_late", "in_person", "Came late"),
        ("left_early", "phone", "Left early, by phone"),
        ("present", "online", "Online"),
    ],
)
def test_how_somebody_came(status, mode, words):
    assert parts.how_they_came(status, mode) == words


def test_numbers_stand_in_the_order_of_the_agenda():
    assert sorted(["10", "2.10", "2", "2.9"], key=rules.in_order) == ["2", "2.9", "2.10", "10"]


def test_the_same_minutes_are_the_same_text():
    one = rules.document(MEETING, 1)
    other = dict(reversed(one.items()))
    assert rules.canonical(one) == rules.canonical(other)
    assert rules.canonical({"b": "Siân", "a": [1]}) == '{"a":[1],"b":"Siân"}'
    assert rules.fingerprint(b"abc").startswith("ba7816bf8f01cfea")


def test_items_without_notes():
    assert rules.unnoted(rules.document(MEETING, 1)) == ["Case 3: Search record"]


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
    ("chair_review", "compiled", "chair_review"),
    ("circulated", "compiled", "circulated"),
    ("approved", "compiled", "circulated"),
    ("cleared", "compiled", "circulated"),
    ("drafting", "sent", "chair_review"),
    ("chair_review", "given_back", "drafting"),
    ("chair_review", "circulated", "circulated"),
    ("circulated", "approved", "approved"),
    ("approved", "cleared", "cleared"),
    ("approved", "filed", "filed"),
    ("cleared", "released", "releasing"),
    ("releasing", "called_back", "cleared"),
    ("releasing", "published", "published"),
    ("published", "withdrawn", "withdrawn"),
]


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("move", sorted({deed for _, deed, _ in STEPS}))
def test_only_these_moves(stage, move):
    allowed = {(at, deed): then for at, deed, then in STEPS}
    if (stage, move) in allowed:
        assert step(rules.MOVES, stage, move) == allowed[stage, move]
    else:
        with pytest.raises(NotNow):
            step(rules.MOVES, stage, move)
