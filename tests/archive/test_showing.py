"""The archive as everybody reads it, and what waits, for those who work on it."""

from conftest import run
from meetings.steps import counted_queries

from archive import steps
from scrutiny.archive import queries

ARCHIVE = "/lambeth/archive"


def test_it_says_that_there_are_none_and_is_found_beside_the_meetings(browse, cast):
    assert "There are none here yet." in browse().get(ARCHIVE).text
    assert f'href="{ARCHIVE}"' in browse().get("/lambeth/meetings").text


def test_what_waits_is_on_no_public_page(browse, cast):
    row = run(steps.offered(cast, title="Chiffchaff"))
    assert "Chiffchaff" not in browse().get(ARCHIVE).text
    assert browse().get(f"{ARCHIVE}/2019-03-14-1").status_code == 404
    assert "Chiffchaff" not in browse("bilal").get(ARCHIVE).text
    for name, status in (("bilal", 403), ("claire", 403), ("ruth", 404)):
        assert browse(name).get(f"{ARCHIVE}/drafts").status_code == status
    for name in ("grace", "amara", "hana"):
        assert "Chiffchaff" in browse(name).get(f"{ARCHIVE}/drafts").text
    assert f"/lambeth/archive/drafts/{row.id}/agreement" in browse("amara").get("/desk").text
    assert "Chiffchaff" not in browse("grace").get("/desk").text


def test_a_draft_waits_on_the_desk_of_the_secretariat(browse, cast):
    run(steps.imported(cast))
    assert "old minutes.docx" in browse("grace").get("/desk").text
    assert "old minutes.docx" not in browse("amara").get("/desk").text


def test_it_is_listed_by_the_day_of_the_meeting_a_page_at_a_time(browse, cast, monkeypatch):
    for day in ("2018-01-09", "2019-03-14", "2017-06-01"):
        run(steps.published(cast, day=day, title=f"Of {day}"))
    page = browse().get(ARCHIVE).text
    assert page.index("Of 2019-03-14") < page.index("Of 2018-01-09") < page.index("Of 2017-06-01")
    monkeypatch.setattr(queries, "PAGE", 2)
    first = browse("grace").get(ARCHIVE).text
    assert "Of 2017" not in first and f"{ARCHIVE}?before=2018-01-09-1" in first
    rest = browse("grace").get(f"{ARCHIVE}?before=2018-01-09-1").text
    assert "Of 2017" in rest and "Of 2018" not in rest


def test_other_panels_minutes_are_not_here(browse, cast):
    run(steps.published(cast))
    assert browse().get("/hackney/archive/2019-03-14-1").status_code == 404
    assert "14 March 2019" not in browse().get("/hackney/archive").text


def test_lists_ask_as_often_for_one_as_for_many(browse, cast, monkeypatch):
    def asked() -> tuple[int, int]:
        counts = []
        for path in (ARCHIVE, f"{ARCHIVE}/drafts"):
            with counted_queries(monkeypatch) as seen:
                browser.get(path)
            counts.append(len(seen))
        return tuple(counts)

    browser = browse("grace")
    run(steps.published(cast))
    run(steps.imported(cast))
    one = asked()
    for number in range(6):
        run(steps.published(cast, title=f"Number {number}"))
        run(steps.imported(cast))
    assert asked() == one
