"""What its resident took back while the law needs it: kept, and read by nobody on any way."""

from datetime import timedelta

import pytest
from conftest import run

from concerns.evidence import media
from concerns.evidence.sending import send
from concerns.steps import concern_of, letters, raised
from concerns.thread.steps import BACK
from concerns.triage.steps import events, propose, seen
from concerns.vault.steps import SHOW, agreed, asked, looks
from concerns.video.steps import requests, wished
from scrutiny.concerns.retention.tables import Hold
from scrutiny.concerns.tables import ConcernKey
from scrutiny.concerns.thread.actions import answer_hand_off
from scrutiny.concerns.triage import handoff
from scrutiny.concerns.triage.queries import hand_off_of
from scrutiny.concerns.vault.tables import Contact
from scrutiny.kit.clock import today
from scrutiny.letters.tables import Letter

ONE = "/lambeth/concerns/1"
SEND = {"step": "send", "how": "print"}
MAIL = {"step": "send", "how": "other", "address": "psd@force.test", "asked": "yes", "sure": "yes"}
NAMED = {"consents": ["summary.panel", "identity.force", "contact.force", "video.force"]}


def hold(cast, receipt):
    until = today() + timedelta(days=30)
    row = Hold(concern=concern_of(receipt).id, panel=cast.lambeth.id, why="court", stage="agreed",
               until=until, proposed=today(), proposed_by=cast.seats["grace"].id,
               agreed_by=cast.seats["hana"].id)  # fmt: skip
    run(Hold.insert(row).run())


@pytest.fixture
def named(cast):
    """One whose resident says that their name may go to the force, and asks for the video."""
    receipt = raised(cast.lambeth, **wished(**NAMED))
    hold(cast, receipt)
    return receipt


def take_back(browse, receipt):
    reply = browse().post(f"{BACK}/withdrawal", {"code": receipt.code, "sure": "yes"})
    assert reply.status_code == 200
    assert run(ConcernKey.count().run()) == 1, "the law still needs it"


def test_an_open_look_is_over_at_once_and_no_other_can_be_asked_for(browse, named):
    agreed(browse)
    assert "Xyloquist" in browse("grace").post(f"{ONE}/contact", SHOW).text
    take_back(browse, named)
    for sent in (SHOW, {"why": "reply"}):
        reply = browse("grace").post(f"{ONE}/contact", sent)
        assert reply.status_code == 404
        assert "Xyloquist" not in reply.text
    assert browse("grace").get(f"{ONE}/contact").status_code == 404
    assert [(one["stage"], one["sealed"]) for one in looks()] == [("closed", b"")]
    assert run(Contact.count().run()) == 1


def test_a_look_that_waits_cannot_be_agreed(browse, named):
    url = asked(browse)
    take_back(browse, named)
    words = {"verdict": "agree", "passphrase": "whatever it is"}
    assert browse("hana").post(url, words).status_code == 409


def test_nothing_of_it_is_passed_on_as_a_complaint(browse, cast, named):
    agreed(browse, "complaint")
    run(handoff.offer(seen(cast), by=cast.seats["grace"], to="force"))
    run(answer_hand_off(named.code, agree=True, version=1))
    take_back(browse, named)
    there = run(hand_off_of(concern_of(named)))
    assert there.stage == "declined"
    for version in range(1, there.version + 1):
        sent = SEND | {"version": str(version)}
        assert browse("grace").post(f"{ONE}/hand-off", sent).status_code == 409
    assert letters("hand_off.sent") == []


def test_a_letter_that_waits_is_not_sent_any_more(browse, cast, named):
    agreed(browse, "complaint")
    run(handoff.offer(seen(cast), by=cast.seats["grace"], to="force"))
    run(answer_hand_off(named.code, agree=True, version=1))
    assert browse("grace").post(f"{ONE}/hand-off", MAIL | {"version": "2"}).status_code == 303
    kinds = Letter.kind.is_in(["hand_off.sent", "video.asked"])
    assert run(Letter.count().where(kinds).run()) == 2
    take_back(browse, named)
    assert run(Letter.count().where(kinds).run()) == 0


@pytest.mark.parametrize("who", ["grace", "sol", "hana"])
def test_its_files_are_shut(who, browse, named):
    assert send(browse(), media.photo(), named.code, f"{BACK}/evidence").status_code == 200
    assert browse(who).get(f"{ONE}/files/1").status_code == 200
    take_back(browse, named)
    assert browse(who).get(f"{ONE}/files/1").status_code == 404
    assert "files/1" not in browse(who).get(ONE).text


def test_the_chair_reads_no_more_of_what_triage_wrote_about_it(browse, cast, named):
    propose(cast)
    before = browse("amara").get("/lambeth/refusals/1").text
    assert "A search outside our borough." in before
    take_back(browse, named)
    for who, page in (("amara", "/lambeth/refusals/1"), ("grace", ONE)):
        assert "A search outside our borough." not in browse(who).get(page).text


@pytest.mark.parametrize("who", ["claire", "owen", "grace"])
def test_the_police_see_no_more_where_and_when_it_was(who, browse, named):
    assert "Quillfeather" in browse(who).get("/lambeth/video/1").text
    take_back(browse, named)
    page = browse(who).get("/lambeth/video/1").text
    assert "Quillfeather" not in page and "9911QX" not in page
    assert len(requests()) == 1, "that we asked is still known"


def test_the_record_says_that_looks_were_closed(browse, named):
    agreed(browse)
    take_back(browse, named)
    assert len(events("concern.contact_closed")) == 1
