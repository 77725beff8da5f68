from datetime import date

import pytest

from scrutiny.concerns.forms import ConcernForm, day_of
from scrutiny.concerns.rules import (
    DEEDS,
    ENDS,
    LOOKED,
    LOOKS,
    MOVES,
    NAMES,
    TOLD,
    Stage,
    decisions,
    happening,
    is_late,
    read_by,
    reference,
)

TODAY = date(2026, 3, 14)
GOOD = {"category": "custody", "words": "It was cold."}


def test_the_words_cover_every_stage_and_every_decision():
    assert set(NAMES) == set(TOLD) == set(Stage)
    assert {to for (_, to) in MOVES} - {"withdrawn"} == set(DEEDS)
    assert set(LOOKS) == set(LOOKED)


def test_a_move_leads_to_the_stage_it_names():
    assert all(move == stage for (_, move), stage in MOVES.items())


def test_every_stage_can_be_reached_and_only_withdrawn_is_a_dead_end():
    assert set(MOVES.values()) == set(Stage) - {Stage.SUBMITTED}
    assert {stage for stage in Stage if not decisions(stage)} == {"closed", "withdrawn"}
    assert all((stage, "withdrawn") in MOVES for stage in Stage if stage != "withdrawn")


def test_the_secretariat_cannot_withdraw_for_the_resident():
    assert all("withdrawn" not in decisions(stage) for stage in Stage)


@pytest.mark.parametrize(
    ("stage", "open_to"),
    [
        ("accepted", ["linked"]),
        ("linked", ["outcome_told"]),
        ("needs_info", ["in_triage"]),
        ("paused_live_proceedings", ["in_triage"]),
        ("not_taken_forward", ["closed"]),
    ],
)
def test_what_comes_next_is_as_in_the_guide(stage, open_to):
    assert list(decisions(stage)) == open_to


def test_an_outcome_is_told_by_an_answer_that_ends_it():
    assert set(ENDS) == {"signposted", "outcome_told", "not_taken_forward"}


@pytest.mark.parametrize(
    ("stage", "today", "late"),
    [
        ("submitted", date(2026, 3, 17), False),  # Friday 13 March + 2 working days
        ("submitted", date(2026, 3, 18), True),
        ("in_triage", date(2026, 3, 18), False),
    ],
)
def test_it_is_late_when_unread_after_two_working_days(stage, today, late):
    assert read_by(date(2026, 3, 13)) == date(2026, 3, 17)
    assert is_late(stage, date(2026, 3, 13), today) is late


def test_a_reference_is_said_aloud():
    assert reference("LAM", 7, TODAY) == "LAM-C-2026-07"


@pytest.mark.parametrize(
    ("what", "facts", "said"),
    [
        ("concern.triaged", {"stage": "accepted"}, "The panel has taken it up."),
        ("concern.contact_read", {"why": "safety"}, "because somebody may be in danger."),
        ("concern.linked", {"to": "case", "name": "7"}, "It became part of case 7."),
        ("concern.added", {}, "You wrote more."),
    ],
)
def test_the_trail_says_what_the_record_keeps(what, facts, said):
    assert said in happening(what, facts)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-14", date(2026, 3, 14)),
        (" 14/3/2026 ", date(2026, 3, 14)),
        ("31/02/2026", None),
        ("yesterday", None),
        ("٢٠٢٦-٠٣-١٤x", None),
    ],
)
def test_a_day_is_read_as_people_write_it(typed, day):
    assert day_of(typed) == day


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, set()),
        ({"category": ""}, {"category"}),
        ({"category": "gossip"}, {"category"}),
        ({"words": " \n "}, {"words"}),
        ({"words": "a" * 3000}, set()),
        ({"words": "a\r\n" * 1500}, set()),  # a browser sends each line break as two characters
        ({"words": "a" * 3001}, {"words"}),
        ({"words": "caf\ufffd"}, {"words"}),  # what bytes that are no UTF-8 become
        ({"happened": "2026-03-14"}, set()),
        ({"happened": "2026-03-15"}, {"happened"}),
        ({"happened": "soon"}, {"happened"}),
        ({"happened": "0026-03-14"}, {"happened"}),
        ({"place": "b" * 121}, {"place"}),
        ({"name": "c" * 121}, {"name"}),
        ({"email": "nadia"}, {"email"}),
        ({"phone": "call me"}, {"phone"}),
        ({"may_contact": "yes"}, {"may_contact"}),
        ({"may_contact": "yes", "phone": "020 7946 0000"}, set()),
    ],
)
def test_a_form_says_what_is_wrong_with_it(changes, wrong):
    assert set(ConcernForm(**GOOD | changes).problems(TODAY)) == wrong


def test_a_form_key_that_is_not_ours_is_none():
    assert ConcernForm(form_key="1").form_key == ""
    assert ConcernForm(form_key="a" * 32).form_key == "a" * 32
