"""A complaint is handed on: offered, agreed by the resident, sent by the secretariat; no sooner."""

import json
from datetime import timedelta

import pytest
from conftest import run
from forms import form

from concerns.steps import CANARIES, concern_of, letters, raised, stored
from concerns.thread.steps import BACK
from concerns.triage.steps import URL, decision, events, move, said, seen
from concerns.vault.steps import agreed
from concerns.video.steps import wished
from scrutiny.cases.actions import take_up
from scrutiny.concerns.consents import answered, keep_answers
from scrutiny.concerns.retention.actions import erase
from scrutiny.concerns.tables import Concern, ConcernKey
from scrutiny.concerns.thread.actions import answer_hand_off, withdraw
from scrutiny.concerns.thread.notices import forget_sent
from scrutiny.concerns.thread.queries import grid_version
from scrutiny.concerns.triage import handoff
from scrutiny.concerns.triage.queries import hand_off_of
from scrutiny.concerns.triage.rules import (
    HAND_OFF_MOVES,
    HAND_OFF_NAMES,
    OFFER,
    HandOffStage,
    missing_consents,
)
from scrutiny.concerns.triage.tables import HandOff
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.letters.tables import Letter
from scrutiny.people.tables import Force
from scrutiny.record.tables import Event

POST = f"{URL}/hand-off"
OFFERED = {"step": "offer", "to": "force", "version": "0"}
SEND = {"step": "send", "how": "email", "version": "2"}
OTHER = {"step": "send", "how": "other", "address": "odd@office.test", "version": "2"}
SURE = OTHER | {"asked": "yes", "sure": "yes"}
PRINT = {"step": "send", "how": "print", "version": "2"}
NAMED = ["statistics.public", "identity.force", "contact.force"]
RESIDENTS = ("Stopped: it never went.", "It may have reached them.", "and stays with them.")
"""How each end of a complaint that was taken back is told to its resident."""


def kept(*columns):
    return run(HandOff.select(*columns).run())


def there(receipt) -> HandOff:
    return run(hand_off_of(concern_of(receipt)))


def offer(cast, to="force") -> None:
    run(handoff.offer(seen(cast), by=cast.seats["grace"], to=to))


def answer(receipt, agree=True) -> None:
    version = there(receipt).version
    run(answer_hand_off(receipt.code, agree=agree, version=version))


@pytest.fixture
def ready(cast, concern):
    """Agreed by its resident, who did not say that their name may go with it."""
    Force.update({Force.complaints_contact: "psd@force.test"}, force=True).run_sync()
    offer(cast)
    answer(concern)
    return concern


def leaves() -> None:
    """The worker has sent the letter."""
    run(Letter.update({Letter.state: "sent"}).where(Letter.kind == "hand_off.sent").run())


def allow(receipt, *cells):
    row = concern_of(receipt)

    async def save():
        async with write_tx():
            await keep_answers(row, answered(cells, True), today())

    run(save())


def test_it_is_offered_and_the_resident_is_told(browse, cast, concern):
    assert "A complaint must be answered by law." in browse("grace").get(POST).text
    reply = browse("grace").post(POST, OFFERED)
    assert (reply.status_code, reply.headers["location"]) == (303, POST)
    assert kept(HandOff.to, HandOff.stage, HandOff.offered) == [
        {"to": "force", "stage": "offered", "offered": today()}
    ]
    assert said(concern) == [("panel", "question", OFFER)]
    (event,) = events("concern.hand_off_offered", Event.facts)
    assert event["facts"] == '{"number": 1, "to": "force", "turn": 1}'


def test_nothing_goes_until_the_resident_says_yes(browse, cast, concern):
    offer(cast)
    assert "Wait for the resident." in browse("grace").get(POST).text
    assert browse("grace").post(POST, {**PRINT, "version": "1"}).status_code == 409
    assert letters("hand_off.sent") == []


def test_a_no_also_after_a_yes_keeps_it_here(browse, ready):
    answer(ready, agree=False)
    assert kept(HandOff.stage, HandOff.consented) == [{"stage": "declined", "consented": None}]
    assert browse("grace").post(POST, {**SEND, "version": "3"}).status_code == 409
    assert letters("hand_off.sent") == []


def test_who_said_no_may_be_asked_again(browse, cast, concern):
    offer(cast)
    answer(concern, agree=False)
    assert browse("grace").post(POST, {**OFFERED, "version": "2"}).status_code == 303
    assert kept(HandOff.stage, HandOff.version) == [{"stage": "offered", "version": 3}]


