"""What must never be asked is asked on no page, whatever was answered before (domain.md 7.2)."""

import re

import pytest

from concerns.journey.steps import ALL, PLAIN, every_ask
from scrutiny.concerns.answers import Answers
from scrutiny.concerns.journey import reading
from scrutiny.concerns.journey.questions import NAMED

FORBIDDEN = (
    r"\bdate of birth\b|\bborn\b|\bbirthday\b",
    r"\bhome address\b|\bpostcode\b|\bwhere do you live\b|\bstreet\b",
    r"\bimmigration\b|\bvisa\b|\bnationality\b|\bcitizenship\b|\bpassport\b",
    r"\bcriminal record\b|\bconvict|\barrested before\b|\bguilty\b|\bconfess|\boffence\b",
    r"\bmedical\b|\bdiagnos|\bmedication\b",
    r"\bname of (the|your) (child|school|officer)\b|\bwhich school\b|\bofficer's name\b",
    r"\bnational insurance\b|\bproof of\b|\bverify\b|\bprove\b",
)
FIELDS = {"address", "postcode", "dob", "birth", "surname", "school", "immigration", "record",
          "ip", "device", "officer_name", "witness"}  # fmt: skip


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_nothing_is_asked_that_must_not_be(pattern):
    said = [" ".join((ask.label, ask.hint, *ask.options.values())) for ask in every_ask()]
    assert [words for words in said if re.search(pattern, words, re.I)] == []


def test_no_field_is_named_after_what_must_not_be_asked():
    assert {ask.name for ask in every_ask()} & FIELDS == set()


def test_a_name_is_never_needed_and_need_not_be_real():
    ask = next(ask for ask in every_ask() if ask.name == "name")
    assert ask.need == "" and "need not be your real one" in ask.hint


def test_nothing_about_the_person_is_needed_or_filled_in_beforehand():
    page = NAMED["equality"]
    asks = page.asks(Answers(), PLAIN)
    assert asks and not any(ask.need for ask in asks)
    assert page.skip and reading.shown(asks, Answers()) == {}


def test_no_cell_of_the_consent_grid_is_ticked_beforehand():
    for answers in ALL:
        assert reading.shown(NAMED["consents"].asks(answers, PLAIN), answers) == {}
