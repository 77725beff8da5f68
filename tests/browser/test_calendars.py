"""Our calendars are read by ical.js, which several programs use, as they are read by icalendar."""

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from kit.happenings import a_meeting, made_of

from scrutiny.kit.clock import LONDON

LIBRARY = Path(__file__).parents[2] / "node_modules" / "ical.js" / "dist" / "ical.js"
READ = """async ([source, text]) => {
  const ICAL = (await import("data:text/javascript;base64," + source)).default;
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone"))
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  return calendar.getAllSubcomponents("vevent").map((one) => {
    const event = new ICAL.Event(one);
    return [event.uid, event.sequence, event.startDate.toJSDate().toISOString(),
            event.endDate.toJSDate().toISOString(), event.summary, event.startDate.hour,
            one.getFirstPropertyValue("status")];
  });
}"""
DAYS = [
    *(datetime(2026, month, 11, 18, 30, tzinfo=LONDON) for month in range(1, 13)),
    *(datetime(2026, 3, day, 18, 30, tzinfo=LONDON) for day in (28, 29, 30)),
    *(datetime(2026, 10, day, 18, 30, tzinfo=LONDON) for day in (24, 25, 26)),
    *(datetime(2027, 3, 28, hour, 30, tzinfo=LONDON) for hour in (0, 3)),
]


@pytest.fixture(scope="module")
def read(browser):
    """What ical.js makes of a calendar, in a browser that is somewhere else in the world."""
    context = browser.new_context(timezone_id="America/New_York", java_script_enabled=True)
    page = context.new_page()
    source = b64encode(LIBRARY.read_bytes()).decode()
    yield lambda body: page.evaluate(READ, [source, body.decode()])
    context.close()


def ours(body: bytes) -> list:
    """The same from icalendar."""
    found = []
    for event in Calendar.from_ical(body).walk("VEVENT"):
        times = [event[name].dt.astimezone(UTC) for name in ("DTSTART", "DTEND")]
        said = [f"{when:%Y-%m-%dT%H:%M:%S}.000Z" for when in times]
        hour = event["DTSTART"].dt.hour
        found.append([str(event["UID"]), int(event["SEQUENCE"]), *said, str(event["SUMMARY"]),
                      hour, str(event["STATUS"])])  # fmt: skip
    return found


@pytest.mark.parametrize("kind", ["invitation", "update", "cancellation", "feed"])
def test_both_read_the_same_moments_on_both_sides_of_the_clock_changes(read, kind):
    for starts in DAYS:
        body = made_of(a_meeting(starts, ends=starts + timedelta(hours=2)))[kind]
        assert read(body) == ours(body), json.dumps(ours(body))


def test_half_past_six_stays_half_past_six(read):
    for starts in DAYS[:-2]:
        found = read(made_of(a_meeting(starts))["invitation"])[0]
        assert found[5] == 18


@pytest.mark.parametrize("kind", ["invitation", "update", "cancellation", "feed"])
def test_what_icalendar_reads_it_writes_back_alike(kind):
    for starts in DAYS:
        body = made_of(a_meeting(starts))[kind]
        again = Calendar.from_ical(body).to_ical()
        assert ours(again) == ours(body)
        assert Calendar.from_ical(again).to_ical() == again


def test_the_feeds_of_the_demo_are_read_alike(read, site, browser):
    context = browser.new_context()
    for path in ("/meetings.ics", "/lambeth/meetings.ics"):
        body = context.request.get(site + path).body()
        assert len(ours(body)) > 3
        assert sorted(read(body)) == sorted(ours(body))
    context.close()
