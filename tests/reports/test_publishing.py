"""The chair approves exactly this report; somebody else publishes it: page, PDF, data, ledger."""

import hashlib
import json

import pytest
from conftest import run
from meetings.steps import events, facts, letters

from reports import steps
from reports.steps import HOME, YEAR
from scrutiny.kit.clock import now
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.leaks.actions import mark
from scrutiny.ledger.tables import Entry
from scrutiny.membership.interests.tables import Recusal
from scrutiny.minutes.rules import fingerprint
from scrutiny.people.tables import Seat
from scrutiny.recommendations.tables import Recommendation
from scrutiny.record.queries import broken_at, published_count
from scrutiny.reports import actions

APPROVAL, PUBLICATION = f"{HOME}/approval", f"{HOME}/publication"


def seen(page: str) -> dict[str, str]:
    return {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in
            ("seen", "form_key")}  # fmt: skip


def press(browse, url, name, **changes):
    return browse(name).post(url, seen(browse(name).get(url).text) | changes)


async def ledger() -> list[tuple[str, str, str]]:
    rows = await Entry.select().order_by(Entry.seq)
    return [(row["kind"], row["address"], row["sha256"]) for row in rows]


@pytest.fixture
def draft(cast):
    run(steps.begun(cast))
    run(steps.written(cast))


@pytest.fixture
def approved(cast, draft):
    run(actions.approve(YEAR.name, by=cast.seats["amara"]))


# -- approving ------------------------------------------------------------------------------------


def test_the_chair_binds_the_fingerprint_of_what_was_read(browse, cast, draft):
    reply = press(browse, APPROVAL, "amara")

    assert (reply.status_code, reply.headers["location"]) == (303, f"{HOME}/draft")
    row = run(steps.stored())
    assert row.stage == "approved"
    assert row.approved_hash == hashlib.sha256(row.document.encode()).hexdigest()
    assert run(facts("report.approved"))["sha256"] == row.approved_hash
    assert set(run(letters("report.approved"))) == {"amara@panel.test", "grace@panel.test"}


@pytest.mark.parametrize(
    ("name", "status"), [("grace", 403), ("bilal", 403), ("owen", 403), ("dev", 404)]
)
def test_others_may_not_approve(browse, cast, draft, name, status):
    assert browse(name).get(APPROVAL).status_code == status
    assert browse(name).post(APPROVAL).status_code == status


def test_whoever_compiled_it_does_not_approve_it(browse, cast, draft):
    async def take_the_chair():
        async with write_tx():
            mine = Seat.person == cast.people["grace"].id
            await Seat.insert(Seat(panel=cast.lambeth.id, person=cast.people["grace"].id,
                                   role="vice_chair", since=YEAR.since))  # fmt: skip
            return await Seat.count().where(mine)

    assert run(take_the_chair()) == 2
    page = browse("grace").get(APPROVAL).text
    assert "You compiled this report yourself." in page
    assert browse("grace").post(APPROVAL, {"seen": "1.2"}).status_code == 409
    assert run(steps.stored()).stage == "drafting"


def test_an_edit_between_reading_and_approving_is_noticed(browse, cast, draft):
    form = seen(browse("amara").get(APPROVAL).text)
    run(actions.compile(YEAR.name, by=cast.seats["grace"]))
    assert browse("amara").post(APPROVAL, form).status_code == 409
    assert run(steps.stored()).stage == "drafting"


def test_two_who_approve_at_once_approve_once(browse, cast, draft):
    form = seen(browse("amara").get(APPROVAL).text)
    assert browse("amara").post(APPROVAL, form).status_code == 303
    assert browse("amara").post(APPROVAL, form).status_code == 303  # the same form
    assert browse("amara").post(APPROVAL, {**form, "form_key": "other"}).status_code == 409
    assert browse("amara").get(APPROVAL).status_code == 409


