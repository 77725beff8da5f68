"""Somebody may be in danger, or a child at risk: told at once, and first in every list."""

import re

import pytest
from conftest import run

from concerns.journey.steps import Resident
from concerns.steps import NOBODY, answers, letters, raised, stored
from concerns.thread.steps import BACK
from concerns.triage.steps import URL, move
from scrutiny.concerns.intake import Sending, take_in
from scrutiny.concerns.rules import read_by
from scrutiny.concerns.tables import Concern
from scrutiny.kit.clock import today
from scrutiny.kit.tokens import receipt_code
from scrutiny.web.dates import long_date

LIST = "/lambeth/concerns"
CHILD, NOW = {"harm": ["child"]}, {"danger": "yes"}


@pytest.mark.parametrize("told", [CHILD, NOW])
def test_the_letter_says_that_it_is_urgent_and_nothing_else(cast, told):
    raised(cast.lambeth, **told)
    assert letters("concern.received") == []
    found = letters("concern.urgent")
    assert {one.to.address for one in found} == {"grace@panel.test", "sol@panel.test"}
    for one in found:
        assert one.words.subject == f"{cast.lambeth.name}: urgent, please read today"
        for word in ("danger", "child", "stop", "Zebedee", "LAM-C"):
            assert word not in one.words.subject + one.words.text


def test_other_concerns_come_with_the_letter_that_they_had(cast):
    raised(cast.lambeth, harm=["death"])
    assert letters("concern.urgent") == []
    assert all("something to read" in one.words.subject for one in letters("concern.received"))


def test_it_is_to_be_read_a_day_sooner_on_every_page(browse, cast):
    receipt = raised(cast.lambeth, **CHILD, happened="")
    usual, sooner = read_by(today()), read_by(today(), urgent=True)
    assert sooner < usual
    pages = [browse("grace").get(LIST), browse().post(BACK, {"code": receipt.code})]
    for page in pages:
        assert long_date(sooner) in page.text and long_date(usual) not in page.text


def test_the_receipt_says_the_same_day(browse):
    nadia = Resident(browse())
    nadia.begin()
    nadia.walk(danger={"danger": "yes"}, when={"go": "skip"})
    assert long_date(read_by(today(), urgent=True)) in nadia.send().text


def numbers(page: str) -> list[int]:
    return [int(one) for one in re.findall(rf'<h2><a class="govuk-link" href="{LIST}/(\d+)"', page)]


@pytest.mark.parametrize("stage", ["submitted", "in_triage"])
def test_the_list_has_them_first_with_a_tag_also_later(browse, cast, stage):
    for told in ({}, CHILD, {}, NOW, {}):
        raised(cast.lambeth, **told)
    if stage == "in_triage":
        for number in range(1, 6):
            move(cast, "in_triage", number=number)
    page = browse("grace").get(f"{LIST}?stage={stage}").text
    assert numbers(page) == [4, 2, 5, 3, 1]
    assert page.count("A child may be at risk") == 1
    assert "A child may be at risk" in browse("grace").get(URL.replace("/1", "/2")).text


def test_page_after_page_shows_each_once_and_the_urgent_ones_first(browse, cast):
    async def many():
        for number in range(1, 121):
            told = CHILD if number % 2 else {}
            await take_in(cast.lambeth, receipt_code(), answers(**NOBODY, **told), Sending())

    run(many())
    found, path, grace = [], LIST, browse("grace")
    while path:
        page = grace.get(path).text
        found += numbers(page)
        path = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert found == [*range(119, 0, -2), *range(120, 0, -2)]
    assert len(stored(Concern.number)) == 120


def test_what_is_over_is_listed_by_number_alone(browse, cast):
    for told in (CHILD, {}):
        raised(cast.lambeth, **told)
    Concern.update({Concern.stage: "closed"}, force=True).run_sync()
    assert numbers(browse("grace").get(f"{LIST}?stage=closed").text) == [2, 1]


def test_a_hold_is_offered_first(browse, cast):
    raised(cast.lambeth, **CHILD)
    raised(cast.lambeth)
    for number, main in ((1, "safeguarding_hold"), (2, "accepted")):
        page = browse("grace").get(f"{LIST}/{number}").text
        button = f'<a class="govuk-button" href="{LIST}/{number}/decisions/{main}"'
        assert page.count('<a class="govuk-button"') == 1 and button in page
        for sort in ("Go on", "Wait, or hold it", "End it here"):
            assert f">{sort}</h3>" in page
