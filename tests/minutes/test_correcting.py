"""A mistake in published minutes is corrected in a further edition; the old one stays."""

import json

import pytest
from conftest import run
from meetings.steps import attendance, events, facts
from meetings.steps import stored as stored_meeting

from minutes import steps
from scrutiny.kit.errors import NotNow
from scrutiny.ledger.tables import Entry
from scrutiny.minutes import actions
from scrutiny.minutes.queries import pdf_of, roll
from scrutiny.minutes.tables import Minutes

NOTE = "Chidi Eze was there. Edition 1 said that he had sent apologies."


def filled(browse, row, cast, **changes) -> dict[str, str]:
    page = browse("grace").get(f"{steps.home(row)}/correction").text
    return steps.seen(page) | {"note": NOTE, f"seat-{cast.seats['chidi'].id}": "present"} | changes


def correct(browse, row, form, name="grace"):
    return browse(name).post(f"{steps.home(row)}/correction", form)


async def entries() -> list[str]:
    return [row["address"] for row in await Entry.select().order_by(Entry.seq)]


async def how_many() -> int:
    return await Minutes.count()


def test_a_further_edition_is_written_approved_and_published(browse, cast):
    row = run(steps.published(cast))
    first = run(steps.stored(1))

    reply = correct(browse, row, filled(browse, row, cast))

    assert (reply.status_code, reply.headers["location"]) == (303, f"{steps.home(row)}/draft")
    second = run(steps.document(2))
    assert second["corrections"] == [{"edition": 2, "note": NOTE}]
    assert "Chidi Eze" in [one["name"] for one in second["present"]]
    assert second["quorum"].startswith("3 community members were")
    assert run(attendance(row)).count("present") == 5
    assert run(events())[-1] == ("minutes.corrected", False)
    fields = {"items": 0, "meeting": row.date.isoformat(), "people": 1}
    assert run(facts("minutes.corrected")) == fields
    assert browse().get(steps.home(row)).text.count("Edition 1") == 1  # nothing public yet
    assert NOTE not in browse().get(steps.home(row)).text

    run(steps.to_the_table(cast, row))
    run(steps.approve(cast, row))
    run(steps.clearing.clear(row, by=cast.seats["hana"]))
    run(steps.release(cast, row))

    page = browse().get(steps.home(row)).text
    assert "What has been corrected" in page
    assert NOTE in page
    old = browse().get(f"{steps.home(row)}?edition=1").text
    assert "There is a newer edition" in old
    assert NOTE not in old
    newest = f"https://panel.test{steps.home(row)}"
    assert f'Look at <a class="govuk-link" href="{newest}">{newest}</a>' in old
    assert browse().get(f"{steps.home(row)}.pdf?edition=1").content == bytes(first.pdf)
    assert browse().get(f"{steps.home(row)}.json?edition=1").content == first.document.encode()
    second = run(steps.stored(2))
    assert run(pdf_of(f"lambeth/{row.date}")) == bytes(second.pdf) != bytes(first.pdf)
    assert run(entries()) == [
        f"{steps.home(row)}{kind}?edition={n}" for n in (1, 2) for kind in (".pdf", ".json")
    ]
    assert run(stored_meeting(row)).stage == "minuted"


def test_the_words_of_an_item_are_corrected(browse, cast):
    row = run(steps.published(cast))
    page = browse("grace").get(f"{steps.home(row)}/correction").text
    item = page.split('name="notes-')[2].split('"')[0]
    correct(browse, row, filled(browse, row, cast, **{f"notes-{item}": "They were early."}))
    assert run(steps.document(2))["items"][1]["notes"] == "They were early."
    assert run(steps.document(1))["items"][1]["notes"] == steps.NOTES
    assert run(facts("minutes.corrected"))["items"] == 1


