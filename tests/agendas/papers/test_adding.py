"""Putting a paper on an item: taken in, numbered, recorded; late ones wait for the chair."""

from datetime import timedelta

from conftest import run

from agendas import steps as agendas
from agendas.papers import files, steps
from agendas.papers.steps import address, send
from scrutiny.agendas.papers import rounds, shelf
from scrutiny.kit.clock import today
from scrutiny.letters.queries import opened
from scrutiny.letters.tables import Letter
from scrutiny.record.tables import Event


def fields(row, at: int = 0, **changes) -> dict[str, str]:
    item = str(run(agendas.items(row))[at].id)
    return {"form_key": "k1", "item": item, "title": "Figures", "audience": "public", **changes}


async def late_letters() -> list[dict]:
    return await Letter.select().where(Letter.kind == "paper.late")


def add(browse, row, who: str = "grace", content: bytes | None = files.pdf(2), **how):
    name = how.pop("name", "paper.pdf")
    return send(browse(who), address(row, "/papers"), content, name, **fields(row, **how))


def events(what: str) -> list[Event]:
    return run(Event.objects().where(Event.what == what).run())


def test_it_is_numbered_and_recorded(browse, cast):
    row = run(steps.meeting(cast))
    assert add(browse, row).status_code == 303
    assert add(browse, row, form_key="k2", title="More").status_code == 303
    first, second = run(steps.kept(row))
    assert (first.number, first.stage, first.pages, first.supplement) == (1, "tabled", 2, 0)
    assert (second.number, second.title) == (2, "More")
    told = events("paper.added")
    assert [event.public for event in told] == [True, True]
    assert "Figures" not in told[0].facts and first.sha256 in told[0].facts
    page = browse("grace").get(address(row, "/papers")).text
    assert "Figures" in page and "P2" in page


def test_it_asks_for_what_is_missing_and_keeps_the_words(browse, cast):
    row = run(steps.meeting(cast))
    answer = add(browse, row, title="", audience="")
    assert answer.status_code == 422
    assert "Say what the paper is." in answer.text and "Choose who may read it." in answer.text
    assert "Choose the file again." in answer.text
    answer = add(browse, row, title="Figures of July", content=None)
    assert answer.status_code == 422
    assert "Choose a file." in answer.text and "Figures of July" in answer.text
    assert run(steps.kept(row)) == [] and list(shelf.lying()) == []


def test_a_refused_file_is_a_sentence_and_the_words_stay(browse, cast):
    row = run(steps.meeting(cast))
    answer = add(browse, row, content=files.acting(), title="Figures of July")
    assert answer.status_code == 422
    assert "a program or a form that acts by itself" in answer.text
    assert "Figures of July" in answer.text
    answer = add(browse, row, content=bytes(20_000_001))
    assert answer.status_code == 413 and "larger than 20 MB" in answer.text
    assert list(shelf.lying()) == []


def test_who_may_not(browse, cast):
    row = run(steps.meeting(cast))
    for who in ("bilal", "claire", "hana"):
        assert add(browse, row, who).status_code == 403
        assert browse(who).get(address(row, "/papers")).status_code == 403
    assert add(browse, row, "dev").status_code == 404
    assert add(browse, row, "ruth").status_code == 404
    assert run(steps.kept(row)) == []


def test_an_item_of_another_meeting_is_not_there(browse, cast):
    row, other = run(steps.meeting(cast)), run(steps.meeting(cast, days=40))
    answer = add(browse, row, item=fields(other)["item"])
    assert answer.status_code == 404
    assert add(browse, row, item="nonsense").status_code == 404
    assert list(shelf.lying()) == []


def test_not_once_the_meeting_is_over(browse, cast):
    row = run(agendas.meeting(cast, "held"))
    assert add(browse, row).status_code == 409
    assert list(shelf.lying()) == []


def test_twice_is_once(browse, cast):
    row = run(steps.meeting(cast))
    assert [add(browse, row).status_code for _ in range(2)] == [303, 303]
    assert [paper.number for paper in run(steps.kept(row))] == [1]
    assert len(list(shelf.lying())) == 1


def test_a_late_one_waits_for_the_chair_who_hears_of_it(browse, cast):
    row = run(steps.meeting(cast, days=6))
    assert add(browse, row, title="Wagtail figures").status_code == 303
    (paper,) = run(steps.kept(row))
    assert (paper.stage, paper.late) == ("late_paper", True)
    one = address(row, "/papers/1")
    assert [browse(who).get(one).status_code for who in ("", "bilal", "claire")] == [404] * 3
    assert browse("amara").get(one).status_code == 200
    assert "Wagtail" not in browse("bilal").get(address(row)).text
    letters = [opened(letter) for letter in run(late_letters())]
    assert [letter.to.address for letter in letters] == ["amara@panel.test"]
    assert "Wagtail" not in letters[0].words.subject + letters[0].words.text


def test_the_last_day_is_in_time(browse, cast):
    row = run(steps.meeting(cast, days=7))
    add(browse, row)
    assert row.date - today() == timedelta(7)
    assert run(steps.kept(row))[0].stage == "tabled"


def test_the_round_takes_off_what_no_row_knows(browse, cast, monkeypatch):
    row = run(steps.meeting(cast))
    add(browse, row)
    lost = run(steps.file())
    assert run(rounds.sweep(today())) == 0  # somebody may be about to write its row
    monkeypatch.setattr(shelf, "IN_THE_MAKING", -1)
    assert run(rounds.sweep(today())) == 1
    assert [file for file, _ in shelf.lying()] == [run(steps.kept(row))[0].file]
    assert lost.file not in [file for file, _ in shelf.lying()]
