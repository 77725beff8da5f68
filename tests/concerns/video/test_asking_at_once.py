"""The force is asked at once, with the concern itself, where the resident wished it."""

from datetime import timedelta

import pytest
from conftest import run

from concerns.steps import CANARIES, NOBODY, answers, concern_of, raised
from concerns.video.steps import (
    HOME,
    days_ago,
    events,
    letters,
    raised_with_video,
    requests,
    said,
    wished,
)
from scrutiny.concerns.intake import Sending, take_in
from scrutiny.concerns.video import actions, queries
from scrutiny.concerns.video.rules import Stage
from scrutiny.kit.clock import london, today
from scrutiny.kit.db import write_tx
from scrutiny.kit.tokens import receipt_code
from scrutiny.people.tables import Force


def test_a_concern_with_four_days_of_video_left_is_warned_of_and_asked_for(cast):
    """The scenario of domain.md 13.6 B."""
    concern = raised_with_video(cast.lambeth)

    (asked,) = requests()
    assert (asked.concern, asked.number, asked.stage) == (concern.id, 1, Stage.SENT)
    assert (asked.last_day - today()).days == 4
    assert (asked.sent, asked.answer_due) == (today(), today() + timedelta(days=1))
    (letter,) = letters("video.asked")
    assert letter.to.address == "liaison@met.test"
    assert run(actions.warn(today())) == 1
    assert [one.to.address for one in letters("video.warned")] == ["grace@panel.test"]
    assert run(queries.of(concern.id)).days_left == 4


def test_the_letter_says_what_the_force_needs(cast):
    raised_with_video(cast.lambeth, place="Brixton Road, by the station")

    (letter,) = letters("video.asked")
    name = f"LAM-V-{today().year}-01"
    last = today() + timedelta(days=4)
    for words in (
        f"- Our reference: {name}",
        f"- Day: {said(today() - timedelta(days=27))}",
        "- Time: In the evening, 6pm to midnight",
        "- Place: Brixton Road, by the station",
        "- Officer's shoulder number: 9911QX",
        f"{said(last)} is the last day of this video. Please mark it by "
        f"{said(last - timedelta(days=3))}.",
        f"answer by {said(last - timedelta(days=3))}",
        said(today()),
        "https://panel.test/lambeth/video/1\n",
        "by itself it puts you under no legal duty",
        "hello@lambeth.test",
    ):
        assert words in letter.words.text
    assert letter.words.subject == f"Request {name} from Lambeth Scrutiny Panel"
    assert letter.words.paper.name == f"{name}.pdf"


def test_nothing_tells_who_wrote_or_what_they_said(cast):
    receipt = raised(cast.lambeth, **wished(place="By the ice-cream van", **{"search_ref": "S77"}))

    (letter,) = letters("video.asked")
    said = f"{letter.words} {letter.key}"
    for secret in (*CANARIES, receipt.code, receipt.reference, "LAM-C", "S77", "/concerns"):
        assert secret not in said
    assert str(concern_of(receipt).id) not in said


def test_what_is_stored_of_it_is_sealed_and_days_have_no_hour(cast):
    raised_with_video(cast.lambeth, place="Brixton Road")

    (asked,) = requests()
    assert b"Brixton" not in bytes(asked.sealed)
    (event,) = events("video.asked")
    assert london(event["at"]).hour == 0
    assert event["facts"] == '{"number": 1}'
    assert not event["public"], "the figures must not move on the day a concern comes"
    assert london(letters("video.asked")[0].written).hour == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"wants": ["patterns"]},
        {"consents": ["statistics.public"]},
        {"happened": ""},
        {"whose": "community", "happened": ""},
    ],
    ids=["not wished", "not agreed", "no day", "no event"],
)
def test_nothing_goes_out_without_wish_consent_and_day(cast, changes):
    raised(cast.lambeth, **wished(**changes))
    assert requests() == []
    assert letters("video.asked") == []


def test_what_waits_behind_a_flood_is_seen_by_a_person_first(cast):
    sending = Sending(screened=False)
    run(take_in(cast.lambeth, receipt_code(), answers(**wished()), sending))
    assert requests() == []
    assert run(actions.warn(today())) == 1


def test_a_force_without_an_address_never_stops_a_concern(cast):
    async def forget_it():
        async with write_tx():
            await Force.update({Force.contact: ""}, force=True)

    run(forget_it())
    cast.lambeth.force.contact = ""
    assert raised(cast.lambeth, **wished()).fresh
    assert requests() == []


def test_video_that_may_be_gone_is_asked_for_all_the_same(cast):
    concern = raised_with_video(cast.lambeth, happened=days_ago(40))

    (letter,) = letters("video.asked")
    gone = said(today() - timedelta(days=9))
    assert f"this video may have been erased on {gone}" in letter.words.text
    assert "check whether it is still there" in letter.words.text
    assert run(queries.of(concern.id)).days_left == -9


def test_a_day_that_is_a_guess_is_said_to_be_one(cast):
    raised_with_video(cast.lambeth, about="yes")
    assert "the day may not be exact" in letters("video.asked")[0].words.text


def test_the_same_concern_again_asks_once(cast):
    code, told = receipt_code(), answers(**wished())
    for _ in range(2):
        run(take_in(cast.lambeth, code, told))
    assert len(requests()) == 1
    assert len(letters("video.asked")) == 1


def test_numbers_count_by_panel_apart_from_those_of_concerns(cast):
    raised(cast.lambeth)
    for panel in (cast.lambeth, cast.hackney, cast.lambeth):
        raised_with_video(panel, **NOBODY)
    assert [(one.panel == cast.lambeth.id, one.number) for one in requests()] == [
        (True, 1),
        (False, 1),
        (True, 2),
    ]


def test_an_erased_concern_leaves_only_that_we_asked(cast, browse):
    concern = raised_with_video(cast.lambeth, place="Brixton Road")

    async def forget():
        async with write_tx():
            await actions.forget(concern.id)

    run(forget())
    (asked,) = requests()
    assert (asked.concern, asked.happened, asked.last_day) == (None, None, None)
    assert bytes(asked.sealed) == b""
    assert letters("video.asked") == []
    page = browse("claire").get(f"{HOME}/1")
    assert page.status_code == 200
    assert "has been erased since" in page.text
    assert browse("claire").get(HOME).status_code == 200
    assert run(queries.of(concern.id)).standing == "unasked"


def test_a_letter_that_waits_stays_here_when_its_resident_no_longer_agrees(cast, browse):
    receipt = raised(cast.lambeth, **wished())
    assert len(letters("video.asked")) == 1
    browse().post("/concerns/return/consents", {"code": receipt.code, "version": "1"})
    assert letters("video.asked") == []