def test_it_is_offered_once_at_a_time(browse, cast, concern):
    grace = browse("grace")
    assert [grace.post(POST, OFFERED).status_code for _ in range(2)] == [303, 409]
    assert len(said(concern)) == 1


def test_it_goes_without_a_name_where_none_was_allowed(browse, ready):
    reply = browse("grace").post(POST, SEND)
    assert reply.status_code == 303
    (letter,) = letters("hand_off.sent")
    assert letter.to.address == "psd@force.test"
    assert "Zebedee was searched twice" in letter.words.text
    assert "does not wish to give their name" in letter.words.text
    assert "through the panel, at hello@lambeth.test" in letter.words.text
    for who in ("Xyloquist", "nadia.xylo", "900461"):
        assert who not in letter.words.text
    assert not [word for word in CANARIES if word in letter.words.subject]
    assert kept(HandOff.stage, HandOff.how, HandOff.named, HandOff.sent) == [
        {"stage": "sent", "how": "email", "named": False, "sent": today()}
    ]
    assert said(ready)[-1] == ("panel", "reply", handoff.GOES)


@pytest.mark.parametrize(
    ("cells", "goes", "stays"),
    [
        (NAMED, ("Xyloquist", "nadia.xylo", "900461"), ()),
        (["identity.force"], ("Xyloquist",), ("nadia.xylo", "900461")),
        (["contact.force"], ("nadia.xylo", "900461"), ("Name:",)),
    ],
)
def test_a_name_goes_only_with_consent_and_an_open_look(browse, ready, cells, goes, stays):
    allow(ready, *cells)
    page = browse("grace").get(POST).text
    assert "a second custodian agrees" in page and "Xyloquist" not in page
    assert "Name: locked until two custodians open it" in page
    for held_back in ("Zebedee", "does not wish to give", "Send it"):
        assert held_back not in page
    refused = browse("grace").post(POST, SEND)
    assert refused.status_code == 422
    assert "Ask first to look at who wrote it" in refused.text
    assert letters("hand_off.sent") == []

    agreed(browse, "complaint")
    assert browse("grace").post(POST, SEND).status_code == 303
    (letter,) = letters("hand_off.sent")
    assert all(word in letter.words.text for word in goes)
    assert not [word for word in stays if word in letter.words.text]
    assert ("through the panel" in letter.words.text) == ("contact.force" not in cells)
    assert kept(HandOff.named) == [{"named": True}]
    went = [one for one, cell in (("name", "identity.force"), ("contact", "contact.force"))
            if cell in cells]  # fmt: skip
    (event,) = events("concern.hand_off_sent", Event.facts)
    assert json.loads(event["facts"])["went"] == went
    leaves()
    box = browse().post(BACK, {"code": ready.code}).text
    assert ("Your name went with it." in box) == ("name" in went)
    assert ("Your name did not go." in box) == ("name" not in went)
    assert ("How to reach you went with it." in box) == ("contact" in went)
    assert events("concern.contact_read") != []


def test_consent_for_one_is_no_consent_for_another(browse, ready):
    allow(ready, "identity.iopc", "contact.lpb")
    assert browse("grace").post(POST, SEND).status_code == 303
    (letter,) = letters("hand_off.sent")
    assert "Xyloquist" not in letter.words.text
    assert missing_consents("force", {"identity.iopc"}) == {"identity.force", "contact.force"}


def test_it_is_printed_where_they_have_a_form_of_their_own(browse, cast, concern):
    offer(cast, to="iopc")
    answer(concern)
    page = browse("grace").get(POST).text
    assert "Zebedee was searched twice" in page and "Read, copy or print it" in page
    assert browse("grace").post(POST, PRINT).status_code == 303
    assert letters("hand_off.sent") == []
    assert kept(HandOff.how) == [{"how": "print"}]


def test_it_goes_to_where_the_force_takes_complaints_whatever_was_typed(browse, ready):
    assert "It goes to psd@force.test." in browse("grace").get(POST).text
    assert browse("grace").post(POST, SEND | {"address": "odd@office.test"}).status_code == 303
    assert [one.to.address for one in letters("hand_off.sent")] == ["psd@force.test"]
    assert "psd@force.test" in browse().post(BACK, {"code": ready.code}).text