def test_who_takes_no_part_in_something_neither_reads_it_nor_approves(browse, cast):
    run(steps.happen(cast))
    run(steps.begun(cast))
    run(steps.written(cast))

    async def recuse():
        row = await Recommendation.objects().where(Recommendation.number == 1).first()
        apart = Recusal(about=row.id, person=cast.people["amara"].id, at=now(),
                        panel=cast.lambeth.id, kind="recommendation")  # fmt: skip
        async with write_tx():
            await Recusal.insert(apart)

    run(recuse())
    page = browse("amara").get(f"{HOME}/draft").text
    assert "Ask 1" not in page and "Ask 2" in page
    assert "What you take no part in is not shown to you." in page
    assert "Ask 1" not in browse("amara").get(f"{HOME}/draft/figures/asked").text
    assert "2 in the report." in browse("amara").get(f"{HOME}/draft/figures/asked").text
    assert "Ask 1" in browse("bilal").get(f"{HOME}/draft/figures/asked").text
    assert "somebody else must approve" in press_raw(browse, "amara").text.lower()
    assert run(steps.stored()).stage == "drafting"


def press_raw(browse, name):
    row = run(steps.stored())
    return browse(name).post(APPROVAL, {"seen": f"{row.edition}.{row.version}", "form_key": "z"})


# -- publishing -----------------------------------------------------------------------------------


def test_published_as_page_pdf_and_data_and_entered_in_the_ledger(browse, cast, approved):
    before = run(published_count())

    reply = press(browse, PUBLICATION, "grace")

    assert (reply.status_code, reply.headers["location"]) == (303, HOME)
    row = run(steps.stored())
    pdf, data = bytes(row.pdf), row.document.encode()
    assert (row.stage, row.sha256) == ("published", fingerprint(pdf))
    assert run(ledger()) == [
        ("annual report", f"{HOME}.pdf?edition=1", row.sha256),
        ("annual report data", f"{HOME}.json?edition=1", fingerprint(data)),
    ]
    assert run(events())[-1] == ("report.published", True)
    assert run(published_count()) == before + 1
    assert run(broken_at())[1] is None
    assert set(run(letters("report.published"))) == {
        f"{name}@panel.test" for name in ("amara", "bilal", "chidi", "grace")
    }
    page = browse().get(HOME)
    assert page.headers["x-published"] == "1"
    assert row.sha256 in page.text and "Approved by the chair on" in page.text
    assert browse().get(f"{HOME}.pdf").content == pdf
    assert browse().get(f"{HOME}.json?edition=1").content == data
    assert json.loads(data)["words"]["thanks"] == "Siân."
    assert f'href="{HOME}"' in browse().get("/lambeth/reports").text
    assert "/lambeth/reports" in browse().get("/lambeth").text


def test_whoever_approved_it_does_not_publish_it(browse, cast, approved):
    assert "You approved this report yourself." in browse("amara").get(PUBLICATION).text
    row = run(steps.stored())
    form = {"seen": f"{row.edition}.{row.version}", "form_key": "p"}
    assert browse("amara").post(PUBLICATION, form).status_code == 409
    assert run(ledger()) == []


@pytest.mark.parametrize(("name", "status"), [("bilal", 403), ("claire", 403), ("dev", 404)])
def test_others_may_not_publish(browse, cast, approved, name, status):
    assert browse(name).get(PUBLICATION).status_code == status
    assert browse(name).post(PUBLICATION).status_code == status
    assert run(steps.stored()).stage == "approved"


def test_not_before_the_chair_approved(browse, cast, draft):
    assert browse("grace").get(PUBLICATION).status_code == 409
    assert browse("grace").post(PUBLICATION, {"seen": "1.2"}).status_code == 409
    assert run(ledger()) == []


