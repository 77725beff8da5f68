"""The panel's own deadlines on its page, on a meeting's and on its minutes': derived, public."""

from datetime import timedelta

from conftest import run
from desk.steps import change, day, meeting, put

from meetings.steps import counted_queries
from meetings.steps import meeting as brought_to
from scrutiny.agendas.tables import Agenda
from scrutiny.importing.tables import Imported
from scrutiny.kit.clock import now
from scrutiny.meetings.figures.queries import last_clocks
from scrutiny.meetings.figures.rules import draft_due
from scrutiny.minutes import actions as minutes
from scrutiny.record.tables import Event
from scrutiny.web.dates import long_date

OWN = "Our own deadlines"


def published(row, days_before: int) -> None:
    moment = now() - (day(0) - row.date) - timedelta(days=days_before)
    put(Agenda(meeting=row.id, document="[]", published=moment))


def own(page: str) -> str:
    return page.partition(OWN)[2].partition("</section>")[0]


def test_a_panel_that_never_met_says_so(browse):
    assert "We have not met yet." in own(browse().get("/lambeth").text)


def test_what_was_kept_and_what_was_not_is_on_the_panels_page(browse, cast):
    published(meeting(cast, -60, "held", title="Winter"), 7)
    published(meeting(cast, -90, "held", title="Autumn"), 4)
    shown = own(browse().get("/lambeth").text)
    winter, autumn = shown.partition("Autumn")[::2]
    assert "Winter" in winter and "In time" in winter
    assert "3 days late" in autumn
    assert "1 of 4 kept at our last meetings." in shown


def test_a_meeting_to_come_is_shown_from_the_day_its_agenda_is_due(browse, cast):
    row = meeting(cast, 8)
    assert row.title not in own(browse().get("/lambeth").text)
    change(row, date=day(7))
    assert "Not due yet" in own(browse().get("/lambeth").text)
    change(row, date=day(5))
    assert "2 days late" in own(browse().get("/lambeth").text)


def test_a_draft_stops_its_clock_on_the_day_it_is_made(browse, cast):
    row = run(brought_to(cast, "held"))
    home = f"/lambeth/meetings/{row.date}"
    assert f"Due by {long_date(draft_due(row.date))}" in own(browse().get(home).text)
    run(minutes.compile(row, by=cast.seats["grace"]))
    assert f"Done on {long_date(day(0))}" in own(browse().get(home).text)
    assert "In time" in own(browse("amara").get(f"/lambeth/minutes/{row.date}").text)
    told = Event.select(Event.public).where(Event.what == "minutes.compiled").first().run_sync()
    assert told["public"], "or the page that was kept would not know"


def test_closed_meetings_and_those_from_a_file_have_no_clocks(browse, cast):
    hidden = meeting(cast, -20, "held", title="Kingfisher", public=False)
    old = meeting(cast, -40, "held", title="From a file")
    told = {"panel": cast.lambeth.id, "kind": "meetings", "became": old.id, "at": now()}
    put(Imported(key="k", **told))
    assert run(last_clocks(cast.lambeth)) == []
    assert OWN not in browse("amara").get(f"/lambeth/meetings/{hidden.date}").text
    assert OWN not in browse().get(f"/lambeth/meetings/{old.date}").text


def test_the_panels_page_asks_the_same_for_three_meetings_and_for_thirty(browse, cast, monkeypatch):
    reader, asked = browse(), []
    for first, last in ((0, 3), (3, 30)):
        for number in range(first, last):
            meeting(cast, -20 - number, "held", title=f"Meeting {number}")
        with counted_queries(monkeypatch) as found:
            assert reader.get("/lambeth").status_code == 200
        asked.append(len(found))
    assert asked[0] == asked[1]
    assert own(browse().get("/lambeth").text).count("<h3") == 3
