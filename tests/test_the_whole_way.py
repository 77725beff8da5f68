"""One matter goes the whole way, from a real police file to published minutes.

Everything is real: the commands, the server, the mail server, the pages' own forms. docs/tour.md
tells the same story for a reader to repeat.
"""

import re
import socket
from pathlib import Path

import pytest
from conftest import run
from databases import address, create_database, on_postgres
from forms import form
from icalendar import Calendar
from walking import Site, Walker, words_of

from scrutiny.kit.clock import today

DATA = Path(__file__).parents[2] / "shared" / "data"
CSV = sorted(DATA.glob("stop-and-search/*.csv"))
API = DATA / "stop-and-search" / "api-metropolitan-2024-10.json"

pytestmark = [
    pytest.mark.skipif(not CSV, reason="the police files are not beside the checkout (data/)"),
    pytest.mark.timeout(600),
]

PEOPLE = {
    "amara": ("Amara Okafor", "chair"),
    "bilal": ("Bilal Hussain", "member"),
    "chidi": ("Chidi Eze", "member"),
    "owen": ("Owen Price", "police_approver"),
}
HANA = ("Hana Suleiman", "data_protection_lead")
"""Clears what is to be public, and is asked to no meeting."""


def free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A migrated site with the real files read in, one panel and its secretariat."""
    home = tmp_path_factory.mktemp("walk")
    database = f"sqlite:///{home}/scrutiny.sqlite"
    if on_postgres():
        run(create_database("walk"))
        database = address("walk")
    found = Site(home, database, free_ports())
    found.run("migrate")
    found.run("import", "areas", str(DATA / "london-boroughs.geojson"))
    found.said = found.run("import", "stops", *[str(path) for path in CSV])
    found.api_said = found.run("import", "stops", str(API))
    found.run(
        *("panel", "add", "lambeth", "Lambeth Scrutiny Panel", "--code", "LAM"),
        *("--area", "Lambeth", "--area-code", "E09000022", "--force", "metropolitan"),
        *("--force-name", "Metropolitan Police", "--force-contact", "liaison@force.test"),
        *("--contact", "hello@panel.test"),
    )
    grace = ("Grace Mensah", "grace@panel.test")
    found.run("person", "add", *grace, "--panel", "lambeth", "--role", "secretariat")
    with found.serving():
        yield found


def test_the_real_files_are_read_whole(site):
    added = [int(n) for n in re.findall(r"(\d+) records added", site.said)]
    assert sum(added) == 26_224
    assert "3400 records added" in site.api_said
    again = site.run("import", "stops", str(CSV[0]))
    assert "Nothing changed" in again


def test_partial_months_are_marked(site):
    page = Walker(site).open("/lambeth/stop-and-search")
    for month, partial in (
        ("June 2022", True),
        ("September 2022", False),
        ("October 2022", False),
        ("November 2022", True),
    ):
        assert bool(re.search(rf"{month}\s*\(part of the month\)", page)) is partial, month


def test_one_matter_goes_the_whole_way(site, tmp_path):
    grace = Walker(site)
    grace.sign_in("grace@panel.test")
    people = take_seats(site, grace)
    settle_in(people, grace)
    day = today().isoformat()

    cases = draw_ten_lambeth_records(grace)
    call_a_meeting(grace, day, cases)
    invited(site, day)
    hold_it(grace, people, day)
    recommend(site, people, grace, day)
    publish_minutes(site, people, grace, day)
    the_public_reads_it(site, day, tmp_path)


def take_seats(site: Site, grace: Walker) -> dict[str, Walker]:
    """Everybody is invited by a letter, takes their seat and signs in with two factors."""
    people = {}
    for key, (name, role) in (PEOPLE | {"hana": HANA}).items():
        mailbox = f"{key}@panel.test"
        grace.send("/lambeth/seats/new", "email", name=name, email=mailbox, role=role)
        letter = words_of(site.letters(mailbox)[0])
        link = re.search(r"/seats/invites/[\w-]+", letter)[0]
        people[key] = Walker(site)
        people[key].send(link, "promise", public_name="full", promise="yes")
        people[key].sign_in(mailbox)
    return people


def settle_in(people: dict[str, Walker], grace: Walker) -> None:
    """Newcomers sign, declare their interests and are trained; only then are they active."""
    for key in ("amara", "bilal", "chidi"):
        newcomer = people[key]
        assert newcomer.browser.get("/lambeth/cases").status_code == 403
        for kind in ("confidentiality", "code_of_conduct"):
            newcomer.send(f"/lambeth/seats/mine/documents/{kind}", "agreed", agreed="yes")
        newcomer.send("/lambeth/interests/mine")
        page = grace.open("/lambeth/clearances")
        seat = re.search(rf'/clearances/([\w-]+)">{PEOPLE[key][0]}<', page)[1]
        grace.send(f"/lambeth/clearances/{seat}/training", "outcome", outcome="cleared")
        grace.send(f"/lambeth/seats/{seat}/standing", action="/activation")
        assert newcomer.open("/lambeth/cases")


def draw_ten_lambeth_records(grace: Walker) -> list[int]:
    grace.send("/lambeth/draws/new", "month", month="2022-10", n="10", sure="yes")
    certificate = grace.browser.get("/lambeth/draws/1.json").json()
    assert len(certificate["sample"]) == 10
    assert certificate["month"] == "2022-10"
    page = grace.open("/lambeth/cases")
    numbers = sorted({int(n) for n in re.findall(r'href="/lambeth/cases/(\d+)"', page)})
    assert numbers == list(range(1, 11))
    return numbers


def call_a_meeting(grace: Walker, day: str, cases: list[int]) -> None:
    plan = {"date": day, "starts": "18:30", "ends": "20:30"}
    plan |= {"title": "Panel meeting", "venue": "Town Hall", "public": "yes"}
    grace.send("/lambeth/meetings/new", "venue", **plan)
    here = f"/lambeth/meetings/{day}"
    for number in cases:
        grace.send(f"{here}/agenda", action="/cases", case=str(number))
    grace.send(f"{here}/invitations", action="", reason="The hall was free.")
    grace.send(f"{here}/agenda", action="/publication")


def invited(site: Site, day: str) -> None:
    """One invitation a person, with a neutral title and nobody else's address."""
    uids = set()
    for key in PEOPLE:
        letter = site.letters(f"{key}@panel.test", "meeting", "text/calendar")[0]
        part = next(p for p in letter.walk() if p.get_content_type() == "text/calendar")
        event = Calendar.from_ical(part.get_content()).walk("VEVENT")[0]
        attendees = event["ATTENDEE"]
        assert f"{key}@panel.test" in str(attendees).lower()
        assert not isinstance(attendees, list) or len(attendees) == 1
        assert "Panel meeting" in str(event["SUMMARY"])
        uids.add(str(event["UID"]))
        reply = re.search(r"/meetings/replies/\w+", words_of(letter))[0]
        Walker(site).send(reply, "", answer="yes")
    assert len(uids) == 1