def test_published_twice_is_published_once(browse, cast, approved):
    form = seen(browse("grace").get(PUBLICATION).text)
    replies = [browse("grace").post(PUBLICATION, form) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [303, 303]
    assert browse("grace").post(PUBLICATION, {"seen": form["seen"]}).status_code == 409
    assert len(run(ledger())) == 2


def test_words_that_cannot_be_printed_publish_nothing(browse, cast):
    run(steps.begun(cast))
    run(steps.written(cast, thanks="Tack 😀"))
    run(actions.approve(YEAR.name, by=cast.seats["amara"]))
    reply = press(browse, PUBLICATION, "grace")
    assert reply.status_code == 422
    assert "cannot be printed" in reply.text
    assert (run(steps.stored()).stage, run(ledger())) == ("approved", [])


# -- the leak guard -------------------------------------------------------------------------------


async def know(cast, kind: str, value: str) -> None:
    async with write_tx():
        await mark(cast.lambeth, kind, value, cast.lambeth.id)


def test_what_a_confidential_record_knows_is_not_published(browse, cast):
    run(know(cast, "email", "nadia.xylo@example.org"))
    run(steps.begun(cast))
    run(steps.written(cast, thanks="Write to nadia.xylo@example.org."))
    run(actions.approve(YEAR.name, by=cast.seats["amara"]))

    page = browse("grace").get(PUBLICATION).text
    assert "nadia.xylo@example.org" in page and 'name="reason"' not in page
    row = run(steps.stored())
    form = {"seen": f"1.{row.version}", "form_key": "p", "reason": "It is already public."}
    assert browse("grace").post(PUBLICATION, form).status_code == 409
    with pytest.raises(NotNow, match="cannot be published"):
        run(actions.publish(YEAR.name, by=cast.seats["grace"]))
    assert (run(steps.stored()).stage, run(ledger())) == ("approved", [])


def test_a_name_is_let_through_with_a_reason_by_who_did_not_compile_it(browse, cast):
    run(know(cast, "name", "Zebulon Quillfeather"))
    run(steps.begun(cast))
    run(steps.written(cast, thanks="Thank you, Zebulon Quillfeather."))
    run(actions.approve(YEAR.name, by=cast.seats["amara"]))
    assert 'name="reason"' in browse("grace").get(PUBLICATION).text
    row = run(steps.stored())
    form = {"seen": f"1.{row.version}", "form_key": "p"}
    assert browse("grace").post(PUBLICATION, form).status_code == 409
    mine = browse("grace").post(PUBLICATION, form | {"reason": "They asked us to thank them."})
    assert mine.status_code == 409  # she compiled it
    run(actions.let_through(YEAR.name, "They asked us to thank them.", by=cast.seats["amara"]))
    assert browse("grace").post(PUBLICATION, form).status_code == 303
    assert run(facts("leaks.lifted"))["kinds"] == ["name"]


# -- further editions -----------------------------------------------------------------------------


def test_a_correction_is_a_further_edition_and_the_first_stays(browse, cast):
    run(steps.published(cast))
    form = {"note": "Bilal's name was **left out**.", "form_key": "c"}
    reply = browse("grace").post(f"{HOME}/correction", form)
    assert (reply.status_code, reply.headers["location"]) == (303, f"{HOME}/draft")
    assert browse("grace").post(f"{HOME}/correction", form).status_code == 303
    again = browse("grace").post(f"{HOME}/correction", form | {"form_key": "d"})
    assert again.status_code == 409
    run(actions.approve(YEAR.name, by=cast.seats["amara"]))
    run(actions.publish(YEAR.name, by=cast.seats["grace"]))
    newest, first = browse().get(HOME).text, browse().get(f"{HOME}?edition=1").text
    assert "<strong>left out</strong>" in newest and "left out</strong>" not in first
    assert "There is a newer edition" in first
    assert browse().get(f"{HOME}/figures/held?edition=1").status_code == 200
    assert browse().get(f"{HOME}?edition=3").status_code == 404
    assert [kind for kind, *_ in run(ledger())].count("annual report") == 2


def test_a_correction_says_what_was_wrong(browse, cast):
    assert browse("grace").get(f"{HOME}/correction").status_code == 404
    run(steps.published(cast))
    reply = browse("grace").post(f"{HOME}/correction", {"note": " "})
    assert reply.status_code == 422
    assert "Say what was wrong" in reply.text
    assert browse("amara").get(f"{HOME}/correction").status_code == 403