def test_a_correction_is_written_anew_until_it_is_published(browse, cast):
    row = run(steps.published(cast))
    correct(browse, row, filled(browse, row, cast))
    run(steps.to_the_table(cast, row))
    run(steps.approve(cast, row))

    page = browse("grace").get(f"{steps.home(row)}/correction").text
    assert NOTE in page
    correct(browse, row, filled(browse, row, cast, note="Better words."))

    again = run(steps.stored(2))
    assert (again.stage, again.correction) == ("circulated", "Better words.")
    assert json.loads(again.document)["corrections"] == [{"edition": 2, "note": "Better words."}]
    assert run(how_many()) == 2


def test_a_third_edition_tells_of_both_corrections(cast):
    row = run(steps.published(cast))
    run(steps.corrected(cast, row, "One."))
    run(steps.corrected(cast, row, "Two."))
    assert run(steps.document(3))["corrections"] == [
        {"edition": 2, "note": "One."},
        {"edition": 3, "note": "Two."},
    ]


PROBLEMS = [
    ({"note": "  "}, "Say what was wrong and what is right"),
    ({"note": "x" * 2001}, "Make this shorter: 2,000 characters"),
    ({"seat": "asleep"}, "Choose present, apologies or absent for Chidi Eze."),
]


@pytest.mark.parametrize(("change", "said"), PROBLEMS)
def test_it_asks_for_what_is_missing_and_keeps_the_words(browse, cast, change, said):
    row = run(steps.published(cast))
    form = filled(browse, row, cast)
    if "seat" in change:
        change = {f"seat-{cast.seats['chidi'].id}": change["seat"]}
    item = browse("grace").get(f"{steps.home(row)}/correction").text
    item = item.split('name="notes-')[1].split('"')[0]
    reply = correct(browse, row, form | change | {f"notes-{item}": "My own words."})
    assert reply.status_code == 422
    assert said in reply.text
    assert "My own words." in reply.text
    assert form["form_key"] in reply.text
    assert run(how_many()) == 1


@pytest.mark.parametrize(
    ("name", "status"), [("amara", 403), ("bilal", 403), ("owen", 403), ("dev", 404)]
)
def test_others_may_not_correct(browse, cast, name, status):
    row = run(steps.published(cast))
    assert browse(name).get(f"{steps.home(row)}/correction").status_code == status
    assert correct(browse, row, {"note": NOTE}, name).status_code == status
    assert run(how_many()) == 1


@pytest.mark.parametrize("stage", ["held", "drafted", "approved"])
def test_not_before_they_are_published(browse, cast, stage):
    row = run(getattr(steps, stage)(cast))
    assert browse("grace").get(f"{steps.home(row)}/correction").status_code == 409
    assert correct(browse, row, {"note": NOTE}).status_code == 409
    with pytest.raises(NotNow):
        run(actions.correct(row, actions.Correction(NOTE, {}, {}), by=cast.seats["grace"]))


def test_two_who_correct_at_once_the_second_keeps_their_words_and_sees_the_first(browse, cast):
    row = run(steps.published(cast))
    early, late = filled(browse, row, cast), filled(browse, row, cast, note="My other words.")
    correct(browse, row, early)

    reply = correct(browse, row, late)

    assert reply.status_code == 409
    assert "Somebody else changed these minutes" in reply.text
    assert "My other words." in reply.text
    assert NOTE in reply.text
    assert run(steps.stored(2)).correction == NOTE
    again = correct(browse, row, late | steps.seen(reply.text))
    assert again.status_code == 303
    assert run(steps.stored(2)).correction == "My other words."


def test_twice_is_once(browse, cast):
    row = run(steps.published(cast))
    form = filled(browse, row, cast)
    replies = [correct(browse, row, form) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [303, 303]
    assert (run(how_many()), run(steps.stored(2)).version) == (2, 1)


def test_what_was_not_sent_stays_as_it_is(browse, cast):
    row = run(steps.published(cast))
    before = [one.status for one in run(roll(row))]
    seen = browse("grace").get(f"{steps.home(row)}/correction").text
    correct(browse, row, {"note": NOTE, "seen": steps.seen(seen)["seen"]})
    assert [one.status for one in run(roll(row))] == before
    assert run(steps.document(2))["items"][1]["notes"] == steps.NOTES