def hold_it(grace: Walker, people: dict[str, Walker], day: str) -> None:
    here = f"/lambeth/meetings/{day}"
    people["amara"].send(f"{here}/session", "")
    seats = form(grace.open(f"{here}/attendance"), "version").choices
    assert len(seats) == 5
    grace.send(f"{here}/attendance", "version", **dict.fromkeys(seats, "present"))
    notes = re.findall(rf'href="({here}/notes/[\w-]+)"', grace.open(f"{here}/notes"))
    grace.send(notes[0], "notes", notes="Everybody was **welcomed**.")
    grace.send(
        notes[-1],
        "notes",
        notes="See file:///etc/passwd and http://127.0.0.1:9/x for nothing.\n\n- one\n- two",
    )


def recommend(site: Site, people: dict[str, Walker], grace: Walker, day: str) -> None:
    title = "Tell every person who is searched how to get the record of their search"
    words = {"title": title, "text": "Give each a card.", "reason": "Nine of ten were not told."}
    people["bilal"].send("/lambeth/recommendations/new", "reason", **words)
    one = "/lambeth/recommendations/1"
    meeting = form(people["amara"].open(f"{one}/agreement"), "votes_for").choices["meeting"][0]
    votes = {"votes_for": "3", "votes_against": "0", "abstained": "0"}
    people["amara"].send(f"{one}/agreement", "votes_for", meeting=meeting, **votes)
    people["amara"].send(f"/lambeth/meetings/{day}/room/closing", "")
    grace.send(f"{one}/issue", "form_key")
    assert "LAM-R-" in site.letters("liaison@force.test")[0]["Subject"]
    people["owen"].send(
        f"{one}/answer", "answer_type", answer_type="accepted_in_full", text="We will print cards."
    )


def publish_minutes(site: Site, people: dict[str, Walker], grace: Walker, day: str) -> None:
    """To the chair, round the table, corrected, signed, cleared by the second person, published."""
    here, chair = f"/lambeth/minutes/{day}", people["amara"]
    grace.send(f"{here}/compilation", "form_key")
    grace.send(f"{here}/review", "form_key")
    chair.send(f"{here}/circulation", "form_key", action="")
    people["owen"].send(f"{here}/suggestions", "text", item="0", text="So it was.", factual="yes")
    grace.send(f"{here}/suggestions/1", "answer", outcome="declined", answer="It says so already.")
    site.four_weeks_later()
    for key in ("amara", "bilal", "chidi"):
        people[key].send(f"{here}/signature", "form_key")
    chair.send(f"{here}/approval", "form_key", at="writing")
    people["hana"].send(f"{here}/clearing", "form_key")
    grace.send(f"{here}/publication", "form_key")


def the_public_reads_it(site: Site, day: str, folder: Path) -> None:
    """A page, a PDF and an entry of the ledger that says what the PDF's bytes are."""
    public = Walker(site)
    page = public.open(f"/lambeth/minutes/{day}")
    assert "Everybody was <strong>welcomed</strong>." in page
    assert "We will print cards." in public.open("/lambeth/recommendations/1")
    file = folder / "minutes.pdf"
    site.run("minutes", "pdf", f"lambeth/{day}", "--out", str(file))
    assert file.read_bytes() == public.browser.get(f"/lambeth/minutes/{day}.pdf").content
    assert "of the ledger" in site.run("verify", str(file))
    assert "follow from one another" in site.run("record", "verify")
    again = folder / "1.json"
    again.write_bytes(public.browser.get("/lambeth/draws/1.json").content)
    october = next(str(path) for path in CSV if path.name.startswith("2022-10-metropolitan"))
    boroughs = str(DATA / "london-boroughs.geojson")
    assert "same 10 records" in site.run("draw", "verify", str(again), october, boroughs)
