"""A second person agrees: then exactly that is published, and entered in the ledger."""

import json
from hashlib import sha256

from conftest import run

from archive import steps
from archive.steps import CHECKED, at
from scrutiny.archive import actions
from scrutiny.archive.rules import CheckForm
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.leaks.actions import mark
from scrutiny.ledger.tables import Entry
from scrutiny.letters.tables import Letter
from scrutiny.people.tables import Seat
from scrutiny.web.dates import long_date

HERE = "/lambeth/archive/2019-03-14-1"


def answer(browse, row, who="amara", **changes):
    data = {"decision": "agreed", "version": str(row.version), "form_key": "k1"} | changes
    return browse(who).post(at(row, "/agreement"), data)


def test_it_is_published_with_its_file_and_entered_in_the_ledger(browse, cast):
    row = run(steps.offered(cast, steps.quick(b"the clean copy")))
    assert CHECKED["title"] in browse("amara").get(at(row, "/agreement")).text
    told = answer(browse, row)
    assert (told.status_code, told.headers["location"]) == (303, HERE)
    assert run(steps.events(row))[-1] == ("archive.published", True)
    page = browse().get(HERE).text
    day = long_date(today())
    assert f"Imported: made before this site, its text was checked by the panel on {day}." in page
    assert "<strong>figures</strong>" in page and sha256(b"the clean copy").hexdigest() in page
    file, data = browse().get(f"{HERE}.docx"), browse().get(f"{HERE}.json")
    assert file.content == b"the clean copy"
    assert 'filename="lambeth-minutes-2019-03-14-1.docx"' in file.headers["content-disposition"]
    entries = run(Entry.objects().order_by(Entry.seq).run())
    assert [(one.kind, one.address, one.sha256) for one in entries] == [
        ("archive", f"{HERE}.json", sha256(data.content).hexdigest()),
        ("archive", f"{HERE}.docx", sha256(file.content).hexdigest()),
    ]
    assert json.loads(data.content)["title"] == CHECKED["title"]
    assert "old minutes.docx" not in page + data.text, "a file name stays here"


def test_two_of_one_day_have_addresses_of_their_own(browse, cast):
    run(steps.published(cast))
    row = run(steps.published(cast, title="The other one"))
    assert (row.number, browse().get("/lambeth/archive/2019-03-14-2").status_code) == (2, 200)


def test_only_words_or_only_the_file_are_published_where_that_was_said(browse, cast):
    run(steps.published(cast, shows="text"))
    assert browse().get(f"{HERE}.docx").status_code == 404
    assert browse().get(f"{HERE}.pdf").status_code == 404
    scan = steps.quick(found="scan", kind="pdf", pages=1)
    said = {"shows": "file", "text": "Not these words", "note": "A scan of the signed paper."}
    row = run(steps.offered(cast, scan, **said))
    asked = answer(browse, row)
    assert asked.status_code == 422 and "Read the file to its end first" in asked.text
    assert answer(browse, row, looked="yes").status_code == 303
    page = browse().get("/lambeth/archive/2019-03-14-2").text
    assert "A scan of the signed paper." in page and "Not these words" not in page
    assert browse().get("/lambeth/archive/2019-03-14-2.pdf").status_code == 200


def test_whoever_made_it_does_not_agree_to_it(browse, cast):
    row = run(steps.offered(cast))
    run(seat_too(cast, "grace"))
    page = browse("grace").get(at(row, "/agreement"))
    assert page.status_code == 200 and "Somebody else must agree to this" in page.text
    told = answer(browse, row, "grace")
    assert told.status_code == 409 and "somebody else must agree" in told.text
    assert run(steps.stored(row)).stage == "offered"


async def seat_too(cast, name: str) -> None:
    """They chair as well."""
    async with write_tx():
        await Seat.insert(
            Seat(panel=cast.lambeth, person=cast.people[name], role=cast.seats["amara"].role,
                 since=cast.seats["amara"].since)
        )  # fmt: skip


def test_it_is_given_back_with_a_word(browse, cast):
    row = run(steps.offered(cast))
    asked = answer(browse, row, decision="returned")
    assert asked.status_code == 422 and "Say what should be put right." in asked.text
    assert answer(browse, row, decision="returned", reason="The day is wrong.").status_code == 303
    assert run(steps.stored(row)).stage == "draft"
    assert "The day is wrong." in browse("grace").get(at(row)).text
    told = run(Letter.select(Letter.key).where(Letter.kind == "archive.returned").run())
    assert len(told) == 1
    assert run(steps.events(row))[-1] == ("archive.returned", False)


def test_it_asks_for_an_answer(browse, cast):
    row = run(steps.offered(cast))
    asked = answer(browse, row, decision="")
    assert asked.status_code == 422 and "Choose whether it is published." in asked.text


def test_a_change_after_somebody_looked_voids_their_answer(browse, cast):
    row = run(steps.offered(cast))
    form = CheckForm(**CHECKED | {"text": "Changed since."})
    run(actions.save(row, form, by=cast.seats["grace"], offer=True))
    told = answer(browse, row)
    assert told.status_code == 409 and "Changed since." in told.text
    assert run(steps.stored(row)).stage == "offered"
    assert run(Entry.count().run()) == 0


def test_twice_is_once(browse, cast):
    row = run(steps.offered(cast))
    first, second = answer(browse, row), answer(browse, row)
    assert [one.headers["location"] for one in (first, second)] == [HERE, HERE]
    assert run(Entry.count().run()) == 2


def test_what_nobody_was_asked_about_is_not_published(browse, cast):
    row = run(steps.imported(cast))
    assert browse("amara").get(at(row, "/agreement")).status_code == 409
    assert answer(browse, row).status_code == 409


def test_it_is_for_chairs_and_the_data_lead_of_this_panel_alone(browse, cast):
    row = run(steps.offered(cast))
    for name, status in (("grace", 403), ("bilal", 403), ("claire", 403), ("ruth", 404)):
        assert browse(name).get(at(row, "/agreement")).status_code == status
        assert answer(browse, row, name).status_code == status
    assert answer(browse, row, "hana").status_code == 303


def know(cast, kind: str, value: str) -> None:
    async def kept() -> None:
        async with write_tx():
            await mark(cast.lambeth, kind, value, cast.people["bilal"].id)

    run(kept())


def test_the_leak_guard_stops_what_is_never_published(browse, cast):
    know(cast, "email", "nadia@post.test")
    row = run(steps.offered(cast, text="Write to NADIA@post.test, she said."))
    assert "never published" in browse("amara").get(at(row, "/agreement")).text
    told = answer(browse, row, lifted="She is known to everybody here.")
    assert told.status_code == 409 and "cannot be published as it stands" in told.text
    assert run(steps.stored(row)).stage == "offered"


def test_the_leak_guard_reads_the_file_too_and_lets_a_name_through_with_a_reason(browse, cast):
    know(cast, "name", "Wilhelmina Quartermaine")
    made = steps.quick(words="Wilhelmina Quartermaine opened the meeting.")
    row = run(steps.offered(cast, made))
    assert "Quartermaine" in browse("amara").get(at(row, "/agreement")).text
    asked = answer(browse, row)
    assert asked.status_code == 409 and "Say why" in asked.text
    why = "She was the mayor and opened every meeting."
    assert answer(browse, row, lifted=why).status_code == 303
