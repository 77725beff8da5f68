"""What the public and the police never meet: on no page, in no file, feed, export or letter."""

import json
import re
from datetime import timedelta

import oracle
import pytest
from cast import seat_everybody
from conftest import Browser, run, signed_in
from scene import happen

from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.ledger.tables import Entry
from scrutiny.letters.queries import newest
from scrutiny.meetings.feeds.actions import make
from scrutiny.people.tables import Seat
from scrutiny.public.export import published_by
from scrutiny.web.gate import routes

from .evening import NAMED, WHY, evening
from .walk import found, paths, stands

READERS = {"": oracle.NOBODY, "claire": oracle.LIAISON, "owen": oracle.APPROVER}
OUTSIDE = ("robots.txt", "sitemap.xml", "favicon.ico", "no-such-page")
SENT = {"Dovekie"}  # a recommendation that was issued: everybody reads it
TABLED = {"Auklet"}  # a paper that the secretariat put on an open item, for those at the table


def templates(site) -> list[str]:
    return [row["path"] for row in routes(site.app) if row["method"] == "GET"]


async def unseat(cast) -> None:
    """Chidi's seat has ended: now it is said why."""
    async with write_tx():
        ended = {Seat.until: today() - timedelta(days=1)}
        await Seat.update(ended).where(Seat.id == cast.seats["chidi"].id)


@pytest.fixture(scope="module")
def year(empty_tables, site, tmp_path_factory):
    """The scene of the matrix of rights: one row of everything."""
    empty_tables()
    cast = run(seat_everybody())
    known = run(happen(cast, tmp_path_factory.mktemp("outside")))
    run(unseat(cast))
    token = run(make(cast.people["bilal"]))
    return cast, known, token, list(paths(templates(site), run(stands())))


def kept_from(reader: str, cast, token: str) -> set[str]:
    """The words of the matrix that are not for this reader, and what is its owner's alone."""
    secrets = {word for word, readers in oracle.SECRETS.items() if reader not in readers}
    return secrets | set(oracle.CONTACT) | {token} | addresses_of(cast, reader)


def addresses_of(cast, reader: str) -> set[str]:
    own = {oracle.LIAISON: "claire", oracle.APPROVER: "owen"}.get(reader)
    return {person.email for name, person in cast.people.items() if name != own}


@pytest.mark.parametrize("name", READERS)
def test_nothing_of_a_whole_year_that_is_not_for_them(year, site, name):
    cast, _, token, addresses = year
    browser = Browser(site, run(signed_in(cast.people[name])) if name else "")
    asked = [*addresses, *(f"/{one}" for one in OUTSIDE)]
    met = found(browser, asked, kept_from(READERS[name], cast, token))
    assert {word: sorted(where) for word, where in met.items() if where} == {}


def test_the_secretariat_meets_most_of_it(year, site):
    """So that the words above are there to be met."""
    cast, addresses = year[0], year[3]
    browser = Browser(site, run(signed_in(cast.people["grace"])))
    theirs = {word for word, who in oracle.SECRETS.items() if oracle.SECRETARIAT in who}
    met = found(browser, addresses, theirs)
    assert [word for word, where in met.items() if not where] == []


def test_nor_do_the_export_the_ledger_and_the_subjects_of_letters(year):
    cast, _, token, _ = year
    ledger = run(Entry.select().run())
    subjects = [letter.words.subject for letter in run(newest(500))]
    said = json.dumps([run(published_by("lambeth")), ledger, subjects], default=str)
    assert "Heronsgate" in said and len(subjects) > 20
    assert [word for word in kept_from(oracle.NOBODY, cast, token) if word in said] == []


@pytest.fixture(scope="module")
def closed(empty_tables, site):
    """An evening with a closed case, its minutes out; after the year, which it erases."""
    empty_tables()
    scene = run(evening(run(seat_everybody()), "B", out=True))
    return scene, list(paths(templates(site), run(stands())))


@pytest.mark.parametrize("name", READERS)
def test_nothing_of_a_closed_case_nor_why_somebody_left_for_it(closed, site, name):
    scene, addresses = closed
    browser = Browser(site, run(signed_in(scene.cast.people[name])) if name else "")
    words = {*NAMED, WHY, "Case 12"} - (SENT | TABLED if name else SENT)
    met = found(browser, addresses, words)
    assert {word: sorted(where) for word, where in met.items() if where} == {}


@pytest.mark.parametrize("name", ["claire", "owen"])
def test_nor_does_a_letter_to_the_police_or_what_is_exported(closed, name):
    scene, _ = closed
    to = scene.cast.people[name].email
    mine = [one.words for one in run(newest(500)) if one.to.address == to]
    subjects = [one.words.subject for one in run(newest(500))]
    said = json.dumps([run(published_by("lambeth")), subjects, [one.text for one in mine]])
    assert mine and "Dovekie" in said
    assert not re.findall("|".join({*NAMED, WHY, "Case 12"} - SENT), said)