def test_another_address_is_checked_in_words_first_recorded_and_told(browse, ready):
    page = browse("grace").post(POST, OTHER)
    assert page.status_code == 200 and letters("hand_off.sent") == []
    assert "odd@office.test" in page.text and "We know this address: psd@force.test" in page.text
    unsure = browse("grace").post(POST, OTHER | {"asked": "yes"})
    assert unsure.status_code == 422 and "Tick that you have checked" in unsure.text
    fields = form(page.text, having="sure").fields
    sent = {name: one for name, one in fields.items() if name != "_csrf"}
    assert browse("grace").post(POST, sent | {"sure": "yes"}).status_code == 303
    assert [one.to.address for one in letters("hand_off.sent")] == ["odd@office.test"]
    (event,) = events("concern.hand_off_sent", Event.facts)
    facts = json.loads(event["facts"])
    assert (facts["address"], facts["other"]) == ("odd@office.test", True)
    assert "odd@office.test" in browse().post(BACK, {"code": ready.code}).text
    assert "By e-mail to odd@office.test." in browse("grace").get(POST).text


def test_where_no_address_is_known_none_is_taken_for_known(browse, ready):
    Force.update({Force.complaints_contact: ""}, force=True).run_sync()
    assert 'value="email"' not in browse("grace").get(POST).text
    assert browse("grace").post(POST, SEND).status_code == 422
    assert "We know no address" in browse("grace").post(POST, OTHER).text
    assert letters("hand_off.sent") == []


def test_all_that_was_said_goes_and_files_are_only_mentioned(browse, cast):
    Force.update({Force.complaints_contact: "psd@force.test"}, force=True).run_sync()
    told = {"wants": ["complaint"], "officer": "4471QX", "details": {"reason": "no"},
            "consents": NAMED}  # fmt: skip
    receipt = raised(cast.lambeth, **told)
    more = {"code": receipt.code, "kind": "corrected", "words": "It was dusk.", "last": "0"}
    assert browse().post(f"{BACK}/more", more).status_code == 200
    offer(cast)
    answer(receipt)
    agreed(browse, "complaint")
    page = browse("grace").get(POST).text
    assert browse("grace").post(POST, SEND).status_code == 303
    (letter,) = letters("hand_off.sent")
    for words in ("4471QX", "Was a reason given?: No", "they corrected what they wrote:",
                  "It was dusk."):  # fmt: skip
        assert words in letter.words.text and words in page
    leaves()
    assert "The officer's number went" in browse().post(BACK, {"code": receipt.code}).text


def test_an_officer_number_that_the_force_knows_needs_no_look(browse, cast):
    told = wished(officer="9911QX", consents=["video.force"], wants=["video", "complaint"])
    receipt = raised(cast.lambeth, **told)
    offer(cast)
    answer(receipt)
    assert "9911QX" in browse("grace").get(POST).text


def test_what_happened_on_one_day_stands_in_the_order_in_which_it_did(browse, ready):
    browse("grace").post(POST, SEND)
    version = run(grid_version(concern_of(ready)))
    sent = {"code": ready.code, "version": str(version), "consents_1": ["summary.panel"]}
    assert browse().post(f"{BACK}/consents", sent).status_code == 200
    lines = ["We offered to pass it on", "You agreed that it is passed on",
             "We set your complaint on", "You changed what may be done"]  # fmt: skip
    pages = [browse().post(BACK, {"code": ready.code}), browse().post(f"{BACK}/copy", sent)]
    for page in (*pages, browse("grace").get(URL)):
        places = [page.text.rindex(line) for line in lines]
        assert places == sorted(places)


def test_once_it_went_taking_it_back_says_what_stays_there(browse, ready):
    allow(ready, *NAMED)
    agreed(browse, "complaint")
    browse("grace").post(POST, SEND)
    leaves()
    number = {"step": "receipt", "receipt": "CO/1234/26", "version": "3"}
    assert browse("grace").post(POST, number).status_code == 303
    before = browse().post(BACK, {"code": ready.code}).text
    warning = before.partition('id="take-back"')[2]
    for words in ("The complaint that went stays with them.", "ask them, not us.", "CO/1234/26"):
        assert words in warning
    after = browse().post(f"{BACK}/withdrawal", {"code": ready.code, "sure": "yes"}).text
    for words in ("psd@force.test", "Your name went with it.", "CO/1234/26",
                  "They still have the complaint.", "We set your complaint on its"):  # fmt: skip
        assert words in after
    assert "Zebedee" not in after and "Xyloquist" not in after
    page = browse("grace").get(POST).text
    for words in ("psd@force.test", "Their name went with it.", "CO/1234/26"):
        assert words in page
    assert "Send it" not in page and "Offer it" not in page


def test_their_number_goes_when_the_last_of_it_does(browse, ready):
    browse("grace").post(POST, PRINT)
    browse("grace").post(POST, {"step": "receipt", "receipt": "CO/1", "version": "3"})
    run(withdraw(ready.code))

    async def tidy():
        async with write_tx():
            await erase(concern_of_panel, today())

    concern_of_panel = concern_of(ready)
    assert run(ConcernKey.count().run()) == 1
    run(tidy())
    assert run(ConcernKey.count().run()) == 0
    page = browse().post(BACK, {"code": ready.code}).text
    assert "CO/1" not in page and "It went on" in page


