"""The panel reads its cases; nobody else does."""

import pytest
from concerns.steps import CANARIES
from concerns.video.steps import raised_with_video
from conftest import run
from meetings.steps import counted_queries
from stops.steps import said

from cases.steps import accept, bring_records, case, draw, send_concern
from scrutiny.cases import actions, queries
from scrutiny.kit.errors import Missing

HOME = "/lambeth/cases"


@pytest.fixture
def drawn(cast, tmp_path):
    run(bring_records(tmp_path, [said(Outcome="Arrest", **{"Object of search": "Fireworks"})]))
    return run(draw(cast, 1))


def test_members_see_what_the_police_published(drawn, browse):
    text = browse("bilal").get(f"{HOME}/1").text
    for fact in ("14 October 2022", "18-24", "Black", "Fireworks", "Arrest", "Lambeth"):
        assert fact in text
    assert 'href="/lambeth/draws/1"' in text
    assert "51.45" not in text  # the borough, never the place


def test_a_case_from_a_concern_shows_its_kind_and_month_alone(cast, browse):
    send_concern(cast)
    concern = run(accept(cast))
    run(actions.take_up(concern, by=cast.seats["grace"], title="A search by a market"))
    for name in ("amara", "bilal", "grace"):
        text = browse(name).get(f"{HOME}/1").text + browse(name).get(HOME).text
        assert "A stop and search" in text and "January 2026" in text
        assert not [word for word in CANARIES if word in text]
        assert "/concerns/1" not in text


@pytest.mark.parametrize(
    ("name", "status"), [("claire", 403), ("owen", 403), ("dev", 404), ("", 303)]
)
def test_police_and_strangers_see_no_case(drawn, browse, name, status):
    assert browse(name).get(f"{HOME}/1").status_code == status
    assert browse(name).get(HOME).status_code == status


@pytest.mark.parametrize("name", ["claire", "owen"])
def test_no_query_leads_the_police_to_a_case(cast, drawn, name):
    with pytest.raises(Missing):
        run(queries.newest(cast.seats[name]))
    with pytest.raises(Missing):
        run(queries.find(cast.seats[name], 1))


def test_a_case_of_another_panel_is_not_found(drawn, browse):
    assert browse("ruth").get("/hackney/cases/1").status_code == 404
    assert browse("bilal").get(f"{HOME}/2").status_code == 404


def test_the_list_is_by_stage_and_in_pages(cast, browse, monkeypatch, tmp_path):
    records = [said(Date=f"2022-10-14T{at // 60:02d}:{at % 60:02d}:00") for at in range(60)]
    run(bring_records(tmp_path, records))
    assert "The panel has no cases yet." in browse("bilal").get(HOME).text
    run(draw(cast, 1))
    with counted_queries(monkeypatch) as few:
        browse("bilal").get(HOME)
    for n in (30, 29):
        run(draw(cast, n))
    run(case(cast, "removed", 7))
    with counted_queries(monkeypatch) as many:
        first = browse("bilal").get(HOME).text
    assert len(many) == len(few)
    assert "Case 60<" in first and "Case 11<" in first and "Case 10<" not in first
    second = browse("bilal").get(f"{HOME}?stage=&before=11").text
    assert "Case 10<" in second and "Case 1<" in second and "Show older ones" not in second
    removed = browse("bilal").get(f"{HOME}?stage=removed").text
    assert "Case 7<" in removed and "Case 8<" not in removed
    assert "There is nothing of this kind." in browse("bilal").get(f"{HOME}?stage=concluded").text
    assert browse("bilal").get(f"{HOME}?stage=odd&before=x").status_code == 200


def test_the_list_of_draws_is_in_pages(cast, browse, monkeypatch, tmp_path):
    run(bring_records(tmp_path, [said(Date=f"2022-10-14T00:{at:02d}:00") for at in range(55)]))
    for _ in range(52):
        run(draw(cast, 1))
    first = browse().get("/lambeth/draws").text
    assert "Draw 52<" in first and "Draw 3<" in first and "Draw 2<" not in first
    assert "Draw 2<" in browse().get("/lambeth/draws?before=3").text


def test_a_case_that_a_resident_raised_counts_the_days_of_its_video(cast, browse):
    """The panel sees the clock and the request; where it was and who wrote, it does not."""
    agreed = ["video.force", "summary.panel"]
    raised_with_video(cast.lambeth, place="Brixton Road", consents=agreed)
    concern = run(accept(cast))
    run(actions.take_up(concern, by=cast.seats["grace"], title="A search near a market"))
    page = browse("amara").get("/lambeth/cases/1").text
    assert "About 4 days of video left" in page
    assert 'href="/lambeth/video/1"' in page
    assert "/lambeth/concerns/1" not in page
    assert "Brixton" not in page
    browse("claire").post("/lambeth/video/1/answer", {"outcome": "kept", "version": "1"})
    page = browse("bilal").get("/lambeth/cases/1").text
    assert "Kept" in page
    assert "days of video left" not in page
