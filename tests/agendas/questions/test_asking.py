"""A resident asks a question of a meeting, without an account, and it is tracked to an answer."""

import json
from datetime import timedelta

import pytest
from conftest import run
from meetings.steps import counted_queries, events, home, letters, stored

from agendas.steps import closed_item, meeting, named, publish, recuse
from scrutiny.agendas.questions import queries
from scrutiny.agendas.questions.rules import answer_due
from scrutiny.agendas.questions.tables import Question
from scrutiny.concerns.thread import pace
from scrutiny.kit.clock import as_of, now, today
from scrutiny.kit.db import write_tx
from scrutiny.kit.tokens import receipt_code
from scrutiny.letters.tables import Letter
from scrutiny.meetings import actions as meetings
from scrutiny.record.tables import Event

WORDS = "Why were so many Xyloquist stopped in Heron Street?"
CODE = "code"


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr(pace, "PAUSE", 0)


def words(reply) -> str:
    return " ".join(reply.text.split())


def asked(browse, row, **sent) -> str:
    """Ask as the form asks; gives the code."""
    page = browse().get(f"{home(row)}/questions/new").text
    code = page.split('name="code" value="')[1].split('"')[0]
    reply = browse().post(f"{home(row)}/questions/new", {"words": WORDS, "code": code} | sent)
    assert reply.status_code == 200, reply.text
    assert code.split("-")[0] in reply.text
    return code


async def rows() -> list[Question]:
    return await Question.objects().order_by(Question.number)


def only() -> Question:
    [found] = run(rows())
    return found


def decide(browse, deed: str, name: str = "grace", **sent):
    path = f"/lambeth/questions/{only().id}/{deed}"
    return browse(name).post(path, {"version": str(only().version)} | sent)


def returned(browse, code: str) -> str:
    return words(browse().post("/questions/return", {"code": code}))


def test_it_is_kept_sealed_and_nobody_reads_of_it_yet(browse, cast):
    row = run(meeting(cast))
    code = asked(browse, row, name="Nadia", email="nadia.xylo@example.org")
    found = only()
    assert (found.stage, found.text, found.shown_as, found.number) == ("asked", "", "", None)
    assert found.asked == today() and b"Heron" not in bytes(found.sealed)
    assert queries.opened(found) == queries.Sent(WORDS, "Nadia", "nadia.xylo@example.org")
    for secret in ("Heron Street", "Nadia", "nadia.xylo"):
        assert secret not in browse().get(f"{home(row)}/questions").text
        assert secret not in browse().get(home(row)).text
    assert "Not read yet" in returned(browse, code) and WORDS in returned(browse, code)
    assert "Not read yet" in returned(browse, code.lower().replace("-", " "))


def test_neither_hour_nor_words_are_kept_anywhere_else(browse, cast):
    row = run(meeting(cast))
    asked(browse, row, email="nadia.xylo@example.org")

    async def kept() -> tuple[Event, list[Letter]]:
        event = await Event.objects().where(Event.what == "question.asked").first()
        return event, await Letter.objects().where(Letter.kind == "question.asked")

    event, sent = run(kept())
    assert (event.seat, event.person, event.public, json.loads(event.facts)) == (
        None, None, False, {},
    )  # fmt: skip
    for moment in (event.at, *[letter.written for letter in sent]):
        local = moment.astimezone(now().astimezone().tzinfo)
        assert (moment.minute, moment.second, moment.microsecond) == (0, 0, 0), local
    assert only().id.version == 4 and event.id.version == 4
    told = run(letters("question.asked"))
    assert set(told) == {"amara@panel.test", "grace@panel.test"}
    assert "Heron" not in str(told) and "xylo" not in str(told)


def test_the_same_page_sent_twice_is_one_question(browse, cast):
    row, code = run(meeting(cast)), receipt_code()
    for _ in range(2):
        reply = browse().post(f"{home(row)}/questions/new", {"words": WORDS, "code": code})
        assert reply.status_code == 200 and "We have your question" in reply.text
    assert len(run(rows())) == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"words": " "}, "Write your question."),
        ({"words": "x" * 2001}, "Make this shorter: 2,000 characters at most."),
        ({"words": WORDS, "email": "nadia"}, "That is no e-mail address."),
        ({"words": WORDS, "name": "x" * 61}, "Make this shorter: 60 characters at most."),
    ],
)
def test_it_asks_for_what_is_missing_and_keeps_the_rest(browse, cast, sent, said):
    row, code = run(meeting(cast)), receipt_code()
    reply = browse().post(f"{home(row)}/questions/new", sent | {"code": code})
    assert reply.status_code == 422 and said in reply.text
    assert sent["words"].strip() in reply.text and f'value="{code}"' in reply.text
    assert run(rows()) == []