def test_a_letter_that_never_left_was_not_passed_on(browse, ready):
    browse("grace").post(POST, SEND)
    page = browse().post(f"{BACK}/withdrawal", {"code": ready.code, "sure": "yes"}).text
    assert kept(HandOff.stage, HandOff.sent) == [{"stage": "declined", "sent": None}]
    assert "They still have the complaint." not in page


def test_their_number_and_how_it_ended_reach_the_resident(browse, ready):
    grace = browse("grace")
    grace.post(POST, PRINT)
    form = {"step": "receipt", "receipt": " CO/1234/26 ", "version": "3"}
    assert grace.post(POST, form).status_code == 303
    assert "CO/1234/26" in grace.get(POST).text
    (row,) = kept(HandOff.stage, HandOff.receipted, HandOff.sealed_receipt)
    assert (row["stage"], row["receipted"]) == ("receipt_recorded", today())
    assert b"CO/1234" not in bytes(row["sealed_receipt"])
    form = {"step": "outcome", "outcome": "not_acceptable", "version": "4"}
    assert grace.post(POST, form).status_code == 303
    assert kept(HandOff.stage, HandOff.outcome) == [
        {"stage": "outcome_known", "outcome": "not_acceptable"}
    ]
    assert [text for _, _, text in said(ready)[-2:]] == [
        "They have your complaint. Their number for it: CO/1234/26",
        "Your complaint has ended. The service was not acceptable.",
    ]


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({}, "Choose what is to be done."),
        ({"step": "offer", "to": "press"}, "Choose who would get it."),
        ({"step": "send"}, "Choose how it goes."),
        ({"step": "send", "how": "other", "address": "no"}, "Write the e-mail address"),
        ({"step": "receipt", "receipt": " "}, "Write the number they gave it"),
        ({"step": "receipt", "receipt": "f" * 61}, "Write the number they gave it"),
        ({"step": "outcome"}, "Choose how it ended."),
    ],
)
def test_each_step_asks_for_what_it_needs(browse, ready, form, told):
    reply = browse("grace").post(POST, {"version": "2", **form})
    assert reply.status_code == 422 and told in reply.text
    assert kept(HandOff.stage) == [{"stage": "consented"}]


@pytest.mark.parametrize(
    ("name", "status"),
    [("sol", 403), ("hana", 403), ("amara", 403), ("bilal", 403), ("claire", 403), ("dev", 404)],
)
def test_nobody_else_sends_it(browse, ready, name, status):
    assert browse(name).get(POST).status_code == status
    assert browse(name).post(POST, SEND).status_code == status
    assert kept(HandOff.stage) == [{"stage": "consented"}]


def test_one_that_is_not_there_is_not_found(browse, cast):
    raised(cast.hackney)
    for path in (POST, "/hackney/concerns/1/hand-off"):
        assert browse("grace").post(path, OFFERED).status_code == 404
    raised(cast.lambeth)
    assert browse("grace").post(POST, {**PRINT, "version": "0"}).status_code == 404


def test_it_goes_once_and_the_second_keeps_what_they_typed(browse, ready):
    grace = browse("grace")
    assert [grace.post(POST, SEND).status_code for _ in range(2)] == [303, 409]
    form = {"step": "receipt", "receipt": "CO/9", "version": "2"}
    late = grace.post(POST, form)
    assert late.status_code == 409 and "CO/9" in late.text
    assert len(letters("hand_off.sent")) == 1


def test_two_at_the_same_moment_send_one(cast, ready):
    early, late = there(ready), there(ready)
    how = {"by": cast.seats["grace"], "contact": None, "address": "psd@force.test"}
    run(handoff.send(seen(cast), early, **how))
    with pytest.raises((Stale, NotNow)):
        run(handoff.send(seen(cast), late, **how))
    assert len(letters("hand_off.sent")) == 1


def test_a_running_complaint_does_not_stop_the_panel(browse, cast, ready):
    browse("grace").post(POST, PRINT)
    assert "A complaint does not stop the panel." in browse("grace").get(URL).text
    move(cast, "accepted")
    run(take_up(seen(cast), by=cast.seats["grace"], title="A search"))
    assert stored(Concern.stage) == [{"stage": "linked"}]
    assert browse("grace").get(decision("paused_live_proceedings")).status_code == 200


