"""Who sees which request, and what everybody sees of them all."""

import csv
import io
import re
from datetime import timedelta

import pytest
from conftest import run
from kit.proofs import text
from meetings.steps import counted_queries

from concerns.steps import CANARIES, raised
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
from scrutiny.concerns.video.queries import PAGE
from scrutiny.concerns.video.tables import Preservation
from scrutiny.kit.clock import midnight, today
from scrutiny.kit.db import write_tx
from scrutiny.letters.paper import printed

FIGURES = "/lambeth/video-requests"


async def put(cast, many: int, **facts) -> None:
    async with write_tx():
        for number in range(1, many + 1):
            row = {"panel": cast.lambeth.id, "number": number, "sent": today(),
                   "answer_due": today(), "happened": today(), "last_day": today()}  # fmt: skip
            await Preservation.insert(Preservation(**row | facts))


@pytest.mark.parametrize("who", ["amara", "bilal", "grace", "claire", "owen"])
def test_panel_and_police_see_the_list_and_the_request(cast, browse, who):
    raised_with_video(cast.lambeth, place="Brixton Road")
    name = f"LAM-V-{today().year}-01"
    assert name in browse(who).get(HOME).text
    assert "About 4 days of video left" in browse(who).get(HOME).text
    page = browse(who).get(f"{HOME}/1").text
    assert name in page
    answers = who in ("grace", "claire", "owen")
    assert ("Brixton Road" in page) == ("9911QX" in page) == answers
    assert ("Save this answer" in page) == answers
    for secret in (*CANARIES, "LAM-C"):
        assert secret not in page


@pytest.mark.parametrize("who", ["hana", "sol"])
def test_who_has_no_use_for_it_is_refused(cast, browse, who):
    raised_with_video(cast.lambeth)
    assert browse(who).get(HOME).status_code == 403
    assert browse(who).get(f"{HOME}/1").status_code == 403


def test_the_other_panel_and_strangers_see_nothing(cast, browse):
    raised_with_video(cast.lambeth)
    assert browse("dev").get(f"{HOME}/1").status_code == 404
    assert browse("ruth").get("/hackney/video/1").status_code == 404
    assert "LAM-V" not in browse("ruth").get("/hackney/video").text
    assert browse().get(HOME).status_code == 303


def test_an_empty_list_says_so(cast, browse):
    assert "not been asked to keep any video yet" in browse("amara").get(HOME).text
    assert "nothing of this kind" in browse("amara").get(f"{HOME}?stage=kept").text


def test_the_list_is_of_one_stage_and_pages_by_number(cast, browse):
    run(put(cast, PAGE + 3))
    first = browse("amara").get(HOME).text
    assert first.count("LAM-V-") == PAGE
    assert "before=4" in first
    second = browse("amara").get(f"{HOME}?before=4").text
    assert second.count("LAM-V-") == 3
    assert browse("amara").get(f"{HOME}?stage=kept").text.count("LAM-V-") == 0
    assert browse("amara").get(f"{HOME}?stage=nonsense").text.count("LAM-V-") == PAGE
    assert browse("amara").get(f"{HOME}?before=99999999999999").status_code == 200


def test_the_list_makes_as_many_queries_for_one_as_for_thirty(cast, browse, monkeypatch):
    grace, counts = browse("grace"), []
    for many in (1, 30):
        run(empty())
        run(put(cast, many))
        with counted_queries(monkeypatch) as asked:
            assert grace.get(HOME).text.count("LAM-V-") == many
        counts.append(len(asked))
    assert counts[0] == counts[1] > 0


async def empty() -> None:
    async with write_tx():
        await Preservation.delete(force=True)


def test_everybody_reads_the_figures_once_requests_are_settled(cast, browse):
    assert "No request has been settled yet" in browse().get(FIGURES).text
    run(settle(cast, kept=12, already_gone=6, refused=5, no_answer=7, waiting=3))
    page = browse().get(FIGURES)
    assert "kept the video in 12 of 30 requests: 40 in every 100" in page.text
    assert page.headers["x-published"] == "1"
    rows = dict(csv.reader(io.StringIO(browse().get(f"{FIGURES}.csv").content.decode("utf-8-sig"))))
    assert rows == {
        "outcome": "requests",
        "asked": "30",
        "kept": "12",
        "already gone": "6",
        "refused": "5",
        "no answer": "7",
    }


def test_small_numbers_are_shown_to_nobody(cast, browse):
    run(settle(cast, kept=2, already_gone=0, refused=9, no_answer=8, waiting=1))
    page = browse().get(FIGURES).text
    assert "in every 100" not in page
    assert page.count("not shown<") == 2
    table = browse().get(f"{FIGURES}.csv").text
    assert "asked,19" in table
    assert 'kept,"fewer than 5, or not shown"' in table
    assert 'already gone,"fewer than 5, or not shown"' in table


def test_a_request_that_still_waits_moves_no_figure(cast, browse):
    run(settle(cast, kept=6, already_gone=6, refused=6, no_answer=6, waiting=0))
    before = browse().get(FIGURES).text.partition("<main")[2]
    raised_with_video(cast.lambeth)
    assert len(requests()) == 25
    assert browse().get(FIGURES).text.partition("<main")[2] == before