@pytest.mark.parametrize(
    ("stage", "public", "status"),
    [("proposed", True, 404), ("scheduled", False, 404), ("in_session", True, 409),
     ("held", True, 409)],
)  # fmt: skip
def test_when_none_is_taken(browse, cast, stage, public, status):
    row = run(meeting(cast, stage, public=public))
    reply = browse().post(f"{home(row)}/questions/new", {"words": WORDS, "code": receipt_code()})
    assert reply.status_code == status and run(rows()) == []
    if status == 409:
        assert WORDS in reply.text and "until the meeting begins" in reply.text
        assert "questions/new" not in browse().get(home(row)).text


def test_it_is_about_an_item_that_everybody_can_read(browse, cast):
    row = run(meeting(cast))
    secret = run(closed_item(row, cast, "Kestrel"))
    run(publish(row, cast))
    page = browse().get(f"{home(row)}/questions/new").text
    welcome = run(named(row, "Welcome and apologies"))
    assert str(welcome.id) in page and str(secret.id) not in page and "Kestrel" not in page
    asked(browse, row, item=str(secret.id))
    asked(browse, row, item=str(welcome.id))
    assert {one.item for one in run(rows())} == {None, welcome.id}


def test_taken_it_is_published_with_the_name_chosen_and_a_day_for_the_answer(browse, cast):
    row = run(meeting(cast))
    code = asked(browse, row, name="Nadia", email="nadia.xylo@example.org")
    page = browse("grace").get(f"/lambeth/questions/{only().id}").text
    assert WORDS in page and "Nadia" in page and "nadia.xylo" not in page
    due = answer_due(today())
    reply = decide(browse, "acceptance", text="Why so many stops in one street?")
    assert reply.status_code == 303
    found = only()
    assert (found.stage, found.number, found.due, found.shown_as) == ("accepted", 1, due, "Nadia")
    assert run(events())[-1] == ("question.accepted", True)
    shown = words(browse().get(f"{home(row)}/questions"))
    assert "Question 1" in shown and "Why so many stops in one street?" in shown
    assert "Nadia" in shown and "Heron Street" not in shown
    assert "The panel promises a written answer by" in shown
    told = run(letters("notice"))["nadia.xylo@example.org"]
    assert told[0] == "There is an update" and "questions/return" in told[1]
    assert "Lambeth" not in str(told)
    assert "It is published as question 1" in returned(browse, code)


def test_a_name_may_be_left_out_and_nobody_gives_one(browse, cast):
    row = run(meeting(cast))
    asked(browse, row, name="Rude Words")
    decide(browse, "acceptance", text="Why?", nameless="yes")
    page = browse().get(f"{home(row)}/questions").text
    assert "A resident" in page and "Rude Words" not in page


def test_refused_only_whoever_asked_reads_why(browse, cast):
    row = run(meeting(cast))
    code = asked(browse, row, name="Nadia", email="nadia.xylo@example.org")
    assert decide(browse, "refusal", reason=" ").status_code == 422
    assert decide(browse, "refusal", reason="It names an officer.").status_code == 303
    assert "It names an officer." in returned(browse, code)
    page = browse().get(f"{home(row)}/questions").text
    assert "officer" not in page and "Heron" not in page
    assert run(events())[-1] == ("question.refused", False)
    assert queries.opened(only()) == queries.Sent(WORDS, "", "")  # who asked is forgotten
    assert decide(browse, "acceptance", text="Why?").status_code == 409


def test_the_answer_is_published_and_the_asker_forgotten(browse, cast):
    row = run(meeting(cast))
    code = asked(browse, row, email="nadia.xylo@example.org")
    assert decide(browse, "answer", answer="Too soon.").status_code == 409
    decide(browse, "acceptance", text="Why?")
    assert decide(browse, "answer", answer="").status_code == 422
    assert decide(browse, "answer", answer="Because of **two** reports.").status_code == 303
    shown = words(browse().get(f"{home(row)}/questions"))
    assert "Because of <strong>two</strong> reports." in shown and "Answered" in shown
    assert "Because of" in returned(browse, code)
    assert queries.opened(only()).email == ""
    assert [one.number for one in run(queries.questions_of(row))] == [1]


def test_an_answer_that_is_late_says_so_to_everybody(browse, cast):
    row = run(meeting(cast, days=90))
    with as_of(now() - timedelta(days=60)):
        asked(browse, row)
        decide(browse, "acceptance", text="Why?")

    async def long_ago():
        async with write_tx():
            await Question.update({Question.due: today() - timedelta(1)}).where(
                Question.id == only_id
            )

    only_id = only().id
    run(long_ago())
    page = words(browse().get(f"{home(row)}/questions"))
    assert "Answer overdue" in page and "An answer was promised by" in page
    assert "Answer overdue" in browse("grace").get("/lambeth/questions?stage=accepted").text
    assert run(queries.how_many_wait(cast.lambeth, today())) == (0, 1, 1)


