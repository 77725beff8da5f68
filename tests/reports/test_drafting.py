"""The report is begun, counted again, and given its words; each saving is a version."""

import json

import pytest
from conftest import run
from meetings.steps import events, facts, letters

from reports import steps
from reports.steps import HOME, WORDS, YEAR
from scrutiny.kit.clock import as_of, today
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.reports import actions, queries
from scrutiny.reports.tables import Report, Wording

NEW = "/lambeth/reports/new"
DRAFT = f"{HOME}/draft"


def begin(browse, name="grace", **changes):
    return browse(name).post(NEW, {"year": YEAR.name, "form_key": "k1", **changes})


def save(browse, name="amara", **changes):
    form = {**WORDS, "seen": "1.0", "form_key": "w1"} | changes
    return browse(name).post(f"{HOME}/words", form)


@pytest.fixture
def draft(cast):
    run(steps.begun(cast))


# -- begun ----------------------------------------------------------------------------------------


def test_begun_from_the_record_and_the_chair_is_told(browse, cast):
    reply = begin(browse)

    assert (reply.status_code, reply.headers["location"]) == (303, DRAFT)
    row = run(steps.stored())
    assert (row.stage, row.edition, row.since, row.until) == ("drafting", 1, *YEAR[1:])
    assert run(steps.document())["counted"] == today().isoformat()
    assert run(events())[-1] == ("report.compiled", False)
    assert run(facts("report.compiled")) == {"year": YEAR.name, "edition": 1}
    written = run(letters("report.begun"))
    assert set(written) == {"amara@panel.test", "grace@panel.test"}
    assert written["amara@panel.test"][0] == "Panel report"


def test_both_kinds_of_year_are_offered(browse, cast):
    page = browse("grace").get(NEW).text
    assert f'value="{YEAR.name}"' in page
    assert "(April to March)" in page


@pytest.mark.parametrize("year", ["", "1999", "2025-27", str(today().year)])
def test_a_year_that_is_none_or_not_over_is_asked_for_again(browse, cast, year):
    reply = begin(browse, year=year)
    assert reply.status_code == 422
    assert "Choose the year" in reply.text
    assert run(Report.count().run()) == 0


def test_not_before_the_year_is_over(cast):
    with as_of(steps.on(12, 31)), pytest.raises(NotNow, match="not over"):
        run(actions.begin(YEAR.name, by=cast.seats["grace"]))


def test_no_month_is_told_of_in_two_years(browse, cast, draft):
    start = YEAR.since.year - 1
    reply = begin(browse, year=f"{start}-{YEAR.since.year % 100:02d}", form_key="k2")
    assert reply.status_code == 409
    assert f"The report of {YEAR.name} tells of some of these months already." in reply.text
    assert begin(browse, form_key="k3").status_code == 409
    assert run(Report.count().run()) == 1


def test_begun_twice_is_begun_once(browse, cast):
    assert [begin(browse).status_code for _ in range(2)] == [303, 303]
    assert run(Report.count().run()) == 1


@pytest.mark.parametrize(("name", "status"), [("amara", 403), ("claire", 403), ("dev", 404)])
def test_others_may_not_begin_one(browse, cast, name, status):
    assert browse(name).get(NEW).status_code == status
    assert begin(browse, name).status_code == status
    assert run(Report.count().run()) == 0


# -- who reads the draft --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status"), [("bilal", 200), ("grace", 200), ("claire", 404), ("dev", 404), ("", 404)]
)
def test_the_panel_alone_reads_the_draft_at_its_address(browse, cast, draft, name, status):
    assert browse(name).get(HOME).status_code == status
    assert ("Being prepared" in browse(name).get("/lambeth/reports").text) == (status == 200)
    assert browse(name).get(f"{HOME}/figures/held").status_code == 404
    assert browse(name).get(f"{HOME}.json").status_code == 404


# -- counted again --------------------------------------------------------------------------------


def seen(page: str) -> dict[str, str]:
    return {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in
            ("seen", "form_key")}  # fmt: skip


def test_counted_again_it_says_what_changed_and_keeps_the_words(browse, cast, draft):
    run(steps.written(cast))
    run(steps.happen(cast))
    page = browse("grace").get(f"{HOME}/compilation").text
    assert "Public meetings held: 0, now 2" in page
    assert "The list: Recommendations sent" in page

    reply = browse("grace").post(f"{HOME}/compilation", seen(page))

    assert (reply.status_code, reply.headers["location"]) == (303, DRAFT)
    assert run(steps.numbers())["held"] == 2
    assert run(steps.document())["words"]["foreword"] == steps.FOREWORD
    page = browse("grace").get(f"{HOME}/compilation").text
    assert "Nothing that it counts has changed" in page


def test_counting_again_undoes_an_approval(browse, cast):
    run(steps.approved(cast))
    run(actions.compile(YEAR.name, by=cast.seats["grace"]))
    row = run(steps.stored())
    assert (row.stage, row.approved_hash, row.approved) == ("drafting", "", None)
    assert run(events())[-1] == ("report.compiled", False)


