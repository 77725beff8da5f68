"""Whoever takes no part in something meets it nowhere: no page, file, feed, pack or letter."""

import re

import pytest
from cast import seat_everybody
from conftest import Browser, run, signed_in

from scrutiny.web.gate import routes

from .evening import OUT, WHY, evening, letters_since
from .walk import found, paths, stands, words_of

TOGETHER = ("chidi", "grace")
OUT_FOR_ALL = re.compile(r"/ledger|/lambeth/(minutes/|recommendations(\.|/\d+/published/))")
"""What is published is the same for everybody, word for word: its fingerprint is in the ledger."""
STANDS = {"open, in draft": ("A", False), "open, out": ("A", True), "closed, out": ("B", True)}


@pytest.fixture(scope="module", params=STANDS)
def scene(request, empty_tables, site):
    empty_tables()
    part, out = STANDS[request.param]
    return run(evening(run(seat_everybody()), part, out=out))


@pytest.fixture(scope="module")
def addresses(scene, site) -> list[str]:
    """All that can be opened, with each calendar by its own address."""
    templates = [row["path"] for row in routes(site.app) if row["method"] == "GET"]
    return list(paths(templates, run(stands())))


@pytest.fixture
def browser(scene, site):
    return lambda name: Browser(site, run(signed_in(scene.cast.people[name])) if name else "")


@pytest.mark.parametrize("name", OUT)
def test_no_page_and_no_file_shows_any_of_it(scene, addresses, browser, name):
    asked = [path for path in addresses if not (scene.out and OUT_FOR_ALL.match(path))]
    met = found(browser(name), asked, scene.words)
    assert {word: sorted(where) for word, where in met.items() if where} == {}


@pytest.mark.parametrize("name", TOGETHER)
def test_the_others_meet_all_of_it(scene, addresses, browser, name):
    met = found(browser(name), addresses, scene.words)
    assert [word for word, where in met.items() if not where] == []


@pytest.mark.parametrize("name", OUT)
def test_their_own_calendar_says_nothing_of_it(scene, browser, name):
    for reader in ("", name):
        said = words_of(browser(reader).get(f"/calendars/{scene.tokens[name]}.ics"))
        assert "BEGIN:VEVENT" in said and not [word for word in scene.words if word in said]


@pytest.mark.parametrize("name", OUT)
def test_no_letter_written_since_tells_of_it(scene, name):
    mail = run(letters_since(scene, name))
    assert "A reminder: Lambeth" in mail and "The agenda:" in mail
    assert [word for word in (*scene.words, WHY) if word in mail] == []


def test_the_reminder_of_the_others_has_the_agenda_with_it(scene):
    mine, theirs = (run(letters_since(scene, name)) for name in ("bilal", "chidi"))
    assert mine.count("\n") < theirs.count("\n")


@pytest.mark.parametrize("name", OUT)
def test_only_their_own_pack_is_given_to_them(scene, browser, name):
    """The one made for them is there, and is not the one that the others read."""
    for row in (scene.first, scene.then):
        where = f"/lambeth/meetings/{row.date}/packs/0"
        mine, theirs = (browser(one).get(where) for one in (name, "chidi"))
        assert (mine.status_code, theirs.status_code) == (200, 200)
        assert "Welcome" in words_of(mine) and mine.content != theirs.content