def test_the_second_of_two_keeps_their_words(browse, cast):
    row = run(meeting(cast))
    asked(browse, row)
    version = str(only().version)
    decide(browse, "acceptance", text="Grace was first.")
    reply = decide(browse, "refusal", "amara", reason="Amara was second.", version=version)
    assert reply.status_code == 409
    assert "Amara was second." in reply.text and "Grace was first." in reply.text
    assert only().stage == "accepted"


@pytest.mark.parametrize("name", ["bilal", "amara"])
def test_one_about_an_item_is_gone_for_who_takes_no_part_in_it(browse, cast, name):
    row = run(meeting(cast))
    run(publish(row, cast))
    welcome = run(named(row, "Welcome and apologies"))
    asked(browse, row, item=str(welcome.id))
    decide(browse, "acceptance", text="Kestrel?")
    run(recuse(cast, name, welcome.id))
    public = f"{home(row)}/questions"
    assert "Kestrel" in browse().get(public).text and "Kestrel" not in browse(name).get(public).text
    assert "Kestrel" not in browse(name).get("/lambeth/questions?stage=accepted").text
    assert browse(name).get(f"/lambeth/questions/{only().id}").status_code == 404
    if name == "amara":
        assert decide(browse, "answer", "amara", answer="Mine.").status_code == 404


def test_who_may_not(browse, cast):
    row = run(meeting(cast))
    asked(browse, row)
    path = f"/lambeth/questions/{only().id}"
    for name, status in (("bilal", 403), ("claire", 403), ("dev", 404), ("", 403)):
        for deed in ("acceptance", "refusal", "answer"):
            assert browse(name).post(f"{path}/{deed}", {"text": "x"}).status_code == status
    for name, status in (("claire", 403), ("hana", 403), ("dev", 404), ("bilal", 200)):
        assert browse(name).get("/lambeth/questions").status_code == status
        assert browse(name).get(path).status_code == status
    assert browse("ruth").get(path.replace("lambeth", "hackney")).status_code == 404
    assert browse("grace").get("/lambeth/questions/x").status_code == 404
    assert only().stage == "asked"


@pytest.mark.parametrize("code", ["", "x", "000000-000000-000000-000000"])
def test_every_wrong_code_has_the_same_answer(browse, cast, code):
    reply = browse().post("/questions/return", {"code": code})
    assert reply.status_code == 422 and "We do not know this code." in reply.text


def test_what_is_asked_is_never_markup(browse, cast):
    row = run(meeting(cast))
    asked(browse, row, words="<script>alert(1)</script> {{ 7*7 }}", name="<b>N</b>")
    decide(browse, "acceptance", text="<script>alert(1)</script> {{ 7*7 }}")
    page = browse().get(f"{home(row)}/questions").text
    assert "<script>alert" not in page and "{{ 7*7 }}" in page and "<b>N</b>" not in page


def test_those_of_a_meeting_called_off_stay_readable(browse, cast):
    row = run(meeting(cast))
    asked(browse, row)
    decide(browse, "acceptance", text="Why?")
    run(meetings.cancel(run(stored(row)), "Flooded.", by=cast.seats["grace"]))
    assert "Why?" in browse().get(f"{home(row)}/questions").text
    assert decide(browse, "answer", answer="Because.").status_code == 303


def test_three_hundred_take_no_more_queries_than_three(browse, cast, monkeypatch):
    row = run(meeting(cast))
    code = asked(browse, row)
    assert code

    async def fill(count: int, first: int):
        sealed = bytes((await rows())[0].sealed)
        async with write_tx():
            await Question.insert(
                *[
                    Question(
                        meeting=row.id,
                        code_hash=f"{number}",
                        sealed=sealed,
                        asked=today(),
                        text=f"Why {number}?",
                        stage="accepted",
                        number=number,
                        shown_as="A resident",
                        due=today(),
                    )
                    for number in range(first, first + count)
                ]
            )

    public, inside = f"{home(row)}/questions", "/lambeth/questions?stage=accepted"
    for reader, path, first in (("", public, 1), ("grace", inside, 500)):
        browser = browse(reader)
        run(fill(3, first))
        browser.get(path)
        with counted_queries(monkeypatch) as short:
            browser.get(path)
        run(fill(297, first + 3))
        with counted_queries(monkeypatch) as long:
            assert browser.get(path).status_code == 200
        assert len(short) == len(long)
