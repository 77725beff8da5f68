"""What a resident wrote, and who they are, reaches nobody but the secretariat, on any page."""

import logging
import re

import pytest
from conftest import run
from litestar._parsers import parse_url_encoded_form_data

from concerns.steps import CANARIES, NEW, code_on, filled
from scrutiny.app import create_app
from scrutiny.kit.clock import today
from scrutiny.letters.queries import newest
from scrutiny.record.tables import Event
from scrutiny.web.gate import routes

OTHERS = ["", "amara", "bilal", "chidi", "claire", "owen", "dev", "ruth"]
FILLS = {"panel": "lambeth", "number": "1"}


def addresses(method):
    """Every address of the site, with this panel and this concern's number wherever they fit."""
    for row in routes(create_app()):
        if row["method"] == method:
            names = re.findall(r"{(\w+)(?::\w+)?}", row["path"])
            path = row["path"]
            for name in names:
                value = FILLS.get(name, today().isoformat())
                path = re.sub(rf"{{{name}(:\w+)?}}", value, path)
            yield path


@pytest.fixture
def raised(browse):
    return code_on(browse().post(NEW, filled()))


@pytest.mark.parametrize("name", OTHERS)
def test_no_page_of_the_site_shows_it(browse, raised, name):
    reader, leaks = browse(name), []
    paths = sorted(set(addresses("GET")))
    assert "/lambeth/concerns/1" in paths and len(paths) > 30
    for path in paths:
        text = reader.get(path).text
        leaks += [(path, word) for word in (*CANARIES, raised) if word in text]
    assert leaks == []


@pytest.mark.parametrize("name", OTHERS)
def test_no_form_of_the_slice_gives_it_away(browse, raised, name):
    sender, leaks = browse(name), []
    paths = [path for path in addresses("POST") if "concerns" in path and path != NEW]
    assert len(paths) >= 5
    for path in paths:
        sent = {"decision": "accepted", "why": "reply", "version": "1", "sure": "yes", "words": "a"}
        reply = sender.post(path, sent)
        assert reply.status_code in (403, 404, 422), path
        leaks += [(path, word) for word in CANARIES if word in reply.text]
    assert leaks == []


def test_letters_and_the_record_are_silent_too(browse, raised, cast):
    grace = browse("grace")
    grace.get("/lambeth/concerns/1")
    grace.post("/lambeth/concerns/1/contact", {"why": "reply"})
    grace.post("/lambeth/concerns/1", {"decision": "accepted", "version": "1", "reply": "Thanks"})
    said = str(run(newest())) + str(run(Event.select().run()))
    assert [word for word in (*CANARIES, "Thanks") if word in said] == []
    assert [letter.to.address for letter in run(newest())] == ["grace@panel.test"]


def test_logs_hold_nothing_of_it(browse, caplog):
    with caplog.at_level(logging.DEBUG, logger="scrutiny"):
        browse().post(NEW, filled())
        browse().post(NEW, filled(words="Zebedee \x00"))
        browse().post(NEW, filled(category="", words="Zebedee"))
    assert [word for word in CANARIES if word in caplog.text] == []


def test_the_memory_of_the_server_keeps_no_form(browse):
    browse().post(NEW, filled())
    assert parse_url_encoded_form_data.cache_info().currsize == 0
