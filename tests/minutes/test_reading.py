"""Who reads minutes, and when: drafts inside the panel, editions everywhere."""

import pytest
from conftest import run
from meetings.steps import meeting

from minutes import steps


@pytest.mark.parametrize("name", ["amara", "bilal", "grace"])
def test_the_panel_reads_a_draft_marked_as_one(browse, cast, name):
    row = run(steps.drafted(cast))
    for path in ("", "/draft"):
        page = browse(name).get(steps.home(row) + path)
        assert page.status_code == 200
        assert "DRAFT - not yet approved" in page.text
        assert "x-published" not in page.headers


@pytest.mark.parametrize("name", ["", "claire", "owen", "dev", "hana"])
@pytest.mark.parametrize("stage", ["drafted"])
def test_nobody_else_reads_one(browse, cast, name, stage):
    row = run(getattr(steps, stage)(cast))
    for path in ("", ".pdf", ".json"):
        assert browse(name).get(steps.home(row) + path).status_code == 404
    inside = {"": 303, "claire": 403, "owen": 403, "dev": 404, "hana": 403}[name]
    for path in ("/draft", "/draft.pdf"):
        assert browse(name).get(steps.home(row) + path).status_code == inside


@pytest.mark.parametrize("stage", ["circulated", "approved", "cleared"])
def test_what_went_round_is_read_by_the_table_and_by_nobody_else(browse, cast, stage):
    row = run(getattr(steps, stage)(cast))
    for name in ("claire", "owen", "bilal"):
        assert browse(name).get(steps.home(row)).status_code == 200
    for name in ("", "dev"):
        for path in ("", ".pdf", ".json", ".docx"):
            assert browse(name).get(steps.home(row) + path).status_code == 404
    clears = 404 if stage == "circulated" else 200
    assert browse("hana").get(steps.home(row)).status_code == clears


def test_what_went_round_of_a_closed_meeting_is_the_panels(browse, cast):
    row = run(steps.circulated(cast, public=False))
    assert browse("bilal").get(steps.home(row)).status_code == 200
    for name in ("claire", "owen", "hana"):
        assert browse(name).get(steps.home(row)).status_code == 404


def test_the_public_is_told_when_a_draft_is_due(browse, cast):
    row = run(steps.held(cast))
    page = browse().get(steps.home(row))
    assert page.status_code == 404
    assert "not published yet. A draft is due by" in page.text


def test_before_they_are_written_the_secretariat_is_shown_the_way(browse, cast):
    row = run(steps.held(cast))
    assert f"{steps.home(row)}/compilation" in browse("grace").get(steps.home(row)).text
    page = browse("bilal").get(steps.home(row)).text
    assert "have not been written yet" in page
    assert "/compilation" not in page


def test_each_is_offered_only_what_they_may_do(browse, cast):
    row = run(steps.drafted(cast))
    assert "/review" in browse("grace").get(steps.home(row)).text
    assert "/review" not in browse("amara").get(steps.home(row)).text
    run(steps.to_the_table(cast, row))
    assert "/approval" in browse("amara").get(steps.home(row)).text
    assert "/approval" not in browse("grace").get(steps.home(row)).text
    run(steps.approve(cast, row))
    assert "/clearing" in browse("hana").get(steps.home(row)).text
    assert "/clearing" not in browse("amara").get(steps.home(row)).text
    run(steps.clearing.clear(row, by=cast.seats["hana"]))
    assert "/publication" in browse("grace").get(steps.home(row)).text
    assert "/publication" not in browse("bilal").get(steps.home(row)).text
    run(steps.release(cast, row))
    assert "/correction" in browse("grace").get(steps.home(row)).text
    assert "/correction" not in browse("amara").get(steps.home(row)).text
    assert "/correction" not in browse().get(steps.home(row)).text


def test_a_meeting_ahead_has_no_minutes(browse, cast):
    row = run(meeting(cast, "scheduled"))
    for name in ("", "bilal"):
        page = browse(name).get(steps.home(row))
        assert page.status_code == 404
        assert "This meeting has no minutes." in page.text


@pytest.mark.parametrize("path", ["2026-05-14", "2026-05-14.pdf", "x", "2026-05-14.exe", ".pdf"])
def test_no_meeting_no_minutes(browse, cast, path):
    assert browse().get(f"/lambeth/minutes/{path}").status_code == 404


@pytest.mark.parametrize("edition", ["2", "99999999999999999999"])
def test_an_edition_that_is_not_there(browse, cast, edition):
    row = run(steps.published(cast))
    page = browse().get(f"{steps.home(row)}?edition={edition}")
    assert page.status_code == 404
    assert browse().get(f"{steps.home(row)}?edition=x").status_code == 400
    assert browse().get(f"{steps.home(row)}?edition=-1").status_code == 200


def test_a_draft_as_pdf_is_for_the_panel(browse, cast):
    row = run(steps.drafted(cast))
    made = browse("bilal").get(f"{steps.home(row)}/draft.pdf")
    assert made.headers["content-type"] == "application/pdf"
    assert "x-published" not in made.headers
    assert steps.words("DRAFT – not yet approved") in steps.paper_words(made.content)


def test_a_draft_that_cannot_be_printed_says_why(browse, cast):
    row = run(steps.drafted(cast, items=(("Welcome", "நன்றி"),)))
    page = browse("bilal").get(f"{steps.home(row)}/draft.pdf")
    assert page.status_code == 422
    assert "cannot be printed" in page.text


def test_another_panels_minutes_are_not_at_this_panels_address(browse, cast):
    row = run(steps.published(cast))
    assert browse().get(f"/hackney/minutes/{row.date}").status_code == 404
