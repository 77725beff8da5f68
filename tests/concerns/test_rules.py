"""Where a concern may go next, by when, and in which words."""

from datetime import date

import pytest

from scrutiny.concerns.answers import Answers
from scrutiny.concerns.rules import (
    DEEDS,
    ENDS,
    GONE,
    LINKS,
    MOVES,
    NAMES,
    NEEDS_REPLY,
    TOLD,
    Stage,
    decisions,
    deed,
    happening,
    is_late,
    is_urgent,
    read_by,
    reference,
)
from scrutiny.concerns.vocabulary import FLAGS, LIVE

FRIDAY = date(2026, 3, 13)
RESIDENTS_OWN = {"withdrawn", "anonymised", "deleted"}
TRIAGED = ["needs_info", "safeguarding_hold", "signposted", "paused_live_proceedings", "accepted",
           "not_taken_forward"]  # fmt: skip


def test_the_words_cover_every_stage_and_every_decision():
    assert set(NAMES) == set(TOLD) == set(Stage)
    assert {to for (_, to) in MOVES} - RESIDENTS_OWN == set(DEEDS)
    assert set(NEEDS_REPLY) <= set(DEEDS)


def test_a_move_leads_to_the_stage_it_names():
    assert all(move == stage for (_, move), stage in MOVES.items())


def test_every_stage_can_be_reached_and_one_is_the_end():
    assert set(MOVES.values()) == set(Stage) - {Stage.SUBMITTED}
    assert {stage for stage in Stage if not any(at == stage for at, _ in MOVES)} == {"deleted"}


@pytest.mark.parametrize("stage", list(Stage))
def test_the_resident_may_withdraw_until_nothing_is_left(stage):
    assert ((stage, "withdrawn") in MOVES) == (stage not in GONE)


@pytest.mark.parametrize(
    ("stage", "open_to"),
    [
        ("submitted", ["in_triage", *TRIAGED]),
        ("in_triage", TRIAGED),
        ("needs_info", ["in_triage"]),
        ("safeguarding_hold", ["in_triage"]),
        ("paused_live_proceedings", ["in_triage"]),
        ("accepted", ["linked", "safeguarding_hold", "paused_live_proceedings"]),
        ("linked", ["outcome_told", "safeguarding_hold", "paused_live_proceedings"]),
        ("signposted", ["closed"]),
        ("outcome_told", ["closed"]),
        ("not_taken_forward", ["closed"]),
        ("closed", []),
        ("withdrawn", []),
        ("anonymised", []),
        ("deleted", []),
    ],
)
def test_triage_is_offered_what_the_guide_allows_and_nothing_of_the_residents(stage, open_to):
    assert list(decisions(stage)) == open_to


@pytest.mark.parametrize("stage", ["needs_info", "safeguarding_hold", "paused_live_proceedings"])
def test_the_way_back_does_not_say_that_a_first_reading_begins(stage):
    assert deed("submitted", "in_triage") == "Say that it is being read"
    assert "go on with it" in deed(stage, "in_triage").lower()
    assert decisions(stage)["in_triage"] == deed(stage, "in_triage")


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
    assert read_by(FRIDAY) == date(2026, 3, 17)
    assert is_late(stage, FRIDAY, today) is late


@pytest.mark.parametrize(
    ("received", "video_until", "by"),
    [
        (FRIDAY, date(2026, 3, 21), date(2026, 3, 17)),  # 8 days left: no hurry
        (FRIDAY, date(2026, 3, 20), date(2026, 3, 16)),  # 7 days left: one working day
        (FRIDAY, FRIDAY, date(2026, 3, 16)),
        (FRIDAY, date(2026, 3, 12), date(2026, 3, 17)),  # it is gone: nothing to hurry for
        (date(2026, 3, 27), date(2026, 3, 30), date(2026, 3, 30)),  # the clocks change between
        (date(2026, 4, 2), date(2026, 4, 6), date(2026, 4, 7)),  # Good Friday, Easter Monday
        (date(2026, 4, 2), None, date(2026, 4, 8)),
        (date(2026, 10, 23), date(2026, 10, 24), date(2026, 10, 26)),  # and back again
    ],
)
def test_triage_hurries_while_seven_days_of_video_are_left(received, video_until, by):
    assert read_by(received, video_until) == by


def test_what_may_be_danger_is_read_within_a_working_day_with_video_or_without():
    for until in (None, date(2026, 3, 12), date(2026, 4, 30)):
        assert read_by(FRIDAY, until, urgent=True) == date(2026, 3, 16)
    monday, tuesday = date(2026, 3, 16), date(2026, 3, 17)
    assert not is_late("submitted", FRIDAY, monday, urgent=True)
    assert is_late("submitted", FRIDAY, tuesday, urgent=True)
    assert not is_late("submitted", FRIDAY, tuesday)


@pytest.mark.parametrize(
    ("flags", "urgent"),
    [(" danger ", True), (" child video ", True), (" death sexual video ", False), ("", False)],
)
def test_danger_now_and_a_child_at_risk_are_urgent(flags, urgent):
    assert is_urgent(flags) is urgent


def test_hurry_makes_late_a_day_sooner():
    monday, video = date(2026, 3, 17), date(2026, 3, 20)
    assert is_late("submitted", FRIDAY, monday, video) is True
    assert is_late("submitted", FRIDAY, monday) is False


@pytest.mark.parametrize("live", list(LIVE))
def test_triage_is_shown_what_goes_on_before_a_court_or_a_body(live):
    assert ("live" in Answers(live=[live]).flags()) is (live not in ("no", "unsaid"))


def test_a_reference_is_said_aloud():
    assert reference("LAM", 7, date(2026, 3, 14)) == "LAM-C-2026-07"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"to": "case", "name": "7"}, "It became part of case 7."),
        ({"to": "meeting", "name": "2026-04-07"}, "at the meeting of 7 April 2026."),
        ({"to": "recommendation", "name": "2"}, "It became part of recommendation 2."),
        ({"to": "theme", "name": "3"}, "It is counted with others like it, as theme 3."),
        ({"to": "count", "name": ""}, "It is counted with others like it."),
    ],
)
def test_the_trail_says_what_it_became_part_of(facts, said):
    assert facts["to"] in LINKS
    assert happening("concern.linked", facts).endswith(said)


def test_the_trail_says_the_stage():
    assert happening("concern.triaged", {"stage": "accepted"}) == "The panel has taken it up."


def test_flags_fit_into_their_column():
    assert len(f" {' '.join(sorted(FLAGS))} ") <= 160