def test_counting_again_what_somebody_changed_meanwhile_is_refused(browse, cast, draft):
    form = seen(browse("grace").get(f"{HOME}/compilation").text)
    run(steps.written(cast))
    assert browse("grace").post(f"{HOME}/compilation", form).status_code == 409
    assert browse("amara").post(f"{HOME}/compilation", form).status_code == 403


# -- the words ------------------------------------------------------------------------------------


def test_words_are_saved_as_a_version_and_stand_in_the_draft(browse, cast, draft):
    reply = save(browse)

    assert (reply.status_code, reply.headers["location"]) == (303, DRAFT)
    page = browse("bilal").get(DRAFT).text
    assert "We <strong>listened</strong> in Brixton." in page
    assert "Not written yet" not in page
    kept = run(Wording.objects().first().run())
    assert (kept.number, kept.thanks, kept.by) == (1, "Siân.", cast.seats["amara"].id)
    assert run(events())[-1] == ("report.written", False)
    assert run(facts("report.written"))["wording"] == 1
    assert "listened" not in json.dumps(run(facts("report.written")))


def test_the_second_of_two_keeps_their_words_and_sees_those_of_the_first(browse, cast, draft):
    save(browse, foreword="Amara's foreword.")

    reply = save(browse, "grace", foreword="Grace's foreword.", form_key="w2")

    assert reply.status_code == 409
    assert "Grace&#39;s foreword." in reply.text and "Amara&#39;s foreword." in reply.text
    assert 'name="seen" value="1.1"' in reply.text
    assert run(steps.document())["words"]["foreword"] == "Amara's foreword."
    again = save(browse, "grace", foreword="Both.", seen="1.1", form_key="w3")
    assert again.status_code == 303
    assert run(steps.document())["words"]["foreword"] == "Both."


def test_saving_undoes_an_approval(browse, cast):
    run(steps.approved(cast))
    assert "undoes that approval" in browse("amara").get(f"{HOME}/words").text
    assert save(browse, seen="1.1", thanks="Everybody.").status_code == 303
    row = run(steps.stored())
    assert (row.stage, row.approved_hash) == ("drafting", "")


def test_every_version_is_kept_and_can_be_begun_from(browse, cast, draft):
    save(browse, foreword="First.")
    save(browse, foreword="Second.", seen="1.1", form_key="w2")
    page = browse("bilal").get(f"{HOME}/words/versions").text
    assert "First." in page and "Second." in page
    assert "/words?version=1" not in page
    assert "/words?version=1" in browse("amara").get(f"{HOME}/words/versions").text
    form = browse("amara").get(f"{HOME}/words?version=1").text
    assert "First." in form and "Second." not in form
    assert browse("amara").get(f"{HOME}/words?version=9").status_code == 404


def test_saved_twice_is_saved_once(browse, cast, draft):
    assert [save(browse).status_code for _ in range(2)] == [303, 303]
    assert run(Wording.count().run()) == 1


def test_words_too_long_come_back_with_what_was_typed(browse, cast, draft):
    reply = save(browse, foreword="x" * 20_001, learned="Kept.")
    assert reply.status_code == 422
    assert "20,000 characters at most" in reply.text and "Kept." in reply.text
    assert run(Wording.count().run()) == 0


@pytest.mark.parametrize(("name", "status"), [("bilal", 403), ("owen", 403), ("dev", 404)])
def test_others_may_not_write(browse, cast, draft, name, status):
    assert browse(name).get(f"{HOME}/words").status_code == status
    assert save(browse, name).status_code == status


def test_what_is_published_takes_no_more_words(browse, cast):
    run(steps.published(cast))
    assert save(browse, seen="1.1").status_code == 404
    assert browse("grace").get(f"{HOME}/compilation").status_code == 404


def test_versions_race_in_the_database_too(cast, draft):
    run(steps.written(cast))
    with pytest.raises(Stale):
        run(actions.write_words(YEAR.name, WORDS, by=cast.seats["grace"], seen=(1, 0)))


def test_the_list_of_reports_is_empty_in_words(browse, cast):
    assert "No annual report has been published yet." in browse().get("/lambeth/reports").text
    assert browse().get("/lambeth/reports/2001").status_code == 404
    assert browse().get("/lambeth/reports/20x1").status_code == 404


def test_words_of_a_report_and_of_a_version_read_alike(cast, draft):
    run(steps.written(cast))

    async def both():
        row = await steps.stored()
        return queries.typed(row), queries.typed(await queries.wording(row, 1))

    now, then = run(both())
    assert now == then == WORDS


def test_the_panel_of_another_slug_has_nothing_here(browse, cast, draft):
    assert browse("ruth").get(f"/hackney/reports/{YEAR.name}/draft").status_code == 404
