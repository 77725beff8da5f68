"""Independence lives here: what no role may ever do, whatever else changes."""

from pathlib import Path

import pytest

from scrutiny.commands.pages import stages_page, who_page
from scrutiny.policy import (
    COMMUNITY,
    KEEPS,
    PANEL,
    POLICE,
    POLICY,
    Act,
    Role,
    counts_for_quorum,
    may,
)

DOCS = Path(__file__).parents[1] / "docs"
OWN = {
    *(Act.SEAT_MINE, Act.SEAT_MINE_PAGE, Act.AGENDA_PROPOSE, Act.AGENDA_PROPOSE_PAGE),
    *(Act.PACK_ASK, Act.MINUTES_SUGGEST, Act.MINUTES_SUGGEST_PAGE),
}
"""About their own seat; to ask the panel for an item or to mend a fact in its minutes, which it may
leave out; and to have what they may open anyway as one file."""
NEVER_POLICE = [
    act
    for act in POLICY
    if act.value.split(".")[0]
    in {"concerns", "concern", "case", "cases", "draw", "minutes", "agenda", "notes", "seat",
        "vault", "look", "hold", "evidence", "equality", "closed", "clearances", "clearance",
        "interests", "interest", "needs", "recruit", "score", "election", "vote", "composition",
        "registrations", "expense", "paper", "pack", "questions", "question", "import",
        "archive", "redactions", "redact_page", "redact", "redaction"}
    and act not in OWN
]  # fmt: skip


@pytest.mark.parametrize("act", NEVER_POLICE)
def test_the_police_never_read_concerns_choose_samples_write_minutes_or_seat_people(act):
    assert not POLICY[act] & POLICE


@pytest.mark.parametrize(
    "act",
    [Act.RECOMMENDATION_AGREE, Act.RECOMMENDATION_CLOSE, Act.RECOMMENDATION_ISSUE],
)
def test_the_police_never_word_send_or_close_what_is_asked_of_them(act):
    assert not POLICY[act] & POLICE


def test_the_panel_never_answers_for_the_force():
    assert POLICY[Act.RECOMMENDATION_ANSWER] <= POLICE
    assert POLICY[Act.RECOMMENDATION_REPORT] <= POLICE


def test_only_the_community_is_counted_for_a_quorum():
    assert {role for role in Role if counts_for_quorum(role)} == COMMUNITY


def test_the_vice_chair_may_do_exactly_what_the_chair_may():
    for stands in KEEPS:
        for act in POLICY:
            assert may(Role.VICE_CHAIR, act, stands) == may(Role.CHAIR, act, stands), act
    assert counts_for_quorum(Role.VICE_CHAIR) and counts_for_quorum(Role.CHAIR)


def test_members_and_chairs_have_no_way_to_who_raised_a_concern():
    agreeing = {Act.CONCERN_REFUSE_PAGE, Act.CONCERN_REFUSE}  # to a neutral summary alone
    for act in set(POLICY) - agreeing:
        if act.value.startswith(("concern.", "concerns.", "vault.", "look.", "evidence.", "hold.")):
            assert not POLICY[act] & COMMUNITY, act


def test_only_custodians_come_near_who_raised_a_concern():
    custodians = {Role.SECRETARIAT, Role.DATA_LEAD}
    for act in POLICY:
        if act.value.startswith(("vault.", "look.", "hold.")):
            assert POLICY[act] == custodians, act


def test_there_is_no_role_for_whoever_runs_the_computers():
    assert set(Role) == PANEL | POLICE | {Role.SAFEGUARDING, Role.DATA_LEAD}


def test_every_act_can_be_done_by_somebody():
    assert [act for act in POLICY if not any(may(role, act) for role in Role)] == []


@pytest.mark.parametrize(
    ("name", "page"), [("who-may-do-what.md", who_page), ("stages.md", stages_page)]
)
def test_the_generated_documents_are_fresh(name, page):
    assert (DOCS / name).read_text() == page(), f"docs/{name} is stale: run `make docs`."
