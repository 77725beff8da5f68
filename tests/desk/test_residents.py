"""What residents raised, on the desks of those who read it: what hurries is first, and marked."""

from datetime import date, timedelta

import pytest
from concerns.steps import raised
from concerns.vault.steps import asked

from desk.steps import desk
from scrutiny.concerns.rules import read_by
from scrutiny.concerns.tables import Concern
from scrutiny.desk.rules import in_order, tag_of, video_words
from scrutiny.kit.clock import today
from scrutiny.web.dates import long_date

FIRST = "Somebody may be in danger, or a child at risk: read these first"
TAG = "A child may be at risk"
LONG_AGO = {"happened": ""}


def group(page: str, title: str) -> str:
    return page.partition(f">{title}</h3>")[2].partition("</ul>")[0]


@pytest.mark.parametrize("who", ["grace", "sol"])
def test_danger_and_a_child_at_risk_stand_before_all_else(cast, browse, who):
    raised(cast.lambeth, **LONG_AGO)
    Concern.update({Concern.received: today() - timedelta(days=30)}, force=True).run_sync()
    raised(cast.lambeth, harm=["child"], **LONG_AGO)
    raised(cast.lambeth, danger="yes", **LONG_AGO)
    page = desk(browse, who)
    assert page.partition("<h3")[2].partition("</h3>")[0].endswith(f">{FIRST}")
    shown, rest = group(page, FIRST), group(page, "Concerns to read")
    assert "Concern 2:" in shown and "Concern 3:" in shown and "Concern 1:" not in shown
    assert TAG in shown and "Somebody may be in danger now" in shown
    assert "Concern 1:" in rest and "Concern 2:" not in rest
    assert FIRST not in desk(browse, "amara")


def test_one_behind_a_flood_is_not_overlooked_unless_it_was_marked_as_part_of_it(cast, browse):
    raised(cast.lambeth, harm=["child"])
    Concern.update({Concern.screened: False}, force=True).run_sync()
    assert "Concern 1:" in group(desk(browse, "grace"), FIRST)
    assert "Waiting behind a flood" not in desk(browse, "grace")
    Concern.update({Concern.veiled: True}, force=True).run_sync()
    assert FIRST not in desk(browse, "grace")


@pytest.mark.parametrize(
    ("stage", "title"),
    [
        ("in_triage", "Concerns to decide on"),
        ("accepted", "Taken up: to be made a case"),
        ("safeguarding_hold", "Held, as somebody may be in danger: what is known now?"),
    ],
)
def test_the_tag_stays_at_later_stages(cast, browse, stage, title):
    raised(cast.lambeth, harm=["child"])
    raised(cast.lambeth)
    Concern.update({Concern.stage: stage}, force=True).run_sync()
    shown = group(desk(browse, "grace"), title)
    assert shown.count(TAG) == 1 and "Concern 2:" in shown


def test_the_tag_goes_with_a_request_to_look(cast, browse):
    raised(cast.lambeth, harm=["child"])
    asked(browse)
    assert TAG in group(desk(browse, "hana"), "Somebody asks to know who wrote: do you agree?")


@pytest.mark.parametrize("days", [0, 30])
def test_a_concern_to_read_carries_its_day_as_the_list_does(cast, browse, days):
    raised(cast.lambeth, **LONG_AGO)
    came = today() - timedelta(days=days)
    Concern.update({Concern.received: came}, force=True).run_sync()
    due = read_by(came)
    shown = group(desk(browse, "grace"), "Concerns to read")
    listed = browse("grace").get("/lambeth/concerns").text
    late = (today() - due).days
    assert (f"{late} days late" if days else f"by {long_date(due)}") in shown
    assert (f"Late: to be read by {long_date(due)}" in listed) == bool(days)


def test_short_video_hurries_on_the_desk_too_but_not_for_praise(cast, browse):
    happened = (today() - timedelta(days=27)).isoformat()
    for wants in (["patterns"], ["praise"]):
        raised(cast.lambeth, happened=happened, wants=wants)
    shown = group(desk(browse, "grace"), "Concerns to read").split("</li>")
    sooner = read_by(today(), today() + timedelta(days=4))
    assert f"by {long_date(sooner)}" in shown[0] and "Concern 1" in shown[0]
    assert f"by {long_date(read_by(today()))}" in shown[1] and "Concern 2" in shown[1]


@pytest.mark.parametrize(
    ("day", "asked_for", "words"),
    [
        (date(2026, 11, 20), False, "C: video goes 26 November; ask by 23 November"),
        (date(2026, 11, 23), False, "C: video goes 26 November; ask today"),
        (date(2026, 11, 24), False, "C: video goes 26 November; ask now"),
        (date(2026, 11, 26), False, "C: video goes today; ask now"),
        (date(2026, 11, 20), True, "C: video goes 26 November; asked for and not answered"),
    ],
)
def test_video_is_said_in_days_of_the_calendar(day, asked_for, words):
    goes, by = date(2026, 11, 26), date(2026, 11, 23)
    assert video_words("C", goes, by, day, asked_for) == words


def test_tags_are_of_what_hurries_alone():
    assert tag_of(" child danger ") == "Somebody may be in danger now"
    assert tag_of(" child ") == TAG
    assert tag_of(" death video ") == tag_of("") == ""
    assert in_order([]) == []