def test_who_takes_it_back_leaves_no_letter_in_the_outbox(browse, ready):
    browse("grace").post(POST, SEND)
    run(withdraw(ready.code))
    assert letters("hand_off.sent") == []
    assert browse("grace").get(POST).status_code == 200
    assert "Zebedee" not in browse("grace").get(POST).text


def test_every_step_has_its_words():
    assert set(HAND_OFF_NAMES) == set(HandOffStage)
    assert {to for to in HAND_OFF_MOVES.values()} == set(HandOffStage)
    assert all(move == stage for (_, move), stage in HAND_OFF_MOVES.items())


def test_reading_what_would_be_sent_is_recorded(browse, cast, ready):
    assert events("concern.read") == []
    assert "Zebedee was searched twice" in browse("grace").get(POST).text
    (event,) = events("concern.read", Event.seat)
    assert event["seat"] == cast.seats["grace"].id


def test_once_it_went_the_outbox_keeps_neither_words_nor_name(browse, ready):
    """The outbox opens with the host's own keys alone: no custodian is asked."""
    allow(ready, *NAMED)
    agreed(browse, "complaint")
    assert browse("grace").post(POST, SEND).status_code == 303
    tomorrow = today() + timedelta(days=1)
    assert run(forget_sent(tomorrow)) == 0, "it has not gone yet"
    this = Letter.kind == "hand_off.sent"
    run(Letter.update({Letter.state: "sent"}).where(this).run())
    assert run(forget_sent(tomorrow)) == 1
    assert letters("hand_off.sent") == []


def test_a_look_for_another_reason_does_not_unlock_the_letter(browse, ready):
    allow(ready, *NAMED)
    agreed(browse, "reply")
    grace = browse("grace")
    page = grace.get(POST).text
    assert "Name: locked until two custodians open it" in page and "nadia.xylo" not in page
    assert grace.post(POST, SEND).status_code == 422 and letters("hand_off.sent") == []
    link = f"{URL}/contact?why=complaint"
    assert f'href="{link}"' in page
    asks = grace.get(link).text
    assert 'value="complaint" checked' in asks and 'value="reply" checked' not in asks
    agreed(browse, "complaint")
    assert grace.post(POST, SEND).status_code == 303


def test_it_is_sent_only_once_the_letter_has_gone(browse, ready):
    grace, back = browse("grace"), browse()
    grace.post(POST, SEND)
    own, listed = grace.get(POST).text, grace.get(URL).text
    thread = back.post(BACK, {"code": ready.code}).text
    assert "Waiting to go" in own and "Waiting to go" in listed and "Sent on" not in own
    assert "It waits to go." in thread and "Your name does not go." in thread
    assert "What has not gone when you take this back is stopped." in thread
    for untrue in ("It was sent.", "Sent on", "stays with them", "did not go", "passed on your"):
        assert untrue not in thread
    leaves()
    own = grace.get(POST).text
    thread = back.post(BACK, {"code": ready.code}).text
    assert "Sent on" in own and "Waiting to go" not in own
    assert "Sent on" in thread and "The complaint that went stays with them." in thread


@pytest.mark.parametrize(
    ("letter", "says", "told", "trail"),
    [
        ({}, "Stopped: it never went", RESIDENTS[0], "It never went."),
        ({"state": "failed", "tries": 1}, "Stopped: it never went", RESIDENTS[0], "It never went."),
        ({"tries": 2}, "It was stopped on its way, on", RESIDENTS[1], "reached them already."),
        ({"state": "sent"}, "and stays with them", RESIDENTS[2], "We set your complaint on its"),
    ],
)
def test_every_page_says_the_same_of_what_was_taken_back(browse, ready, letter, says, told, trail):
    grace = browse("grace")
    grace.post(POST, SEND)
    if letter:
        run(Letter.update(letter).where(Letter.kind == "hand_off.sent").run())
    after = browse().post(f"{BACK}/withdrawal", {"code": ready.code, "sure": "yes"}).text
    pages = [grace.get(POST).text, grace.get(URL).text]
    assert all(says in page for page in pages) and all(trail in page for page in (pages[1], after))
    assert [one for one in RESIDENTS if one in after] == [told]
    for untrue in ("Pass on a complaint</a>", "Hold it for the law", "They did not say.",
                   "The resident does not want it", "it may only be read here"):  # fmt: skip
        assert untrue not in pages[1]
    assert "Erased when they took it back." in pages[1]


def test_what_was_only_offered_is_not_said_to_have_gone(browse, cast, concern):
    offer(cast)
    run(withdraw(concern.code))
    page = browse("grace").get(URL).text
    assert "Nothing was passed on" in page and "stays with them" not in page