async def settle(cast, **counts: int) -> None:
    async with write_tx():
        number = 100
        for stage, many in counts.items():
            for _ in range(many):
                number += 1
                silent, waits = stage == "no_answer", stage == "waiting"
                await Preservation.insert(
                    Preservation(
                        panel=cast.lambeth.id,
                        number=number,
                        sent=today().replace(year=2020) if silent else today(),
                        answer_due=today(),
                        stage="sent" if silent or waits else stage,
                    )
                )


def _said(day):
    return f"{day.day} {day:%B}"


def test_the_desk_of_the_secretariat_counts_the_days(cast, browse):
    raised(cast.lambeth, **wished(wants=["patterns"]))
    raised(cast.lambeth, **wished(wants=["patterns"], happened=days_ago(5)))
    raised(cast.lambeth, **wished(wants=["patterns"], happened=days_ago(33)))
    desk = browse("grace").get("/desk").text
    title, rest = desk.partition("Video about to be erased")[1:]
    assert title
    shown = rest.partition("</ul>")[0]
    assert "/lambeth/concerns/1" in shown
    goes, by = (_said(today() + timedelta(days=days)) for days in (4, 1))
    assert f"Concern 1: A stop and search: video goes {goes}; ask by {by}</a>" in shown
    assert re.findall(r"\d+ days? (?:left|of)", shown) == ["1 day left"]  # one count, not two
    assert shown.count("<li>") == 1
    for who in ("amara", "claire", "hana", "sol"):
        assert "Video about to be erased" not in browse(who).get("/desk").text


def test_the_desk_says_which_video_was_asked_for_and_by_when_the_rest_must_be(cast, browse):
    raised(cast.lambeth, **wished(wants=["patterns"]))
    raised_with_video(cast.lambeth)
    desk = browse("grace").get("/desk").text
    shown = desk.partition("Video about to be erased")[2].partition("</ul>")[0]
    first, second = shown.split("</li>")[:2]
    goes, by = (_said(today() + timedelta(days=days)) for days in (4, 1))
    assert f"video goes {goes}; ask by {by}</a>" in first
    assert second.rstrip().endswith(f"video goes {goes}; asked for and not answered</a>")
    assert "left" not in second and by not in second  # nothing is left to do by a day


def test_the_desk_of_the_police_shows_what_they_were_asked(cast, browse):
    raised_with_video(cast.lambeth)
    for who in ("claire", "owen"):
        desk = browse(who).get("/desk").text
        assert "Asked to keep video" in desk
        assert "/lambeth/video/1" in desk
        assert "/concerns" not in desk.partition("<main")[2].partition("</main>")[0]
    browse("claire").post(f"{HOME}/1/answer", {"outcome": "kept", "version": "1"})
    assert "Asked to keep video" not in browse("owen").get("/desk").text


@pytest.mark.parametrize("who", ["grace", "claire", "owen"])
def test_who_no_longer_agrees_is_no_longer_shown_to_the_force(cast, browse, who):
    receipt = raised(cast.lambeth, **wished(place="Brixton Road"))
    assert "Brixton Road" in browse(who).get(f"{HOME}/1").text
    browse().post("/concerns/return/consents", {"code": receipt.code, "version": "1"})
    page = browse(who).get(f"{HOME}/1").text
    assert "Brixton Road" not in page and "9911QX" not in page
    assert f"LAM-V-{today().year}-01" in page


@pytest.mark.parametrize("who", ["grace", "claire", "owen", "amara"])
def test_it_is_recorded_who_was_shown_where_it_was(cast, browse, who):
    raised_with_video(cast.lambeth)
    browse(who).get(f"{HOME}/1")
    expected = [] if who == "amara" else [cast.seats[who].id]
    assert [event["seat"] for event in events("video.read")] == expected


@pytest.mark.parametrize("who", ["grace", "claire", "owen"])
def test_the_letter_can_be_had_again_as_it_was_sent(cast, browse, who):
    raised_with_video(cast.lambeth, place="Brixton Road")
    assert f"{HOME}/1/letter.pdf" in browse(who).get(f"{HOME}/1").text
    reply = browse(who).get(f"{HOME}/1/letter.pdf")
    assert reply.headers["content-type"] == "application/pdf"
    assert text(reply.content).split() == text(sent_paper()).split()
    assert "Brixton Road" in text(reply.content) and said(today()) in text(reply.content)
    assert events("video.read")


def sent_paper() -> bytes:
    (letter,) = letters("video.asked")
    return run(printed(letter.words, midnight(today()))).content


def test_the_letter_is_for_those_alone_who_may_read_where_it_was(cast, browse):
    receipt = raised(cast.lambeth, **wished(place="Brixton Road"))
    assert browse("amara").get(f"{HOME}/1/letter.pdf").status_code == 403
    assert browse("dev").get(f"{HOME}/1/letter.pdf").status_code == 404
    browse().post("/concerns/return/consents", {"code": receipt.code, "version": "1"})
    assert browse("claire").get(f"{HOME}/1/letter.pdf").status_code == 404
