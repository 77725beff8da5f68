"""A resident takes a concern back: what was written is gone, that there was one stays."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from conftest import run
from databases import on_postgres

from concerns.steps import CANARIES, NEW, code_on, filled, stored
from scrutiny.concerns.queries import Counts, by_receipt, counts
from scrutiny.concerns.tables import Concern, Contact
from scrutiny.kit.clock import midnight, today
from scrutiny.kit.db import database
from scrutiny.record.tables import Event

PATH = "/concerns/return/withdrawal"


def test_words_contact_and_day_are_erased_and_the_count_stays(browse, send, cast):
    code = send()
    sealed = bytes(run(by_receipt(code)).sealed_words)

    reply = browse().post(PATH, {"code": code, "sure": "yes"})

    assert reply.status_code == 200
    assert "What you wrote is gone." in reply.text
    kept = run(by_receipt(code))
    assert (kept.stage, bytes(kept.sealed_words), kept.happened) == ("withdrawn", b"", None)
    assert run(Contact.count().run()) == 0
    assert run(counts(cast.lambeth)) == Counts(heard=1, told=0)
    (event,) = run(Event.select().where(Event.what == "concern.withdrawn").run())
    assert event["at"] == midnight(today())
    if not on_postgres():
        files = [Path(database().path + end) for end in ("", "-wal")]
        assert [file.name for file in files if file.exists() and sealed in file.read_bytes()] == []


def test_one_must_be_sure(browse, send):
    reply = browse().post(PATH, {"code": send()})
    assert reply.status_code == 422
    assert "Tick that you are sure." in reply.text
    assert stored(Concern.stage) == [{"stage": "submitted"}]


def test_it_can_be_taken_back_only_once(browse, send):
    code, visitor = send(), browse()
    with ThreadPoolExecutor(8) as crowd:
        sent = {"code": code, "sure": "yes"}
        statuses = list(crowd.map(lambda _: visitor.post(PATH, sent).status_code, range(8)))
    assert sorted(statuses) == [200] + [409] * 7
    assert run(Event.count().where(Event.what == "concern.withdrawn").run()) == 1


def test_nobody_can_read_it_afterwards(browse, send):
    code = send()
    browse().post(PATH, {"code": code, "sure": "yes"})
    grace = browse("grace")
    pages = [
        browse().post("/concerns/return", {"code": code, "show": "yes"}),
        grace.get("/lambeth/concerns/1"),
        grace.get("/lambeth/concerns?stage=withdrawn"),
    ]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert [word for page in pages for word in CANARIES if word in page.text] == []
    reply = grace.post("/lambeth/concerns/1/contact", {"why": "reply"})
    assert reply.status_code == 404


def test_the_form_sent_again_does_not_bring_it_back(browse):
    sent = filled()
    code = code_on(browse().post(NEW, sent))
    browse().post(PATH, {"code": code, "sure": "yes"})

    assert browse().post(NEW, sent).status_code == 409
    assert stored(Concern.stage, Concern.sealed_words) == [
        {"stage": "withdrawn", "sealed_words": b""}
    ]
